// How firm is an order when the weights of one node move? The question, and the weights tried for
// every answer.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "weights/requirements.hpp"
#include "weights/scores.hpp"

namespace waystone::robust {

/// Gaps up to this, in points, are none: half of the step of decimal numbers (base/ties.hpp). Equal
/// scores are no preference.
inline constexpr double equal_within = 5e-10;

struct Question {
  const evaluate::Case* scenario_case = nullptr;
  ViewpointId viewpoint;               // gives the weights of other nodes
  NodeId output;                       // whose values are compared
  weights::Group group;                // whose weights move
  std::vector<std::string> countries;  // rated with the weights as they are, in order of code
  std::vector<std::string> not_rated;  // the others: left out
  weights::Scores scores;              // of the countries, in that order
  arma::vec today;                     // values with the weights as they are
  std::vector<char>
      linear;  // by country: its values compare as a function linear in the weights does
  bool sign_linear =
      false;  // so do all: the sign of a gap, and the side of an edge, is that of a linear function
  arma::mat known;  // members x countries: 1 where the member's score is known, else 0
  std::optional<double>
      reweight;  // share of its weight from which the group's node is rated without the rest

  /// Countries by value, highest first; equal ones by code. Indices of `countries`.
  std::vector<std::size_t> ranking() const;
  /// The same about some of the countries (indices), in that order: scoring two costs less than
  /// scoring all.
  Question about(const std::vector<std::size_t>& some) const;
  /// Whether too little of the node's weight is known of a country for it to be rated.
  bool knows_too_little(std::size_t country, const arma::vec& shares) const;
};

/// Ranks that a country may have, counted as everywhere in the program: by value, the highest
/// first, whether that is the worst or the best; equal values share a rank.
struct RankRange {
  std::size_t first = 1, last = 1;  // first <= last
};

/// `countries` must be of the case; `group` of its model. `viewpoint` gives the weights of other
/// nodes (invalid where the model has none).
Question ask(const evaluate::Case& scenario_case, NodeId output, const weights::Group& group,
             ViewpointId viewpoint, const std::vector<std::string>& countries);

/// Points of weight between two sets of shares: half the sum of the absolute changes, in percentage
/// points. What some weights lose, others gain, so this is how much moves.
double points_moved(const arma::vec& from, const arma::vec& to);

/// Linear in values: the sum of coefficient x value, plus a constant. Reached where it is positive,
/// or also where it is 0.
struct Target {
  std::vector<std::pair<std::size_t, double>> terms;  // index of a country, coefficient
  double constant = 0;
  bool at_zero = false;

  /// Of `values` (countries x candidates): by candidate; NaN where a country is not rated.
  arma::rowvec height(const arma::mat& values) const;
  bool reached(double height) const {
    return at_zero ? height >= -equal_within : height > equal_within;
  }
  std::vector<std::size_t> countries() const;
  /// The same with countries named by their places in countries(): as Question::about(countries())
  /// has them.
  Target renumbered() const;
};

/// The target that `low` becomes higher than `high`.
Target turned(std::size_t high, std::size_t low);
/// The target that a country reaches the edge of a band from below, or falls below it.
Target rises_to(std::size_t country, double edge);
Target falls_below(std::size_t country, double edge);

/// Weights of a domain, with the values that they give: starts of searches, and evidence.
struct Candidates {
  arma::mat shares;                                   // members x candidates
  arma::mat values;                                   // countries x candidates
  arma::rowvec points;                                // moved from today
  std::size_t transfers = 0, corners = 0, drawn = 0;  // how many are of which kind, in this order
  bool all_corners = false;                           // the domain's corners are all among them
};

struct Effort {
  std::size_t samples = 10000;
  std::uint64_t seed = 1;
  std::size_t transfers = 8192;  // at most about so many
  std::size_t corners = 2048;
  int starts = 6;  // of a search
  std::size_t searched =
      40;  // pairs of a ranking whose gaps are searched; the others rest on the candidates
};

/// Transfers from one block of weights to another, in steps; the domain's corners, where they are
/// not too many; uniform draws. Where there are more pairs of blocks than transfers, an even choice
/// of the pairs.
Candidates candidates_for(const Question& question, const Effort& effort);

}  // namespace waystone::robust
