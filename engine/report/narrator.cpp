#include "report/narrator.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "explain/reasons.hpp"
#include "model/dependencies.hpp"
#include "report/causes.hpp"
#include "report/document.hpp"
#include "report/rules.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

constexpr std::size_t leading = 4;  // facts shown of a factor whose parts are not told

// Of a level of the tree; deeper ones stand where the page still has room.
std::size_t indent_of(int level) {
  constexpr int deepest = 6;
  return 4 * std::size_t(std::min(level, deepest));
}

std::string unrated(double score, int digits) {
  return std::isnan(score) ? "not rated" : points(score, digits);
}

// ", weight 60% (30% as written)", ", x 1.5, 30 points"
std::string factor_weight_words(const MemberWeight& weight, double score, int digits) {
  if (std::isnan(weight.written)) return "";
  if (weight.multiplier) return ", " + weight_words(weight, score, digits);
  if (!(weight.counted > 0)) return ", weight " + percent(weight.written);
  return fmt::format(", weight {} ({} as written)", percent(weight.counted),
                     percent(weight.written));
}

std::string bounds_words(double low, double high, int digits) {
  const std::string range = interval(low, high, digits);
  return range.find("to") == std::string::npos ? "" : fmt::format(" ({})", range);
}

}  // namespace

Narrator::Narrator(const Explained& explained, const ExplainedView& view)
    : explained_(explained),
      view_(view),
      scored_(explained.scored),
      model_(scored_.rules()),
      sources_(*scored_.sources),
      country_(*view.view->find(explained.country)),
      causes_(*scored_.now, view.view->viewpoint, explained.country) {}

Narrator::Weighed Narrator::weighed(NodeId node, MemberWeight weight) const {
  const auto found = view_.at_best.find(node);
  if (found == view_.at_best.end() || std::isnan(value())) return {node, weight, 0, 0};
  const auto points = [&](double at_best) {
    return explain::influence(model_, explained_.output, value(), at_best);
  };
  const explain::AtBest& best = found->second;
  return {node, weight, points(best.value),
          explain::influence(model_, explained_.output, best.unheld_today, best.without_holds)};
}

// Parts that a floor makes worth the same stand by what they would be worth without it.
bool Narrator::counts_more(const Weighed& a, const Weighed& b) {
  if (std::abs(a.influence - b.influence) > 1e-9) return a.influence > b.influence;
  return a.unheld > b.unheld + 1e-9;
}

std::vector<Narrator::Weighed> Narrator::members_of(NodeId id) const {
  const model::Factor& factor = model_[id].factor();
  const auto weights = member_weights(factor, view_.view->viewpoint, country_[id]);
  std::vector<Weighed> members;
  if (factor.expression)
    for (const NodeId node : nodes_in(*factor.expression)) members.push_back(weighed(node));
  for (std::size_t m = 0; m < factor.members.size(); ++m) {
    members.push_back(
        weighed(factor.members[m].node, weights.empty() ? MemberWeight{} : weights[m]));
    members.back().flip = factor.members[m].flip;
  }
  std::stable_sort(members.begin(), members.end(), counts_more);
  return members;
}

std::string Narrator::members_title() const {
  const model::Node& output = model_[explained_.output];
  if (!output.is_factor())
    return fmt::format("How it comes about: {} = {} [{}]", output.name,
                       code_line(sources_.text(output.derived().value.where)),
                       line_link(output.where, sources_));
  const model::Factor& factor = output.factor();
  if (factor.expression)
    return fmt::format("How it comes about: {} = {}", output.name,
                       code_line(sources_.text(factor.expression->where)));
  return fmt::format("What it is made of, by what each part is worth ({})",
                     combination_in_words(factor));
}

Document Narrator::factors(int depth) {
  std::set<NodeId> targets{
      explained_.output};  // with its facts; those of a factor are told with it
  for (const NodeId part : model::parts_of(model_[explained_.output].factor()))
    if (!model_[part].is_factor()) targets.merge(explain::nodes_below(model_, part));
  const Document acting = rules_on(targets, 0, depth > 2),
                 parts = members(depth);  // in this order: a rule is told once
  const Document head = acting + holds();
  return head + (head.empty() ? Document() : gap()) + parts;
}

