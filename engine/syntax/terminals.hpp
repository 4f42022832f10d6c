// Terminals of the grammar as X3 parsers of our own: bytes in, a piece of the tree with its place
// out. The stock ones are no use here: double_ reads "infrastructure" as infinity, and the
// character classes abort on non-ASCII bytes. Included by the grammar's files (read_….cpp) only.
#pragma once
#include <boost/spirit/home/x3.hpp>

#include <algorithm>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "base/decimal.hpp"
#include "syntax/foreign.hpp"
#include "syntax/scanning.hpp"

// In a grammar, a > b >> c says what it seems to say.
#ifdef __clang__
#pragma clang diagnostic ignored "-Woverloaded-shift-op-parentheses"
#endif

namespace waystone::syntax {

namespace x3 = boost::spirit::x3;
struct state_tag;

/// Blanks and comments.
struct Skipper : x3::parser<Skipper> {
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;
  template <class Context, class RContext, class Attribute>
  bool parse(Iterator& first, const Iterator& last, const Context&, RContext&, Attribute&) const {
    const Iterator start = first;
    first = skip_blanks_and_comments(first, last);
    return first != start;
  }
};

/// Base of the terminals: Derived::scan(at, last, state, value) moves `at` beyond the token, or
/// says false.
template <class Derived, class Value>
struct Terminal : x3::parser<Derived> {
  using attribute_type = Value;
  static constexpr bool has_attribute = true;
  template <class Context, class RContext, class Attribute>
  bool parse(Iterator& first, const Iterator& last, const Context& context, RContext&,
             Attribute& attribute) const {
    Iterator at = first;  // a failed token leaves `first` alone, so that spans hold no blanks
    x3::skip_over(at, last, context);
    Value value;
    if (!static_cast<const Derived&>(*this).scan(at, last, x3::get<state_tag>(context).get(),
                                                 value))
      return false;
    x3::traits::move_to(std::move(value), attribute);
    first = at;
    return true;
  }
};

/// A word of the language (recognised by place) or punctuation.
struct Keyword : x3::parser<Keyword> {
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;
  std::string_view word;
  explicit Keyword(std::string_view w) : word(w) {}
  template <class Context, class RContext, class Attribute>
  bool parse(Iterator& first, const Iterator& last, const Context& context, RContext&,
             Attribute&) const {
    Iterator at = first;
    x3::skip_over(at, last, context);
    if (std::size_t(last - at) < word.size() || std::string_view(at, word.size()) != word)
      return false;
    const Iterator after = at + word.size();
    if (continues_word(word.back()) && after != last && continues_word(*after)) return false;
    if ((word == "<" || word == ">") && after != last && *after == '=') return false;
    first = after;
    return true;
  }
};

/// The closing brace of a block; knows what the block could have held, for the message.
struct Close : x3::parser<Close> {
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;
  std::string_view declaration, fields;  // "an indicator", "unit range best …"
  Close(std::string_view d, std::string_view f) : declaration(d), fields(f) {}
  template <class Context, class RContext, class Attribute>
  bool parse(Iterator& first, const Iterator& last, const Context& context, RContext&,
             Attribute&) const {
    x3::skip_over(first, last, context);
    if (first != last && *first == '}') return ++first, true;
    throw_misplaced(first, last);
  }

