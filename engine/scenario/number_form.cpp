// Numbers in the notation that a table declares.
#include <algorithm>

#include <fmt/format.h>

#include "scenario/faults.hpp"
#include "scenario/table_form.hpp"

namespace waystone::scenario {
namespace {

bool is_figure_digit(char c) { return c >= '0' && c <= '9'; }

// The bytes of the mark between thousands at the head of a text: a blank may be one that doesn't
// break a line.
std::size_t thousands_mark(std::string_view text, char mark) {
  if (mark == '\0' || text.empty()) return 0;
  if (text.front() == mark) return 1;
  if (mark != ' ') return 0;
  for (const std::string_view blank : {"\u00A0", "\u202F", "\u2009"})
    if (text.starts_with(blank)) return blank.size();
  return 0;
}

// Takes digits off the head of `text`.
std::string digits_of(std::string_view& text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_figure_digit);
  std::string digits(text.begin(), end);
  text.remove_prefix(digits.size());
  return digits;
}

}  // namespace

std::optional<std::string> plain_numeral(std::string_view text, const NumberMarks& marks) {
  std::string plain;
  if (text.starts_with('-') || text.starts_with('+')) {
    if (text.front() == '-') plain = "-";
    text.remove_prefix(1);
  }
  const std::string first = digits_of(text);
  plain += first;
  bool grouped = false;
  for (std::size_t mark = 0; (mark = thousands_mark(text, marks.thousands)) > 0; grouped = true) {
    text.remove_prefix(mark);
    const std::string group = digits_of(text);
    if (group.size() != 3) return std::nullopt;
    plain += group;
  }
  if (grouped && (first.empty() || first.size() > 3 || first.front() == '0')) return std::nullopt;
  std::string decimals;
  if (text.starts_with(marks.decimal)) {
    text.remove_prefix(1);
    decimals = digits_of(text);
    if (decimals.empty()) return std::nullopt;
    plain += "." + decimals;
  }
  if (first.empty() && decimals.empty()) return std::nullopt;
  if (text.empty()) return plain;
  if (text.front() != 'e' && text.front() != 'E') return std::nullopt;
  text.remove_prefix(1);
  std::string sign;
  if (text.starts_with('-') || text.starts_with('+')) {
    sign = text.front();
    text.remove_prefix(1);
  }
  const std::string power = digits_of(text);
  if (power.empty() || !text.empty()) return std::nullopt;
  return plain + "e" + sign + power;
}

std::optional<Written> BrokenMarks::read(std::string_view text, model::Unit unit, Span where) {
  const bool number =
      unit != model::Unit::yes_no && unit != model::Unit::date && unit != model::Unit::code;
  const bool figure = number && std::any_of(text.begin(), text.end(), is_figure_digit);
  if (!marks_.declared() || !figure) return written(text, unit, where);
  const auto plain = plain_numeral(text, marks_);
  if (plain) {
    Written result = written(*plain, unit, where);
    result.text = text;
    return result;
  }
  constexpr std::size_t most = 1000;  // a table of which nothing is right has millions
  if (found_.size() < most)
    found_.push_back({Code::E0350,
                      where,
                      fmt::format("'{}' breaks the notation of its table", text),
                      {},
                      {},
                      {}});
  else
    ++more_;
  return std::nullopt;
}

void BrokenMarks::finish() const {
  if (found_.empty()) return;
  Diagnostic told = told_together(found_);
  if (more_ > 0) told.notes.push_back(fmt::format("and {} beyond those", more_));
  told.notes.push_back(
      marks_.thousands == '\0'
          ? fmt::format("decimal = \"{}\": it has no mark between thousands", marks_.decimal)
          : fmt::format("decimal = \"{}\", thousands = \"{}\": groups have three digits",
                        marks_.decimal, marks_.thousands));
  told.notes.emplace_back("if one cell breaks it, the others may mean something else, too");
  reading_.diagnostics.add(std::move(told));
}

}  // namespace waystone::scenario