Document Narrator::members(int depth) {
  Document text;
  const model::Factor& factor = model_[explained_.output].factor();
  if (factor.expression) {
    std::size_t number = 0;
    for (const NodeId node : nodes_in(*factor.expression))
      text += this->factor(weighed(node), 1, depth, fmt::format("{}. ", ++number));
    return text;
  }
  std::size_t number = 0;
  for (const Weighed& member : members_of(explained_.output)) {
    if (!text.empty() && depth > 1) text += gap();
    text += this->factor(member, 1, depth, fmt::format("{:>2}. ", ++number));
  }
  return text + strengths(explained_.output, 0);
}

Document Narrator::factor(const Weighed& member, int level, int depth, const std::string& mark) {
  const model::Node& node = model_[member.node];
  const std::size_t indent = indent_of(level - 1), inner = indent + 4;
  if (!node.is_factor())
    return leaf(member.node, member.weight, indent, member.flip,
                level == 1 ? at_best_words(member.node) : "", mark.empty() ? "- " : mark);
  const evaluate::NodeResult& result = country_[member.node];
  const int digits = scored_.digits_of(member.node);
  std::string text =
      fmt::format("{}{} {}{}", mark, node_link(scored_, member.node, spoken(node.name)),
                  std::isnan(result.value) ? unrated(result.value, digits)
                                           : value_and_uncut(node, result, digits),
                  bounds_words(result.low, result.high, digits));
  text += factor_weight_words(member.weight, result.score, digits);
  text += '.';
  text += at_best_words(member.node);
  if (result.reweighted) text += " " + carried_words(model_, country_, member.node);
  Document told = paragraph(text, indent, inner);
  if (level == 1 && !node.label.empty() && depth > 1) told += paragraph(node.label, inner, inner);
  if (level == depth) return told;
  if (!told_parts_.insert(member.node).second)
    return told + paragraph("What it is made of is told above.", inner, inner);
  return told + behind(member.node, level, depth);
}

// What a factor is made of: its parts where the depth reaches them, else the facts that count most.
Document Narrator::behind(NodeId id, int level, int depth) {
  const model::Factor& factor = model_[id].factor();
  const std::size_t indent = indent_of(level);
  Document text = rules_on(level == 1 ? explain::nodes_below(model_, id) : std::set<NodeId>{id},
                           indent, depth > 2);
  const auto parts = parts_of(factor);
  const bool has_inner = std::any_of(parts.begin(), parts.end(),
                                     [&](NodeId part) { return model_[part].is_factor(); });
  if (has_inner && level + 1 == depth) {
    std::vector<std::string> words;
    for (const Weighed& member : members_of(id)) {
      const model::Node& node = model_[member.node];
      const bool scores =
          node.is_factor() || (node.curve && !factor.expression);  // an expression names values
      words.push_back(
          fmt::format("{} {}", spoken(node.name),
                      scores ? points(country_[member.node].score, scored_.digits_of(member.node))
                             : value_in_short(node, country_[member.node].value)));
    }
    text +=
        paragraph(fmt::format("Made of {} ({}).", joined(words),
                              factor.expression ? code_line(sources_.text(factor.expression->where))
                                                : combination_in_words(factor)),
                  indent, indent);
    return text + leading_facts(id, indent);
  }
  if (depth > 2)
    text +=
        paragraph(fmt::format("Combined by {} [{}].",
                              factor.expression ? code_line(sources_.text(factor.expression->where))
                                                : combination_in_words(factor),
                              line_link(model_[id].where, sources_)),
                  indent, indent);
  std::vector<std::string> harmless;
  for (const Weighed& member : members_of(id)) {
    const model::Node& node = model_[member.node];
    if (depth < 3 && !factor.expression && !node.is_factor() && country_[member.node].score == 0)
      harmless.push_back(fmt::format("{} ({})", node.label.empty() ? spoken(node.name) : node.label,
                                     value_in_short(node, country_[member.node].value)));
    else
      text += this->factor(member, level + 1, depth, "");
  }
  if (!harmless.empty())
    text += paragraph("- At their best: " + listed(harmless) + ".", indent, indent + 2);
  return text + strengths(id, indent);
}

