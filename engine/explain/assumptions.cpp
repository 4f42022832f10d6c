#include "explain/assumptions.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "evaluate/coverage.hpp"
#include "explain/holdings.hpp"
#include "explain/reasons.hpp"

namespace waystone::explain {
namespace {

using evaluate::CountryResult;
using scenario::Grade;
constexpr double none = evaluate::unknown_value;

class AssumptionFinder {
 public:
  AssumptionFinder(const evaluate::Case& scenario_case, const evaluate::ViewResult& view,
                   NodeId output, const std::vector<std::string>& countries)
      : case_(scenario_case), model_(*scenario_case.model), view_(view), countries_(countries) {
    found_.output = output;
    found_.viewpoint = view.viewpoint;
    held_ = holdings(scenario_case, view.viewpoint, output, countries);
    shares_ = node_shares();
    behind_ = nodes_behind(model_, output);
  }

  Assumptions find() {
    for (const CountryHoldings& country : held_.countries) of_country(country);
    for (const scenario::Override& entry : case_.scenario.overrides) of_override(entry);
    of_weights();
    for (std::size_t n = 0; n < model_.nodes.size(); ++n)
      if (behind_.contains(NodeId{n})) of_node(NodeId{n});
    for (const RuleId rule : rules_behind(model_, found_.output)) of_rule(rule);
    for (std::size_t k = 0; k < held_.indicators.size(); ++k) of_policy(k);
    sort();
    return std::move(found_);
  }

 private:
  double count() const { return double(countries_.size()); }
  const CountryResult& result(const std::string& code) const { return *view_.find(code); }

  // The mean share of the output's weight that lies on each node.
  std::vector<double> node_shares() const {
    std::vector<double> mean(model_.nodes.size());
    const std::vector<RegisterId> wanted = evaluate::deciding(*case_.program);
    std::map<RegisterId, std::size_t> places;
    for (std::size_t k = 0; k < wanted.size(); ++k) places[wanted[k]] = k;
    const evaluate::Plan plan(*case_.program, wanted);
    const arma::mat values = evaluate::evaluate(plan, evaluate::frame_of(case_, view_.viewpoint));
    const evaluate::Shares shares(model_, *case_.program, view_.viewpoint);
    for (const std::string& code : countries_) {
      const std::size_t lane = case_.lane_of(code);
      const auto own = shares.weights_in(
          found_.output, [&](RegisterId reg) { return values(lane, places.at(reg)); });
      for (std::size_t n = 0; n < mean.size(); ++n) mean[n] += own[n] / count();
    }
    return mean;
  }

  // ---- facts of countries

  void of_country(const CountryHoldings& country) {
    Resting rests{country.code, 0, 0, country.tally.filled_weight, 0, country.tally.missing_weight};
    for (const Holding& held : country.facts) of_fact(country.code, held, rests);
    const auto add = [&](double Resting::*part) { found_.mean.*part += rests.*part / count(); };
    for (double Resting::*part : {&Resting::judged, &Resting::expected, &Resting::filled,
                                  &Resting::carried, &Resting::missing})
      add(part);
    found_.countries.push_back(std::move(rests));
  }

  void of_fact(const std::string& code, const Holding& held, Resting& rests) {
    const data::Chosen& fact = *held.fact;
    if (!behind_.contains(held.indicator) || !fact.value) return;
    const model::Missing& missing = model_[held.indicator].indicator().missing;
    if (!fact.known) {
      const bool typical = fact.grade == Grade::typical;
      Assumption one =
          fresh(typical ? AssumptionKind::typical : AssumptionKind::assumed, code, held);
      one.share = held.filled_weight;
      one.because = !typical              ? missing.because
                    : missing.its.empty() ? "typical of " + missing.group
                                          : "typical of its " + missing.its;
      one.where = missing.where;
      sign(model_[held.indicator].provenance, one);
      return add(std::move(one));
    }
    if (fact.grade == Grade::judged || fact.grade == Grade::expected) {
      const bool judged = fact.grade == Grade::judged;
      Assumption one =
          fresh(judged ? AssumptionKind::judged : AssumptionKind::expected, code, held);
      (judged ? rests.judged : rests.expected) += one.share;
      return add(std::move(one));
    }
    if (missing.kind != model::MissingKind::carry_forward || !fact.older) return;
    Assumption one = fresh(AssumptionKind::carried, code, held);
    rests.carried += one.share;
    add(std::move(one));
  }

