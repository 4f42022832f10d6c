// Local search over weights by successive linear programs (Fletcher and Sainz de la Maza 1989;
// trust regions as in Conn, Gould and Toint 2000), with slopes from the evaluator's dual numbers,
// of more than one piece where rules bend the scores (Kiwiel 1985). The evaluator checks what it
// finds; it can't tell whether there is more.
#pragma once
#include "robust/question.hpp"

namespace waystone::robust {

/// Which weights count: the domain's, and of them those that meet the requirements, where there are
/// any.
struct Region {
  const weights::Domain* domain = nullptr;
  const weights::Requirements* requirements = nullptr;
};
std::vector<char> counts(const Region& region, const arma::mat& shares);

/// From `start`, which must lie in the region, uphill to where a target's height is largest near
/// by. Stops at once where it is reached, if `until_reached`.
arma::vec climb(const Question& question, const Target& target, const Region& region,
                arma::vec start, bool until_reached = false);

/// The first weights on the way from today's to `to` at which the target is reached, just past the
/// turn: nothing where it isn't.
std::optional<arma::vec> first_on_way(const Question& question, const Target& target,
                                      const arma::vec& to);

struct Approach {
  arma::vec shares;   // at which the target is reached, just past the turn on the way from today's
  double points = 0;  // moved
  bool planned_best =
      false;  // no weights of the domain that move less reach the target's linear form there
};
/// From `start`, on the turn, moves along the turn to where fewer points move.
Approach approach(const Question& question, const Target& target, const arma::vec& start);

}  // namespace waystone::robust