Document Narrator::strengths(NodeId id, std::size_t indent) {
  const auto found = view_.strengths.find(id);
  if (found == view_.strengths.end()) return {};
  Document text;
  for (std::size_t s = 0; s < found->second.size(); ++s) {
    const model::Strength& strength = model_[id].factor().strengths[s];
    const explain::StrengthEffect& effect = found->second[s];
    const std::string name = spoken(model_[strength.node].name),
                      most = written_points(strength.points.value);
    std::vector<std::string> rules;
    for (const RuleId rule : effect.off_by)
      rules.push_back(fmt::format("\"{}\"", rule_title(model_[rule])));
    if (!rules.empty())
      text += paragraph(
          fmt::format("Strength {}: off, since {} holds; else it would lower by up to {}.", name,
                      joined(rules), most),
          indent, indent);
    else if (std::isnan(effect.lowers))
      text += paragraph(
          fmt::format("Strength {}: may lower by up to {}, but how far is not known.", name, most),
          indent, indent);
    else
      text += paragraph(fmt::format("Strength {}: lowers by {} (at most {}).", name,
                                    point_word(effect.lowers, scored_.digits_of(id)),
                                    exact(strength.points.value)),
                        indent, indent);
    text += leaf(strength.node, {}, indent, false);
  }
  return text;
}

// Whether what takes a leaf in below the output counts 100 - score: a factor where higher is
// better.
bool Narrator::flipped(NodeId leaf) const {
  for (const NodeId reader : explain::nodes_below(model_, explained_.output)) {
    if (!model_[reader].is_factor()) continue;
    for (const model::Member& member : model_[reader].factor().members)
      if (member.node == leaf) return member.flip;
  }
  return false;
}

Document Narrator::who_weighs() const {
  const model::Node& output = model_[explained_.output];
  if (output.factor().weights.empty()) return {};
  const ViewpointId viewpoint = view_.view->viewpoint;
  const bool by_viewpoint = output.factor().weights_from_viewpoint && viewpoint.valid();
  const std::string provenance = provenance_words(
      by_viewpoint ? model_.viewpoints[viewpoint.index].provenance : output.provenance, model_,
      true);
  const Span where = by_viewpoint ? model_.viewpoints[viewpoint.index].where : output.where;
  if (provenance.empty()) return {};
  return paragraph(fmt::format("Weights{}: {}. [{}]",
                               by_viewpoint ? " of " + model_.viewpoints[viewpoint.index].name : "",
                               provenance, line_link(where, sources_)),
                   0, 2);
}

Document Narrator::binding_rules() {
  return rules_on(explain::nodes_below(model_, explained_.output), 0, true);
}

// By what they are worth to the factor: the whole output may read them elsewhere, too.
Document Narrator::leading_facts(NodeId factor, std::size_t indent) {
  std::vector<Weighed> facts;
  if (const auto within = view_.at_best_within.find(factor); within != view_.at_best_within.end())
    for (const auto& [node, best] : within->second) {
      if (model_[node].is_factor() || !model_[node].curve || std::isnan(country_[node].score))
        continue;
      const double value = country_[factor].value;
      facts.push_back({node,
                       {},
                       explain::influence(model_, factor, value, best.value),
                       explain::influence(model_, factor, best.unheld_today, best.without_holds)});
    }
  std::stable_sort(facts.begin(), facts.end(), [&](const Weighed& a, const Weighed& b) {
    if (counts_more(a, b) || counts_more(b, a)) return counts_more(a, b);
    return country_[a.node].score > country_[b.node].score;
  });
  Document text;
  std::size_t shown = 0;
  for (const Weighed& fact : facts) {
    if (shown == leading || (shown > 0 && fact.unheld < least_told(scored_.digits_of(factor))))
      break;
    if (country_[fact.node].score == 0) break;
    text += leaf(fact.node, {}, indent, flipped(fact.node));
    ++shown;
  }
  const std::size_t rest = facts.size() - shown;
  if (rest > 0)
    text += paragraph(
        fmt::format(
            "{} {} less; --depth {} shows {}.",
            counted(rest, shown > 0 ? "more fact" : "fact", shown > 0 ? "more facts" : "facts"),
            rest == 1 ? "matters" : "matter", explained_.depth + 1, rest == 1 ? "it" : "them"),
        indent, indent);
  return text;
}