 private:
  [[noreturn]] void throw_misplaced(Iterator first, Iterator last) const {
    if (first == last)
      throw Failure{Code::E0101,
                    first,
                    first,
                    fmt::format("the block of {} is not closed: '}}' expected", declaration),
                    {}};
    const Iterator end =
        starts_word(*first) ? end_of_word(first, last) : end_of_character(first, last);
    const std::string word(first, end);
    if (!starts_word(*first))
      throw Failure{Code::E0101,
                    first,
                    end,
                    fmt::format("'{}' does not belong here; the next line of {} or '}}' expected",
                                word, declaration),
                    {}};
    std::vector<std::string> known;
    for (std::size_t at = 0; at < fields.size();) {
      const std::size_t stop = std::min(fields.find(' ', at), fields.size());
      known.emplace_back(fields.substr(at, stop - at));
      at = stop + 1;
    }
    std::vector<std::string> notes;
    if (std::string instead = instead_of_line(word); !instead.empty())
      notes.push_back(std::move(instead));
    else
      notes = suggestion(word, known);
    notes.push_back(fmt::format("lines of {}: {}", declaration, fmt::join(known, ", ")));
    throw Failure{Code::E0106, first, end,
                  fmt::format("'{}' opens no line of {}", word, declaration), std::move(notes)};
  }
};

/// A name: lower case, and none of the reserved words.
struct NameToken : Terminal<NameToken, Name> {
  bool declares = false;  // a reserved word here is E0108, not just no match
  bool scan(Iterator& at, Iterator last, const State& state, Name& name) const {
    if (at == last || !starts_word(*at)) return false;
    const Iterator end = end_of_word(at, last);
    const std::string_view word(at, std::size_t(end - at));
    if (is_reserved(word)) {
      if (declares)
        throw Failure{Code::E0108,
                      at,
                      end,
                      fmt::format("'{}' is a word of the language and can't be a name", word),
                      {}};
      return false;
    }
    if (!is_lower(word[0]) || std::any_of(word.begin(), word.end(), is_upper)) {
      if (declares)
        throw Failure{
            Code::E0108,
            at,
            end,
            fmt::format("'{}' can't be a name: names are lower-case letters, digits and '_'", word),
            {}};
      return false;
    }
    name = {std::string(word), state.span(at, end)};
    at = end;
    return true;
  }
};

/// A country's code: capitals and digits.
struct CountryToken : Terminal<CountryToken, Name> {
  bool scan(Iterator& at, Iterator last, const State& state, Name& name) const {
    if (at == last || !is_upper(*at)) return false;
    const Iterator end = end_of_word(at, last);
    if (std::any_of(at, end, is_lower)) return false;
    name = {std::string(at, end), state.span(at, end)};
    at = end;
    return true;
  }
};

/// "…" on one line, with the escapes \" and \\.
struct TextToken : Terminal<TextToken, Text> {
  bool scan(Iterator& at, Iterator last, const State& state, Text& text) const {
    if (at == last || *at != '"') return false;
    const Iterator start = at;
    std::string value;
    for (++at; at != last && *at != '"' && *at != '\n'; ++at) {
      if (*at == '\\' && at + 1 != last && (at[1] == '"' || at[1] == '\\')) ++at;
      value += *at;
    }
    if (at == last || *at == '\n') throw unclosed_text(start);
    ++at;
    text = {std::move(value), state.span(start, at)};
    return true;
  }
};

struct DateToken : Terminal<DateToken, DateText> {
  static bool looks_like(Iterator at, Iterator last) {
    if (last - at < 10) return false;
    for (int i = 0; i < 10; ++i)
      if (i == 4 || i == 7 ? at[i] != '-' : !is_digit(at[i])) return false;
    return true;
  }
  bool scan(Iterator& at, Iterator last, const State& state, DateText& date) const {
    if (!looks_like(at, last)) return false;
    const auto parsed = parse_date(std::string_view(at, 10));
    if (!parsed)
      throw Failure{Code::E0104,
                    at,
                    at + 10,
                    fmt::format("there is no day {}", std::string_view(at, 10)),
                    {"dates are written year-month-day: 2015-06-30"}};
    date = {*parsed, state.span(at, at + 10)};
    at += 10;
    return true;
  }
};

/// A numeral with its unit: "12", "0.5", "1e-3", "30%", "24 months", "15 billion USD". `is_signed`:
/// a minus may come before it.
struct NumberToken : Terminal<NumberToken, Number> {
  bool is_signed = false, with_unit = true;

  bool scan(Iterator& at, Iterator last, const State& state, Number& number) const {
    const Iterator start = at;
    const bool negative = is_signed && at != last && *at == '-';
    if (negative) at = skip_blanks(at + 1, last);
    if (at == last || !is_digit(*at) || DateToken::looks_like(at, last)) return at = start, false;
    const Iterator digits = at;
    at = end_of_numeral(at, last);
    number.numeral.assign(digits, at);
    number.numeral_where = state.span(digits, at);
    const auto value = parse_double(number.numeral);
    if (!value)
      throw Failure{Code::E0103,
                    digits,
                    at,
                    fmt::format("'{}' is too large or too small a number", number.numeral),
                    {}};
    number.value = negative ? -*value : *value;
    if (at != last && (continues_word(*at) || *at == '.'))
      throw Failure{Code::E0103,
                    digits,
                    std::max(end_of_word(at, last), at + 1),
                    "this numeral can't be read",
                    {"numbers are written 12, 0.5 or 1e-3"}};
    if (with_unit) at = scan_unit(at, last, number);
    number.where = state.span(start, at);
    return true;
  }

