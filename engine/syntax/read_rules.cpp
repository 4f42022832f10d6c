// Grammar of rules, tripwires and examples.
#include "syntax/grammar.hpp"

namespace waystone::syntax {
namespace {

// ---- rule

struct decay_id {};
struct effect_id {};
struct deed_id {};
struct rule_id {};
const x3::rule<decay_id, Effect::Decay> decay{"'falling to N over N months since DATE'"};
const x3::rule<effect_id, Effect> effect{
    "an effect (T add N, T scale by F, T at least N, T at most N, raise, lower, floor, cap, halve, "
    "flag)"};
const x3::rule<deed_id, Effect> deed{
    "what the effect does (add N, scale by F, at least N, at most N)"};
const x3::rule<rule_id, Rule> rule_declaration{"rule"};

const auto decay_def =
    located[(kw("falling") | kw("rising")) > kw("to") > sum_expression[assign<&Effect::Decay::to>] >
            kw("over") > sum_expression[assign<&Effect::Decay::months>] > -kw("months") >
            kw("since") > primary[assign<&Effect::Decay::since>]];
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
const auto does = [](auto& context) {
  x3::_val(context).kind = x3::_attr(context).kind;
  x3::_val(context).amount = std::move(x3::_attr(context).amount);
};
const auto amount = sum_expression[put<&Effect::amount>];
const auto target = name[assign<&Effect::target>];
const auto deed_def = (kw("add")[acts<EffectKind::add>] > amount) |
                      ((kw("scale") >> kw("by"))[acts<EffectKind::scale>] > amount) |
                      (kw("at") > ((kw("least")[acts<EffectKind::at_least>] > amount) |
                                   (kw("most")[acts<EffectKind::at_most>] > amount)));
const auto effect_def =
    located[((kw("flag") >> text[put<&Effect::flag>])[acts<EffectKind::flag>]) |
            ((((kw("raise") >> target >> kw("by"))[acts<EffectKind::add>] > amount) |
              ((kw("lower") >> target >> kw("by"))[lowers] > amount) |
              ((kw("floor") >> target >> kw("at"))[acts<EffectKind::at_least>] > amount) |
              ((kw("cap") >> target >> kw("at"))[acts<EffectKind::at_most>] > amount) |
              ((kw("halve") >> target)[halve]) | (target > deed[does])) >>
             -(kw(",") > decay[put<&Effect::decay>]))];
const auto rule_declaration_def =
    located[kw("rule") > declared_name[assign<&Rule::name>] > -text[put<&Rule::label>] > kw("{") >
            *((kw("when") > expression[put<&Rule::when>]) |
              (kw("then") > effect[append<&Rule::effects>]) |
              (kw("because") > text[put<&Rule::because>]) | provenance_line) >
            Close("a rule", "when then because cites judged label")];
BOOST_SPIRIT_DEFINE(decay, deed, effect, rule_declaration)

// ---- tripwire, example, reserved words

struct tripwire_id {};
struct example_id {};
const x3::rule<tripwire_id, Tripwire> tripwire_declaration{"tripwire"};
const x3::rule<example_id, Example> example_declaration{"example"};
const auto tripwire_declaration_def =
    located[kw("tripwire") > declared_name[assign<&Tripwire::name>] > -text[put<&Tripwire::label>] >
            kw("{") > *((kw("when") > expression[put<&Tripwire::when>]) |
                        (kw("owner") > text[put<&Tripwire::owner>]) |
                        (kw("review") > date[put<&Tripwire::review>]) |
                        (kw("because") > text[put<&Tripwire::because>]) | provenance_line) >
            Close("a tripwire", "when owner review because cites judged label")];
const auto example_declaration_def =
    located[kw("example") > text[assign<&Example::title>] > kw("{") >
            *((kw("in") > text[put<&Example::scenario>] >
               -(kw("viewpoint") > name[put<&Example::viewpoint>])) |
              (kw("expect") > expectation[append<&Example::expectations>]) |
              (kw("because") > text[put<&Example::because>]) |
              (kw("label") > translation[add_label])) >
            Close("an example", "in expect because label")];
BOOST_SPIRIT_DEFINE(tripwire_declaration, example_declaration)

}  // namespace

bool read_rule(Iterator& at, Iterator last, State& state, Rule& value) {
  return read_by(rule_declaration, at, last, state, value);
}

bool read_tripwire(Iterator& at, Iterator last, State& state, Tripwire& value) {
  return read_by(tripwire_declaration, at, last, state, value);
}

bool read_example(Iterator& at, Iterator last, State& state, Example& value) {
  return read_by(example_declaration, at, last, state, value);
}

}  // namespace waystone::syntax
