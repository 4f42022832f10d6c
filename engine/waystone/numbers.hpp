/// \file
/// Results as plain numbers and names. NaN is "not known", or "not rated" of an output.
#pragma once
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace waystone {

/// What stands where a number is not known.
inline constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// One number of a country from one viewpoint.
struct Score {
  std::string viewpoint;   ///< "" where the rules have none.
  std::string country;     ///< Code.
  std::string node;        ///< Name of an output, factor, derived value, parameter or indicator.
  double value = unknown;  ///< In the node's unit; of outputs and factors 0 to 100.
  double low = unknown;    ///< The least that it may be, by all that is unknown or uncertain.
  double high = unknown;   ///< The most that it may be.
  double coverage = 0;     ///< Share of its weight that rests on known data, 0 to 1.
  double judgement = 0;    ///< Share that rests on data graded judged or assumed, 0 to 1.
  std::string band;        ///< Of an output with bands, where it is rated; else "".
  std::size_t rank = 0;    ///< Of an output: 1 for the highest value; 0 where it is not rated.
};

/// A named part of a number, in points.
struct Part {
  std::string name;         ///< Of a node or rule.
  double points = unknown;  ///< In points of the output.
};

/// What became of a rule for one country.
struct RuleState {
  std::string name;               ///< As in the rule file.
  std::string label;              ///< Its title.
  std::optional<bool> condition;  ///< Nothing where it rests on something unknown.
  bool binding = false;           ///< Whether a target would be another without it.
  bool may_bind = false;          ///< Whether that hangs on what is not known.
  std::vector<Part> moved;        ///< By how much each output is higher with it, where it is.
};

/// What a part of an output is worth.
struct Worth {
  std::string node;                  ///< A factor, or an indicator or value taken in.
  double value = unknown;            ///< The output with this at its best, all else as it is.
  std::vector<std::string> held_by;  ///< Rules whose floor or cap keeps it from being better.
};

/// A score from one viewpoint, and what it is made of.
struct ExplainedView {
  Score score;                   ///< Of the output or value explained.
  std::vector<Worth> worth;      ///< What changes most comes first; empty where it is not rated.
  std::vector<RuleState> rules;  ///< Those whose condition holds or is not known.
};

/// Two scores from one viewpoint.
struct ComparedView {
  std::string viewpoint;    ///< "" where the rules have none.
  double first = unknown;   ///< The output of the first country.
  double second = unknown;  ///< The output of the second.
  double gap = unknown;     ///< second - first, in points.
  std::string verdict;      ///< Which is higher: "first", "second", "level" or "not_rated".
  std::vector<Part> parts;  ///< The output's own members and how much of the gap comes from each.
};

/// A source of the rule file, and what a scenario takes from it.
struct SourceUse {
  std::string source;  ///< Its key; "" of figures that somebody signs.
  std::string by;      ///< Who signs them; "" where there is a source.
  std::string title;   ///< As the rule file declares it, like the next four; "" where it doesn't.
  std::string publisher;      ///< Who publishes it.
  std::string licence;        ///< In the publisher's words or short: "CC BY 4.0".
  std::string url;            ///< Its address.
  std::string published;      ///< A day: "2015-06-30".
  std::size_t figures = 0;    ///< Facts that count.
  std::size_t countries = 0;  ///< Countries that have one of them.
  double weight = 0;          ///< Share of the output's weight that rests on them, 0 to 1.
};

/// How far one weight may move alone, the others scaled in proportion, before the order turns.
struct WeightRange {
  std::vector<std::string> members;  ///< One, or several that are tied.
  double today = 0;                  ///< Share of the weight, 0 to 1.
  double low = 0;                    ///< The least share that leaves the order as it is.
  double high = 1;                   ///< The largest share.
  bool turns_at_low = false;         ///< Whether the order turns there; else a limit ends it.
  bool turns_at_high = false;        ///< The same of `high`.
};

/// The smallest change of weights that turns the order of two neighbours.
struct Turn {
  std::string higher;         ///< Code of the country that is higher today.
  std::string lower;          ///< Code of the other.
  double points = unknown;    ///< Points of weight moved; NaN where no change was found.
  bool proved = false;        ///< Whether no smaller change, or none at all, does it.
  std::vector<Part> weights;  ///< Each member's points of weight afterwards, 0 to 100.
};

/// How firm an order is from one viewpoint.
struct RobustView {
  std::string viewpoint;             ///< "" where the answer is the same for all.
  std::vector<std::string> ranking;  ///< Codes, highest value first; those not rated left out.
  std::vector<WeightRange> weights;  ///< One a weight.
  std::vector<Turn> turns;           ///< Of neighbours in the ranking.
};

/// A weight before and after.
struct TunedWeight {
  std::string member;   ///< Name.
  double today = 0;     ///< Share of the weight, 0 to 1.
  double tuned = 0;     ///< The same by the judgements; `today` where they give none.
  std::string numeral;  ///< As the rule file would have it; "" where nothing was found to write.
};

/// What an expectation found from one viewpoint.
struct Finding {
  std::string viewpoint;      ///< "" where the rules have none.
  std::optional<bool> holds;  ///< Nothing where it rests on something unknown.
  std::string found;          ///< "risk(BLR) 47.1, risk(UKR) 66.8"
};

/// An expectation of a scenario or an example of a rule file, run.
struct Tested {
  std::string text;               ///< As written.
  std::string because;            ///< Its reason.
  std::string path;               ///< Of the file that it stands in.
  int line = 0;                   ///< From 1.
  bool stated_to_fail = false;    ///< Whether it is known, and said, to fail.
  bool passed = false;            ///< It holds from every viewpoint, or fails as stated.
  std::vector<Finding> findings;  ///< One a viewpoint.
};

/// The outputs in one branch of a scenario.
struct Branch {
  std::string group;          ///< "" where it has none.
  std::string name;           ///< As in the scenario.
  double probability = 0;     ///< Within its group, 0 to 1.
  std::vector<Score> scores;  ///< As Situation::scores.
};

}  // namespace waystone
