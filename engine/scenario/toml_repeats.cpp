#include "scenario/toml_repeats.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "scenario/slip_finder.hpp"

namespace waystone::scenario {
namespace {

// A name that stands twice: where it stands again, and where first.
class Repeated {
 public:
  Repeated(std::string_view text, std::size_t at, std::string name)
      : text_(text), name_(std::move(name)) {
    begin_ = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;  // npos + 1 is 0
    const std::string_view line = line_at(begin_);
    is_table_ = without_blanks(line).starts_with('[');
    const std::size_t found = line.rfind(last_part(), is_table_ ? line.size() : at - begin_);
    again_ = found == std::string_view::npos ? at : begin_ + found;
    is_fact_ = is_key(without_blanks(line)) && header_above().ends_with(".facts]");
  }

  Diagnostic diagnostic(FileId file) const {
    const auto span = [&](std::size_t at) {
      return Span{file, std::uint32_t(at),
                  std::uint32_t(std::min(at + last_part().size(), text_.size()))};
    };
    Diagnostic result{Code::E0301, span(again_), fmt::format("'{}' stands twice", name_),
                      {},          {},           notes()};
    if (const auto first = earlier()) result.others.push_back({span(*first), "here first"});
    return result;
  }

 private:
  std::string_view line_at(std::size_t begin) const {
    return text_.substr(begin, std::min(text_.find('\n', begin), text_.size()) - begin);
  }
  std::string_view last_part() const {
    return std::string_view(name_).substr(name_.rfind('.') + 1);
  }

  std::optional<std::size_t> earlier() const {
    const std::string_view before = line_at(begin_).substr(0, again_ - begin_);
    if (const std::size_t here = before.rfind(last_part());
        !is_table_ && here != std::string_view::npos && before.find('{') < here)
      return begin_ + here;
    for (std::size_t at = begin_; at > 0;) {
      at = at == 1 ? 0 : text_.rfind('\n', at - 2) + 1;
      const std::string_view line = without_blanks(line_at(at));
      if (is_table_ ? line.starts_with(fmt::format("[{}]", name_)) : is_key(line))
        return at + line_at(at).find(last_part());
      if (!is_table_ && line.starts_with('[')) return std::nullopt;
    }
    return std::nullopt;
  }

  std::string_view header_above() const {
    for (std::size_t at = begin_; at > 0;) {
      at = at == 1 ? 0 : text_.rfind('\n', at - 2) + 1;
      if (const std::string_view line = without_blanks(line_at(at)); line.starts_with('['))
        return line;
    }
    return {};
  }

  bool is_key(std::string_view line) const {
    const std::size_t equals = line.find('=');
    return equals != std::string_view::npos &&
           without_blanks(line.substr(0, equals)) == last_part();
  }

  std::vector<std::string> notes() const {
    constexpr std::array<std::string_view, 7> lists{"expect", "branch",  "override", "wide",
                                                    "budget", "example", "relation"};
    if (!is_table_ && is_fact_)
      return {
          "several dates of one fact are a list: [{ value = …, valid = … }, { value = …, valid = … "
          "}]"};
    if (!is_table_) return {};
    if (std::find(lists.begin(), lists.end(), name_) != lists.end())
      return {fmt::format("write [[{}]] with two brackets each time", name_)};
    return {"put what it holds under one header"};
  }

  std::string_view text_;
  std::string name_;
  std::size_t begin_ = 0, again_ = 0;
  bool is_table_ = false, is_fact_ = false;  // a header; a key right under [country.POL.facts]
};

// Where `country = …` stands above the first table, and so in the way of [country.POL.facts].
std::optional<std::size_t> key_country(std::string_view text) {
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = without_blanks(text.substr(begin, end - begin));
    if (line.starts_with('[')) return std::nullopt;
    const std::size_t equals = line.find('=');
    if (equals != std::string_view::npos && without_blanks(line.substr(0, equals)) == "country")
      return std::size_t(line.data() - text.data());
    begin = end + 1;
  }
  return std::nullopt;
}

}  // namespace

Diagnostic says_twice_at(std::string_view text, FileId file, std::size_t at, std::string name) {
  if (const auto key = key_country(text); key && name.starts_with("country"))
    return {Code::E0302,
            {file, std::uint32_t(*key), std::uint32_t(*key + std::string_view("country").size())},
            "'country' opens the tables of facts, [country.POL.facts]",
            {},
            {},
            {"the list of those to score is called 'countries'"}};
  return Repeated(text, at, std::move(name)).diagnostic(file);
}

}  // namespace waystone::scenario
