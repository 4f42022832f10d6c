// All viewpoints list the same members of a node.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "model/checks/checks.hpp"
#include "model/checks/lists.hpp"

namespace waystone::model {
namespace {

std::set<std::string> names_of(const MemberList& list) {
  std::set<std::string> names;
  for (const syntax::Member& line : *list.lines) names.insert(line.name.text);
  return names;
}

void compare(Draft& draft, const MemberList& first, const MemberList& list) {
  const auto wanted = names_of(first), found = names_of(list);
  std::vector<std::string> lacks, adds;
  std::set_difference(wanted.begin(), wanted.end(), found.begin(), found.end(),
                      std::back_inserter(lacks));
  std::set_difference(found.begin(), found.end(), wanted.begin(), wanted.end(),
                      std::back_inserter(adds));
  if (lacks.empty() && adds.empty()) return;
  std::vector<std::string> notes;
  if (!lacks.empty()) notes.push_back(fmt::format("it lacks {}", fmt::join(lacks, ", ")));
  if (!adds.empty()) notes.push_back(fmt::format("only it has {}", fmt::join(adds, ", ")));
  Diagnostic differ{Code::E0213,
                    list.where,
                    fmt::format("viewpoint '{}' lists other members of '{}' than viewpoint '{}'",
                                list.viewpoint->name.text, list.owner, first.viewpoint->name.text),
                    {},
                    {},
                    std::move(notes)};
  differ.others.push_back({first.where, "compared with this one"});
  draft.diagnostics.add(std::move(differ));
}

}  // namespace

void check_viewpoints(Draft& draft) {
  std::map<NodeId, std::vector<MemberList>> by_node;
  std::vector<MemberList> all = member_lists(draft);
  const auto astray = viewpoints_with_strays(draft, all);
  for (MemberList& list : all)
    if (list.viewpoint) by_node[list.node].push_back(std::move(list));
  for (const auto& [node, lists] : by_node) {
    for (const MemberList& list : lists) compare(draft, lists.front(), list);
    for (const syntax::Viewpoint* viewpoint : draft.viewpoints.rows)
      if (!astray.contains(viewpoint) &&
          std::none_of(lists.begin(), lists.end(),
                       [&](const MemberList& list) { return list.viewpoint == viewpoint; }))
        draft.say(Code::E0213, viewpoint->name.where,
                  fmt::format("viewpoint '{}' gives no weights for '{}'", viewpoint->name.text,
                              lists.front().owner));
  }
}

}  // namespace waystone::model
