// A scenario's countries in order, one row each: what `score` prints of many countries.
#pragma once
#include <string>
#include <vector>

#include "explain/standing.hpp"
#include "report/document.hpp"
#include "report/json.hpp"
#include "report/pieces.hpp"
#include "report/results.hpp"

namespace waystone::report {

enum class RankField {
  rank,
  level,  // ranks that the margin calls level
  ranks,  // ranks within the bounds
  group,  // labels of one kind of groups
  score,  // what is ranked by; always there, as the country's name is
  bounds,
  band,
  change,  // on the year before
  known,
  judged,
  node,  // another output or a factor
  drivers
};

/// One column of a ranking, as --columns names it.
struct RankColumn {
  RankField field = RankField::rank;
  NodeId node;       // of `node`
  std::string kind;  // of `group`
};

/// One viewpoint's; everything but `order` is by country, as in its ViewResult.
struct RankedView {
  std::vector<evaluate::Place> order;  // the highest first; those not rated last, by name
  std::vector<evaluate::RankRange> within;
  std::vector<std::vector<explain::Driver>> drivers;
  std::vector<explain::Change> changes;  // empty where the year before could not be scored
};

/// A kind's groups, with each viewpoint's results.
struct RankedGroup {
  const scenario::Group* group =
      nullptr;  // of the scenario; null: countries in no group of the kind
  std::vector<explain::GroupResult> views;
};

struct Ranking {
  NodeId node;  // ranked by
  std::vector<RankedView> views;
  bool particular = false;          // something of what follows was asked for
  std::vector<char> shown;          // by country
  std::string only;                 // which those are, in words; "": all
  std::size_t top = 0;              // so many of them at most; 0: all
  std::vector<RankColumn> columns;  // asked for; none: as many as the page is wide
  std::string by_group;             // the kind that is summed up, or ""
  std::vector<RankedGroup> groups;  // of it, the highest mean from the first viewpoint first
  Date earlier;                     // the year before
  std::string no_changes;           // why there are no changes, a clause; "" where there are
};

/// Fields in the words of --columns: "rank"; of groups the kind, of nodes the name.
std::string name_of(const RankColumn& column, const model::Model& model);
/// All that a scenario's ranking can show.
std::vector<RankColumn> all_columns(const Scored& scored);

/// The places that are printed, in order, those not rated last; with `top` so many of the first.
std::vector<evaluate::Place> shown_places(const Ranking& ranking, std::size_t view);

/// Tables without the heading of the page: countries, or groups where they are asked for.
Document ranking_text(const Scored& scored, const Ranking& ranking);
/// A part of it: groups, a table a viewpoint, with what the columns and marks mean.
Document groups_text(const Scored& scored, const Ranking& ranking);
/// Whether notes about all countries stand below the tables.
bool has_notes(const Ranking& ranking);

/// A scenario's results with its ranking.
struct RankedScored {
  Scored scored;
  Ranking ranking;
};
/// One row a scenario, viewpoint and country, or group where a kind is summed up; every digit; with
/// the header line. Columns of all scenarios together.
void put_ranking_csv(const std::vector<RankedScored>& scenarios, const Put& put);
/// How tables begin that `put_ranking_csv` gives, of countries and of groups.
inline constexpr std::string_view ranking_csv_begin = "scenario,as_of,viewpoint,country,rank,",
                                  groups_csv_begin = "scenario,as_of,viewpoint,kind,group,label,";

/// docs/schema/score.md: rows of one viewpoint, and the groups summed up.
Json ranking_json(const Scored& scored, const Ranking& ranking, std::size_t view);
Json group_results_json(const Scored& scored, const Ranking& ranking, std::size_t view);
/// The scenario's groups.
Json groups_json(const scenario::Scenario& scenario);

/// The name of a driver: of the part or the rule.
std::string name_of(const explain::Driver& driver, const model::Model& model);
}  // namespace waystone::report
