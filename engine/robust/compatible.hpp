// Which orders hold for all weights that judgements leave open (robust ordinal regression, Greco,
// Mousseau and Slowinski 2008), instead of for all weights within the rule files' limits.
#pragma once
#include <functional>

#include "robust/acceptability.hpp"
#include "robust/preferences.hpp"

namespace waystone::robust {

/// The weights that judgements leave.
struct Compatible {
  weights::Domain domain;              // limits of the rule files and of the judgements; not empty
  weights::Requirements requirements;  // an empty list: all weights of the domain
  arma::vec inside;  // weights of the domain that meet them; empty where none were found
};
/// Of one group, under one viewpoint.
using CompatibleWith = std::function<Compatible(const weights::Group&, ViewpointId)>;

struct CompatibleStudy {
  weights::Domain domain;
  bool today = false;  // today's weights are among them
  double part = 1;  // of the domain: share of even draws that meet the requirements; NaN where that
                    // wasn't measured
  bool walked = false;  // too few do, so draws are of walks: their standard errors are too small
  arma::vec lowest, highest;  // of each weight among the draws
  std::vector<Preference> preferences;
  std::vector<RankRange> always;  // by country: ranks over these weights
  Acceptabilities acceptabilities;
};

/// `compatible.inside` must not be empty. Of pairs of `countries` (indices).
CompatibleStudy study_compatible(const Question& question, const Compatible& compatible,
                                 const std::vector<std::size_t>& countries, const Effort& effort,
                                 bool search_all, bool high_is_best);

}  // namespace waystone::robust
