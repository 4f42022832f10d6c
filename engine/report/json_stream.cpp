#include "report/json_stream.hpp"

#include <algorithm>

#include "source/visible.hpp"

namespace waystone::report {
namespace {

// As it stands so many levels deep. No string of JSON holds a line's end.
std::string dumped(const Json& value, std::size_t level) {
  const std::string text = value.dump(1, ' ', false, Json::error_handler_t::replace);
  std::string indented;
  indented.reserve(text.size() + text.size() / 4);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    indented.append(text, at, end - at);
    if (text[end - 1] == '\n') indented.append(level, ' ');
    at = end;
  }
  return indented;
}

}  // namespace

// What stands before a value: the comma after the one before it, the line's end, the key.
std::string JsonStream::start(std::string_view key) {
  if (open_.empty()) return "";
  std::string text = open_.back().empty ? "\n" : ",\n";
  open_.back().empty = false;
  text.append(open_.size(), ' ');
  if (open_.back().bracket == '{') text += dumped(Json(key), 0) + ": ";
  return text;
}

void JsonStream::write(std::string_view key, const Json& value) {
  std::string text = start(key);
  text += dumped(value, open_.size());
  put_(visible_json(text));
}

void JsonStream::item(const Json& value) { write("", value); }

void JsonStream::member(std::string_view key, const Json& value) { write(key, value); }

void JsonStream::members(const Json& object) {
  for (const auto& entry : object.items()) write(entry.key(), entry.value());
}

void JsonStream::open(std::string_view key, char bracket) {
  put_(visible_json(start(key) + bracket));
  open_.push_back({bracket});
}

void JsonStream::close() {
  const Open closed = open_.back();
  open_.pop_back();
  std::string text = closed.empty ? "" : "\n" + std::string(open_.size(), ' ');
  text += closed.bracket == '{' ? '}' : ']';
  put_(open_.empty() ? text + "\n" : text);
}

}  // namespace waystone::report
