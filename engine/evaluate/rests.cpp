#include "evaluate/rests.hpp"

#include <algorithm>
#include <cmath>

namespace waystone::evaluate {
namespace {

using model::Expression;
using model::Model;
using model::Op;

// Of one country, in the order in which the model is computed.
class Resting {
 public:
  using Own = bool (*)(const NodeResult&);

  Resting(const Model& model, CountryResult& country, Own own, bool NodeResult::*rests)
      : model_(model),
        country_(country),
        own_(own),
        rests_(rests),
        rules_(model.rules.size()),
        acting_(model.nodes.size()) {
    for (std::size_t r = 0; r < model.rules.size(); ++r)
      for (std::size_t e = 0; e < model.rules[r].effects.size(); ++e)
        acting_[model.rules[r].effects[e].target.index].push_back({r, e});
  }

  void mark() {
    for (const model::Step& step : model_.order) {
      if (const RuleId* rule = std::get_if<RuleId>(&step))
        rules_[rule->index] = steers(*rule);
      else if (const NodeId id = std::get<NodeId>(step); !std::isnan(country_[id].value))
        country_.nodes[id.index].*rests_ = made_of_marked(model_[id]) || moved_by_marked(id);
    }
  }

 private:
  struct Acting {
    std::size_t rule, effect;
  };

  bool marked(NodeId id) const { return own_(country_[id]) || country_[id].*rests_; }

  // A condition that has one truth over all that is unknown doesn't hang on who carries whose
  // weight.
  bool steers(RuleId id) const {
    const RuleResult& rule = country_[id];
    return !rule.must_hold && rule.may_hold && names_marked(model_[id].when);
  }

  bool names_marked(const Expression& e) const {
    if (e.op == Op::holds) return rules_[e.rule.index];
    if (e.op != Op::known && e.node.valid() && marked(e.node)) return true;
    return std::any_of(e.arguments.begin(), e.arguments.end(),
                       [&](const Expression& part) { return names_marked(part); });
  }

  bool made_of_marked(const model::Node& node) const {
    if (node.kind == model::NodeKind::derived) return names_marked(node.derived().value);
    if (!node.is_factor()) return false;
    const model::Factor& factor = node.factor();
    if (factor.expression && names_marked(*factor.expression)) return true;
    const auto counts = [&](const auto& part) {
      return !std::isnan(country_[part.node].score) && marked(part.node);
    };
    const auto acts = [&](const model::Strength& strength) {
      return counts(strength) || std::any_of(strength.unless.begin(), strength.unless.end(),
                                             [&](RuleId rule) { return rules_[rule.index]; });
    };
    return std::any_of(factor.members.begin(), factor.members.end(), counts) ||
           std::any_of(factor.strengths.begin(), factor.strengths.end(), acts);
  }

  bool moved_by_marked(NodeId id) const {
    const auto& acting = acting_[id.index];
    return std::any_of(acting.begin(), acting.end(), [&](const Acting& one) {
      if (rules_[one.rule]) return true;
      return country_.rules[one.rule].truth == Truth::yes &&
             names_marked(model_.rules[one.rule].effects[one.effect].amount);
    });
  }

  const Model& model_;
  CountryResult& country_;
  const Own own_;
  bool NodeResult::*rests_;
  std::vector<bool> rules_;  // whose condition hangs on something marked
  std::vector<std::vector<Acting>> acting_;
};

}  // namespace

void mark_what_rests(const Model& model, CountryResult& country) {
  const auto any = [&](Resting::Own own) {
    return std::any_of(country.nodes.begin(), country.nodes.end(), own);
  };
  const Resting::Own reweighted = [](const NodeResult& node) { return node.reweighted; };
  const Resting::Own cut = [](const NodeResult& node) { return node.was_cut(); };
  if (any(reweighted)) Resting(model, country, reweighted, &NodeResult::rests_on_reweighted).mark();
  if (any(cut)) Resting(model, country, cut, &NodeResult::rests_on_cut).mark();
}

}  // namespace waystone::evaluate
