// Looking things up in a checked model.
#include "model/model.hpp"

#include <algorithm>

namespace waystone::model {
namespace {

// Index of `name` in a table in name order.
template <class Row>
std::optional<std::size_t> index_of(const std::vector<Row>& rows, std::string_view name) {
  const auto at =
      std::lower_bound(rows.begin(), rows.end(), name,
                       [](const Row& row, std::string_view wanted) { return row.name < wanted; });
  if (at == rows.end() || at->name != name) return std::nullopt;
  return std::size_t(at - rows.begin());
}

template <class IdType, class Row>
std::optional<IdType> find_in(const std::vector<Row>& rows, std::string_view name) {
  if (const auto index = index_of(rows, name)) return IdType{*index};
  return std::nullopt;
}

}  // namespace

std::optional<NodeId> Model::find(std::string_view name) const {
  return find_in<NodeId>(nodes, name);
}
std::optional<RuleId> Model::find_rule(std::string_view name) const {
  return find_in<RuleId>(rules, name);
}
std::optional<SourceId> Model::find_source(std::string_view name) const {
  return find_in<SourceId>(sources, name);
}
std::optional<RelationId> Model::find_relation(std::string_view name) const {
  return find_in<RelationId>(relations, name);
}
std::optional<ViewpointId> Model::find_viewpoint(std::string_view name) const {
  return find_in<ViewpointId>(viewpoints, name);
}

const Parameter::Entry* Parameter::in_force(Date date) const {
  const auto later =
      std::upper_bound(entries.begin(), entries.end(), date,
                       [](Date day, const Entry& entry) { return day < entry.from; });
  if (later == entries.begin()) return nullptr;
  const Entry& last = *std::prev(later);
  return last.until && *last.until < date ? nullptr : &last;
}

std::vector<NodeId> Model::outputs() const {
  std::vector<NodeId> found;
  if (main.valid()) found.push_back(main);
  for (std::size_t i = 0; i < nodes.size(); ++i)
    if (nodes[i].kind == NodeKind::output && NodeId{i} != main) found.push_back(NodeId{i});
  return found;
}

std::string_view kind_text(NodeKind kind) {
  switch (kind) {
    case NodeKind::indicator: return "an indicator";
    case NodeKind::parameter: return "a parameter";
    case NodeKind::derived: return "a derived value";
    case NodeKind::factor: return "a factor";
    case NodeKind::output: return "an output";
  }
  return "";
}

}  // namespace waystone::model
