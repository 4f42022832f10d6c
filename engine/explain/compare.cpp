#include "explain/compare.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/ties.hpp"
#include "evaluate/ranking.hpp"
#include "optimise/turns.hpp"

namespace waystone::explain {
namespace {

using evaluate::Case;
using evaluate::Frame;

Overall overall_of_views(const std::vector<ViewComparison>& views) {
  std::vector<Verdict> verdicts;
  for (const ViewComparison& view : views) verdicts.push_back(view.verdict);
  return overall_of(verdicts);
}

// The value, or what it would be had it not been cut to its scale.
double uncut_of(const evaluate::NodeResult& node) {
  return std::isnan(node.uncut) ? node.value : node.uncut;
}

// The gap (second - first) under mixes of two viewpoints.
class Mixes {
 public:
  Mixes(const Case& scenario_case, NodeId output, const std::string& first,
        const std::string& second, ViewpointId from, ViewpointId to)
      : case_(scenario_case),
        plan_(*scenario_case.program, std::vector{(*scenario_case.program)[output].value}),
        lanes_{scenario_case.lane_of(first), scenario_case.lane_of(second)} {
    const program::Program& program = *case_.program;
    const auto weights_of = [&](ViewpointId viewpoint) {
      std::map<SlotId, double> weights;
      for (const program::ProfileValue& entry : program.profiles[viewpoint.index])
        weights[entry.slot] = entry.value;
      return weights;
    };
    const auto a = weights_of(from), b = weights_of(to);
    for (const auto& slots : program.weights) {
      if (slots.empty() || !a.contains(slots[0])) continue;
      double total_a = 0, total_b = 0;
      for (const SlotId slot : slots) {
        total_a += a.at(slot);
        total_b += b.at(slot);
      }
      for (const SlotId slot : slots)
        mixed_.push_back({slot, 100 * a.at(slot) / total_a, 100 * b.at(slot) / total_b});
    }
  }

  std::vector<double> gaps(const std::vector<double>& shares) const {
    const std::size_t n = shares.size();
    const arma::mat scores = scores_at(shares);
    std::vector<double> gaps(n);
    for (std::size_t k = 0; k < n; ++k)
      gaps[k] = tie(scores(n + k, 0), scores(k, 0)) ? 0 : scores(n + k, 0) - scores(k, 0);
    return gaps;
  }

  // 1 where a side is rated, -1 where it isn't.
  std::vector<double> rated(const std::vector<double>& shares, bool second) const {
    const arma::mat scores = scores_at(shares);
    std::vector<double> rated;
    for (std::size_t k = 0; k < shares.size(); ++k)
      rated.push_back(std::isnan(scores((second ? shares.size() : 0) + k, 0)) ? -1 : 1);
    return rated;
  }

 private:
  // The first country's at every share, then the second's.
  arma::mat scores_at(const std::vector<double>& shares) const {
    const std::size_t n = shares.size();
    std::vector<arma::uword> rows(n, lanes_[0]);
    rows.insert(rows.end(), n, lanes_[1]);
    Frame frame = evaluate::select_lanes(case_.frame, rows);
    for (const Mixed& weight : mixed_) {
      arma::vec values(2 * n);
      for (std::size_t k = 0; k < n; ++k)
        values[k] = values[n + k] = (1 - shares[k]) * weight.from + shares[k] * weight.to;
      frame.slot_columns.push_back({weight.slot, std::move(values)});
    }
    return evaluate::evaluate(plan_, frame);
  }

