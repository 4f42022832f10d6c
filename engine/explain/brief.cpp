#include "explain/brief.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

#include "base/ties.hpp"
#include "evaluate/ranking.hpp"
#include "explain/reasons.hpp"
#include "model/dependencies.hpp"

namespace waystone::explain {
namespace {

using evaluate::Case;
using model::Expression;
using model::Op;

// The comparisons that a condition consists of; nothing if it is of another form.
class AskReader {
 public:
  explicit AskReader(const Case& scenario_case)
      : model_(*scenario_case.model), as_of_(scenario_case.scenario.as_of) {}

  std::optional<std::vector<BriefAsk>> read(const Expression& when) const {
    if (when.op == Op::logical_and) {
      std::vector<BriefAsk> all;
      for (const Expression& part : when.arguments) {
        auto found = read(part);
        if (!found) return std::nullopt;
        all.insert(all.end(), found->begin(), found->end());
      }
      return all;
    }
    if (when.op == Op::name && when.unit == model::Unit::yes_no && is_fact(when.node))
      return std::vector{BriefAsk{when.node, Op::equal, 1}};
    if (when.op == Op::logical_not && when.arguments.size() == 1 &&
        when.arguments[0].op == Op::name && is_fact(when.arguments[0].node))
      return std::vector{BriefAsk{when.arguments[0].node, Op::equal, 0}};
    const bool compares = when.op == Op::less || when.op == Op::less_equal ||
                          when.op == Op::greater || when.op == Op::greater_equal;
    if (!compares || when.arguments[0].op != Op::name || !is_fact(when.arguments[0].node))
      return std::nullopt;
    const auto threshold = constant(when.arguments[1]);
    if (!threshold) return std::nullopt;
    return std::vector{BriefAsk{when.arguments[0].node, when.op, *threshold}};
  }

 private:
  bool is_fact(NodeId node) const {
    return node.valid() && (model_[node].kind == model::NodeKind::indicator ||
                            model_[node].kind == model::NodeKind::derived);
  }

  std::optional<double> constant(const Expression& e) const {
    if (e.op == Op::number) return e.number.value;
    if (e.op != Op::name || model_[e.node].kind != model::NodeKind::parameter) return std::nullopt;
    const auto* entry = model_[e.node].parameter().in_force(as_of_);
    return entry ? std::optional(entry->value.value) : std::nullopt;
  }

  const model::Model& model_;
  Date as_of_;
};

class Briefer {
 public:
  Briefer(const std::vector<const Case*>& days, const evaluate::ViewResult& view,
          const program::Program& separate, NodeId output, const std::string& country)
      : days_(days), now_(*days.back()), model_(*now_.model), view_(view), separate_(separate) {
    made_.country = country;
    made_.output = output;
    made_.viewpoint = view.viewpoint;
    made_.result = view.find(country);
    held_ = holdings(now_, view.viewpoint, output, {country});
    made_.held = held_.countries.front();
  }

  Brief make() {
    rank();
    judge();
    for (std::size_t d = 0; d < days_.size(); ++d) past(d);
    if (std::isnan(value())) return std::move(made_);
    parts();
    rules();
    movements();
    return std::move(made_);
  }

 private:
  double value() const { return (*made_.result)[made_.output].value; }
  bool higher_is_better() const { return model_[made_.output].factor().higher_is_better; }

  void rank() {
    for (const evaluate::Place& place :
         evaluate::ranking(view_, made_.output, model_.level_margin)) {
      made_.rated += place.rated();
      if (view_.countries[place.country].code != made_.country || !place.rated()) continue;
      made_.rank = place.rank;
      made_.level = place.level_to - place.level_from;
    }
  }

  // How much is not measured, and who answers for most of what is judged.
  void judge() {
    const Assumptions found = assumptions(now_, view_, made_.output, {made_.country});
    made_.rests = found.mean;
    made_.rests.code = made_.country;
    std::map<std::string, double> by;
    for (const Assumption& one : found.all)
      if (one.kind == AssumptionKind::judged) by[one.by] += one.share;
    for (const auto& [name, share] : by)
      if (share > made_.judge_share) made_.judge = name, made_.judge_share = share;
  }

  // ---- what weighs

