// Where each country of one viewpoint stands, what makes it so, and how it stood a year before.
#pragma once
#include <string>
#include <vector>

#include "evaluate/ranking.hpp"

namespace waystone::explain {

/// A part of an output or factor, or a rule on it, and what it costs: so many points better it
/// would be without what the part has made worse.
struct Driver {
  NodeId node;  // the part, its rules included; invalid of a rule
  RuleId rule;  // acts on the output itself; invalid of a part
  double points = 0;
  double unheld = 0;       // of a part: points without the floors of rules on the node
  bool sets = false;       // of a rule: its floor is the node's value
  std::vector<NodeId> by;  // of a rule: the facts that its condition reads
};

/// By country, as in ViewResult::countries: what costs the node's value most, by points, then by
/// what it costs without floors, then name. A rule whose floor is the value stands first, whatever
/// it costs: no part does better than it. Nothing else of less than `least` points either way,
/// nothing of what has no value.
std::vector<std::vector<Driver>> drivers(const evaluate::Case& scenario_case,
                                         const evaluate::ViewResult& view, NodeId node,
                                         double least = 0.05);

/// A value and the one of an earlier date by the same rules.
struct Change {
  double before = evaluate::unknown_value;  // NaN: had no value
  double points = evaluate::unknown_value;  // the value minus `before`
  /// What of `points` facts make by themselves that were known on one of the dates alone, put in
  /// place on the earlier date; NaN where `points` is.
  double by_data = evaluate::unknown_value;
  /// Whether the change says more of what is known than of the country.
  bool mostly_data() const;
};

/// By country. `earlier`: the same scenario at an earlier date.
std::vector<Change> changes(const evaluate::Case& earlier, const evaluate::Case& now,
                            ViewpointId viewpoint, NodeId node);

/// Whether a fact is known on one of two dates alone: it began or ended, and did not move.
bool began_or_ended(const data::Chosen& earlier, const data::Chosen& now);

/// The scores of a group of countries from one viewpoint.
struct GroupResult {
  std::size_t countries = 0, rated = 0;     // scored; with a value
  double mean = evaluate::unknown_value;    // of those rated, each country once
  double spread = evaluate::unknown_value;  // their standard deviation; 0 of one
  double change = evaluate::unknown_value;  // of the mean, of the countries rated on both dates
  double change_by_data = evaluate::unknown_value;  // what of it is Change::by_data of these
  std::size_t changed = 0;                          // these
  std::vector<std::size_t> members;                 // those with a value, in ViewResult::countries
  std::size_t lowest = 0, highest = 0;              // in ViewResult::countries, where any is rated
};

/// `members`: codes; those that the view doesn't have count for nothing. `changes`: by country, or
/// empty.
GroupResult group_result(const evaluate::ViewResult& view, NodeId node,
                         const std::vector<std::string>& members,
                         const std::vector<Change>& changes);

/// The band that the edges alone would give an output, where a previous rating keeps it in another;
/// "" else.
std::string band_by_edges(const model::Model& model, const evaluate::CountryResult& country,
                          NodeId output);

}  // namespace waystone::explain
