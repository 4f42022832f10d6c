// Who the members of a node are: each once, with a score, pointing the node's way, in the kind of
// line that the combination takes.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "model/checks/checks.hpp"
#include "model/checks/lists.hpp"

namespace waystone::model {
namespace {

using syntax::Member;
using syntax::WeightKind;

std::string_view word(Combination kind) {
  switch (kind) {
    case Combination::arithmetic: return "arithmetic";
    case Combination::geometric: return "geometric";
    case Combination::harmonic: return "harmonic";
    case Combination::power_mean: return "power mean";
    case Combination::sum: return "sum";
    case Combination::product: return "product";
    case Combination::worst: return "worst";
    case Combination::best: return "best";
    case Combination::median: return "median";
    case Combination::expression: return "an expression";
  }
  return "";
}

bool is_member(const Node& node) { return node.is_factor() || node.curve; }

void check_twice(Draft& draft, const MemberList& list) {
  std::map<std::string_view, Span> first;
  for (const Member& line : *list.lines) {
    const auto [at, fresh] = first.emplace(line.name.text, line.name.where);
    if (fresh) continue;
    Diagnostic twice{Code::E0214,
                     line.name.where,
                     fmt::format("'{}' is a member of {} twice", line.name.text, list.text()),
                     {},
                     {},
                     {}};
    twice.others.push_back({at->second, "the first"});
    draft.diagnostics.add(std::move(twice));
  }
}

// One diagnostic a list: the slip is mostly the same on every line.
void check_kind(Draft& draft, const MemberList& list, Combination kind) {
  for (const Member& line : *list.lines) {
    if (is_weighted(kind) && line.kind == WeightKind::none)
      return draft.say(Code::E0216, line.where,
                       fmt::format("'{}' takes weights; this line has none", word(kind)), {},
                       {"write '20% NAME' or '2 parts NAME'"});
    if (kind == Combination::sum && line.kind == WeightKind::percent)
      return draft.say(
          Code::E0216, line.where, "'sum' takes parts, as multipliers", {},
          {fmt::format("write '{:g} parts {}'", line.weight.value / 100, line.name.text)});
    if (!is_weighted(kind) && kind != Combination::expression && line.kind != WeightKind::none)
      return draft.say(Code::E0216, line.where, fmt::format("'{}' takes no weights", word(kind)),
                       {}, {"write 'member NAME'"});
  }
}

void check_scores(Draft& draft, const MemberList& list) {
  const Node& parent = draft.model[list.node];
  for (const Member& line : *list.lines) {
    const auto found = draft.nodes.find(line.name.text);
    if (!found) continue;  // unknown, and said
    const Node& node = draft.model.nodes[*found];
    if (!is_member(node)) {
      if (node.unit == Unit::none && node.kind != NodeKind::parameter) continue;
      draft.say(Code::E0219, line.name.where,
                fmt::format("'{}' has no curve, so it has no score to combine", line.name.text), {},
                {node.kind == NodeKind::parameter ? "a parameter is read in expressions only"
                                                  : "give it goalposts: best …, worst …"});
    } else if (node.is_factor() &&
               node.factor().higher_is_better != parent.factor().higher_is_better) {
      draft.say(
          Code::E0224, line.name.where,
          fmt::format("higher is {} in '{}', but {} in '{}'",
                      node.factor().higher_is_better ? "better" : "worse", node.name,
                      parent.factor().higher_is_better ? "better" : "worse", parent.name),
          {},
          {"give both the same scale; indicators are turned round by themselves, factors are not"});
    }
  }
}

void check_presence(Draft& draft, const syntax::Factor& tree, NodeId id, bool from_viewpoints) {
  const Factor& factor = draft.model[id].factor();
  if (!tree.combine)
    return draft.say(Code::E0215, tree.name.where,
                     fmt::format("'{}' does not say how its members combine", tree.name.text), {},
                     {"add 'combine arithmetic' or another way"});
  if (factor.combination == Combination::expression) return;
  if (factor.weights_from_viewpoint && !(tree.members.empty() && tree.ties.empty())) {
    draft.say(Code::E0217,
              tree.members.empty() ? tree.ties.front().where : tree.members.front().where,
              fmt::format("the weights of '{}' come from viewpoints, so its members stand there",
                          tree.name.text));
  } else if (factor.weights_from_viewpoint && !from_viewpoints && is_weighted(factor.combination)) {
    if (!draft.partial())
      draft.say(Code::E0217, tree.combine->where,
                fmt::format("no viewpoint gives the weights of '{}'", tree.name.text), {},
                {"add a 'viewpoint' with a line for each member"});
  } else if (!factor.weights_from_viewpoint && tree.members.empty()) {
    draft.say(Code::E0215, tree.name.where, fmt::format("'{}' has no members", tree.name.text));
  }
}

void check_strengths(Draft& draft, const syntax::Factor& tree) {
  for (const syntax::Strength& strength : tree.strengths) {
    const auto found = draft.nodes.find(strength.name.text);
    if (!found) continue;
    const Node& node = draft.model.nodes[*found];
    if (node.is_factor())
      draft.say(Code::E0203, strength.name.where,
                fmt::format("a strength is an indicator or derived value, but '{}' is {}",
                            node.name, kind_text(node.kind)));
    else if (!node.curve && (node.unit != Unit::none || node.kind == NodeKind::parameter))
      draft.say(Code::E0219, strength.name.where,
                fmt::format("'{}' has no curve, so it has no score to lower by", node.name));
  }
}

}  // namespace

void check_members(Draft& draft) {
  const auto lists = member_lists(draft);
  std::vector<bool> from_viewpoints(
      draft.nodes.rows.size(),
      !viewpoints_with_strays(draft, lists).empty());  // given, or meant to be
  for (const MemberList& list : lists) {
    if (list.viewpoint) from_viewpoints[list.node.index] = true;
    check_twice(draft, list);
    const auto* tree = std::get<const syntax::Factor*>(draft.nodes.rows[list.node.index]);
    if (tree->combine) check_kind(draft, list, tree->combine->kind);
    check_scores(draft, list);
  }
  for (std::size_t i = 0; i < draft.nodes.rows.size(); ++i) {
    const auto* tree = std::get_if<const syntax::Factor*>(&draft.nodes.rows[i]);
    if (!tree) continue;
    check_presence(draft, **tree, NodeId{i}, from_viewpoints[i]);
    check_strengths(draft, **tree);
  }
}

}  // namespace waystone::model
