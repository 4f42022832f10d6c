// Marks and notes for a printed number that is not what it looks like: it rests on part of its
// weight, was cut to its scale, or rests on old figures.
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "report/document.hpp"
#include "report/results.hpp"

namespace waystone::report {

/// "r": it or something it rests on is re-weighted; "c": or was cut; "s": rests on a figure past
/// its time; "o": on one that is over a year older than the scenario's date; in this order.
std::string marks_of(const evaluate::Case& scenario_case, const evaluate::CountryResult& country,
                     NodeId node);
std::string marks_of(const Scored& scored, const evaluate::CountryResult& country, NodeId node);
/// The same with "*" behind them where rules that would move it are left out, and "~" where rules
/// act by the least that is sure of an amount, and could move it further.
std::string all_marks_of(const evaluate::Case& scenario_case,
                         const evaluate::CountryResult& country, NodeId output);
/// The bounds of a score: those of one that is not rated (`value` is NaN) never look like one
/// number that is known.
std::string bounds_words(double value, double low, double high, int digits);
/// Some marks, in the order above.
std::string mark_text(const std::set<char>& marks);
/// A line for each mark, in the order above; "" for none.
Document marks_legend(const std::set<char>& marks);

/// Marks that nearly all scores of a large table bear, and which are said once instead of printed:
/// how many bear each, of how many.
using CommonMarks = std::map<char, std::pair<std::size_t, std::size_t>>;
/// Nine of ten: what fewer bear tells one row from another, and is printed.
constexpr bool borne_by_nearly_all(std::size_t count, std::size_t printed) {
  return 10 * count >= 9 * printed;
}
/// "143 of 150 scores rest on …", a line for each. `exceptions`: by mark, "; all but Chad", or
/// none.
Document common_marks_legend(const CommonMarks& marks,
                             const std::map<char, std::string>& exceptions = {});
/// Outputs of these countries whose bands a previous rating keeps, with what the edges alone would
/// give; "" for none.
Document kept_bands(const Scored& scored, const std::vector<std::string>& countries);

/// "100, cut from 110", with as many decimals as tell the two apart; "40, on the way cut from 270
/// to 100 (after rules scaled it)"; just the value where it was not cut.
std::string value_and_uncut(const model::Node& node, const evaluate::NodeResult& result,
                            int digits);
/// The nodes of a country that were cut, outputs first: "total 100, cut from 110". Not those told,
/// which they join.
std::vector<std::string> cut_nodes(const Scored& scored, const evaluate::CountryResult& country,
                                   std::set<NodeId>& told);

/// How the known members of a re-weighted node carry the weight of the others: "Economy and market
/// carry the weight of order, which is not known: economy counts 60%, market 40%."; "" where it is
/// not re-weighted.
std::string carried_words(const model::Model& model, const evaluate::CountryResult& country,
                          NodeId node);
/// Where re-weighting lies, of a node that rests on it: its own and that of factors it is made of
/// or that rules on it read, by name, `node` first.
std::vector<NodeId> reweighted_below(const model::Model& model,
                                     const evaluate::CountryResult& country, NodeId node);

/// Nodes that a node rests on and that were cut, by name.
std::vector<NodeId> cut_below(const model::Model& model, const evaluate::CountryResult& country,
                              NodeId node);

/// "5 years old", "1 to 6 years old": the ages of figures that are over a year old.
std::string ages(const std::vector<const data::Chosen*>& figures);
/// " of 2017", " of 2017-03", " (typical)": the remark on a fact that is not of the scenario's own
/// date; "" for one that is.
std::string date_note(const data::Chosen& fact);

/// A member's weight, in the terms of the combination. Nothing if the members have none.
struct MemberWeight {
  double written =
      evaluate::unknown_value;  // share of the weight; of a sum the multiplier, as written
  double counted = evaluate::unknown_value;  // the same as it counted, where members are not known
  bool multiplier = false;
};
/// In the order of the members; empty where they have none.
std::vector<MemberWeight> member_weights(const model::Factor& factor, ViewpointId viewpoint,
                                         const evaluate::NodeResult& result);
/// "60% of the weight (30% as written)", "x 1.5, 30 points"; `score` as the node reads it.
std::string weight_words(const MemberWeight& weight, double score, int digits);

}  // namespace waystone::report
