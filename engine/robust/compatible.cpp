#include "robust/compatible.hpp"

namespace waystone::robust {
namespace {

Region region_of(const Compatible& compatible) {
  return {&compatible.domain,
          compatible.requirements.list.empty() ? nullptr : &compatible.requirements};
}

// Even draws over what counts; where that is the whole of a domain, its corners, too.
Candidates candidates_in(const Question& question, const Compatible& compatible,
                         const Effort& effort, CompatibleStudy& study) {
  const Region region = region_of(compatible);
  const weights::Sample sample =
      weights::sample_part(compatible.domain, effort.samples, effort.seed, compatible.inside,
                           [&](const arma::mat& shares) { return counts(region, shares); });
  study.part = sample.accepted;
  study.walked = sample.walked;
  study.lowest = arma::min(sample.shares, 1);
  study.highest = arma::max(sample.shares, 1);
  const auto corners = compatible.requirements.list.empty()
                           ? weights::corners(compatible.domain, effort.corners)
                           : std::nullopt;
  Candidates result;
  result.corners = corners ? corners->n_cols : 0;
  result.all_corners = corners.has_value();
  result.drawn = sample.shares.n_cols;
  result.shares = corners ? arma::mat(arma::join_rows(*corners, sample.shares)) : sample.shares;
  result.values = question.scores.at(result.shares);
  return result;
}

}  // namespace

CompatibleStudy study_compatible(const Question& question, const Compatible& compatible,
                                 const std::vector<std::size_t>& countries, const Effort& effort,
                                 bool search_all, bool high_is_best) {
  CompatibleStudy study;
  study.domain = compatible.domain;
  const Region region = region_of(compatible);
  study.today = weights::contains(compatible.domain, question.group.now) &&
                counts(region, question.group.now)[0];
  const Candidates candidates = candidates_in(question, compatible, effort, study);
  study.preferences =
      preferences(question, candidates, countries, effort, search_all, region, compatible.inside);
  study.always = ranks_always(question.countries.size(), study.preferences);
  study.acceptabilities = acceptabilities(question, candidates, effort, high_is_best);
  return study;
}

}  // namespace waystone::robust