  void parts() {
    const auto best = at_best(now_, made_.viewpoint, made_.country, made_.output);
    const model::Factor& factor = model_[made_.output].factor();
    const std::vector<double> shares = member_shares(factor, made_.viewpoint);
    const double today = value();
    for (std::size_t m = 0; m < factor.members.size(); ++m) {
      const NodeId node = factor.members[m].node;
      const auto found = best.find(node);
      if (std::isnan((*made_.result)[node].score)) {
        made_.unscored.push_back(node);
        if (m < shares.size()) made_.unscored_share += shares[m];
        continue;
      }
      if (found == best.end()) continue;
      BriefPart part;
      part.node = node;
      const evaluate::NodeResult& result = (*made_.result)[node];
      part.value = model_[node].is_factor() ? result.value
                   : factor.members[m].flip ? 100 - result.score
                                            : result.score;
      part.share = m < shares.size() ? shares[m] : 0;
      part.reweighted = result.reweighted;
      part.at_best = found->second.value;
      const AtBest& at = found->second;
      part.worth = influence(model_, made_.output, today, part.at_best);
      part.unheld = influence(model_, made_.output, at.unheld_today, at.without_holds);
      if (std::fabs(at.without_holds - at.value) >= least_told_event) hold(at);
      part.leaves = leaves(node, best);
      made_.parts.push_back(std::move(part));
    }
    // In the order of `explain`: where a floor leaves parts the same, what they weigh without it.
    std::stable_sort(
        made_.parts.begin(), made_.parts.end(), [&](const BriefPart& a, const BriefPart& b) {
          const double first = rounded(a.worth), second = rounded(b.worth);
          return first != second ? first > second : rounded(a.unheld) > rounded(b.unheld);
        });
    const auto rank = [&](const BriefHold& one) {
      const Hold& first = one.holds.front();
      return std::tuple(model_[first.rule].effects[first.effect].target == made_.output,
                        rounded(std::fabs(one.points)), rounded(one.hides));
    };
    std::stable_sort(made_.holding.begin(), made_.holding.end(),
                     [&](const BriefHold& a, const BriefHold& b) { return rank(a) > rank(b); });
  }

  // The rules that keep a part from being worth more.
  void hold(const AtBest& at) {
    for (const Hold& one : at.held_by) {
      auto held = std::find_if(made_.holding.begin(), made_.holding.end(),
                               [&](const BriefHold& other) { return other.rule == one.rule; });
      if (held == made_.holding.end()) {
        BriefHold fresh;
        fresh.rule = one.rule;
        for (const NodeId read : model::nodes_in(model_[one.rule].when))
          if (!model_[read].is_factor() && model_[read].kind != model::NodeKind::parameter)
            fresh.facts.push_back(read);
        const auto moved = (*made_.result)[one.rule].moved.find(made_.output);
        if (moved != (*made_.result)[one.rule].moved.end() && !std::isnan(moved->second))
          fresh.points = moved->second;
        made_.holding.push_back(std::move(fresh));
        held = std::prev(made_.holding.end());
      }
      held->hides = std::max(held->hides, std::fabs(at.without_holds - at.value));
      if (std::any_of(held->holds.begin(), held->holds.end(),
                      [&](const Hold& other) { return other.effect == one.effect; }))
        continue;
      held->holds.push_back(one);
      const auto target = [&](const Hold& a) { return model_[a.rule].effects[a.effect].target; };
      std::sort(held->holds.begin(), held->holds.end(), [&](const Hold& a, const Hold& b) {
        const bool first = target(a) == made_.output, second = target(b) == made_.output;
        return first != second ? first : a.effect < b.effect;
      });
    }
  }

  std::vector<BriefLeaf> leaves(NodeId part, const std::map<NodeId, AtBest>& best) const {
    std::vector<BriefLeaf> found;
    for (const NodeId node : members_below(part)) {
      const auto at = best.find(node);
      const double score = (*made_.result)[node].score;
      if (at == best.end() || std::isnan(score)) continue;
      found.push_back({node, score, influence(model_, made_.output, value(), at->second.value)});
    }
    std::stable_sort(found.begin(), found.end(), [](const BriefLeaf& a, const BriefLeaf& b) {
      return rounded(a.worth) > rounded(b.worth);
    });
    return found;
  }

  // What factors below a part take in that is no factor itself.
  std::set<NodeId> members_below(NodeId part) const {
    if (!model_[part].is_factor()) return {part};
    std::set<NodeId> found, seen;
    std::vector<NodeId> open{part};
    while (!open.empty()) {
      const NodeId next = open.back();
      open.pop_back();
      if (!seen.insert(next).second) continue;
      if (!model_[next].is_factor()) {
        found.insert(next);
        continue;
      }
      for (const NodeId read : model::parts_of(model_[next].factor())) open.push_back(read);
    }
    return found;
  }

  static double rounded(double points) { return std::round(1e6 * points); }

  // ---- rules

