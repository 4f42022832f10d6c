#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "report/covered.hpp"
#include "report/document.hpp"
#include "report/replaced.hpp"
#include "report/rules.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using validate::Condition;
using validate::Coverage;
using validate::CurveCoverage;
using validate::TruthCounts;

using Names = std::vector<std::string>;

// "false 12, unknown 2": what it was instead
std::string counts_but(const TruthCounts& truth, bool yes, bool no) {
  Names parts;
  if (yes && truth.yes > 0) parts.push_back(fmt::format("true {}", truth.yes));
  if (no && truth.no > 0) parts.push_back(fmt::format("false {}", truth.no));
  if (truth.unknown > 0) parts.push_back(fmt::format("unknown {}", truth.unknown));
  return joined(parts, ", ");
}

std::string one_sided(const TruthCounts& truth) {
  if (truth.yes == 0 && truth.no == 0) return fmt::format("always unknown ({})", truth.unknown);
  return truth.yes == 0 ? fmt::format("never true ({})", counts_but(truth, false, true))
                        : fmt::format("never false ({})", counts_but(truth, true, false));
}

bool took_both(const TruthCounts& truth) { return truth.yes > 0 && truth.no > 0; }

// Whole conditions of rules are counted with the rules, those of tripwires apart.
bool is_part(const Condition& c) { return c.depth > 0 || c.choice; }
bool is_tripwire(const Condition& c) { return c.of == Condition::Of::tripwire && !is_part(c); }

bool stays_at_end(const CurveCoverage& c) {
  return c.has_ends && c.lanes() > 0 && c.lanes() == c.ranges.front().lanes + c.ranges.back().lanes;
}

// What is written and what of it was never exercised, one model.
class Findings {
 public:
  Findings(const CoveredModel& covered, const SourceMap& sources)
      : model_(*covered.model), coverage_(covered.coverage), sources_(sources) {}

  Document text() {
    rules();
    conditions();
    levels();
    curves();
    weights();
    return text_.empty() ? gap() + paragraph("Nothing was left unexercised.") : text_;
  }

 private:
  void add(std::string_view heading, const std::string& name, const Span& where,
           const std::string& says) {
    if (heading_ != heading) text_ += gap() + section(std::string(heading));
    heading_ = heading;
    text_ += paragraph(
        fmt::format("{}, {}{}{}", name, line_link(where, sources_), says.empty() ? "" : ": ", says),
        2, 6);
  }

  template <class Wanted, class Says>
  void rules_that(std::string_view heading, Wanted wanted, Says says) {
    for (std::size_t r = 0; r < coverage_.rules.size(); ++r)
      if (wanted(coverage_.rules[r], model_.rules[r]))
        add(heading, model_.rules[r].name, model_.rules[r].where, says(coverage_.rules[r]));
  }

  void rules() {
    using validate::RuleCoverage;
    const auto truth = [](const RuleCoverage& c) { return counts_but(c.truth, true, true); };
    rules_that(
        "Rules never true", [](const RuleCoverage& c, const auto&) { return c.truth.yes == 0; },
        truth);
    rules_that(
        "Rules never false",
        [](const RuleCoverage& c, const auto&) { return c.truth.yes > 0 && c.truth.no == 0; },
        truth);
    rules_that(
        "Rules true, but never binding",
        [](const RuleCoverage& c, const auto& rule) {
          return c.truth.yes > 0 && c.binding == 0 && c.may_bind == 0 && !rule.effects.empty();
        },
        [](const RuleCoverage& c) { return fmt::format("true {}", c.truth.yes); });
    rules_that(
        "Rules whose removal changes no output, though they bound",
        [](const RuleCoverage& c, const auto&) { return c.binding > 0 && c.moved == 0; },
        [](const RuleCoverage& c) { return fmt::format("binding {}", c.binding); });
  }

  void conditions() {
    for (const auto& [condition, truth] : coverage_.conditions)
      if (is_tripwire(condition) && !took_both(truth))
        add("Tripwires that were only ever one thing", name_of(condition, model_), condition.where,
            one_sided(truth));
    for (const auto& [condition, truth] : coverage_.conditions)
      if (is_part(condition) && !condition.turned && !took_both(truth))
        add("Parts of conditions that were only ever one thing",
            fmt::format("{} {}", kind_of(condition), name_of(condition, model_)), condition.where,
            fmt::format("'{}' was {}", code_line(sources_.text(condition.where)),
                        one_sided(truth)));
  }