  Assumption fresh(AssumptionKind kind, const std::string& code, const Holding& held) const {
    Assumption one;
    one.kind = kind;
    one.country = code;
    one.node = held.indicator;
    one.fact = held.fact;
    one.share = held.known_weight;
    one.points = none;
    one.countries = 1;
    if (const scenario::Datum* datum = held.fact->known ? held.fact->datum : nullptr) {
      one.by = datum->evidence->by;
      one.because = datum->evidence->because;
      one.review = datum->evidence->review;
      one.where = datum->where;
    }
    return one;
  }

  void of_override(const scenario::Override& entry) {
    if (entry.until < case_.scenario.as_of || !behind_.contains(entry.target) ||
        !std::binary_search(countries_.begin(), countries_.end(), entry.country))
      return;
    Assumption one;
    one.kind = AssumptionKind::override_points;
    one.country = entry.country;
    one.node = entry.target;
    one.adjustment = &entry;
    one.by = entry.by;
    one.because = entry.because;
    one.review = entry.until;
    one.where = entry.where;
    one.share = none;
    const evaluate::NodeResult& output = result(entry.country)[found_.output];
    one.points = output.value - output.without_override;
    one.countries = 1;
    add(std::move(one));
  }

  // ---- the rules

  static void sign(const model::Provenance& provenance, Assumption& one) {
    if (!provenance.judged) return;
    one.by = provenance.judged->by;
    one.on = provenance.judged->on;
    if (one.because.empty()) one.because = provenance.judged->because;
  }

  Assumption of_rules(AssumptionKind kind, const model::Provenance& provenance, Span where) const {
    Assumption one;
    one.kind = kind;
    one.where = where;
    one.points = none;
    sign(provenance, one);
    return one;
  }

  void of_weights() {
    if (!found_.viewpoint.valid()) return;
    const model::Viewpoint& viewpoint = model_.viewpoints[found_.viewpoint.index];
    Assumption one = of_rules(AssumptionKind::weights, viewpoint.provenance, viewpoint.where);
    one.viewpoint = found_.viewpoint;
    for (const NodeId node : behind_)
      if (model_[node].is_factor() && model_[node].factor().weights_from_viewpoint)
        one.share = std::max(one.share, shares_[node.index]);
    one.countries = countries_.size();
    if (one.share > 0) add(std::move(one));
  }

  void of_node(NodeId id) {
    const model::Node& node = model_[id];
    const bool factor = node.is_factor(), parameter = node.kind == model::NodeKind::parameter;
    if (node.provenance.judged) {
      Assumption one = of_rules(factor      ? AssumptionKind::combination
                                : parameter ? AssumptionKind::parameter
                                            : AssumptionKind::scale,
                                node.provenance, node.where);
      one.node = id;
      one.share = shares_[id.index];
      one.countries = countries_.size();
      add(std::move(one));
    }
    if (!factor || !node.factor().reweight) return;
    Assumption one = of_rules(AssumptionKind::absence, node.provenance, node.where);
    one.node = id;
    for (const std::string& code : countries_) one.countries += result(code)[id].reweighted;
    if (one.countries == 0) return;
    one.share = shares_[id.index] * double(one.countries) / count();
    add(std::move(one));
  }

