// What happens when a fact is missing is said, and what is assumed can be.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "model/checks/checks.hpp"
#include "model/units.hpp"

namespace waystone::model {
namespace {

bool is_level(const Node& node, double value) {
  const double steps = node.indicator().half_steps ? 2 : 1;
  return std::abs(value * steps - std::round(value * steps)) < 1e-9;
}

// False where the value can't be (said).
bool check_value(Draft& draft, const Node& node, double value, Span where, std::string_view what) {
  if (node.unit == Unit::level && !node.low) return true;  // faulty levels, which are said
  if (node.low && node.high && *node.low < *node.high && (value < *node.low || value > *node.high))
    draft.say(Code::E0252, where,
              fmt::format("{} {} lies outside the range of '{}', {} to {}", what, value, node.name,
                          *node.low, *node.high));
  else if (node.unit == Unit::level && !is_level(node, value))
    draft.say(Code::E0252, where, fmt::format("{} {} is no level of '{}'", what, value, node.name),
              {}, {"'half steps' would allow halves"});
  else
    return true;
  return false;
}

void check_assumed(Draft& draft, const Node& node, const syntax::Missing& tree) {
  const Missing& missing = node.indicator().missing;
  const bool yes_no = node.unit == Unit::yes_no;
  if (tree.because && is_blank(tree.because->text))
    draft.say(Code::E0270, tree.because->where,
              fmt::format("what is assumed of '{}' has no reason", node.name), {},
              {"say why this value, and not another"});
  if (yes_no != tree.yes.has_value() || !(yes_no || is_number(node.unit))) {
    draft.say(Code::E0252, tree.where,
              yes_no ? "a yes/no indicator is assumed 'yes' or 'no'"
                     : fmt::format("this can't be assumed of an indicator that is {}",
                                   in_words(node.unit)),
              {}, {"'missing unknown' leaves it open"});
    return;
  }
  if (yes_no) return;
  if (!check_value(draft, node, missing.value, tree.value->where, "the assumed value") ||
      !missing.low || !missing.high)
    return;
  if (*missing.low > missing.value || missing.value > *missing.high)
    draft.say(Code::E0252, tree.where,
              fmt::format("the assumed value {} does not lie between {} and {}", missing.value,
                          *missing.low, *missing.high));
  else if (check_value(draft, node, *missing.low, tree.low->where, "the lower end"))
    check_value(draft, node, *missing.high, tree.high->where, "the upper end");
}

// The middle figure of a group: codes and dates have none.
void check_typical_of_its(Draft& draft, const Node& node, const syntax::Missing& tree) {
  if (node.unit != Unit::yes_no && !is_number(node.unit))
    draft.say(Code::E0252, tree.where,
              fmt::format("what is typical of a group can't be told of an indicator that is {}",
                          in_words(node.unit)),
              {}, {"'missing unknown' leaves it open"});
  if (!tree.at_least) return;
  const double least = tree.at_least->value;
  if (tree.at_least->unit != syntax::Unit::none || least != std::round(least) || least < 1 ||
      least > 1000)
    draft.say(Code::E0252, tree.where, "'at least' wants a whole number of countries, from 1 on");
}

void check_typical(Draft& draft, const Node& node, const syntax::Missing& tree) {
  if (!tree.group) return check_typical_of_its(draft, node, tree);
  if (const auto* value = find_group_value(draft, tree.group->text, node.name))
    check_value(draft, node, node.indicator().missing.value, value->value.where,
                "the typical value");
}

}  // namespace

void check_missing(Draft& draft) {
  for (std::size_t i = 0; i < draft.nodes.rows.size(); ++i) {
    const auto* tree = std::get_if<const syntax::Indicator*>(&draft.nodes.rows[i]);
    if (!tree) continue;
    const Node& node = draft.model.nodes[i];
    if (!(*tree)->missing)
      draft.say(
          Code::E0241, node.where,
          fmt::format("indicator '{}' does not say what happens when it is missing", node.name), {},
          {"add 'missing unknown', or refuse, assume, carry forward or typical of"});
    else if (node.unit == Unit::none)
      continue;
    else if ((*tree)->missing->kind == MissingKind::assume)
      check_assumed(draft, node, *(*tree)->missing);
    else if ((*tree)->missing->kind == MissingKind::typical)
      check_typical(draft, node, *(*tree)->missing);
  }
}

}  // namespace waystone::model
