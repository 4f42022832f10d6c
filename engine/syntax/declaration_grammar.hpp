// Grammar of declarations. Included by grammar.cpp only. Each declaration rule begins after its keyword.
#pragma once
#include "syntax/expression_grammar.hpp"

namespace waystone::syntax {

// ---- actions that fill fields

/// Records that a line stands twice in one declaration (the first stands).
template <class Context>
void said_twice(Context& context, const Span& where, std::string_view what) {
  state_of(context).diagnostics->add(Code::E0107, where, fmt::format("{} is said twice in this declaration", what));
}

inline const Span& place_of(const Expression& e) { return e.where; }
template <class T>
const Span& place_of(const T& t) { return t.where; }

/// Puts the attribute into an optional field of the declaration.
template <auto member>
inline constexpr auto put = [](auto& context) {
  auto& field = x3::_val(context).*member;
  if (field) return said_twice(context, place_of(x3::_attr(context)), "this");
  field = std::move(x3::_attr(context));
};
template <auto member>
inline constexpr auto assign = [](auto& context) { x3::_val(context).*member = std::move(x3::_attr(context)); };
template <auto member>
inline constexpr auto append = [](auto& context) { (x3::_val(context).*member).push_back(std::move(x3::_attr(context))); };
template <auto member, auto value>
inline constexpr auto mark = [](auto& context) { x3::_val(context).*member = value; };

// ---- parts of many declarations

struct judgement_id {};
struct translation_id {};
struct names_id {};
struct range_id {};
struct unit_field_id {};
struct curve_id {};
const x3::rule<judgement_id, Judgement> judgement{"by \"…\" on DATE because \"…\""};
const x3::rule<translation_id, Translation> translation{"a language code and a text"};
const x3::rule<names_id, std::vector<Name>> names{"names, separated by commas"};
const x3::rule<range_id, Range> range{"LOW to HIGH"};
const x3::rule<unit_field_id, UnitField> unit_field{"a unit (percent, share, years, months, days, count, USD, points, plain, yes/no, date, level, code(…))"};
const x3::rule<curve_id, Curve> goalposts{"goalposts"};
const x3::rule<struct curve_line_id, Curve> curve_line{"'through' or 'steps'"};

const auto judgement_def = located[kw("by") > text[assign<&Judgement::by>] > kw("on") > date[assign<&Judgement::on>] > kw("because") > text[assign<&Judgement::because>]];
const auto translation_def = name[assign<&Translation::language>] > text[assign<&Translation::text>];
const auto names_def = name % ',';
const auto range_def = located[signed_number[assign<&Range::low>] > kw("to") > signed_number[assign<&Range::high>]];

template <Unit unit>
inline constexpr auto field_unit = [](auto& context) { x3::_val(context).unit = unit; };
const auto code_names = [](auto& context) { x3::_val(context).codes.push_back(std::move(x3::_attr(context))); };
const auto take_unit = [](auto& context) { x3::_val(context).unit = x3::_attr(context); };
const auto unit_field_def = located[unit_word[take_unit] | kw("yes/no")[field_unit<Unit::yes_no>] | kw("date")[field_unit<Unit::date>] | kw("level")[field_unit<Unit::level>] |
                            (kw("code")[field_unit<Unit::code>] > kw("(") > name[code_names] > *(kw(",") > name[code_names]) > kw(")"))];

const auto cite_more = [](auto& context) {
  auto& cites = x3::_val(context).provenance.cites;
  for (Name& key : x3::_attr(context)) cites.push_back(std::move(key));
};
const auto set_judged = [](auto& context) {
  auto& judged = x3::_val(context).provenance.judged;
  if (judged) return said_twice(context, x3::_attr(context).where, "'judged'");
  judged = std::move(x3::_attr(context));
};
const auto add_label = [](auto& context) { x3::_val(context).provenance.labels.push_back(std::move(x3::_attr(context))); };
const auto provenance_line = (kw("cites") > names[cite_more]) | (kw("judged") > judgement[set_judged]) | (kw("label") > translation[add_label]);
inline constexpr std::string_view provenance_fields = "cites judged label";

// ---- curves

const auto linear_kind = mark<&Curve::kind, CurveKind::linear>;
const auto goalpost_yes = [](auto& context) { x3::_val(context).best_yes = true; };
const auto goalpost_no = [](auto& context) { x3::_val(context).best_yes = false; };
const auto goalposts_def =
    located[(kw("best") > ((kw("yes")[goalpost_yes] > kw(",") > kw("worst") > kw("no")) | (kw("no")[goalpost_no] > kw(",") > kw("worst") > kw("yes")) |
                   (signed_number[assign<&Curve::best>] > kw(",") > kw("worst") > signed_number[assign<&Curve::worst>]))) >>
    -(kw(",") > ((kw("logarithmic")[mark<&Curve::kind, CurveKind::logarithmic>] > -(kw("from")[mark<&Curve::from_one_plus, true>] > kw("1") > kw("plus") > kw("value"))) |
                 (kw("logistic")[mark<&Curve::kind, CurveKind::logistic>] > -(kw("steepness") > number[assign<&Curve::steepness>]))))];

const auto knot_value = [](auto& context) { x3::_val(context).points.emplace_back(std::move(x3::_attr(context)), Number{}); };
const auto knot_score = [](auto& context) { x3::_val(context).points.back().second = std::move(x3::_attr(context)); };
const auto step_score = [](auto& context) { x3::_val(context).points.emplace_back(Number{}, std::move(x3::_attr(context))); };
const auto step_from = [](auto& context) { x3::_val(context).points.back().first = std::move(x3::_attr(context)); };
const auto curve_line_def =
    located[(kw("through")[mark<&Curve::kind, CurveKind::knots>] > +(kw("(") > signed_number[knot_value] > kw(",") > number[knot_score] > kw(")"))) |
    (kw("steps")[mark<&Curve::kind, CurveKind::steps>] > number[assign<&Curve::first_step>] > +(kw(",") > number[step_score] > kw("from") > signed_number[step_from]))];
struct curve_line_id {};

BOOST_SPIRIT_DEFINE(judgement, translation, names, range, unit_field, goalposts, curve_line)

// ---- include, model, source

struct include_id {};
struct model_id {};
struct source_id {};
const x3::rule<include_id, Include> include_declaration{"include"};
const x3::rule<model_id, ModelDefaults> model_declaration{"model"};
const x3::rule<source_id, Source> source_declaration{"source"};

const auto include_declaration_def = located[kw("include") > text[assign<&Include::path>]];
const auto model_declaration_def =
    located[kw("model") > text[assign<&ModelDefaults::title>] >
    -(kw("{") > *((kw("version") > text[put<&ModelDefaults::version>]) | (kw("horizon") > number[put<&ModelDefaults::horizon>]) |
                  (kw("level") > kw("margin") > number[put<&ModelDefaults::level_margin>]) | (kw("main") > name[put<&ModelDefaults::main>]) | provenance_line) >
      Close("a model", "version horizon level main cites judged label"))];
const auto source_declaration_def =
    located[kw("source") > declared_name[assign<&Source::name>] > text[assign<&Source::title>] >
    -(kw("{") > *((kw("publisher") > text[put<&Source::publisher>]) | (kw("published") > date[put<&Source::published>]) | (kw("licence") > text[put<&Source::licence>]) |
                  (kw("url") > text[put<&Source::url>]) | (kw("lag") > number[put<&Source::lag>]) | (kw("label") > translation[add_label])) >
      Close("a source", "publisher published licence url lag label"))];

BOOST_SPIRIT_DEFINE(include_declaration, model_declaration, source_declaration)

// ---- factor, output

struct combine_id {};
struct limits_id {};
struct member_id {};
struct tie_id {};
struct strength_id {};
struct bands_id {};
struct scale_id {};
struct factor_id {};
struct output_id {};
const x3::rule<combine_id, Combine> combine{"a way to combine (arithmetic, geometric, harmonic, power mean of order N, sum, product, worst, best, median, = EXPRESSION)"};
const x3::rule<limits_id, WeightLimits> limits{"'between' or 'locked'"};
const x3::rule<member_id, Member> member{"a weight"};
const x3::rule<tie_id, Tie> tie{"names of members, separated by commas"};
const x3::rule<strength_id, Strength> strength{"a strength"};
const x3::rule<bands_id, Bands> bands{"bands"};
const x3::rule<scale_id, Scale> scale{"LOW to HIGH, higher is worse"};
const x3::rule<factor_id, Factor> factor_declaration{"factor"};
const x3::rule<output_id, Factor> output_declaration{"output"};

template <Combination kind>
inline constexpr auto combination = mark<&Combine::kind, kind>;
const auto combine_def = located[((kw("=")[combination<Combination::expression>] > expression[assign<&Combine::expression>]) | kw("arithmetic")[combination<Combination::arithmetic>] |
                          kw("geometric")[combination<Combination::geometric>] | kw("harmonic")[combination<Combination::harmonic>] |
                          (kw("power")[combination<Combination::power_mean>] > kw("mean") > kw("of") > kw("order") > signed_number[assign<&Combine::order>]) |
                          kw("sum")[combination<Combination::sum>] | kw("product")[combination<Combination::product>] | kw("worst")[combination<Combination::worst>] |
                          kw("best")[combination<Combination::best>] | kw("median")[combination<Combination::median>]) >>
                         *(kw(",") > ((kw("no") > kw("part") > kw("below") > number[put<&Combine::floor>]) |
                                      (kw("weights") > kw("from") > kw("viewpoint")[mark<&Combine::weights_from_viewpoint, true>])))];

const auto weigh = [](auto& context) {
  Member& line = x3::_val(context);
  line.weight = std::move(x3::_attr(context));
  line.kind = line.weight.unit == Unit::percent ? WeightKind::percent : WeightKind::none;
};
const auto in_parts = [](auto& context) {
  Member& line = x3::_val(context);
  if (line.weight.unit == Unit::none) line.kind = WeightKind::parts;
};
// A weight without "%" or "parts" is a slip that deserves its own words.
const auto need_kind = [](auto& context) {
  const Member& line = x3::_val(context);
  if (line.kind != WeightKind::none) return;
  const Iterator from = state_of(context).begin + line.weight.where.begin;
  throw Failure{Code::E0101, from, state_of(context).begin + line.weight.where.end, "a weight is written '22%' or '2 parts'", {}};
};
// No other line opens with `between` or `locked`, so members may bear the second name themselves.
const auto limit_low = [](auto& context) {
  auto& low = x3::_val(context).low;
  if (low) state_of(context).diagnostics->add(Code::E0107, x3::_attr(context).where, "'between' is said twice for one weight");
  low = std::move(x3::_attr(context));
};
const auto lock = [](auto& context) {
  const Iterator end = x3::_where(context).begin();  // after the word
  auto& locked = x3::_val(context).locked;
  if (locked) state_of(context).diagnostics->add(Code::E0107, state_of(context).span(end - 6, end), "'locked' is said twice for one weight");
  locked = true;
};
const auto limits_def = located[+((kw("between") > number[limit_low] > kw("and") > number[assign<&WeightLimits::high>]) | kw("locked")[lock])];
const auto member_def = located[((kw("member") > name[assign<&Member::name>]) |
                                 ((number[weigh] >> -(kw("parts") | kw("part"))[in_parts] >> x3::eps[need_kind]) > name[assign<&Member::name>])) >>
                                -limits[assign<&Member::limits>]];
const auto tie_def = located[name[append<&Tie::members>] > kw(",") > name[append<&Tie::members>] > *(kw(",") > name[append<&Tie::members>])];
const auto strength_def = located[name[assign<&Strength::name>] > kw("lowers") > kw("by") > kw("at") > kw("most") > number[assign<&Strength::points>] >
                          -(-kw(",") >> kw("unless") > name[append<&Strength::unless>] > *(kw("or") > name[append<&Strength::unless>]) > kw("holds"))];

const auto band_name = [](auto& context) { x3::_val(context).edges.push_back({std::move(x3::_attr(context)), {}}); };
const auto band_from = [](auto& context) { x3::_val(context).edges.back().from = std::move(x3::_attr(context)); };
const auto bands_def = located[name[assign<&Bands::lowest>] > *(kw(",") > ((kw("margin") >> number[put<&Bands::margin>]) | (name[band_name] > kw("from") > signed_number[band_from])))];
const auto scale_def = located[signed_number[assign<&Scale::low>] > kw("to") > signed_number[assign<&Scale::high>] > kw(",") > kw("higher") > kw("is") >
                       (kw("better")[mark<&Scale::higher_is_better, true>] | kw("worse"))];

const auto reweight_at = [](auto& context) {
  x3::_val(context).reweight_where = x3::_attr(context).where;
  if (x3::_val(context).reweight) return said_twice(context, x3::_attr(context).where, "'reweight'");
  x3::_val(context).reweight = std::move(x3::_attr(context));
};
const auto factor_lines = (kw("scale") > scale[put<&Factor::scale>]) | (kw("combine") > combine[put<&Factor::combine>]) |
                          (kw("reweight") > kw("if") > kw("at") > kw("least") > number[reweight_at] > kw("known")) |
                          (kw("strength") > strength[append<&Factor::strengths>]) | (kw("tied") > tie[append<&Factor::ties>]) | provenance_line |
                          member[append<&Factor::members>];
const auto factor_declaration_def = located[kw("factor") > declared_name[assign<&Factor::name>] > -text[put<&Factor::label>] > kw("{") > *factor_lines >
                                    Close("a factor", "scale combine reweight strength member tied cites judged label")];

const auto output_name = [](auto& context) {
  x3::_val(context).name = std::move(x3::_attr(context));
  x3::_val(context).is_output = true;
};
const auto output_expression = [](auto& context) {
  Combine written;
  written.kind = Combination::expression;
  written.where = x3::_attr(context).where;
  written.expression = std::move(x3::_attr(context));
  x3::_val(context).combine = std::move(written);
};
const auto output_block = kw("{") > *(factor_lines | (kw("bands") > bands[put<&Factor::bands>])) > Close("an output", "scale combine bands reweight strength member tied cites judged label");
const auto output_declaration_def = located[kw("output") > declared_name[output_name] > -text[put<&Factor::label>] > ((kw("=") > expression[output_expression] > -output_block) | output_block)];

BOOST_SPIRIT_DEFINE(combine, limits, member, tie, strength, bands, scale, factor_declaration, output_declaration)

// ---- viewpoint

struct profile_id {};
struct viewpoint_id {};
const x3::rule<profile_id, Viewpoint::Profile> profile{"a profile"};
const x3::rule<viewpoint_id, Viewpoint> viewpoint_declaration{"viewpoint"};
const auto profile_def = located[name[put<&Viewpoint::Profile::node>] > kw("{") > *((kw("tied") > tie[append<&Viewpoint::Profile::ties>]) | member[append<&Viewpoint::Profile::members>]) >
                                 Close("a profile", "member tied")];
// Lines outside `for` blocks gather in one profile without a node.
inline Viewpoint::Profile& plain_profile(std::vector<Viewpoint::Profile>& profiles, const Span& where) {
  auto plain = std::find_if(profiles.begin(), profiles.end(), [](const auto& p) { return !p.node; });
  if (plain == profiles.end()) {
    plain = profiles.insert(profiles.begin(), Viewpoint::Profile{});
    plain->where = where;
  }
  return *plain;
}
template <auto lines>
inline constexpr auto append_plain = [](auto& context) {
  auto& gathered = plain_profile(x3::_val(context).profiles, x3::_attr(context).where);
  (gathered.*lines).push_back(std::move(x3::_attr(context)));
};
const auto viewpoint_declaration_def = located[kw("viewpoint") > declared_name[assign<&Viewpoint::name>] > -text[put<&Viewpoint::label>] > kw("{") >
                                       *((kw("for") > profile[append<&Viewpoint::profiles>]) | (kw("tied") > tie[append_plain<&Viewpoint::Profile::ties>]) | provenance_line |
                                         member[append_plain<&Viewpoint::Profile::members>]) >
                                       Close("a viewpoint", "for tied cites judged label")];
BOOST_SPIRIT_DEFINE(profile, viewpoint_declaration)

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
const x3::rule<missing_id, Missing> missing{"a missing policy (refuse, unknown, assume, carry forward, typical of)"};
const x3::rule<stale_id, Stale> stale{"after a time"};
const x3::rule<indicator_id, Indicator> indicator_declaration{"indicator"};
const x3::rule<group_value_id, Group::Value> group_value{"a name and its typical value"};
const x3::rule<group_id, Group> group_declaration{"group"};

const auto level_def = located[(number[put<&Level::value>] | name[put<&Level::code>]) > text[assign<&Level::anchor>] > -(kw("scores") > number[put<&Level::score>])];
const auto levels_def = located[-((kw("best") >> kw("last"))[mark<&Levels::best_last, true>]) >> kw("{") > *level[append<&Levels::levels>] > Close("a list of levels", "scores")];
const auto assume_yes = [](auto& context) { x3::_val(context).yes = true; };
const auto assume_no = [](auto& context) { x3::_val(context).yes = false; };
const auto missing_def = located[kw("refuse")[mark<&Missing::kind, MissingKind::refuse>] | kw("unknown")[mark<&Missing::kind, MissingKind::unknown>] |
                         (kw("assume")[mark<&Missing::kind, MissingKind::assume>] > (kw("yes")[assume_yes] | kw("no")[assume_no] | signed_number[put<&Missing::value>]) >
                          -(kw(",") >> kw("between") > signed_number[put<&Missing::low>] > kw("and") > signed_number[put<&Missing::high>]) > -kw(",") > kw("because") >
                          text[put<&Missing::because>]) |
                         (kw("carry")[mark<&Missing::kind, MissingKind::carry_forward>] > kw("forward") > kw("up") > kw("to") > number[put<&Missing::limit>]) |
                         (kw("typical")[mark<&Missing::kind, MissingKind::typical>] > kw("of") > name[put<&Missing::group>])];
const auto a_year = kw("a") > kw("year");
const auto stale_def = located[kw("after") > number[assign<&Stale::after>] > -(kw(",") > kw("widen") > number[put<&Stale::widen>] > a_year)];
const auto indicator_declaration_def =
    located[kw("indicator") > declared_name[assign<&Indicator::name>] > -text[put<&Indicator::label>] > kw("{") >
    *((kw("unit") > unit_field[put<&Indicator::unit>]) | (kw("range") > range[put<&Indicator::range>]) | goalposts[put<&Indicator::curve>] |
      (kw("curve") > curve_line[put<&Indicator::curve>]) | (kw("levels") > levels[put<&Indicator::levels>]) | (kw("half") > kw("steps")[mark<&Indicator::half_steps, true>]) |
      (kw("missing") > missing[put<&Indicator::missing>]) | (kw("stale") > stale[put<&Indicator::stale>]) | provenance_line) >
    Close("an indicator", "unit range best curve levels half missing stale cites judged label")];

const auto group_value_def = name[assign<&Group::Value::indicator>] >> signed_number[assign<&Group::Value::value>];
const auto group_declaration_def = located[kw("group") > declared_name[assign<&Group::name>] > -text[put<&Group::label>] > kw("{") >
                                   *(provenance_line | group_value[append<&Group::values>]) > Close("a group", "cites judged label")];
BOOST_SPIRIT_DEFINE(level, levels, missing, stale, indicator_declaration, group_value, group_declaration)

// ---- parameter, derived

struct entry_id {};
struct parameter_id {};
struct derived_id {};
const x3::rule<entry_id, Parameter::Entry> entry{"'from DATE: NUMBER' or 'always NUMBER'"};
const x3::rule<parameter_id, Parameter> parameter_declaration{"parameter"};
const x3::rule<derived_id, Derived> derived_declaration{"derived"};

const auto entry_def = located[(-kw("expected")[mark<&Parameter::Entry::expected, true>] >> kw("from") > date[put<&Parameter::Entry::from>] > kw(":") > signed_number[assign<&Parameter::Entry::value>]) |
                       (kw("always") > signed_number[assign<&Parameter::Entry::value>])];
const auto parameter_declaration_def = located[kw("parameter") > declared_name[assign<&Parameter::name>] > -text[put<&Parameter::label>] > kw("{") >
                                       *((kw("unit") > unit_field[put<&Parameter::unit>]) | (kw("plausible") > range[put<&Parameter::plausible>]) | provenance_line |
                                         entry[append<&Parameter::entries>]) >
                                       Close("a parameter", "unit from expected always plausible cites judged label")];
const auto derived_declaration_def =
    located[kw("derived") > declared_name[assign<&Derived::name>] > -text[put<&Derived::label>] > kw("=") > expression[assign<&Derived::value>] >
    -(kw("{") > *((kw("unit") > unit_field[put<&Derived::unit>]) | (kw("range") > range[put<&Derived::range>]) | goalposts[put<&Derived::curve>] |
                  (kw("curve") > curve_line[put<&Derived::curve>]) | provenance_line) >
      Close("a derived value", "unit range best curve cites judged label"))];
BOOST_SPIRIT_DEFINE(entry, parameter_declaration, derived_declaration)

// ---- rule

struct decay_id {};
struct effect_id {};
struct rule_id {};
const x3::rule<decay_id, Effect::Decay> decay{"'falling to N over N months since DATE'"};
const x3::rule<effect_id, Effect> effect{"an effect (T add N, T scale by F, T at least N, T at most N, raise, lower, floor, cap, halve, flag)"};
const x3::rule<rule_id, Rule> rule_declaration{"rule"};

const auto decay_def = located[(kw("falling") | kw("rising")) > kw("to") > sum_expression[assign<&Effect::Decay::to>] > kw("over") > sum_expression[assign<&Effect::Decay::months>] >
                       -kw("months") > kw("since") > primary[assign<&Effect::Decay::since>]];
template <EffectKind kind>
inline constexpr auto acts = mark<&Effect::kind, kind>;
const auto lowers = [](auto& context) {
  x3::_val(context).kind = EffectKind::add;
  x3::_val(context).subtract = true;
};
// (eps would do, but it takes blanks and comments into the effect's place)
const auto halve = [](auto& context) {
  Expression half_of;
  half_of.op = Operator::number;
  half_of.number.value = 0.5;
  half_of.number.numeral = "0.5";
  half_of.where = x3::_val(context).target.where;
  x3::_val(context).amount = std::move(half_of);
  x3::_val(context).kind = EffectKind::scale;
};
const auto amount = sum_expression[put<&Effect::amount>];
const auto target = name[assign<&Effect::target>];
const auto effect_def =
    located[((kw("flag") >> text[put<&Effect::flag>])[acts<EffectKind::flag>]) |
    ((((kw("raise") >> target >> kw("by"))[acts<EffectKind::add>] > amount) |
      ((kw("lower") >> target >> kw("by"))[lowers] > amount) |
      ((kw("floor") >> target >> kw("at"))[acts<EffectKind::at_least>] > amount) | ((kw("cap") >> target >> kw("at"))[acts<EffectKind::at_most>] > amount) |
      ((kw("halve") >> target)[halve]) |
      (target >> ((kw("add")[acts<EffectKind::add>] > amount) | ((kw("scale") >> kw("by"))[acts<EffectKind::scale>] > amount) |
                  (kw("at") > ((kw("least")[acts<EffectKind::at_least>] > amount) | (kw("most")[acts<EffectKind::at_most>] > amount)))))) >>
     -(kw(",") > decay[put<&Effect::decay>]))];
const auto rule_declaration_def = located[kw("rule") > declared_name[assign<&Rule::name>] > -text[put<&Rule::label>] > kw("{") >
                                  *((kw("when") > expression[put<&Rule::when>]) | (kw("then") > effect[append<&Rule::effects>]) | (kw("because") > text[put<&Rule::because>]) | provenance_line) >
                                  Close("a rule", "when then because cites judged label")];
BOOST_SPIRIT_DEFINE(decay, effect, rule_declaration)

// ---- tripwire, example, reserved words

struct tripwire_id {};
struct example_id {};
const x3::rule<tripwire_id, Tripwire> tripwire_declaration{"tripwire"};
const x3::rule<example_id, Example> example_declaration{"example"};
const auto tripwire_declaration_def = located[kw("tripwire") > declared_name[assign<&Tripwire::name>] > -text[put<&Tripwire::label>] > kw("{") >
                                      *((kw("when") > expression[put<&Tripwire::when>]) | (kw("owner") > text[put<&Tripwire::owner>]) | (kw("review") > date[put<&Tripwire::review>]) |
                                        (kw("because") > text[put<&Tripwire::because>]) | provenance_line) >
                                      Close("a tripwire", "when owner review because cites judged label")];
const auto example_declaration_def = located[kw("example") > text[assign<&Example::title>] > kw("{") >
                                     *((kw("in") > text[put<&Example::scenario>] > -(kw("viewpoint") > name[put<&Example::viewpoint>])) | (kw("expect") > expectation[append<&Example::expectations>]) |
                                       (kw("because") > text[put<&Example::because>]) | (kw("label") > translation[add_label])) >
                                     Close("an example", "in expect because label")];
BOOST_SPIRIT_DEFINE(tripwire_declaration, example_declaration)

}  // namespace waystone::syntax
