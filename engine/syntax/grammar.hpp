// What the grammar's files share: tokens, places, actions that fill fields, and parts that are read
// elsewhere. Included by them only.
//
// Every rule fills its attribute by semantic actions: containers are not rolled back when an
// alternative fails, so each alternative that appends is a rule of its own, and alternatives start
// with distinct words. Each declaration's rule begins with its keyword.
#pragma once
#include "syntax/readers.hpp"
#include "syntax/terminals.hpp"

namespace waystone::syntax {

inline Keyword kw(std::string_view word) { return Keyword(word); }
inline const NameToken name{};
inline const CountryToken country{};
inline const TextToken text{};
inline const DateToken date{};
inline const NumberToken number{};
inline const NumberToken signed_number = [] {
  NumberToken t;
  t.is_signed = true;
  return t;
}();
inline const NameToken declared_name = [] {
  NameToken t;
  t.declares = true;
  return t;
}();

/// located[p]: when p has matched, the attribute of the enclosing rule gets its place. (A rule with
/// semantic actions hands on_success no attribute, so the place is set from inside the rule, where
/// X3 passes the attribute as the rule's own context.)
template <class Subject>
struct Located : x3::unary_parser<Subject, Located<Subject>> {
  using base = x3::unary_parser<Subject, Located<Subject>>;
  static constexpr bool is_pass_through_unary = true;
  explicit Located(const Subject& inner) : base(inner) {}
  template <class Context, class RContext, class Attribute>
  bool parse(Iterator& first, const Iterator& last, const Context& context,
             RContext& rule_attribute, Attribute& attribute) const {
    Iterator start = first;
    x3::skip_over(start, last, context);
    if (!this->subject.parse(first, last, context, rule_attribute, attribute)) return false;
    rule_attribute.where = x3::get<state_tag>(context).get().span(start, first);
    return true;
  }
};
struct LocatedDirective {
  template <class Subject>
  auto operator[](const Subject& subject) const {
    return Located<typename x3::extension::as_parser<Subject>::value_type>(x3::as_parser(subject));
  }
};
inline const LocatedDirective located{};

/// A part whose rules are in another file: type-erased, so that only that file instantiates them.
template <class Value>
struct Elsewhere : x3::parser<Elsewhere<Value>> {
  using attribute_type = Value;
  static constexpr bool has_attribute = true;
  Reader<Value> read;
  std::string_view expected;
  Elsewhere(Reader<Value> r, std::string_view e) : read(r), expected(e) {}
  template <class Context, class RContext, class Attribute>
  bool parse(Iterator& first, const Iterator& last, const Context& context, RContext&,
             Attribute& attribute) const {
    Iterator at = first;
    Value value{};
    if (!read(at, last, x3::get<state_tag>(context).get(), value)) return false;
    x3::traits::move_to(std::move(value), attribute);
    first = at;
    return true;
  }
};

}  // namespace waystone::syntax

namespace boost::spirit::x3 {
template <class Subject>
struct get_info<waystone::syntax::Located<Subject>> {
  using result_type = std::string;
  std::string operator()(const waystone::syntax::Located<Subject>& p) const {
    return what(p.subject);
  }
};
template <class Value>
struct get_info<waystone::syntax::Elsewhere<Value>> {
  using result_type = std::string;
  std::string operator()(const waystone::syntax::Elsewhere<Value>& p) const {
    return std::string(p.expected);
  }
};
}  // namespace boost::spirit::x3

namespace waystone::syntax {

template <class Context>
State& state_of(Context& context) {
  return x3::get<state_tag>(context).get();
}

/// Reads with a rule of this file.
template <class Rule, class Value>
bool read_by(const Rule& rule, Iterator& at, Iterator last, State& state, Value& value) {
  const auto with_state = x3::with<state_tag>(std::ref(state))[rule];
  try {
    return x3::phrase_parse(at, last, with_state, Skipper{}, value, x3::skip_flag::dont_post_skip);
  } catch (const x3::expectation_failure<Iterator>& failure) {
    throw Unexpected{failure.where(), failure.which()};
  }
}

inline const auto take = [](auto& context) { x3::_val(context) = std::move(x3::_attr(context)); };

// ---- actions that fill fields

/// Records that a declaration has a line twice (the first one counts).
template <class Context>
void said_twice(Context& context, const Span& where, std::string_view what) {
  state_of(context).diagnostics->add(Code::E0107, where,
                                     fmt::format("{} is said twice in this declaration", what));
}

inline const Span& place_of(const Expression& e) { return e.where; }
template <class T>
const Span& place_of(const T& t) {
  return t.where;
}

/// Puts the attribute into an optional field of the declaration.
template <auto member>
inline constexpr auto put = [](auto& context) {
  auto& field = x3::_val(context).*member;
  if (field) return said_twice(context, place_of(x3::_attr(context)), "this");
  field = std::move(x3::_attr(context));
};
template <auto member>
inline constexpr auto assign =
    [](auto& context) { x3::_val(context).*member = std::move(x3::_attr(context)); };
template <auto member>
inline constexpr auto append =
    [](auto& context) { (x3::_val(context).*member).push_back(std::move(x3::_attr(context))); };
template <auto member, auto value>
inline constexpr auto mark = [](auto& context) { x3::_val(context).*member = value; };

// ---- parts that are read elsewhere

inline const Elsewhere<Expression> expression{read_expression, "an expression"};
inline const Elsewhere<Expression> sum_expression{read_sum, "a number or name"};
inline const Elsewhere<Expression> primary{read_primary, "a number, a name or '('"};
inline const Elsewhere<Expectation> expectation{read_expectation, "an expectation"};
inline const Elsewhere<Unit> unit_word{
    read_unit_word, "a unit (percent, share, years, months, days, count, USD, points)"};
inline const Elsewhere<Judgement> judgement{read_judgement, "by \"…\" on DATE because \"…\""};
inline const Elsewhere<Translation> translation{read_translation, "a language code and a text"};
inline const Elsewhere<std::vector<Name>> names{read_names, "names, separated by commas"};

inline const auto cite_more = [](auto& context) {
  auto& cites = x3::_val(context).provenance.cites;
  for (Name& key : x3::_attr(context)) cites.push_back(std::move(key));
};
inline const auto set_judged = [](auto& context) {
  auto& judged = x3::_val(context).provenance.judged;
  if (judged) return said_twice(context, x3::_attr(context).where, "'judged'");
  judged = std::move(x3::_attr(context));
};
inline const auto add_label = [](auto& context) {
  x3::_val(context).provenance.labels.push_back(std::move(x3::_attr(context)));
};
inline const auto provenance_line = (kw("cites") > names[cite_more]) |
                                    (kw("judged") > judgement[set_judged]) |
                                    (kw("label") > translation[add_label]);

/// The digits after the point with which a value is printed: a whole number, since 1.5 digits mean
/// nothing.
inline constexpr int most_digits = 6;
template <auto member>
inline constexpr auto put_digits = [](auto& context) {
  const auto& written = x3::_attr(context);
  const Iterator begin = state_of(context).begin;
  if (written.unit != Unit::none || written.value != std::floor(written.value) ||
      written.value > most_digits)
    throw Failure{Code::E0101,
                  begin + written.where.begin,
                  begin + written.where.end,
                  fmt::format("'digits' wants a whole number from 0 to {}", most_digits),
                  {}};
  put<member>(context);
};

}  // namespace waystone::syntax
