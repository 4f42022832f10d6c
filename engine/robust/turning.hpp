// The smallest change of weights that turns an order round or moves a country across the edge of a
// band, in points of weight moved.
#pragma once
#include "robust/search.hpp"

namespace waystone::robust {

struct Change {
  arma::vec
      shares;  // just past the turn: the target is reached, and with 99% of the change it is not
  double points = 0;  // moved
};

enum class Found {
  change,   // a change that does it
  none,     // nothing within the limits does it, as far as was searched
  settled,  // equal today: there is no order to turn
  fixed,    // the limits leave no choice of weights
};
std::string_view word_of(Found found);

struct EditedWeight {
  std::size_t member = 0;
  std::string before, after;  // numerals
  Span where;                 // of the digits
};

/// A change as the lines of the rule file would read.
struct Edit {
  std::vector<EditedWeight> weights;  // those that differ, in the model's order
  arma::vec shares;                   // as all lines would then give them
  double points = 0;                  // moved
  int decimals = 0;
};

struct Turning {
  Found found = Found::none;
  std::optional<Change> change;
  std::optional<Edit> edit;  // nothing where no numerals of up to nine decimals do it
  bool proved = false;  // no smaller change does it, or none at all: not only none that was found
  std::size_t started = 0;  // local searches
};

/// Numerals with as few decimals as do it, checked by the evaluator: percentages that add up to
/// exactly 100 (also where weights are written in parts), within limits and ties, none of them 0.
/// If rounding would undo the change, it goes a little further.
std::optional<Edit> edit_of(const Question& question, const Target& target, const Change& change);

/// Starts from the best transfers, corners and draws; each is improved by successive linear
/// programs and then cut to the first turn on the way from today's weights. Where nothing among the
/// candidates reaches the target, searches climb towards it.
Turning smallest_change(const Question& question, const Candidates& candidates,
                        const Target& target, const Effort& effort);

/// Between two countries, named in order of today's value.
struct OrderTurning {
  std::size_t high = 0, low = 0;
  Turning turning;
};
OrderTurning turn_order(const Question& question, const Candidates& candidates, std::size_t first,
                        std::size_t second, const Effort& effort);

/// Across the nearest edges of the output's bands (plain edges, without margin).
struct BandTurning {
  std::size_t country = 0;
  bool up = false;
  std::string from, to;  // bands
  double edge = 0;       // points
  Turning turning;
};
/// Upwards and downwards, where there is a band.
std::vector<BandTurning> turn_bands(const Question& question, const Candidates& candidates,
                                    const model::Bands& bands, std::size_t country,
                                    const Effort& effort);

}  // namespace waystone::robust