  struct Mixed {
    SlotId slot;
    double from, to;  // percent
  };
  const Case& case_;
  evaluate::Plan plan_;
  std::vector<arma::uword> lanes_;
  std::vector<Mixed> mixed_;
};

Crossover crossover(const Case& scenario_case, NodeId output, const std::string& first,
                    const std::string& second, ViewpointId from, ViewpointId to) {
  const auto& viewpoints = scenario_case.model->viewpoints;
  const Mixes mixes(scenario_case, output, first, second, from, to);
  double first_gap = mixes.gaps({0}).front();
  if (std::isnan(first_gap))  // a country isn't rated there: the first gap that is one
    for (const double gap : mixes.gaps(optimise::grid(0, 1, 64)))
      if (std::isnan(first_gap)) first_gap = gap;
  Crossover result{viewpoints[from.index].name, viewpoints[to.index].name, {}, first_gap < 0};
  const auto turns = optimise::sign_turns(
      [&](const std::vector<double>& shares) { return mixes.gaps(shares); }, 0, 1, 1024);
  for (const optimise::Turn& turn : turns) result.shares.push_back(turn.middle());
  return result;
}

void attribute_gap(const Case& scenario_case, const program::Program& separate, NodeId output,
                   const std::string& first, const std::string& second, ViewComparison& entry) {
  const Side from{&scenario_case, entry.viewpoint, first},
      to{&scenario_case, entry.viewpoint, second};
  entry.attribution = attribute(separate, output, from, to);
  if (!entry.attribution) entry.unsplit = why_not_split(separate, output, from, to);
}

void add_lapses(const Case& scenario_case, const ViewComparison& from, const ViewComparison& to,
                Comparison& result) {
  const Mixes mixes(scenario_case, result.output, result.first, result.second, from.viewpoint,
                    to.viewpoint);
  for (const bool second : {false, true}) {
    const auto turns = optimise::sign_turns(
        [&](const std::vector<double>& shares) { return mixes.rated(shares, second); }, 0, 1, 1024);
    if (turns.empty()) continue;
    Lapse lapse{from.name,
                to.name,
                second ? result.second : result.first,
                {},
                !std::isnan(second ? from.second : from.first)};
    for (const optimise::Turn& turn : turns) lapse.shares.push_back(turn.middle());
    result.lapses.push_back(std::move(lapse));
  }
}

}  // namespace

Verdict verdict_of(double first, double second, double margin) {
  if (std::isnan(first) || std::isnan(second)) return Verdict::not_rated;
  if (evaluate::is_level(first, second, margin)) return Verdict::level;
  return below(first, second) ? Verdict::second : Verdict::first;
}

Verdict verdict_of(const evaluate::NodeResult& first, const evaluate::NodeResult& second,
                   double margin) {
  const Verdict verdict = verdict_of(first.value, second.value, margin);
  if (verdict != Verdict::level) return verdict;
  const Verdict uncut = verdict_of(uncut_of(first), uncut_of(second), margin);
  return uncut == Verdict::level ? Verdict::level : Verdict::cut;
}

Overall overall_of(const std::vector<Verdict>& verdicts) {
  const auto any = [&](Verdict verdict) {
    return std::find(verdicts.begin(), verdicts.end(), verdict) != verdicts.end();
  };
  if (verdicts.empty() || any(Verdict::not_rated)) return Overall::not_rated;
  const bool first = any(Verdict::first), second = any(Verdict::second);
  if (!first && !second) return any(Verdict::cut) ? Overall::cut : Overall::level;
  const bool same = first != second && !any(Verdict::level) && !any(Verdict::cut);
  return same ? Overall::agreed : Overall::divided;
}

std::string_view word_of(Verdict verdict) {
  static constexpr std::string_view words[] = {"first", "second", "level", "cut", "not rated"};
  return words[std::size_t(verdict)];
}

std::string_view word_of(Overall overall) {
  static constexpr std::string_view words[] = {"agreed", "divided", "level", "cut", "not rated"};
  return words[std::size_t(overall)];
}

std::optional<Comparison> without_overrides(const Comparison& comparison,
                                            const evaluate::Assessment& assessment) {
  Comparison result{comparison.output,
                    comparison.first,
                    comparison.second,
                    comparison.margin,
                    {},
                    Overall::not_rated,
                    {},
                    {}};
  bool moved = false;
  for (const ViewComparison& view : comparison.views) {
    const evaluate::ViewResult& results = *assessment.find(view.name);
    const auto score = [&](const std::string& country) {
      const evaluate::CountryResult* found = results.find(country);
      if (!found) return evaluate::unknown_value;
      const evaluate::NodeResult& node = (*found)[comparison.output];
      moved = moved || (node.without_override != node.value && !std::isnan(node.value));
      return node.without_override;
    };
    ViewComparison entry;
    entry.viewpoint = view.viewpoint;
    entry.name = view.name;
    entry.first = score(comparison.first);
    entry.second = score(comparison.second);
    entry.gap = entry.uncut_gap = entry.second - entry.first;
    entry.verdict = verdict_of(entry.first, entry.second, result.margin);
    result.views.push_back(std::move(entry));
  }
  if (!moved) return std::nullopt;
  result.overall = overall_of_views(result.views);
  return result;
}

Comparison compare(const Case& scenario_case, const evaluate::Assessment& assessment,
                   const program::Program& separate, NodeId output, const std::string& first,
                   const std::string& second, bool attributed) {
  Comparison result{
      output, first, second, scenario_case.model->level_margin, {}, Overall::not_rated, {}, {}};
  for (const evaluate::ViewResult& view : assessment.views) {
    const auto* a = view.find(first);
    const auto* b = view.find(second);
    ViewComparison entry;
    entry.viewpoint = view.viewpoint;
    entry.name = view.name;
    entry.first = a ? (*a)[output].value : evaluate::unknown_value;
    entry.second = b ? (*b)[output].value : evaluate::unknown_value;
    entry.gap = entry.second - entry.first;
    entry.uncut_gap = a && b ? uncut_of((*b)[output]) - uncut_of((*a)[output]) : entry.gap;
    entry.verdict =
        a && b ? verdict_of((*a)[output], (*b)[output], result.margin) : Verdict::not_rated;
    if (attributed && entry.verdict != Verdict::not_rated)
      attribute_gap(scenario_case, separate, output, first, second, entry);
    result.views.push_back(std::move(entry));
  }
  result.overall = overall_of_views(result.views);
  if (attributed) add_crossovers(scenario_case, result);
  return result;
}

void add_crossovers(const Case& scenario_case, Comparison& result) {
  for (std::size_t i = 0; i < result.views.size(); ++i)
    for (std::size_t j = i + 1; j < result.views.size(); ++j) {
      const ViewComparison &from = result.views[i], &to = result.views[j];
      const bool from_open = from.verdict == Verdict::not_rated,
                 to_open = to.verdict == Verdict::not_rated;
      if (from_open && to_open) continue;
      result.crossovers.push_back(crossover(scenario_case, result.output, result.first,
                                            result.second, from.viewpoint, to.viewpoint));
      if (from_open || to_open) add_lapses(scenario_case, from, to, result);
    }
}

std::optional<EqualWeights> equal_weights(const evaluate::Case& scenario_case,
                                          ViewpointId viewpoint, NodeId output,
                                          const std::string& first, const std::string& second) {
  const program::Program& program = *scenario_case.program;
  if (!(*scenario_case.model)[output].factor().weights_from_viewpoint) return std::nullopt;
  evaluate::Frame frame = evaluate::frame_of(scenario_case, viewpoint);
  for (const SlotId slot : program.weights[output.index]) frame.slots[slot.index] = 1;
  const std::vector<RegisterId> wanted{program[output].value};
  const arma::mat scores = evaluate::evaluate(evaluate::Plan(program, wanted), frame);
  return EqualWeights{scores(scenario_case.lane_of(first), 0),
                      scores(scenario_case.lane_of(second), 0)};
}

}  // namespace waystone::explain
