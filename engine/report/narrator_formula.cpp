// Facts, and values worked out from them: one level at a time, down to the facts, and what several
// are made of once.
#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "model/dependencies.hpp"
#include "report/causes.hpp"
#include "report/document.hpp"
#include "report/narrator.hpp"
#include "report/rules.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

constexpr std::size_t deepest_indent =
    24;  // deeper parts stand there too: a page has room for no more

std::size_t inside(std::size_t indent) { return std::min(indent + 4, deepest_indent); }

}  // namespace

std::string Narrator::part_words(NodeId id) const {
  const model::Node& node = model_[id];
  const double value = country_[id].value;
  if (node.kind == model::NodeKind::parameter && std::isnan(value))
    return fmt::format("{} not in force {}", node.name,
                       not_in_force(node.parameter(), scored_.now->scenario.as_of).when);
  if (node.kind == model::NodeKind::parameter)
    return fmt::format("{} {}", node.name, value_in_short(node, value));
  return fmt::format(
      "{} {}", spoken(node.name),
      node.is_factor() ? points(value, scored_.digits_of(id)) : value_in_short(node, value));
}

std::vector<std::string> Narrator::parts_words(const model::Expression& formula) const {
  std::vector<std::string> words;
  for (const NodeId part : nodes_in(formula)) words.push_back(part_words(part));
  for (const RuleId rule : rules_in(formula)) {
    const evaluate::Truth truth = country_[rule].truth;
    words.push_back(fmt::format("\"{}\" {}", rule_title(model_[rule]),
                                truth == evaluate::Truth::yes  ? "holding"
                                : truth == evaluate::Truth::no ? "not holding"
                                                               : "undecided"));
  }
  return words;
}

std::string Narrator::worked_out(NodeId id) const {
  const model::Expression& formula = model_[id].derived().value;
  const std::vector<std::string> parts = parts_words(formula);
  const std::string written = code_line(sources_.text(formula.where));
  std::string text = parts.empty()
                         ? fmt::format(" Worked out by {}.", written)
                         : fmt::format(" Worked out from {}: {}.", joined(parts), written);
  for (const explain::Cause& cause : causes_.of(id))
    if (cause.kind == explain::CauseKind::calculation && cause.node == id)
      text += fmt::format(" It has no result: {}.", trouble_words(cause, *scored_.now, sources_));
  return text;
}

Document Narrator::leaf(NodeId id, const MemberWeight& weight, std::size_t indent, bool flip,
                        const std::string& worth, const std::string& mark) {
  const evaluate::NodeResult& result = country_[id];
  const double score = flip ? 100 - result.score : result.score;
  const int digits = scored_.digits_of(id);
  std::string counts = std::isnan(score) ? "" : fmt::format(" Scores {}", points(score, digits));
  if (const std::string words = weight_words(weight, score, digits); !words.empty())
    counts += counts.empty()
                  ? fmt::format(" {} {}", weight.multiplier ? "Would count" : "Has", words)
                  : ", " + words;
  if (!counts.empty()) counts += '.';
  counts += worth;
  if (model_[id].kind != model::NodeKind::indicator)
    return worked_out_value(id, counts, indent, mark);
  return paragraph(
      mark + fact_sentence(scored_, *scored_.now, explained_.country, id, result, counts), indent,
      indent + mark.size());
}

Document Narrator::part_of_formula(NodeId id, std::size_t indent, const std::string& mark) {
  if (model_[id].kind != model::NodeKind::indicator) return worked_out_value(id, "", indent, mark);
  return paragraph(
      mark + fact_sentence(scored_, *scored_.now, explained_.country, id, country_[id]), indent,
      indent + mark.size());
}

Document Narrator::worked_out_value(NodeId id, const std::string& counts, std::size_t indent,
                                    const std::string& mark) {
  const model::Node& node = model_[id];
  const evaluate::NodeResult& result = country_[id];
  const std::string title = mark + node_link(scored_, id,
                                             node.label.empty() ? spoken(node.name) : node.label),
                    place = fmt::format(" [{}]", line_link(node.where, sources_));
  if (node.kind == model::NodeKind::parameter && std::isnan(result.value)) {
    const NotInForce gap = not_in_force(node.parameter(), scored_.now->scenario.as_of);
    return paragraph(fmt::format("{}: not in force {}.{} [{}]", title, gap.when, counts,
                                 line_link(gap.where, sources_)),
                     indent, indent + mark.size());
  }
  std::string text = title + ": " +
                     (result.was_cut() ? value_and_uncut(node, result, scored_.digits_of(id))
                                       : value_in_words(node, result.value));
  if (const std::string range = range_in_words(node, result.low, result.high); !range.empty())
    text += fmt::format(" ({})", range);
  text += '.' + counts;
  const bool derived = node.kind == model::NodeKind::derived,
             first_time = derived && told_parts_.insert(id).second;
  if (first_time)
    text += worked_out(id);
  else if (derived)
    text += " How it is worked out is told above.";
  const Document told = paragraph(text + place, indent, indent + mark.size());
  return first_time
             ? told + formula_parts(node.derived().value, inside(indent), explained_.depth > 2)
             : told;
}