Document Narrator::facts_by_influence() {
  std::vector<Weighed> facts;
  for (const NodeId node : explain::nodes_below(model_, explained_.output))
    if (!model_[node].is_factor() && view_.at_best.contains(node)) facts.push_back(weighed(node));
  std::stable_sort(facts.begin(), facts.end(), counts_more);
  Document text;
  std::size_t number = 0, idle = 0;
  for (const Weighed& fact : facts) {
    if (fact.unheld < least_told(digits())) {
      ++idle;
      continue;
    }
    text += paragraph(fmt::format("{:>2}. {}.{}", ++number, spoken(model_[fact.node].name),
                                  at_best_words(fact.node)),
                      0, 4) +
            leaf(fact.node, {}, 4, flipped(fact.node));
  }
  if (idle > 0)
    text += paragraph(
        fmt::format("{} move it by less than {}.",
                    idle == 1 ? "1 other would" : fmt::format("{} others would each", idle),
                    digits() == 0 ? "half a point" : written_points(least_told(digits()))),
        4, 4);
  const Document head = holds();
  return head + (head.empty() ? Document() : gap()) + text;
}

// ---- rules

// With the rule or without it the target has a value.
bool Narrator::is_told(NodeId target, const evaluate::EffectResult& effect) const {
  return !std::isnan(country_[target].value) || !std::isnan(effect.without);
}

Document Narrator::rules_on(const std::set<NodeId>& targets, std::size_t indent,
                            bool with_condition) {
  std::vector<RuleId> binding;
  for (std::size_t r = 0; r < model_.rules.size(); ++r) {
    const model::Rule& rule = model_.rules[r];
    if (!country_.rules[r].binding || told_rules_.contains(RuleId{r})) continue;
    for (std::size_t e = 0; e < rule.effects.size();
         ++e) {  // where it changes something, not wherever it aims
      if (!targets.contains(rule.effects[e].target) ||
          !is_told(rule.effects[e].target, country_.rules[r].effects[e]) ||
          country_.rules[r].effects[e].without == country_[rule.effects[e].target].value)
        continue;
      binding.push_back(RuleId{r});
      break;
    }
  }
  const auto size = [&](RuleId rule) {
    const auto moved = country_[rule].moved.find(explained_.output);
    return moved == country_[rule].moved.end() ? 0.0 : std::abs(moved->second);
  };
  std::stable_sort(binding.begin(), binding.end(),
                   [&](RuleId a, RuleId b) { return size(a) > size(b); });
  Document text;
  for (std::size_t r = 0; r < model_.rules.size(); ++r) {
    const model::Rule& rule = model_.rules[r];
    if (!told_rules_.contains(RuleId{r})) continue;
    for (std::size_t e = 0; e < rule.effects.size(); ++e) {
      const NodeId target = rule.effects[e].target;
      const double without = country_.rules[r].effects[e].without;
      if (!targets.contains(target) || without == country_[target].value) continue;
      text += paragraph(
          fmt::format("Rule \"{}\", told above, acts here: without it {} would be {}.",
                      rule_link(scored_, RuleId{r}), spoken(model_[target].name),
                      model_[target].is_factor() ? points(without, scored_.digits_of(target))
                                                 : value_in_short(model_[target], without)),
          indent, indent + 2);
    }
  }
  for (const RuleId rule : binding) {
    told_rules_.insert(rule);
    text += binding_rule(rule, indent, with_condition);
  }
  return text;
}