 private:
  static Iterator skip_blanks(Iterator at, Iterator last) {
    return std::find_if_not(at, last, [](char c) { return c == ' ' || c == '\t'; });
  }

  static Iterator end_of_numeral(Iterator at, Iterator last) {
    at = std::find_if_not(at, last, is_digit);
    if (last - at > 1 && *at == '.' && is_digit(at[1]))
      at = std::find_if_not(at + 1, last, is_digit);
    if (at != last && (*at == 'e' || *at == 'E')) {
      Iterator exponent = at + 1;
      if (exponent != last && (*exponent == '-' || *exponent == '+')) ++exponent;
      if (exponent != last && is_digit(*exponent)) at = std::find_if_not(exponent, last, is_digit);
    }
    return at;
  }

  static Iterator scan_unit(Iterator at, Iterator last, Number& number) {
    Iterator word = skip_blanks(at, last);  // a unit is on the numeral's line
    if (word != last && *word == '%') return number.unit = Unit::percent, word + 1;
    if (word == last || !starts_word(*word)) return at;
    const auto read = [&](Iterator from) {
      return std::string_view(from, std::size_t(end_of_word(from, last) - from));
    };
    for (const auto& [text, times] : {std::pair{"million", 1e6}, std::pair{"billion", 1e9}}) {
      if (read(word) != text) continue;
      number.value *= times;
      at = end_of_word(word, last);
      word = skip_blanks(at, last);
      if (word == last || !starts_word(*word)) return at;
    }
    static constexpr std::pair<std::string_view, Unit> words[] = {
        {"percent", Unit::percent}, {"share", Unit::share},   {"years", Unit::years},
        {"year", Unit::years},      {"months", Unit::months}, {"month", Unit::months},
        {"days", Unit::days},       {"day", Unit::days},      {"count", Unit::count},
        {"USD", Unit::usd},         {"points", Unit::points}, {"point", Unit::points}};
    for (const auto& [text, unit] : words)
      if (read(word) == text) return number.unit = unit, end_of_word(word, last);
    return at;
  }
};

}  // namespace waystone::syntax

namespace boost::spirit::x3 {
// What the message says was expected. X3 falls back to the names of C++ types, so every composition
// says what it begins with.
template <class Subject, class Action>
struct get_info<action<Subject, Action>> {
  using result_type = std::string;
  std::string operator()(const action<Subject, Action>& p) const { return what(p.subject); }
};
template <class Left, class Right>
struct get_info<sequence<Left, Right>> {
  using result_type = std::string;
  std::string operator()(const sequence<Left, Right>& p) const { return what(p.left); }
};
template <class Left, class Right>
struct get_info<alternative<Left, Right>> {
  using result_type = std::string;
  std::string operator()(const alternative<Left, Right>& p) const {
    return what(p.left) + " or " + what(p.right);
  }
};
template <class Subject>
struct get_info<expect_directive<Subject>> {
  using result_type = std::string;
  std::string operator()(const expect_directive<Subject>& p) const { return what(p.subject); }
};
template <>
struct get_info<waystone::syntax::Keyword> {
  using result_type = std::string;
  std::string operator()(const waystone::syntax::Keyword& k) const {
    return fmt::format("'{}'", k.word);
  }
};
template <>
struct get_info<waystone::syntax::NameToken> {
  using result_type = std::string;
  std::string operator()(const waystone::syntax::NameToken&) const { return "a name"; }
};
template <>
struct get_info<waystone::syntax::CountryToken> {
  using result_type = std::string;
  std::string operator()(const waystone::syntax::CountryToken&) const {
    return "a country's code such as UKR";
  }
};
template <>
struct get_info<waystone::syntax::TextToken> {
  using result_type = std::string;
  std::string operator()(const waystone::syntax::TextToken&) const {
    return "a text in double quotes";
  }
};
template <>
struct get_info<waystone::syntax::DateToken> {
  using result_type = std::string;
  std::string operator()(const waystone::syntax::DateToken&) const {
    return "a date such as 2015-06-30";
  }
};
template <>
struct get_info<waystone::syntax::NumberToken> {
  using result_type = std::string;
  std::string operator()(const waystone::syntax::NumberToken&) const { return "a number"; }
};
}  // namespace boost::spirit::x3
