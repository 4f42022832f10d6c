// What all forms of a ranking share: names of columns and drivers, marks, which places are printed.
#include "report/ranking.hpp"

#include "explain/reasons.hpp"
#include "report/marks.hpp"

namespace waystone::report {

std::string name_of(const explain::Driver& driver, const model::Model& model) {
  return driver.node.valid() ? model[driver.node].name : model[driver.rule].name;
}

std::string name_of(const RankColumn& column, const model::Model& model) {
  switch (column.field) {
    case RankField::rank: return "rank";
    case RankField::level: return "level";
    case RankField::ranks: return "ranks";
    case RankField::group: return column.kind;
    case RankField::score: return "score";
    case RankField::bounds: return "bounds";
    case RankField::band: return "band";
    case RankField::change: return "change";
    case RankField::known: return "known";
    case RankField::judged: return "judged";
    case RankField::node: return model[column.node].name;
    case RankField::drivers: return "drivers";
  }
  return {};
}

std::vector<RankColumn> all_columns(const Scored& scored) {
  const model::Model& model = scored.rules();
  std::vector<RankColumn> columns;
  const auto add = [&](RankField field) { columns.push_back({field, {}, {}}); };
  for (const RankField field :
       {RankField::rank, RankField::level, RankField::ranks, RankField::score})
    add(field);
  for (const std::string& kind : scenario::kinds_of_groups(scored.now->scenario))
    columns.push_back({RankField::group, {}, kind});
  for (const RankField field :
       {RankField::bounds, RankField::band, RankField::change, RankField::known, RankField::judged})
    add(field);
  for (const NodeId output : model.outputs()) columns.push_back({RankField::node, output, {}});
  for (std::size_t n = 0; n < model.nodes.size(); ++n)
    if (model.nodes[n].kind == model::NodeKind::factor)
      columns.push_back({RankField::node, NodeId{n}, {}});
  add(RankField::drivers);
  return columns;
}

bool has_notes(const Ranking& ranking) {
  return ranking.by_group.empty() && ranking.only.empty() && ranking.top == 0;
}

std::vector<evaluate::Place> shown_places(const Ranking& ranking, std::size_t view) {
  std::vector<evaluate::Place> found;
  for (const evaluate::Place& place : ranking.views[view].order) {
    if (!ranking.shown[place.country]) continue;
    if (ranking.top > 0 && (!place.rated() || found.size() >= ranking.top)) break;
    found.push_back(place);
  }
  return found;
}

}  // namespace waystone::report