  void rules() {
    const evaluate::Plan plan(*now_.program, std::vector{(*now_.program)[made_.output].value});
    const AskReader reader(now_);
    for (const RuleId id : rules_behind(model_, made_.output)) {
      const evaluate::RuleResult& rule = (*made_.result)[id];
      if (const auto moved = rule.moved.find(made_.output);
          moved != rule.moved.end() && !std::isnan(moved->second))
        made_.acting.push_back({id, moved->second});
      if (rule.truth == evaluate::Truth::yes || model_[id].effects.empty()) continue;
      BriefEvent event;
      event.asks = reader.read(model_[id].when).value_or(std::vector<BriefAsk>{});
      evaluate::Frame frame = evaluate::frame_of(now_, made_.viewpoint, made_.country);
      // Where the condition names values, the facts have these: other rules and scores read them.
      for (const BriefAsk& ask : event.asks)
        if (!meets(ask, (*made_.result)[ask.node].value))
          frame.pins.push_back({(*now_.program)[ask.node].base,
                                arma::vec(1, arma::fill::value(value_that_meets(ask)))});
      frame.pins.push_back({(*now_.program)[id].truth, arma::vec(1, arma::fill::value(1.0))});
      event.rule = id;
      event.undecided = rule.truth == evaluate::Truth::unknown;
      event.to = evaluate::evaluate(plan, frame)(0, 0);
      event.points = event.to - value();
      if (std::isnan(event.points) || std::fabs(event.points) < least_told_event) continue;
      if (model_[made_.output].bands)
        event.band = evaluate::band_of(*model_[made_.output].bands, event.to);
      if ((event.points > 0) != higher_is_better()) made_.worse.push_back(std::move(event));
    }
    const auto further = [](const auto& a, const auto& b) {
      return rounded(std::fabs(a.points)) > rounded(std::fabs(b.points));
    };
    std::stable_sort(made_.acting.begin(), made_.acting.end(), further);
    std::stable_sort(made_.worse.begin(), made_.worse.end(), further);
  }

  static bool meets(const BriefAsk& ask, double value) {
    if (std::isnan(value)) return false;
    switch (ask.op) {
      case Op::less: return waystone::below(value, ask.threshold);
      case Op::less_equal: return !waystone::below(ask.threshold, value);
      case Op::greater: return waystone::below(ask.threshold, value);
      case Op::greater_equal: return !waystone::below(value, ask.threshold);
      default: return tie(value, ask.threshold);
    }
  }

  // The nearest that does, as decimals go.
  static double value_that_meets(const BriefAsk& ask) {
    const double step = 1e-6 * std::max(1.0, std::fabs(ask.threshold));
    return ask.op == Op::less      ? ask.threshold - step
           : ask.op == Op::greater ? ask.threshold + step
                                   : ask.threshold;
  }

  // ---- how it came here

  void past(std::size_t day) {
    const Case& then = *days_[day];
    const evaluate::Plan plan(*then.program, std::vector{(*then.program)[made_.output].value});
    const evaluate::Frame frame = evaluate::frame_of(then, made_.viewpoint, made_.country);
    made_.past.push_back({then.scenario.as_of, evaluate::evaluate(plan, frame)(0, 0)});
  }

  std::optional<Movement> between(std::size_t from, std::size_t to) const {
    return movement(separate_, made_.output, {days_[from], made_.viewpoint, made_.country},
                    {days_[to], made_.viewpoint, made_.country});
  }

  void movements() {
    std::size_t first = 0, largest = 0;
    while (std::isnan(made_.past[first].value)) ++first;
    if (first + 1 >= made_.past.size()) return;
    made_.since_first = between(first, made_.past.size() - 1);
    double most = 0;
    for (std::size_t d = first + 1; d < made_.past.size(); ++d) {
      const double step = std::fabs(made_.past[d].value - made_.past[d - 1].value);
      if (step > most) most = step, largest = d;  // not where either is unknown
    }
    if (largest == 0) return;
    if (auto step = between(largest - 1, largest))
      made_.largest_step.emplace(largest, std::move(*step));
  }

  const std::vector<const Case*>& days_;
  const Case& now_;
  const model::Model& model_;
  const evaluate::ViewResult& view_;
  const program::Program& separate_;
  Holdings held_;
  Brief made_;
};

}  // namespace

PairPast pair_past(const Brief& first, const Brief& second, double margin) {
  PairPast result;
  int before = 0;  // which was higher when one last was
  Date when;
  for (std::size_t d = 0; d < first.past.size(); ++d) {
    const double a = first.past[d].value, b = second.past[d].value;
    if (std::isnan(a) || std::isnan(b)) continue;
    const int higher = evaluate::is_level(a, b, margin) ? 0 : a > b ? 1 : 2;
    if (d + 1 < first.past.size()) {
      ++result.dates;
      result.first_higher += higher == 1;
      result.second_higher += higher == 2;
    }
    if (higher == 0) continue;
    if (before != 0 && before != higher) result.turned.emplace(when, first.past[d].date);
    before = higher;
    when = first.past[d].date;
  }
  return result;
}

Brief brief(const std::vector<const Case*>& days, const evaluate::ViewResult& view,
            const program::Program& separate, NodeId output, const std::string& country) {
  return Briefer(days, view, separate, output, country).make();
}

}  // namespace waystone::explain