Document Narrator::binding_rule(RuleId id, std::size_t indent, bool with_condition) {
  const model::Rule& rule = model_[id];
  const evaluate::RuleResult& result = country_[id];
  std::string text = fmt::format("Rule \"{}\" binds: {}, because {}.", rule_link(scored_, id),
                                 effects_words(rule, sources_), rule.because);
  std::vector<std::string> without;
  std::set<NodeId> told;
  for (std::size_t e = 0; e < rule.effects.size(); ++e) {
    const NodeId target = rule.effects[e].target;
    const double value = result.effects[e].without;
    const auto of_output = result.moved.find(target);
    const bool told_below = of_output != result.moved.end() && !std::isnan(of_output->second);
    if (told_below || value == country_[target].value || !told.insert(target).second) continue;
    without.push_back(fmt::format("{} would be {}", spoken(model_[target].name),
                                  model_[target].is_factor()
                                      ? points(value, scored_.digits_of(target))
                                      : value_in_short(model_[target], value)));
  }
  std::string all_told;
  if (const auto moved = result.moved.find(explained_.output);
      moved != result.moved.end() && !std::isnan(moved->second))
    all_told = fmt::format("the {} would be {}, {} {}", spoken(model_[explained_.output].name),
                           points(this->value() - moved->second, digits()),
                           printed_change(this->value(), this->value() - moved->second, digits()),
                           moved->second > 0 ? "lower" : "higher");
  const bool apart = !all_told.empty() && explain::is_read(*scored_.now->program, id);
  if (!all_told.empty() && !apart) without.push_back(all_told);
  if (!without.empty()) text += fmt::format(" Without it {}.", joined(without));
  if (apart)
    text += fmt::format(" Were its condition not to hold, with all else that asks for it, {}.",
                        all_told);
  text += amounts_words(id);
  if (with_condition)
    text += fmt::format(" It holds when {}{}.", code_line(sources_.text(rule.when.where)),
                        parameters_words(rule.when));
  const std::string provenance = provenance_words(rule.provenance, model_, with_condition);
  text += fmt::format(" [{}{}{}]", line_link(rule.where, sources_), provenance.empty() ? "" : "; ",
                      provenance);
  return paragraph(text, indent, indent + 2) + facts_of_rule(rule, indent + 2);
}

// " Worked out, that is 0.85 for cis access." A rule shows only how.
std::string Narrator::amounts_words(RuleId id) const {
  const model::Rule& rule = model_[id];
  std::vector<std::string> amounts;
  for (std::size_t e = 0; e < rule.effects.size(); ++e) {
    const model::Effect& effect = rule.effects[e];
    const double amount = country_[id].effects[e].amount;
    const bool written =
        effect.amount.op == model::Op::number || effect.amount.op == model::Op::negate;
    if (country_[id].effects[e].by_what_is_sure) {
      amounts.push_back(fmt::format("{}, for {}",
                                    sure_words(model_, effect, country_[id].effects[e]),
                                    spoken(model_[effect.target].name)));
      continue;
    }
    if (written || std::isnan(amount)) continue;
    const bool value =
        effect.kind != model::EffectKind::scale && !model_[effect.target].is_factor();
    amounts.push_back(fmt::format(
        "{} for {}", value ? value_in_short(model_[effect.target], amount) : report::amount(amount),
        spoken(model_[effect.target].name)));
  }
  if (amounts.empty()) return "";
  return fmt::format(" Worked out, that is {}.", joined(amounts));
}

// " (dominant_exports 40%)": what the parameters of a condition are, where it has any.
std::string Narrator::parameters_words(const model::Expression& condition) const {
  std::vector<std::string> found;
  for (const NodeId node : model::nodes_in(condition)) {
    if (model_[node].kind != model::NodeKind::parameter) continue;
    std::string words = part_words(node);
    if (std::find(found.begin(), found.end(), words) == found.end())
      found.push_back(std::move(words));
  }
  return found.empty() ? "" : fmt::format(" ({})", joined(found));
}

