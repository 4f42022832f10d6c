// Lists of member lines, in factors and in viewpoints. Used by several checks.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "model/draft.hpp"

namespace waystone::model {

struct MemberList {
  NodeId node;                                   // whose members they are
  const syntax::Viewpoint* viewpoint = nullptr;  // none: the node's own
  const std::vector<syntax::Member>* lines = nullptr;
  const std::vector<syntax::Tie>* ties = nullptr;
  Span where;                // the name of the node or viewpoint
  std::string text() const;  // "'risk'", "viewpoint 'state'"
  std::string owner;
};

/// By node, then viewpoint.
std::vector<MemberList> member_lists(const Draft& draft);
/// Viewpoints whose weights matched no node, which is reported. Any node that seems to lack weights
/// from them may be the one meant.
std::set<const syntax::Viewpoint*> viewpoints_with_strays(const Draft& draft,
                                                          const std::vector<MemberList>& lists);
bool has_twice(const std::vector<syntax::Member>& lines);
bool is_mixed(const std::vector<syntax::Member>& lines);
bool is_weighted(Combination kind);

}  // namespace waystone::model
