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

// Agreed: all views say the same; level: no view sees a gap; divided: anything else.
Overall overall_of(const std::vector<ViewComparison>& views) {
  if (views.empty()) return Overall::not_rated;
  for (const ViewComparison& view : views)
    if (view.verdict == Verdict::not_rated) return Overall::not_rated;
  const bool same = std::all_of(views.begin(), views.end(),
                                [&](const auto& v) { return v.verdict == views[0].verdict; });
  if (!same) return Overall::divided;
  return views[0].verdict == Verdict::level ? Overall::level : Overall::agreed;
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
    std::vector<arma::uword> rows(n, lanes_[0]);
    rows.insert(rows.end(), n, lanes_[1]);
    Frame frame = evaluate::select_lanes(case_.frame, rows);
    for (const Mixed& weight : mixed_) {
      arma::vec values(2 * n);
      for (std::size_t k = 0; k < n; ++k)
        values[k] = values[n + k] = (1 - shares[k]) * weight.from + shares[k] * weight.to;
      frame.slot_columns.push_back({weight.slot, std::move(values)});
    }
    const arma::mat scores = evaluate::evaluate(plan_, frame);
    std::vector<double> gaps(n);
    for (std::size_t k = 0; k < n; ++k) gaps[k] = scores(n + k, 0) - scores(k, 0);
    return gaps;
  }

 private:
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
  Crossover result{
      viewpoints[from.index].name, viewpoints[to.index].name, {}, mixes.gaps({0}).front() < 0};
  const auto turns = optimise::sign_turns(
      [&](const std::vector<double>& shares) { return mixes.gaps(shares); }, 0, 1, 1024);
  for (const optimise::Turn& turn : turns) result.shares.push_back(turn.middle());
  return result;
}

}  // namespace

double uncut_of(const evaluate::NodeResult& node) {
  return std::isnan(node.uncut) ? node.value : node.uncut;
}

Verdict verdict_of(double first, double second, double margin) {
  if (std::isnan(first) || std::isnan(second)) return Verdict::not_rated;
  if (evaluate::is_level(first, second, margin)) return Verdict::level;
  return below(first, second) ? Verdict::second : Verdict::first;
}

std::string_view word_of(Verdict verdict) {
  static constexpr std::string_view words[] = {"first", "second", "level", "not rated"};
  return words[std::size_t(verdict)];
}

std::string_view word_of(Overall overall) {
  static constexpr std::string_view words[] = {"agreed", "divided", "level", "not rated"};
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
  result.overall = overall_of(result.views);
  return result;
}

Comparison compare(const Case& scenario_case, const evaluate::Assessment& assessment,
                   const program::Program& separate, NodeId output, const std::string& first,
                   const std::string& second, bool attributed) {
  Comparison result{
      output, first, second, scenario_case.model->level_margin, {}, Overall::not_rated, {}};
  for (const evaluate::ViewResult& view : assessment.views) {
    const auto* a = view.find(first);
    const auto* b = view.find(second);
    ViewComparison entry;
    entry.viewpoint = view.viewpoint;
    entry.name = view.name;
    entry.first = a ? (*a)[output].value : evaluate::unknown_value;
    entry.second = b ? (*b)[output].value : evaluate::unknown_value;
    entry.gap = entry.second - entry.first;
    const double uncut_first = a ? uncut_of((*a)[output]) : entry.first,
                 uncut_second = b ? uncut_of((*b)[output]) : entry.second;
    entry.uncut_gap = uncut_second - uncut_first;
    entry.verdict = verdict_of(uncut_first, uncut_second, result.margin);
    if (attributed && entry.verdict != Verdict::not_rated)
      entry.attribution = attribute(separate, output, {&scenario_case, view.viewpoint, first},
                                    {&scenario_case, view.viewpoint, second});
    result.views.push_back(std::move(entry));
  }
  result.overall = overall_of(result.views);
  if (attributed && result.overall != Overall::not_rated)
    result.crossovers = crossovers(scenario_case, assessment, output, first, second);
  return result;
}

std::vector<Crossover> crossovers(const Case& scenario_case, const evaluate::Assessment& assessment,
                                  NodeId output, const std::string& first,
                                  const std::string& second) {
  std::vector<Crossover> result;
  for (std::size_t i = 0; i < assessment.views.size(); ++i)
    for (std::size_t j = i + 1; j < assessment.views.size(); ++j)
      result.push_back(crossover(scenario_case, output, first, second,
                                 assessment.views[i].viewpoint, assessment.views[j].viewpoint));
  return result;
}

}  // namespace waystone::explain
