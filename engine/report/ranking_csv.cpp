// A ranking for spreadsheets and programs.
#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "report/causes.hpp"
#include "report/csv.hpp"
#include "report/marks.hpp"
#include "report/ranking.hpp"
#include "report/replaced.hpp"
#include "report/score.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using evaluate::CountryResult;
using evaluate::Place;

const std::vector<std::string>& fixed_columns() {
  static const std::vector<std::string> names = {"scenario",
                                                 "as_of",
                                                 "viewpoint",
                                                 "country",
                                                 "rank",
                                                 "rank_from",
                                                 "rank_to",
                                                 "level_from",
                                                 "level_to",
                                                 "country_name",
                                                 "name",
                                                 "value",
                                                 "low",
                                                 "high",
                                                 "band",
                                                 "coverage",
                                                 "judgement",
                                                 "marks",
                                                 "before",
                                                 "change",
                                                 "change_by_data",
                                                 "driver_1",
                                                 "driver_1_points",
                                                 "driver_2",
                                                 "driver_2_points",
                                                 "unknown_because",
                                                 "options"};
  return names;
}

std::string number_cell(double value) { return std::isnan(value) ? "" : exact(value); }

// The columns that differ from scenario to scenario, of all of them.
struct OwnColumns {
  std::vector<std::string> kinds, nodes;
};

