#include <cmath>

#include <fmt/format.h>

#include "report/covered.hpp"
#include "report/document.hpp"
#include "report/rules.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using validate::Condition;
using validate::Coverage;

std::string whole(std::size_t number) { return std::to_string(number); }

Document rules_table(const Coverage& coverage, const model::Model& model) {
  Table table({{"rule"},
               {"true", Align::right},
               {"false", Align::right},
               {"unknown", Align::right},
               {"binding", Align::right},
               {"moved an output", Align::right}});
  for (std::size_t r = 0; r < coverage.rules.size(); ++r) {
    const validate::RuleCoverage& rule = coverage.rules[r];
    table.add({model.rules[r].name, whole(rule.truth.yes), whole(rule.truth.no),
               whole(rule.truth.unknown), model.rules[r].effects.empty() ? "" : whole(rule.binding),
               whole(rule.moved)});
  }
  return table.empty() ? Document() : inset(table, 2);
}

// The condition as written after its counts; parts stand under what they are parts of.
Document conditions_table(const Coverage& coverage, const model::Model& model,
                          const SourceMap& sources) {
  Document text;
  const Condition* last = nullptr;
  for (const auto& [condition, truth] : coverage.conditions) {
    const bool same = last && last->of == condition.of && last->index == condition.index;
    if (!same)
      text += paragraph(fmt::format("{} {}, {}", kind_of(condition), name_of(condition, model),
                                    line_of(condition.where, sources)),
                        2, 6);
    const std::string label = fmt::format("{:>8}{:>8}{:>10}  {}{}", truth.yes, truth.no,
                                          truth.unknown, std::string(2 * condition.depth, ' '),
                                          condition.choice && condition.depth == 0 ? "if " : "");
    text += labelled(label, code_line(sources.text(condition.where)), 30 + 2 * condition.depth);
    last = &condition;
  }
  return text.empty() ? Document() : labelled("    true   false   unknown", "", 0) + text;
}

Document levels_table(const Coverage& coverage, const model::Model& model) {
  Document text;
  for (const validate::LevelCoverage& covered : coverage.levels) {
    const model::Node& node = model[covered.indicator];
    std::vector<std::string> parts;
    for (const auto& level : covered.levels)
      parts.push_back(fmt::format("{} ({})", name_of(level, node), level.lanes));
    if (covered.between > 0) parts.push_back(fmt::format("between ({})", covered.between));
    if (covered.unknown > 0) parts.push_back(fmt::format("unknown ({})", covered.unknown));
    text += paragraph(fmt::format("{}: {}", node.name, joined(parts, ", ")), 2, 6);
  }
  return text;
}

std::string range_words(const validate::CurveCoverage& covered, std::size_t k,
                        const model::Node& node) {
  const auto& range = covered.ranges[k];
  if (std::isinf(range.from))
    return fmt::format("{} {}", covered.has_ends ? "up to" : "under",
                       value_in_short(node, range.to));
  if (std::isinf(range.to)) return "from " + value_in_short(node, range.from);
  return fmt::format("{} to {}", value_in_short(node, range.from), value_in_short(node, range.to));
}

Document curves_table(const Coverage& coverage, const model::Model& model) {
  Document text;
  for (const validate::CurveCoverage& covered : coverage.curves) {
    const model::Node& node = model[covered.node];
    std::vector<std::string> parts;
    for (std::size_t k = 0; k < covered.ranges.size(); ++k)
      parts.push_back(
          fmt::format("{} ({})", range_words(covered, k, node), covered.ranges[k].lanes));
    if (covered.unknown > 0) parts.push_back(fmt::format("unknown ({})", covered.unknown));
    text += paragraph(fmt::format("{}: {}", node.name, joined(parts, ", ")), 2, 6);
  }
  return text;
}

Document weights_table(const Coverage& coverage, const model::Model& model) {
  Table table({{"member"},
               {"of"},
               {"viewpoint"},
               {"lanes", Align::right},
               {"combination", Align::right},
               {"value", Align::right},
               {"output", Align::right}});
  for (const validate::WeightCoverage& weight : coverage.weights) {
    const model::Node& node = model[weight.node];
    table.add({model[node.factor().members[weight.member].node].name, node.name,
               weight.viewpoint.valid() ? model.viewpoints[weight.viewpoint.index].name : "",
               whole(weight.lanes), whole(weight.combination), whole(weight.value),
               weight.alone ? "alone" : whole(weight.outputs)});
  }
  return table.empty() ? Document() : inset(table, 2);
}

}  // namespace

Document covered_tables(const CoveredModel& covered, const SourceMap& sources) {
  const model::Model& model = *covered.model;
  Document text;
  const auto add = [&](std::string heading, const Document& table) {
    if (!table.empty()) text += gap() + section(std::move(heading)) + table;
  };
  add("All rules (lanes)", rules_table(covered.coverage, model));
  add("All conditions (lanes)", conditions_table(covered.coverage, model, sources));
  add("All levels, codes and answers (lanes)", levels_table(covered.coverage, model));
  add("All curves (lanes)", curves_table(covered.coverage, model));
  add("All weights: lanes in which something changes when the weight is doubled or halved",
      weights_table(covered.coverage, model));
  return text;
}

}  // namespace waystone::report
