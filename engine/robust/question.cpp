#include "robust/question.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/ties.hpp"

namespace waystone::robust {
namespace {

using syntax::Combination;

std::vector<weights::Subject> subjects_of(const evaluate::Case& scenario_case, NodeId node, const std::vector<std::string>& countries) {
  std::vector<weights::Subject> subjects;
  for (const std::string& country : countries) subjects.push_back({&scenario_case, country, node});
  return subjects;
}

bool is_generalised_mean(const model::Factor& factor) {
  if (factor.expression || !factor.strengths.empty()) return false;
  switch (factor.combination) {
    case Combination::arithmetic:
    case Combination::geometric:
    case Combination::harmonic:
    case Combination::power_mean: return true;
    default: return false;
  }
}

// Rules that act on a node read nothing that its weights move, so they hold or not whatever these are.
std::vector<RegisterId> truths_of_rules_on(const evaluate::Case& scenario_case, NodeId node) {
  std::vector<RegisterId> truths;
  const model::Model& model = *scenario_case.model;
  for (std::size_t r = 0; r < model.rules.size(); ++r)
    for (const model::Effect& effect : model.rules[r].effects)
      if (effect.target == node) truths.push_back(scenario_case.program->rules[r].truth);
  return truths;
}

// A generalised mean f^-1(sum of w f(s)) of members that are all known, with nothing acting on it: two such means compare as the sums do.
bool has_linear_sign(const evaluate::Case& scenario_case, NodeId output, NodeId node, ViewpointId viewpoint, const std::vector<std::string>& countries) {
  const model::Model& model = *scenario_case.model;
  if (output != node || !is_generalised_mean(model[node].factor())) return false;
  for (const scenario::Override& entry : scenario_case.scenario.overrides)
    if (entry.target == node) return false;
  std::vector<RegisterId> members;
  for (const model::Member& member : model[node].factor().members) members.push_back((*scenario_case.program)[member.node].score);
  const std::vector<RegisterId> rules = truths_of_rules_on(scenario_case, node);
  const evaluate::Frame frame = evaluate::frame_of(scenario_case, viewpoint);
  const arma::mat scores = evaluate::evaluate(evaluate::Plan(*scenario_case.program, members), frame);
  const arma::mat truths = rules.empty() ? arma::mat(frame.lanes(), 0) : evaluate::evaluate(evaluate::Plan(*scenario_case.program, rules), frame);
  for (const std::string& country : countries) {
    const std::size_t lane = scenario_case.lane_of(country);
    if (scores.row(lane).has_nan() || arma::accu(truths.row(lane) == 1) > 0) return false;
  }
  return true;
}

}  // namespace

std::vector<std::size_t> Question::ranking() const {
  std::vector<std::size_t> order(countries.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return below(today[b], today[a]); });
  return order;
}

Question ask(const evaluate::Case& scenario_case, NodeId output, const weights::Group& group, ViewpointId viewpoint,
             const std::vector<std::string>& countries) {
  const arma::mat values = weights::Scores(group, viewpoint, subjects_of(scenario_case, output, countries)).at(group.now);
  std::vector<std::string> rated, not_rated;
  for (std::size_t c = 0; c < countries.size(); ++c) (std::isnan(values(c, 0)) ? not_rated : rated).push_back(countries[c]);
  weights::Scores scores(group, viewpoint, subjects_of(scenario_case, output, rated));
  arma::vec today = scores.at(group.now).as_col();
  const bool linear = has_linear_sign(scenario_case, output, group.node, viewpoint, rated);
  return {output, group, std::move(rated), std::move(not_rated), std::move(scores), std::move(today), linear};
}

double points_moved(const arma::vec& from, const arma::vec& to) { return 50 * arma::accu(arma::abs(to - from)); }

arma::rowvec Target::height(const arma::mat& values) const {
  arma::rowvec result(values.n_cols);
  result.fill(constant);
  for (const auto& [country, coefficient] : terms) result += coefficient * values.row(country);
  return result;
}

Target turned(std::size_t high, std::size_t low) { return {{{low, 1}, {high, -1}}, 0, false}; }
Target rises_to(std::size_t country, double edge) { return {{{country, 1}}, -edge, true}; }
Target falls_below(std::size_t country, double edge) { return {{{country, -1}}, edge, false}; }

}  // namespace waystone::robust