void add_name(std::vector<std::string>& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

OwnColumns own_columns(const std::vector<RankedScored>& scenarios) {
  OwnColumns own;
  for (const RankedScored& one : scenarios) {
    const model::Model& model = one.scored.rules();
    for (const std::string& kind : scenario::kinds_of_groups(one.scored.now->scenario))
      add_name(own.kinds, kind);
    for (const NodeId output : model.outputs())
      if (output != one.ranking.node) add_name(own.nodes, model[output].name);
    for (const RankColumn& column : one.ranking.columns)
      if (column.field == RankField::node) add_name(own.nodes, model[column.node].name);
  }
  return own;
}

// A kind or node may have the name of a fixed column.
std::string own_header(const std::string& name, std::string_view prefix) {
  const auto& fixed = fixed_columns();
  return std::find(fixed.begin(), fixed.end(), name) == fixed.end()
             ? name
             : fmt::format("{}_{}", prefix, name);
}

class RankRow {
 public:
  RankRow(const RankedScored& one, std::size_t view)
      : scored_(one.scored),
        ranking_(one.ranking),
        view_(one.scored.assessment->views[view]),
        ranked_(one.ranking.views[view]) {}

  std::vector<std::string> cells(const Place& place, const OwnColumns& own) const {
    const CountryResult& country = view_.countries[place.country];
    const model::Model& model = scored_.rules();
    const evaluate::NodeResult& result = country[ranking_.node];
    const auto count = [&](std::size_t number) {
      return place.rated() ? std::to_string(number) : "";
    };
    const auto band = country.band.find(ranking_.node);
    const auto& within = ranked_.within[place.country];
    const explain::Change change =
        ranked_.changes.empty() ? explain::Change{} : ranked_.changes[place.country];
    std::vector<std::string> row = {scored_.path,
                                    to_string(scored_.now->scenario.as_of),
                                    view_.name,
                                    country.code,
                                    count(place.rank),
                                    count(within.first),
                                    count(within.last),
                                    count(place.level_from),
                                    count(place.level_to),
                                    country_title(country.code),
                                    model[ranking_.node].name,
                                    number_cell(result.value),
                                    number_cell(result.low),
                                    number_cell(result.high),
                                    band == country.band.end() ? "" : band->second,
                                    number_cell(result.coverage),
                                    number_cell(result.judgement),
                                    all_marks_of(*scored_.now, country, ranking_.node),
                                    number_cell(change.before),
                                    number_cell(change.points),
                                    number_cell(change.by_data)};
    add_drivers(place, row);
    row.push_back(why_not_rated(country));
    row.push_back(options_given(scored_));
    add_own(country, own, row);
    return row;
  }

 private:
  void add_drivers(const Place& place, std::vector<std::string>& row) const {
    const auto& drivers = ranked_.drivers[place.country];
    for (std::size_t k = 0; k < 2; ++k) {
      row.push_back(k < drivers.size() ? name_of(drivers[k], scored_.rules()) : "");
      row.push_back(k < drivers.size() ? number_cell(drivers[k].points) : "");
    }
  }

  std::string why_not_rated(const CountryResult& country) const {
    if (!std::isnan(country[ranking_.node].value)) return "";
    return because_words(
        explain::Causes(*scored_.now, view_.viewpoint, country.code).of(ranking_.node),
        *scored_.now, *scored_.sources, scored_.rules().nodes.size());
  }

  void add_own(const CountryResult& country, const OwnColumns& own,
               std::vector<std::string>& row) const {
    for (const std::string& kind : own.kinds) {
      std::vector<std::string> labels;
      for (const auto* group : scenario::groups_of(scored_.now->scenario, kind, country.code))
        labels.push_back(group->label);
      row.push_back(fmt::format("{}", fmt::join(labels, "; ")));
    }
    for (const std::string& name : own.nodes) {
      const auto node = scored_.rules().find(name);
      row.push_back(node ? number_cell(country[*node].value) : "");
    }
  }

  const Scored& scored_;
  const Ranking& ranking_;
  const evaluate::ViewResult& view_;
  const RankedView& ranked_;
};

void put_countries(const std::vector<RankedScored>& scenarios, const Put& put) {
  const OwnColumns own = own_columns(scenarios);
  std::vector<std::string> header = fixed_columns();
  for (const std::string& kind : own.kinds) {
    const bool twice = std::find(own.nodes.begin(), own.nodes.end(), kind) != own.nodes.end();
    header.push_back(twice ? "group_" + kind : own_header(kind, "group"));
  }
  for (const std::string& node : own.nodes) header.push_back(own_header(node, "node"));
  put(csv_row(header));
  for (const RankedScored& one : scenarios)
    for (std::size_t v = 0; v < one.ranking.views.size(); ++v) {
      const RankRow row(one, v);
      for (const Place& place : shown_places(one.ranking, v)) put(csv_row(row.cells(place, own)));
    }
}

std::string code_at(const evaluate::ViewResult& view, const explain::GroupResult& result,
                    std::size_t country) {
  return result.rated > 0 ? view.countries[country].code : "";
}

double value_at(const evaluate::ViewResult& view, const explain::GroupResult& result,
                std::size_t country, NodeId node) {
  return result.rated > 0 ? view.countries[country][node].value : evaluate::unknown_value;
}

// Of any of these countries' scores.
std::string group_marks(const Scored& scored, const evaluate::ViewResult& view, NodeId node,
                        const std::vector<std::size_t>& countries) {
  std::set<char> marks;
  for (const std::size_t country : countries)
    for (const char mark : all_marks_of(*scored.now, view.countries[country], node))
      marks.insert(mark);
  return mark_text(marks);
}

std::string end_marks(const Scored& scored, const evaluate::ViewResult& view, NodeId node,
                      const explain::GroupResult& result, std::size_t country) {
  return result.rated > 0 ? group_marks(scored, view, node, {country}) : "";
}

void put_groups(const std::vector<RankedScored>& scenarios, const Put& put) {
  put(csv_row(
      {"scenario", "as_of",          "viewpoint",      "kind",         "group",           "label",
       "name",     "countries",      "rated",          "mean",         "spread",          "change",
       "changed",  "lowest",         "lowest_country", "highest",      "highest_country", "options",
       "marks",    "change_by_data", "lowest_marks",   "highest_marks"}));
  for (const RankedScored& one : scenarios)
    for (std::size_t v = 0; v < one.ranking.views.size(); ++v)
      for (const RankedGroup& group : one.ranking.groups) {
        const evaluate::ViewResult& view = one.scored.assessment->views[v];
        const explain::GroupResult& result = group.views[v];
        const NodeId node = one.ranking.node;
        put(csv_row({one.scored.path,
                     to_string(one.scored.now->scenario.as_of),
                     view.name,
                     one.ranking.by_group,
                     group.group ? group.group->name : "",
                     group.group ? group.group->label : "",
                     one.scored.rules()[node].name,
                     std::to_string(result.countries),
                     std::to_string(result.rated),
                     number_cell(result.mean),
                     number_cell(result.spread),
                     number_cell(result.change),
                     std::to_string(result.changed),
                     number_cell(value_at(view, result, result.lowest, node)),
                     code_at(view, result, result.lowest),
                     number_cell(value_at(view, result, result.highest, node)),
                     code_at(view, result, result.highest),
                     options_given(one.scored),
                     group_marks(one.scored, view, node, result.members),
                     number_cell(result.change_by_data),
                     end_marks(one.scored, view, node, result, result.lowest),
                     end_marks(one.scored, view, node, result, result.highest)}));
      }
}

}  // namespace