  void levels() {
    for (const auto& covered : coverage_.levels) {
      const model::Node& node = model_[covered.indicator];
      Names never;
      for (const auto& level : covered.levels)
        if (level.lanes == 0) never.push_back(name_of(level, node));
      if (never.empty()) continue;
      const std::string_view heading = "Levels, codes and answers never used";
      const bool all = never.size() == covered.levels.size() && covered.between == 0;
      add(heading, node.name, node.where,
          all ? fmt::format("none known (unknown {})", covered.unknown) : joined(never));
    }
  }

  void curves() {
    for (const CurveCoverage& covered : coverage_.curves) {
      const model::Node& node = model_[covered.node];
      if (covered.lanes() == 0)
        add("Curves never used", node.name, node.where,
            fmt::format("no value was known (unknown {})", covered.unknown));
    }
    for (const CurveCoverage& covered : coverage_.curves)
      if (stays_at_end(covered))
        add("Values always at or beyond the ends of their curve", model_[covered.node].name,
            model_[covered.node].where, ends(covered));
    for (const CurveCoverage& covered : coverage_.curves) unvisited(covered);
  }

  std::string ends(const CurveCoverage& covered) const {
    const model::Node& node = model_[covered.node];
    Names parts;
    const auto& low = covered.ranges.front();
    const auto& high = covered.ranges.back();
    if (low.lanes > 0)
      parts.push_back(fmt::format("{} or less {}", value_in_short(node, low.to), low.lanes));
    if (high.lanes > 0)
      parts.push_back(fmt::format("{} or more {}", value_in_short(node, high.from), high.lanes));
    return joined(parts, ", ");
  }

  // Ranges between knots, and steps. That no value is beyond a goalpost is as it should be.
  void unvisited(const CurveCoverage& covered) {
    const model::Node& node = model_[covered.node];
    const std::size_t inner = covered.has_ends ? 1 : 0;
    if (covered.lanes() == 0 || stays_at_end(covered)) return;
    Names never;
    for (std::size_t k = inner; k + inner < covered.ranges.size(); ++k) {
      const auto& range = covered.ranges[k];
      if (range.lanes > 0) continue;
      if (std::isinf(range.from))
        never.push_back(fmt::format("under {}", value_in_short(node, range.to)));
      else if (std::isinf(range.to))
        never.push_back(fmt::format("from {} on", value_in_short(node, range.from)));
      else
        never.push_back(fmt::format("{} to {}", value_in_short(node, range.from),
                                    value_in_short(node, range.to)));
    }
    if (!never.empty()) add("Ranges of curves never visited", node.name, node.where, joined(never));
  }

  void weights() {
    for (const auto& weight : coverage_.weights) {
      if (weight.alone || weight.outputs > 0) continue;
      const model::Node& node = model_[weight.node];
      std::string name = fmt::format(
          "{} in {}", model_[node.factor().members[weight.member].node].name, node.name);
      if (weight.viewpoint.valid())
        name += fmt::format(" ({})", model_.viewpoints[weight.viewpoint.index].name);
      const std::string says =
          weight.combination == 0 ? fmt::format("the combination of {} never changed", node.name)
          : weight.value == 0 ? fmt::format("the combination of {0} changed {1}, {0} itself never",
                                            node.name, weight.combination)
                              : fmt::format("{} changed {}, no output", node.name, weight.value);
      add("Weights that never mattered: doubled or halved, no output changed", name, weight.where,
          says);
    }
  }

  const model::Model& model_;
  const Coverage& coverage_;
  const SourceMap& sources_;
  Document text_;
  std::string heading_;
};

std::string never_true(const Names& names) {
  return names.empty() ? "" : fmt::format(" Never true: {}.", joined(names));
}

