// Grammar of what holds values: indicators with their curves, levels and policies, groups,
// parameters, derived values.
#include "syntax/grammar.hpp"

namespace waystone::syntax {
namespace {

struct range_id {};
struct unit_field_id {};
struct curve_id {};
struct curve_line_id {};
const x3::rule<range_id, Range> range{"LOW to HIGH"};
const x3::rule<unit_field_id, UnitField> unit_field{
    "a unit (percent, share, years, months, days, count, USD, points, plain, yes/no, date, level, "
    "code(…))"};
const x3::rule<curve_id, Curve> goalposts{"goalposts"};
const x3::rule<curve_line_id, Curve> curve_line{"'through' or 'steps'"};

const auto range_def =
    located[signed_number[assign<&Range::low>] > kw("to") > signed_number[assign<&Range::high>]];

template <Unit unit>
inline constexpr auto field_unit = [](auto& context) { x3::_val(context).unit = unit; };
const auto code_names = [](auto& context) {
  x3::_val(context).codes.push_back(std::move(x3::_attr(context)));
};
const auto take_unit = [](auto& context) { x3::_val(context).unit = x3::_attr(context); };
const auto unit_field_def =
    located[unit_word[take_unit] | kw("yes/no")[field_unit<Unit::yes_no>] |
            kw("date")[field_unit<Unit::date>] | kw("level")[field_unit<Unit::level>] |
            (kw("code")[field_unit<Unit::code>] > kw("(") > name[code_names] >
             *(kw(",") > name[code_names]) > kw(")"))];

// ---- curves

const auto linear_kind = mark<&Curve::kind, CurveKind::linear>;
const auto goalpost_yes = [](auto& context) { x3::_val(context).best_yes = true; };
const auto goalpost_no = [](auto& context) { x3::_val(context).best_yes = false; };
const auto goalposts_def =
    located[(kw("best") > ((kw("yes")[goalpost_yes] > kw(",") > kw("worst") > kw("no")) |
                           (kw("no")[goalpost_no] > kw(",") > kw("worst") > kw("yes")) |
                           (signed_number[assign<&Curve::best>] > kw(",") > kw("worst") >
                            signed_number[assign<&Curve::worst>]))) >>
            -(kw(",") > ((kw("logarithmic")[mark<&Curve::kind, CurveKind::logarithmic>] >
                          -(kw("from")[mark<&Curve::from_one_plus, true>] > kw("1") > kw("plus") >
                            kw("value"))) |
                         (kw("logistic")[mark<&Curve::kind, CurveKind::logistic>] >
                          -(kw("steepness") > number[assign<&Curve::steepness>]))))];

const auto knot_value = [](auto& context) {
  x3::_val(context).points.emplace_back(std::move(x3::_attr(context)), Number{});
};
const auto knot_score = [](auto& context) {
  x3::_val(context).points.back().second = std::move(x3::_attr(context));
};
const auto step_score = [](auto& context) {
  x3::_val(context).points.emplace_back(Number{}, std::move(x3::_attr(context)));
};
const auto step_from = [](auto& context) {
  x3::_val(context).points.back().first = std::move(x3::_attr(context));
};
const auto curve_line_def =
    located[(kw("through")[mark<&Curve::kind, CurveKind::knots>] >
             +(kw("(") > signed_number[knot_value] > kw(",") > number[knot_score] > kw(")"))) |
            (kw("steps")[mark<&Curve::kind, CurveKind::steps>] >
             number[assign<&Curve::first_step>] >
             +(kw(",") > number[step_score] > kw("from") > signed_number[step_from]))];

BOOST_SPIRIT_DEFINE(range, unit_field, goalposts, curve_line)

// ---- indicator, group

struct level_id {};
struct levels_id {};
struct missing_id {};
struct stale_id {};
struct indicator_id {};
struct group_value_id {};
struct group_id {};
const x3::rule<level_id, Level> level{"a level"};
const x3::rule<levels_id, Levels> levels{"levels"};
const x3::rule<missing_id, Missing> missing{
    "a missing policy (refuse, unknown, assume, carry forward, typical of)"};
const x3::rule<stale_id, Stale> stale{"after a time"};
const x3::rule<indicator_id, Indicator> indicator_declaration{"indicator"};
const x3::rule<group_value_id, Group::Value> group_value{"a name and its typical value"};
const x3::rule<group_id, Group> group_declaration{"group"};

const auto level_def =
    located[(number[put<&Level::value>] | name[put<&Level::code>]) > text[assign<&Level::anchor>] >
            -(kw("scores") > number[put<&Level::score>])];
const auto levels_def =
    located[-((kw("best") >> kw("last"))[mark<&Levels::best_last, true>]) >> kw("{") >
            *level[append<&Levels::levels>] > Close("a list of levels", "scores")];
const auto assume_yes = [](auto& context) { x3::_val(context).yes = true; };
const auto assume_no = [](auto& context) { x3::_val(context).yes = false; };
const auto missing_def =
    located[kw("refuse")[mark<&Missing::kind, MissingKind::refuse>] |
            kw("unknown")[mark<&Missing::kind, MissingKind::unknown>] |
            (kw("assume")[mark<&Missing::kind, MissingKind::assume>] >
             (kw("yes")[assume_yes] | kw("no")[assume_no] | signed_number[put<&Missing::value>]) >
             -(kw(",") >> kw("between") > signed_number[put<&Missing::low>] > kw("and") >
               signed_number[put<&Missing::high>]) > -kw(",") > kw("because") >
             text[put<&Missing::because>]) |
            (kw("carry")[mark<&Missing::kind, MissingKind::carry_forward>] > kw("forward") >
             kw("up") > kw("to") > number[put<&Missing::limit>]) |
            (kw("typical")[mark<&Missing::kind, MissingKind::typical>] > kw("of") >
             ((kw("its") >> name[put<&Missing::kind_of_groups>] >>
               -(kw(",") >> kw("at") > kw("least") > number[put<&Missing::at_least>])) |
              name[put<&Missing::group>]))];
const auto a_year = kw("a") > kw("year");
const auto stale_def = located[kw("after") > number[assign<&Stale::after>] >
                               -(kw(",") > kw("widen") > number[put<&Stale::widen>] > a_year)];
const auto indicator_declaration_def =
    located[kw("indicator") > declared_name[assign<&Indicator::name>] >
            -text[put<&Indicator::label>] > kw("{") >
            *((kw("unit") > unit_field[put<&Indicator::unit>]) |
              (kw("range") > range[put<&Indicator::range>]) | goalposts[put<&Indicator::curve>] |
              (kw("curve") > curve_line[put<&Indicator::curve>]) |
              (kw("levels") > levels[put<&Indicator::levels>]) |
              (kw("half") > kw("steps")[mark<&Indicator::half_steps, true>]) |
              (kw("missing") > missing[put<&Indicator::missing>]) |
              (kw("stale") > stale[put<&Indicator::stale>]) | provenance_line) >
            Close("an indicator",
                  "unit range best curve levels half missing stale cites judged label")];

const auto group_value_def =
    name[assign<&Group::Value::indicator>] >> signed_number[assign<&Group::Value::value>];
const auto group_declaration_def =
    located[kw("group") > declared_name[assign<&Group::name>] > -text[put<&Group::label>] >
            kw("{") > *(provenance_line | group_value[append<&Group::values>]) >
            Close("a group", "cites judged label")];
BOOST_SPIRIT_DEFINE(level, levels, missing, stale, indicator_declaration, group_value,
                    group_declaration)

// ---- parameter, derived

struct entry_id {};
struct parameter_id {};
struct derived_id {};
const x3::rule<entry_id, Parameter::Entry> entry{"'from DATE: NUMBER' or 'always NUMBER'"};
const x3::rule<parameter_id, Parameter> parameter_declaration{"parameter"};
const x3::rule<derived_id, Derived> derived_declaration{"derived"};

const auto entry_def = located[(-kw("expected")[mark<&Parameter::Entry::expected, true>] >>
                                kw("from") > date[put<&Parameter::Entry::from>] > kw(":") >
                                signed_number[assign<&Parameter::Entry::value>]) |
                               (kw("always") > signed_number[assign<&Parameter::Entry::value>])];
const auto parameter_declaration_def =
    located[kw("parameter") > declared_name[assign<&Parameter::name>] >
            -text[put<&Parameter::label>] > kw("{") >
            *((kw("unit") > unit_field[put<&Parameter::unit>]) |
              (kw("plausible") > range[put<&Parameter::plausible>]) | provenance_line |
              (kw("until") > date[append<&Parameter::ends>]) | entry[append<&Parameter::entries>]) >
            Close("a parameter", "unit from until expected always plausible cites judged label")];
const auto derived_declaration_def =
    located[kw("derived") > declared_name[assign<&Derived::name>] > -text[put<&Derived::label>] >
            kw("=") > expression[assign<&Derived::value>] >
            -(kw("{") >
              *((kw("unit") > unit_field[put<&Derived::unit>]) |
                (kw("range") > range[put<&Derived::range>]) | goalposts[put<&Derived::curve>] |
                (kw("curve") > curve_line[put<&Derived::curve>]) |
                (kw("digits") > number[put_digits<&Derived::digits>]) | provenance_line) >
              Close("a derived value", "unit range best curve digits cites judged label"))];
BOOST_SPIRIT_DEFINE(entry, parameter_declaration, derived_declaration)

}  // namespace

bool read_indicator(Iterator& at, Iterator last, State& state, Indicator& value) {
  return read_by(indicator_declaration, at, last, state, value);
}

bool read_group(Iterator& at, Iterator last, State& state, Group& value) {
  return read_by(group_declaration, at, last, state, value);
}

bool read_parameter(Iterator& at, Iterator last, State& state, Parameter& value) {
  return read_by(parameter_declaration, at, last, state, value);
}

bool read_derived(Iterator& at, Iterator last, State& state, Derived& value) {
  return read_by(derived_declaration, at, last, state, value);
}

}  // namespace waystone::syntax