void put_ranking_csv(const std::vector<RankedScored>& scenarios, const Put& put) {
  const bool groups = !scenarios.empty() && !scenarios.front().ranking.by_group.empty();
  groups ? put_groups(scenarios, put) : put_countries(scenarios, put);
}

Json ranking_json(const Scored& scored, const Ranking& ranking, std::size_t v) {
  const model::Model& model = scored.rules();
  const evaluate::ViewResult& view = scored.assessment->views[v];
  const RankedView& ranked = ranking.views[v];
  Json rows = Json::array();
  for (const Place& place : shown_places(ranking, v)) {
    const CountryResult& country = view.countries[place.country];
    const auto rank = [&](std::size_t number) {
      return place.rated() ? Json(number) : Json(nullptr);
    };
    const explain::Change change =
        ranked.changes.empty() ? explain::Change{} : ranked.changes[place.country];
    const auto& within = ranked.within[place.country];
    const auto band = country.band.find(ranking.node);
    const bool banded = band != country.band.end() && !band->second.empty();
    Json drivers = Json::array(), groups = Json::array();
    for (const explain::Driver& driver : ranked.drivers[place.country]) {
      Json entry = {{driver.node.valid() ? "node" : "rule", name_of(driver, model)},
                    {"points", number(driver.points)}};
      if (driver.node.valid()) {
        entry["without_floors"] = number(driver.unheld);
      } else {
        entry["sets"] = driver.sets;
        entry["by"] = Json::array();
        for (const NodeId fact : driver.by) entry["by"].push_back(model[fact].name);
      }
      drivers.push_back(std::move(entry));
    }
    for (const scenario::Group& group : scored.now->scenario.groups)
      if (std::binary_search(group.members.begin(), group.members.end(), country.code))
        groups.push_back(group.name);
    rows.push_back({{"code", country.code},
                    {"name", scenario::country_name(country.code)},
                    {"groups", std::move(groups)},
                    {"rank", rank(place.rank)},
                    {"level_from", rank(place.level_from)},
                    {"level_to", rank(place.level_to)},
                    {"rank_from", rank(within.first)},
                    {"rank_to", rank(within.last)},
                    {"value", number(country[ranking.node].value)},
                    {"low", number(country[ranking.node].low)},
                    {"high", number(country[ranking.node].high)},
                    {"band", banded ? Json(band->second) : Json(nullptr)},
                    {"coverage", number(country[ranking.node].coverage)},
                    {"judgement", number(country[ranking.node].judgement)},
                    {"marks", all_marks_of(*scored.now, country, ranking.node)},
                    {"before", number(change.before)},
                    {"change", number(change.points)},
                    {"change_by_data", number(change.by_data)},
                    {"drivers", std::move(drivers)}});
  }
  return {
      {"by", model[ranking.node].name},
      {"earlier", ranking.no_changes.empty() ? Json(to_string(ranking.earlier)) : Json(nullptr)},
      {"rows", std::move(rows)}};
}

Json group_results_json(const Scored& scored, const Ranking& ranking, std::size_t v) {
  const evaluate::ViewResult& view = scored.assessment->views[v];
  Json list = Json::array();
  for (const RankedGroup& group : ranking.groups) {
    const explain::GroupResult& result = group.views[v];
    const auto end = [&](std::size_t country) -> Json {
      if (result.rated == 0) return nullptr;
      return {{"code", view.countries[country].code},
              {"value", number(view.countries[country][ranking.node].value)},
              {"marks", end_marks(scored, view, ranking.node, result, country)}};
    };
    list.push_back({{"group", group.group ? Json(group.group->name) : Json(nullptr)},
                    {"countries", result.countries},
                    {"rated", result.rated},
                    {"mean", number(result.mean)},
                    {"spread", number(result.spread)},
                    {"marks", group_marks(scored, view, ranking.node, result.members)},
                    {"change", number(result.change)},
                    {"change_by_data", number(result.change_by_data)},
                    {"changed", result.changed},
                    {"lowest", end(result.lowest)},
                    {"highest", end(result.highest)}});
  }
  return list;
}

Json groups_json(const scenario::Scenario& scenario) {
  Json list = Json::array();
  const auto text = [](const std::string& words) {
    return words.empty() ? Json(nullptr) : Json(words);
  };
  for (const scenario::Group& group : scenario.groups)
    list.push_back({{"name", group.name},
                    {"label", group.label},
                    {"kind", text(group.kind)},
                    {"source", text(group.source)},
                    {"countries", group.members}});
  return list;
}

}  // namespace waystone::report
