// Which orders of two countries hold for all weights that count, and which only for some: robust
// ordinal regression (Greco, Mousseau and Slowinski 2008), with scores through the rules in place
// of additive value functions. Weights that show the opposite order are a proof. That an order is
// necessary rests on the search, unless it is proved.
#pragma once
#include "robust/search.hpp"

namespace waystone::robust {

enum class Standing {
  first_necessary,  // the first is never lower for any weights that were found, and higher for some
  second_necessary,
  possible,      // some weights for either
  always_equal,  // equal for all
  not_rated,     // no weights that were found rate both
};
std::string_view word_of(Standing standing);

struct Preference {
  std::size_t first = 0, second = 0;  // countries
  Standing standing = Standing::possible;
  double today = 0;                   // first minus second, points
  double smallest = 0, largest = 0;   // over all weights tried that rate both; NaN where none do
  arma::vec at_smallest, at_largest;  // shares; empty where none do
  bool searched = false;              // by climbing too; else by the candidates alone
  bool proved = false;  // necessary by all corners of a gap whose sign is linear in the weights
  bool first_rated = true,
       second_rated =
           true;  // by all weights tried; where not, the standing is of those that rate both

  bool necessary() const {
    return standing == Standing::first_necessary || standing == Standing::second_necessary;
  }
};

/// Of all pairs of `countries` (indices), over the weights of a region, in which `inside` must lie.
/// `search_all`: climb for the extreme gaps of every pair. Else only towards an order that the
/// candidates don't show and that isn't ruled out, for the `effort.searched` pairs that come
/// nearest to it.
std::vector<Preference> preferences(const Question& question, const Candidates& candidates,
                                    const std::vector<std::size_t>& countries, const Effort& effort,
                                    bool search_all, const Region& region, const arma::vec& inside);
/// Over the whole domain of the question.
std::vector<Preference> preferences(const Question& question, const Candidates& candidates,
                                    const std::vector<std::size_t>& countries, const Effort& effort,
                                    bool search_all);

/// The ranks that each of `countries` may have, from the `pairs` that are necessary: no weights
/// tried or found by search give it another while it is rated. A country that some weights leave
/// not rated may have any rank there.
std::vector<RankRange> ranks_always(std::size_t countries, const std::vector<Preference>& pairs);

}  // namespace waystone::robust