Document Narrator::formula_parts(const model::Expression& formula, std::size_t indent, bool facts,
                                 bool factors) {
  Document text;
  for (const NodeId part : nodes_in(formula)) {
    const model::NodeKind kind = model_[part].kind;
    if (kind == model::NodeKind::derived || (kind == model::NodeKind::indicator && facts))
      text += part_of_formula(part, indent, "- ");
    else if (model_[part].is_factor() && facts && factors && !in_tree_of_factors(part))
      text += factor_of_formula(part, indent, "- ");
  }
  return text;
}

bool Narrator::in_tree_of_factors(NodeId wanted) const {
  if (!model_[explained_.output].is_factor()) return false;
  std::set<NodeId> seen{explained_.output};
  std::vector<NodeId> open{explained_.output};
  while (!open.empty()) {
    const NodeId factor = open.back();
    open.pop_back();
    for (const NodeId part : model::parts_of(model_[factor].factor()))
      if (model_[part].is_factor() && seen.insert(part).second) open.push_back(part);
  }
  return seen.contains(wanted);
}

Document Narrator::factor_of_formula(NodeId id, std::size_t indent, const std::string& mark) {
  const model::Node& node = model_[id];
  const std::string head = mark + capitalised(part_words(id)),
                    place = line_link(node.where, sources_);
  const auto told = [&](const std::string& words) {
    return paragraph(fmt::format("{}.{} [{}]", head, words, place), indent, indent + mark.size());
  };
  if (explained_.depth <= 2) return told("");
  if (!told_parts_.insert(id).second) return told(" What it is made of is told above.");
  const model::Factor& factor = node.factor();
  Document text = told(fmt::format(
      " Combined by {}.", factor.expression ? code_line(sources_.text(factor.expression->where))
                                            : combination_in_words(factor)));
  const std::size_t inner = inside(indent);
  text += rules_on({id}, inner, true);
  for (const Weighed& member : members_of(id))
    text += model_[member.node].is_factor() ? factor_of_formula(member.node, inner, "- ")
                                            : leaf(member.node, member.weight, inner, member.flip);
  return text + strengths(id, inner);
}

Document Narrator::parts_of_formula() {
  Document text;
  std::size_t number = 0;
  told_parts_.insert(explained_.output);
  for (const NodeId part : nodes_in(model_[explained_.output].derived().value)) {
    const std::string mark = fmt::format("{}. ", ++number);
    text += model_[part].is_factor() ? factor_of_formula(part, 0, mark)
                                     : part_of_formula(part, 0, mark);
  }
  return text;
}

// In full where they are few, else named with their values; derived values with what they were
// worked out from either way.
Document Narrator::facts_of_rule(const model::Rule& rule, std::size_t indent) {
  const auto read = nodes_in(rule.when);
  const auto stated = std::size_t(std::count_if(read.begin(), read.end(), [&](NodeId id) {
    return model_[id].kind != model::NodeKind::parameter;
  }));
  const bool few = stated <= 3;
  Document text;
  if (!few)
    text +=
        paragraph(fmt::format("It rests on {}.", joined(parts_words(rule.when))), indent, indent);
  if (few)
    for (const NodeId part : read)
      if (model_[part].is_factor())
        text += paragraph(fmt::format("- {}. [{}]", capitalised(part_words(part)),
                                      line_link(model_[part].where, sources_)),
                          indent, indent + 2);
  text += formula_parts(rule.when, indent, few, false);
  for (const model::Effect& effect : rule.effects)
    for (const NodeId part : nodes_in(effect.amount))
      if ((model_[part].kind == model::NodeKind::derived ||
           model_[part].kind == model::NodeKind::indicator) &&
          std::find(read.begin(), read.end(), part) == read.end())
        text += part_of_formula(part, indent, "- ");
  return text;
}

}  // namespace waystone::report