Document Narrator::holding_rules(bool on_unknown) const {
  const std::set<NodeId> reached = explain::nodes_below(model_, explained_.output);
  Document text;
  for (std::size_t r = 0; r < model_.rules.size(); ++r) {
    const model::Rule& rule = model_.rules[r];
    // one that binds on parts that are not known alone is told among those that move bounds
    const bool told_elsewhere =
        country_.rules[r].is_left_out() || country_.rules[r].acts_by_what_is_sure() ||
        (country_.rules[r].binding &&
         std::any_of(rule.effects.begin(), rule.effects.end(), [&](const model::Effect& effect) {
           return is_told(effect.target,
                          country_.rules[r].effects[std::size_t(&effect - rule.effects.data())]);
         }));
    if (country_.rules[r].truth != evaluate::Truth::yes || told_elsewhere) continue;
    std::size_t concerned = 0, unknown = 0;
    for (const model::Effect& effect : rule.effects) {
      if (!reached.contains(effect.target)) continue;
      ++concerned;
      unknown += std::isnan(country_[effect.target].value);
    }
    if (concerned == 0 && !(rule.effects.empty() && explained_.output == model_.main)) continue;
    if ((concerned > 0 && unknown == concerned) != on_unknown) continue;
    text += paragraph(fmt::format("\"{}\": {}. [{}]", rule_link(scored_, RuleId{r}),
                                  effects_words(rule, sources_), line_link(rule.where, sources_)),
                      2, 4);
  }
  return text;
}

Document Narrator::rules_by_what_is_sure() const {
  const std::set<RuleId> behind = explain::rules_behind(model_, explained_.output);
  Document text;
  for (std::size_t r = 0; r < model_.rules.size(); ++r) {
    const RuleId id{r};
    if (!country_[id].acts_by_what_is_sure() ||
        !(explained_.output == model_.main || behind.contains(id)))
      continue;
    const model::Rule& rule = model_.rules[r];
    text += paragraph(fmt::format("\"{}\": {}.{} {}. [{}]", rule_title(rule),
                                  effects_words(rule, sources_), amounts_words(id),
                                  undecided_words(causes_.of(id), *scored_.now, sources_, "settle"),
                                  line_link(rule.where, sources_)),
                      2, 4);
  }
  return text;
}

std::string Narrator::would_move_words(RuleId rule) const {
  const auto& moves = country_[rule].would_move;
  const auto found = moves.find(explained_.output);
  if (found == moves.end()) return "";
  const std::string output = spoken(model_[explained_.output].name);
  if (std::isnan(found->second))
    return fmt::format(" If it held, the {} would move by an unknown amount.", output);
  return fmt::format(" If it held, the {} would be {}, {} {}.", output,
                     points(value() + found->second, digits()),
                     printed_change(value(), value() + found->second, digits()),
                     found->second > 0 ? "higher" : "lower");
}

Document Narrator::open_rules() const {
  const std::set<RuleId> behind = explain::rules_behind(model_, explained_.output);
  Document text;
  for (std::size_t r = 0; r < model_.rules.size(); ++r) {
    if (!country_.rules[r].is_left_out() ||
        !(explained_.output == model_.main || behind.contains(RuleId{r})))
      continue;
    const model::Rule& rule = model_.rules[r];
    const std::string effects = effects_words(rule, sources_);
    text += paragraph(
        fmt::format("\"{}\"{}{}.{} {}. [{}]", rule_link(scored_, RuleId{r}),
                    effects.empty() ? "" : ": ", effects, would_move_words(RuleId{r}),
                    undecided_words(causes_.of(RuleId{r}), *scored_.now, sources_, "settle"),
                    line_link(rule.where, sources_)),
        2, 4);
  }
  return text;
}

}  // namespace waystone::report
