#include "fit/swing.hpp"

#include <fmt/format.h>

namespace waystone::fit {

arma::vec swing_shares(const arma::vec& points) { return normalised(points); }

arma::vec implied_swings(const arma::vec& shares) {
  const arma::vec scaled = normalised(shares);
  return scaled.is_empty() ? scaled : arma::vec(100 * scaled / scaled.max());
}

namespace {

// The weights by all of these points except those of `left_out`.
arma::vec shares_of(const std::vector<Said>& points, std::optional<std::size_t> left_out,
                    const weights::Group& group) {
  std::vector<std::size_t> given;
  std::vector<double> numbers;
  for (const Said& one : points) {
    if (one.member == left_out) continue;
    given.push_back(one.member);
    numbers.push_back(one.number);
  }
  return spread(swing_shares(arma::vec(numbers)), given, group.now);
}

}  // namespace

Proposal propose(const Swing& swing, const weights::Group& group) {
  Proposal result = proposed_by(swing.signature, "swing weights");
  result.shares = shares_of(swing.points, std::nullopt, group);
  if (!result.found()) result.failure = "no points that could be shared out";
  for (const Said& one : swing.points)
    result.judgements.push_back(
        {fmt::format("{}: {} {}", group.members[one.member], said(one.number),
                     said(one.number) == "1" ? "point" : "points"),
         one.where, shares_of(swing.points, one.member, group)});
  return result;
}

}  // namespace waystone::fit
