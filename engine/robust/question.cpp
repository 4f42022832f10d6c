#include "robust/question.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/ties.hpp"

namespace waystone::robust {
namespace {

using syntax::Combination;

std::vector<weights::Subject> subjects_of(const evaluate::Case& scenario_case, NodeId node,
                                          const std::vector<std::string>& countries) {
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

// Rules that act on a node read nothing that its weights move, so they hold or not whatever these
// are.
std::vector<RegisterId> truths_of_rules_on(const evaluate::Case& scenario_case, NodeId node) {
  std::vector<RegisterId> truths;
  const model::Model& model = *scenario_case.model;
  for (std::size_t r = 0; r < model.rules.size(); ++r)
    for (const model::Effect& effect : model.rules[r].effects)
      if (effect.target == node) truths.push_back(scenario_case.program->rules[r].truth);
  return truths;
}

// Scores of the node's members: countries x members.
arma::mat members_of(const evaluate::Case& scenario_case, NodeId node, ViewpointId viewpoint,
                     const std::vector<std::string>& countries) {
  std::vector<RegisterId> wanted;
  for (const model::Member& member : (*scenario_case.model)[node].factor().members)
    wanted.push_back((*scenario_case.program)[member.node].score);
  const arma::mat scores = evaluate::evaluate(evaluate::Plan(*scenario_case.program, wanted),
                                              evaluate::frame_of(scenario_case, viewpoint));
  arma::mat result(countries.size(), wanted.size());
  for (std::size_t c = 0; c < countries.size(); ++c)
    result.row(c) = scores.row(scenario_case.lane_of(countries[c]));
  return result;
}

// By country: a generalised mean f^-1(sum of w f(s)) of members that are all known, with nothing
// acting on it. Two such means compare as the sums do.
std::vector<char> linear_ones(const evaluate::Case& scenario_case, NodeId output, NodeId node,
                              ViewpointId viewpoint, const std::vector<std::string>& countries,
                              const arma::mat& members) {
  std::vector<char> result(countries.size(), 0);
  if (output != node || !is_generalised_mean((*scenario_case.model)[node].factor())) return result;
  const auto& overrides = scenario_case.scenario.overrides;
  if (std::any_of(overrides.begin(), overrides.end(),
                  [&](const scenario::Override& entry) { return entry.target == node; }))
    return result;
  const std::vector<RegisterId> rules = truths_of_rules_on(scenario_case, node);
  const evaluate::Frame frame = evaluate::frame_of(scenario_case, viewpoint);
  const arma::mat truths =
      rules.empty() ? arma::mat(frame.lanes(), 0)
                    : evaluate::evaluate(evaluate::Plan(*scenario_case.program, rules), frame);
  for (std::size_t c = 0; c < countries.size(); ++c)
    result[c] = members.row(c).is_finite() &&
                arma::accu(truths.row(scenario_case.lane_of(countries[c])) == 1) == 0;
  return result;
}

bool all_of(const std::vector<char>& of) {
  return std::all_of(of.begin(), of.end(), [](char one) { return one != 0; });
}

arma::mat known_of(const arma::mat& members) {
  arma::mat known(members.n_cols, members.n_rows);
  for (arma::uword c = 0; c < members.n_rows; ++c)
    for (arma::uword m = 0; m < members.n_cols; ++m)
      known(m, c) = std::isnan(members(c, m)) ? 0 : 1;
  return known;
}

std::optional<double> reweight_of(const model::Factor& factor) {
  return factor.reweight ? std::optional(factor.reweight->value) : std::nullopt;
}

}  // namespace

std::vector<std::size_t> Question::ranking() const {
  std::vector<std::size_t> order(countries.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return tie(today[a], today[b]) ? scenario::named_before(countries[a], countries[b])
                                   : below(today[b], today[a]);
  });
  return order;
}

Question Question::about(const std::vector<std::size_t>& some) const {
  Question result{scenario_case,
                  viewpoint,
                  output,
                  group,
                  {},
                  {},
                  weights::Scores(group, viewpoint, {}),
                  arma::vec(some.size()),
                  {},
                  false,
                  arma::mat(known.n_rows, some.size()),
                  reweight};
  for (std::size_t k = 0; k < some.size(); ++k) {
    result.countries.push_back(countries[some[k]]);
    result.today[k] = today[some[k]];
    result.linear.push_back(linear[some[k]]);
    result.known.col(k) = known.col(some[k]);
  }
  result.sign_linear = all_of(result.linear);
  result.scores =
      weights::Scores(group, viewpoint, subjects_of(*scenario_case, output, result.countries));
  return result;
}

bool Question::knows_too_little(std::size_t country, const arma::vec& shares) const {
  return reweight && arma::dot(known.col(country), shares) < *reweight + 1e-9 &&
         known.col(country).min() == 0;
}

Question ask(const evaluate::Case& scenario_case, NodeId output, const weights::Group& group,
             ViewpointId viewpoint, const std::vector<std::string>& countries) {
  const arma::mat values =
      weights::Scores(group, viewpoint, subjects_of(scenario_case, output, countries))
          .at(group.now);
  std::vector<std::string> rated, not_rated;
  for (std::size_t c = 0; c < countries.size(); ++c)
    (std::isnan(values(c, 0)) ? not_rated : rated).push_back(countries[c]);
  std::sort(not_rated.begin(), not_rated.end(), scenario::named_before);
  weights::Scores scores(group, viewpoint, subjects_of(scenario_case, output, rated));
  arma::vec today = scores.at(group.now).as_col();
  const arma::mat members = members_of(scenario_case, group.node, viewpoint, rated);
  std::vector<char> linear =
      linear_ones(scenario_case, output, group.node, viewpoint, rated, members);
  const bool all_linear = all_of(linear);
  return {&scenario_case,
          viewpoint,
          output,
          group,
          std::move(rated),
          std::move(not_rated),
          std::move(scores),
          std::move(today),
          std::move(linear),
          all_linear,
          known_of(members),
          reweight_of((*scenario_case.model)[group.node].factor())};
}

double points_moved(const arma::vec& from, const arma::vec& to) {
  return 50 * arma::accu(arma::abs(to - from));
}

arma::rowvec Target::height(const arma::mat& values) const {
  arma::rowvec result(values.n_cols);
  result.fill(constant);
  for (const auto& [country, coefficient] : terms) result += coefficient * values.row(country);
  return result;
}

std::vector<std::size_t> Target::countries() const {
  std::vector<std::size_t> result;
  for (const auto& [country, coefficient] : terms) result.push_back(country);
  return result;
}

Target Target::renumbered() const {
  Target result = *this;
  for (std::size_t k = 0; k < terms.size(); ++k) result.terms[k].first = k;
  return result;
}

Target turned(std::size_t high, std::size_t low) { return {{{low, 1}, {high, -1}}, 0, false}; }
Target rises_to(std::size_t country, double edge) { return {{{country, 1}}, -edge, true}; }
Target falls_below(std::size_t country, double edge) { return {{{country, -1}}, edge, false}; }

}  // namespace waystone::robust
