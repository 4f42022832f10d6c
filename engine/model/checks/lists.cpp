#include "model/checks/lists.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace waystone::model {

std::string MemberList::text() const {
  return viewpoint ? fmt::format("viewpoint '{}'", viewpoint->name.text)
                   : fmt::format("'{}'", owner);
}

std::vector<MemberList> member_lists(const Draft& draft) {
  std::vector<MemberList> lists;
  std::vector<std::size_t> takers;
  for (std::size_t i = 0; i < draft.nodes.rows.size(); ++i) {
    const auto* tree = std::get_if<const syntax::Factor*>(&draft.nodes.rows[i]);
    if (!tree) continue;
    if (draft.model.nodes[i].factor().weights_from_viewpoint) takers.push_back(i);
    if (!(*tree)->members.empty() || !(*tree)->ties.empty())
      lists.push_back({NodeId{i}, nullptr, &(*tree)->members, &(*tree)->ties, (*tree)->name.where,
                       (*tree)->name.text});
  }
  for (const syntax::Viewpoint* viewpoint : draft.viewpoints.rows)
    for (const syntax::Viewpoint::Profile& profile : viewpoint->profiles) {
      NodeId node;
      if (profile.node) {
        const auto found = draft.nodes.find(profile.node->text);
        if (found && std::binary_search(takers.begin(), takers.end(), *found))
          node = NodeId{*found};
      } else if (takers.size() == 1) {
        node = NodeId{takers[0]};
      }
      if (node.valid())
        lists.push_back({node, viewpoint, &profile.members, &profile.ties, viewpoint->name.where,
                         draft.model[node].name});
    }
  return lists;
}

std::set<const syntax::Viewpoint*> viewpoints_with_strays(const Draft& draft,
                                                          const std::vector<MemberList>& lists) {
  std::set<const std::vector<syntax::Member>*> given;
  for (const MemberList& list : lists) given.insert(list.lines);
  std::set<const syntax::Viewpoint*> found;
  for (const syntax::Viewpoint* viewpoint : draft.viewpoints.rows)
    for (const syntax::Viewpoint::Profile& profile : viewpoint->profiles)
      if (!given.contains(&profile.members)) found.insert(viewpoint);
  return found;
}

bool has_twice(const std::vector<syntax::Member>& lines) {
  std::set<std::string_view> names;
  return std::any_of(lines.begin(), lines.end(),
                     [&](const auto& line) { return !names.insert(line.name.text).second; });
}

bool is_mixed(const std::vector<syntax::Member>& lines) {
  return std::any_of(lines.begin(), lines.end(),
                     [&](const auto& line) { return line.kind != lines.front().kind; });
}

bool is_weighted(Combination kind) {
  return kind == Combination::arithmetic || kind == Combination::geometric ||
         kind == Combination::harmonic || kind == Combination::power_mean ||
         kind == Combination::sum;
}

}  // namespace waystone::model
