// What a part is worth, and the floors and caps that keep it from being worth more.
#include <cmath>

#include <fmt/format.h>

#include "base/digits.hpp"
#include "report/document.hpp"
#include "report/narrator.hpp"
#include "report/rules.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

std::string_view word_of(model::EffectKind kind) {
  return kind == model::EffectKind::at_most ? "cap" : "floor";
}

}  // namespace

std::string Narrator::at_best_words(NodeId node) {
  const auto found = view_.at_best.find(node);
  if (found == view_.at_best.end() || std::isnan(value())) return "";
  const std::string output = spoken(model_[explained_.output].name),
                    unheld = unheld_words(found->second);
  const double best = found->second.value;
  if (!evaluate::differs(best, value()))
    return fmt::format(" At its best the {} would still be {}{}.", output,
                       points(value(), digits()), unheld);
  return fmt::format(" At its best the {} would be {}, {} {}{}.", output, points(best, digits()),
                     printed_change(value(), best, digits()), best < value() ? "lower" : "higher",
                     unheld);
}

std::string Narrator::unheld_words(const explain::AtBest& best) {
  const double least_held = least_told(digits());  // less is not worth a word
  if (best.held_by.empty() || std::abs(best.without_holds - best.value) < least_held ||
      std::abs(best.without_holds - best.unheld_today) < least_held)
    return "";
  if (points(best.without_holds, digits()) == points(best.unheld_today, digits())) return "";
  for (const explain::Hold& hold : best.held_by) met_holds_.insert({hold.rule, hold.effect});
  const auto kind_of = [&](const explain::Hold& hold) {
    return model_[hold.rule].effects[hold.effect].kind;
  };
  const std::string_view word = word_of(kind_of(best.held_by.front()));
  bool alike = true;
  for (const explain::Hold& hold : best.held_by) alike = alike && word_of(kind_of(hold)) == word;
  const std::string what = best.held_by.size() == 1 ? fmt::format("the {}", word)
                           : alike                  ? fmt::format("the {}s", word)
                                                    : "floors and caps";
  const bool also_today = std::abs(best.unheld_today - value()) >= least_held;
  return also_today ? fmt::format(" (without {} {}, and at its best {})", what,
                                  points(best.unheld_today, digits()),
                                  points(best.without_holds, digits()))
                    : fmt::format(" ({} without {})", points(best.without_holds, digits()), what);
}

Document Narrator::holds() {
  Document text;
  std::size_t told = 0;
  std::set<std::string_view> kinds;
  for (const auto& [rule_id, effect_index] : met_holds_) {
    if (!told_holds_.insert({rule_id, effect_index}).second) continue;
    const model::Rule& rule = model_[rule_id];
    const model::Effect& effect = rule.effects[effect_index];
    const bool floor = effect.kind == model::EffectKind::at_least;
    const model::Node& node = model_[effect.target];
    const double amount = country_[rule_id].effects[effect_index].amount;
    const std::string target =
        (effect.target == explained_.output ? "the " : "") + spoken(model_[effect.target].name);
    const std::string keeps =
        node.is_factor()
            ? fmt::format(
                  "no part brings {} {} {}", target, floor ? "below" : "above",
                  points(amount, std::max(scored_.digits_of(effect.target), decimals_in(amount))))
            : fmt::format("{} counts as {} {}", spoken(node.name), floor ? "at least" : "at most",
                          value_in_short(node, amount));
    text += paragraph(
        fmt::format("Rule \"{}\" has a {}, {}: while {}{} {}. [{}]", rule_link(scored_, rule_id),
                    word_of(effect.kind), code_line(sources_.text(effect.where)),
                    code_line(sources_.text(rule.when.where)), parameters_words(rule.when), keeps,
                    line_link(effect.where, sources_)),
        0, 2);
    ++told;
    kinds.insert(word_of(effect.kind));
  }
  if (told > 0)
    text +=
        paragraph(fmt::format("In brackets: the same without {}.",
                              kinds.size() > 1 ? "them"
                                               : fmt::format("{} {}{}", told > 1 ? "these" : "this",
                                                             *kinds.begin(), told > 1 ? "s" : "")));
  met_holds_.clear();
  return text;
}

}  // namespace waystone::report