  void of_rule(RuleId id) {
    const model::Rule& rule = model_[id];
    if (rule.effects.empty()) return;
    const auto has = [&](model::EffectKind kind) {
      return std::any_of(rule.effects.begin(), rule.effects.end(),
                         [&](const model::Effect& effect) { return effect.kind == kind; });
    };
    Assumption one = of_rules(has(model::EffectKind::at_least)  ? AssumptionKind::floor
                              : has(model::EffectKind::at_most) ? AssumptionKind::cap
                                                                : AssumptionKind::rule,
                              rule.provenance, rule.where);
    one.rule = id;
    one.because = rule.because;
    one.share = none;
    one.points = 0;
    for (const std::string& code : countries_) {
      const evaluate::RuleResult& acts = result(code)[id];
      one.countries += acts.truth == evaluate::Truth::yes;
      if (const auto moved = acts.moved.find(found_.output); moved != acts.moved.end())
        one.points += std::isnan(moved->second) ? 0 : moved->second / count();
    }
    add(std::move(one));
  }

  void of_policy(std::size_t k) {
    const IndicatorHoldings& held = held_.indicators[k];
    if (!behind_.contains(held.indicator)) return;
    const model::Node& node = model_[held.indicator];
    // Said to be unknown is an answer: no policy acts on it.
    std::size_t without = 0;
    double share = 0;
    for (const CountryHoldings& country : held_.countries)
      for (const Holding& one : country.facts) {
        if (one.indicator != held.indicator || one.fact->known ||
            one.fact->absence == data::Absence::said_unknown)
          continue;
        ++without;
        share += (one.weight - one.known_weight) / count();
      }
    if (without == 0) {
      ++found_.idle_policies;
      return;
    }
    Assumption one = of_rules(
        AssumptionKind::absence, node.provenance,
        node.indicator().missing.where.valid() ? node.indicator().missing.where : node.where);
    one.node = held.indicator;
    if (!node.indicator().missing.because.empty()) one.because = node.indicator().missing.because;
    one.share = share;
    one.countries = without;
    add(std::move(one));
  }

  void add(Assumption one) { found_.all.push_back(std::move(one)); }

  std::string name_of(const Assumption& one) const {
    return one.rule.valid()        ? model_[one.rule].name
           : one.viewpoint.valid() ? model_.viewpoints[one.viewpoint.index].name
                                   : model_[one.node].name;
  }

  // By what is printed, so that the last bits of sums decide nothing.
  void sort() {
    const auto size = [](const Assumption& one) {
      return std::round(1e9 * (std::isnan(one.share) ? std::fabs(one.points) : one.share));
    };
    std::stable_sort(found_.all.begin(), found_.all.end(),
                     [&](const Assumption& a, const Assumption& b) {
                       if (a.kind != b.kind) return a.kind < b.kind;
                       if (size(a) != size(b)) return size(a) > size(b);
                       return std::pair(name_of(a), a.country) < std::pair(name_of(b), b.country);
                     });
  }

  const evaluate::Case& case_;
  const model::Model& model_;
  const evaluate::ViewResult& view_;
  const std::vector<std::string>& countries_;
  Holdings held_;
  std::vector<double> shares_;  // by NodeId
  std::set<NodeId> behind_;
  Assumptions found_;
};

}  // namespace

std::string_view word_of(AssumptionKind kind) {
  switch (kind) {
    case AssumptionKind::judged: return "judged";
    case AssumptionKind::expected: return "expected";
    case AssumptionKind::assumed: return "assumed";
    case AssumptionKind::typical: return "typical";
    case AssumptionKind::carried: return "carried";
    case AssumptionKind::override_points: return "override";
    case AssumptionKind::weights: return "weights";
    case AssumptionKind::combination: return "combination";
    case AssumptionKind::scale: return "scale";
    case AssumptionKind::parameter: return "parameter";
    case AssumptionKind::floor: return "floor";
    case AssumptionKind::cap: return "cap";
    case AssumptionKind::rule: return "rule";
    case AssumptionKind::absence: return "absence";
  }
  return "";
}

bool is_of_country(AssumptionKind kind) { return kind <= AssumptionKind::override_points; }

Assumptions assumptions(const evaluate::Case& scenario_case, const evaluate::ViewResult& view,
                        NodeId output, const std::vector<std::string>& countries) {
  return AssumptionFinder(scenario_case, view, output, countries).find();
}

}  // namespace waystone::explain
