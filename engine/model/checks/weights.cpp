// Weights are positive, of one kind, and percentages add up to exactly 100.
#include <algorithm>

#include <fmt/format.h>

#include "base/apportion.hpp"
#include "base/decimal.hpp"
#include "model/checks/checks.hpp"
#include "model/checks/lists.hpp"

namespace waystone::model {
namespace {

using syntax::Member;
using syntax::WeightKind;

// As written, in decimal; a numeral with an exponent counts as its nearest double.
std::string total_text(const std::vector<const Member*>& lines, bool& is_hundred) {
  std::vector<Decimal> terms;
  double rough = 0;
  for (const Member* line : lines) {
    rough += line->weight.value;
    if (const auto term = parse_decimal(line->weight.numeral)) terms.push_back(*term);
  }
  const auto exact = terms.size() == lines.size() ? sum(terms) : std::nullopt;
  is_hundred = exact ? equal(*exact, Decimal{100, 0}) : rough == 100;
  return exact ? exact->text() : fmt::format("{}", rough);
}

// The same proportions as percentages that add up, with as many decimals as are written; "" for
// long lists.
std::string adding_up(const std::vector<Member>& lines, double total) {
  constexpr std::size_t most = 12;
  if (lines.size() > most) return "";
  int decimals = 0;
  std::vector<double> shares;
  for (const Member& line : lines) {
    const std::string& numeral = line.weight.numeral;
    const std::size_t point = numeral.find('.');
    if (point != std::string::npos)
      decimals = std::max(decimals, std::min(9, int(numeral.size() - point - 1)));
    shares.push_back(line.weight.value / total);
  }
  const auto numerals = apportion(shares, {}, {}, decimals);
  if (!numerals) return "";
  std::string result;
  for (std::size_t k = 0; k < lines.size(); ++k)
    result += fmt::format("{}{}% {}", k == 0 ? "" : ", ", (*numerals)[k], lines[k].name.text);
  return result;
}

void check_total(Draft& draft, const MemberList& list) {
  std::vector<const Member*> all;
  for (const Member& line : *list.lines) all.push_back(&line);
  bool hundred = false;
  const std::string total = total_text(all, hundred);
  if (hundred) return;
  // the heaviest is shown, as the one most likely meant otherwise
  const auto heaviest = std::max_element(
      all.begin(), all.end(),
      [](const Member* a, const Member* b) { return a->weight.value < b->weight.value; });
  const Member* shown = *heaviest;
  all.erase(heaviest);
  const std::string rest = total_text(all, hundred);
  double sum_of_all = shown->weight.value;
  for (const Member* line : all) sum_of_all += line->weight.value;
  std::vector<std::string> notes;
  if (const std::string scaled = adding_up(*list.lines, sum_of_all); !scaled.empty())
    notes.push_back(fmt::format("in the same proportions: {}", scaled));
  draft.say(Code::E0210, shown->weight.where,
            fmt::format("the weights of {} add up to {} percent, not 100", list.text(), total),
            all.empty()       ? "it is the only one"
            : all.size() == 1 ? fmt::format("the other is {}", rest)
                              : fmt::format("the other {} add up to {}", all.size(), rest),
            notes);
}

void check_list(Draft& draft, const MemberList& list) {
  bool positive = true;
  for (const Member& line : *list.lines) {
    if (line.kind == WeightKind::none || line.weight.value > 0) continue;
    draft.say(Code::E0211, line.weight.where,
              fmt::format("the weight of '{}' is not positive", line.name.text), {},
              {"a member without weight is left out"});
    positive = false;
  }
  if (list.lines->empty()) return;
  const Member& first = list.lines->front();
  for (const Member& line : *list.lines) {
    if (line.kind == first.kind || line.kind == WeightKind::none || first.kind == WeightKind::none)
      continue;
    Diagnostic mixed{Code::E0212,
                     line.weight.where,
                     fmt::format("{} mixes percent and parts", list.text()),
                     {},
                     {},
                     {}};
    mixed.others.push_back({first.weight.where, "another kind here"});
    draft.diagnostics.add(std::move(mixed));
    return;
  }
  const Combination kind = draft.model[list.node].factor().combination;
  if (positive && is_weighted(kind) && kind != Combination::sum &&
      first.kind == WeightKind::percent && !is_mixed(*list.lines) && !has_twice(*list.lines))
    check_total(draft, list);
}

}  // namespace

void check_weights(Draft& draft) {
  const MemberList* before = nullptr;
  const auto lists = member_lists(draft);
  std::vector<const MemberList*> by_node;
  for (const MemberList& list : lists) {
    check_list(draft, list);
    by_node.push_back(&list);
  }
  // viewpoints of one node give one kind of weight
  std::stable_sort(by_node.begin(), by_node.end(),
                   [](const auto* a, const auto* b) { return a->node < b->node; });
  for (const MemberList* list : by_node) {
    if (before && before->node == list->node && !list->lines->empty() && !before->lines->empty() &&
        !is_mixed(*list->lines) && !is_mixed(*before->lines) &&
        list->lines->front().kind != before->lines->front().kind &&
        list->lines->front().kind != WeightKind::none &&
        before->lines->front().kind != WeightKind::none) {
      Diagnostic mixed{
          Code::E0212,
          list->lines->front().weight.where,
          fmt::format("the weights of '{}' are percent in one viewpoint and parts in another",
                      list->owner),
          {},
          {},
          {}};
      mixed.others.push_back({before->lines->front().weight.where, "another kind here"});
      draft.diagnostics.add(std::move(mixed));
    }
    before = list;
  }
}

}  // namespace waystone::model