Document summary(const CoveredModel& covered) {
  const model::Model& model = *covered.model;
  const Coverage& c = covered.coverage;
  const auto count = [](const auto& list, auto wanted) {
    return std::size_t(std::count_if(list.begin(), list.end(), wanted));
  };
  Names rules, tripwires;
  for (std::size_t r = 0; r < c.rules.size(); ++r)
    if (c.rules[r].truth.yes == 0) rules.push_back(model.rules[r].name);
  std::size_t levels = 0, used = 0, parts = 0, both = 0;
  for (const auto& [condition, truth] : c.conditions) {
    if (is_tripwire(condition) && truth.yes == 0) tripwires.push_back(name_of(condition, model));
    if (!is_part(condition) || condition.turned) continue;
    ++parts;
    both += took_both(truth);
  }
  for (const auto& covered_levels : c.levels) {
    levels += covered_levels.levels.size();
    used += count(covered_levels.levels, [](const auto& level) { return level.lanes > 0; });
  }
  const auto lines = [](const std::string& text) { return paragraph(text, 2, 6); };
  Document text;
  if (!c.rules.empty())
    text += lines(
        fmt::format("{}: {} true somewhere, {} bound somewhere, {} moved an output.{}",
                    counted(c.rules.size(), "rule", "rules"), c.rules.size() - rules.size(),
                    count(c.rules, [](const auto& r) { return r.binding > 0; }),
                    count(c.rules, [](const auto& r) { return r.moved > 0; }), never_true(rules)));
  if (!model.tripwires.empty())
    text += lines(fmt::format("{}: {} true somewhere.{}",
                              counted(model.tripwires.size(), "tripwire", "tripwires"),
                              model.tripwires.size() - tripwires.size(), never_true(tripwires)));
  if (parts > 0)
    text += lines(fmt::format("{}: {} both true and false.",
                              counted(parts, "part of conditions", "parts of conditions"), both));
  if (levels > 0)
    text += lines(fmt::format("{}: {} used.",
                              counted(levels, "level, code or answer", "levels, codes and answers"),
                              used));
  if (!c.curves.empty())
    text += lines(fmt::format("{}: {} without a value, {} always at or beyond an end.",
                              counted(c.curves.size(), "curve", "curves"),
                              count(c.curves, [](const auto& curve) { return curve.lanes() == 0; }),
                              count(c.curves, stays_at_end)));
  const std::size_t alone = count(c.weights, [](const auto& w) { return w.alone; });
  if (c.weights.size() > alone)
    text += lines(
        fmt::format("{}: {} mattered.", counted(c.weights.size() - alone, "weight", "weights"),
                    count(c.weights, [](const auto& w) { return !w.alone && w.outputs > 0; })));
  return text;
}

Document opening(const CoveredModel& covered) {
  std::size_t branches = 0;
  for (const CoveredScenario& scenario : covered.scenarios) branches += scenario.branches.size();
  std::string counted_text = counted(covered.scenarios.size(), "scenario", "scenarios");
  if (branches > 0) counted_text += " and " + counted(branches, "branch", "branches");
  counted_text +=
      fmt::format(", {}. A lane is a country, seen from a viewpoint, in a scenario or a branch.",
                  counted(covered.coverage.lanes, "lane", "lanes"));
  return section(covered.stamp.path) + paragraph(counted_text) + gap();
}

}  // namespace

std::string_view kind_of(const Condition& condition) {
  return condition.of == Condition::Of::rule       ? "rule"
         : condition.of == Condition::Of::tripwire ? "tripwire"
                                                   : "formula";
}

const std::string& name_of(const Condition& condition, const model::Model& model) {
  return condition.of == Condition::Of::rule       ? model.rules[condition.index].name
         : condition.of == Condition::Of::tripwire ? model.tripwires[condition.index].name
                                                   : model.nodes[condition.index].name;
}

std::string name_of(const validate::LevelCoverage::Level& level, const model::Node& indicator) {
  return indicator.unit == model::Unit::level ? exact(level.value)
                                              : value_in_short(indicator, level.value);
}

Document covered_text(const std::vector<CoveredModel>& models, const SourceMap& sources, bool all,
                      const std::string& rules) {
  Document text = rules_line(rules);
  for (const CoveredModel& covered : models) {
    if (!text.empty()) text += gap();
    text += opening(covered);
    if (covered.coverage.lanes == 0) continue;
    text += summary(covered) + Findings(covered, sources).text();
    if (all) text += covered_tables(covered, sources);
  }
  return text;
}

}  // namespace waystone::report
