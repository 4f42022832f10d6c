#include "fit/asked.hpp"

#include <algorithm>
#include <cmath>

#include "fit/nearest.hpp"

namespace waystone::fit {
namespace {

bool speaks_of(const std::vector<std::string>& viewpoints, const std::string& viewpoint) {
  return viewpoints.empty() || viewpoint.empty() ||
         std::find(viewpoints.begin(), viewpoints.end(), viewpoint) != viewpoints.end();
}

void add_statements(const Context& context, Asked& asked) {
  for (const Example& example : context.judgements->example_list) {
    if (!speaks_of(example.viewpoints, context.viewpoint_name))
      asked.left_out.push_back({example.text, example.where, "it is about other viewpoints"});
    else
      asked.statements.push_back({example.assertion, example.text, example.signature.because,
                                  example.where, context.cases.at(example.scenario)});
  }
  if (!context.judgements->examples) return;
  for (const Path& path : context.judgements->examples->scenarios) {
    const evaluate::Case* scenario_case = context.cases.at(path.path);
    if (scenario_case->scenario.expectations.empty())
      asked.left_out.push_back({path.path, path.where, "it has no expectation"});
    for (const scenario::Expectation& expectation : scenario_case->scenario.expectations) {
      const std::string text(context.sources->text(expectation.assertion.where));
      if (!speaks_of(expectation.viewpoints, context.viewpoint_name))
        asked.left_out.push_back({text, expectation.where, "it is about other viewpoints"});
      else if (expectation.fails)
        asked.left_out.push_back({text, expectation.where, "it is stated to fail"});
      else
        asked.statements.push_back(
            {expectation.assertion, text, expectation.because, expectation.where, scenario_case});
    }
  }
}

// By subject: whether no weights within the limits, of some drawn, give it a score.
std::vector<char> never_rated(const Context& context, const weights::Scores& scores) {
  constexpr std::size_t draws = 256;
  constexpr std::uint64_t seed = 20191106;
  if (scores.subjects() == 0) return {};
  const arma::mat values = scores.at(weights::sample(context.judgements->domain, draws, seed));
  std::vector<char> result;
  for (arma::uword s = 0; s < values.n_rows; ++s)
    result.push_back(arma::uvec(arma::find_nonfinite(values.row(s))).n_elem == values.n_cols);
  return result;
}

// By statement: codes of its countries among these subjects, each once.
std::vector<std::vector<std::string>> codes_of(const Asked& asked, const std::vector<char>& some) {
  std::vector<std::vector<std::string>> result(asked.statements.size());
  for (std::size_t r = 0; r < asked.statement.size(); ++r)
    for (const auto& [subject, coefficient] : asked.requirements.list[r].terms) {
      if (!some[subject]) continue;
      std::vector<std::string>& codes = result[asked.statement[r]];
      const std::string& code = asked.countries[subject];
      if (std::find(codes.begin(), codes.end(), code) == codes.end()) codes.push_back(code);
    }
  return result;
}

}  // namespace

Asked asked_of(const Context& context) {
  Asked asked{{}, {}, {{*context.group, context.viewpoint, {}}, {}}, {}, {}, {}};
  add_statements(context, asked);
  Translation translation = translate(*context.model, asked.statements, context.find_case);
  asked.statement = std::move(translation.statement);
  asked.left_out.insert(asked.left_out.end(), translation.left_out.begin(),
                        translation.left_out.end());
  for (const weights::Subject& subject : translation.subjects)
    asked.countries.push_back(subject.country);
  asked.requirements = {{*context.group, context.viewpoint, translation.subjects},
                        std::move(translation.requirements)};
  asked.not_rated = codes_of(asked, never_rated(context, asked.requirements.scores));
  return asked;
}

std::vector<std::vector<std::string>> not_rated_by(const Asked& asked, const arma::vec& shares) {
  std::vector<char> unrated;
  if (asked.requirements.scores.subjects() > 0)
    for (const double value : arma::vec(asked.requirements.scores.at(shares)))
      unrated.push_back(std::isnan(value));
  return codes_of(asked, unrated);
}

Left left_by(const Context& context) {
  Left left{asked_of(context),
            {context.judgements->domain, {{*context.group, context.viewpoint, {}}, {}}, {}},
            {}};
  left.compatible.requirements = left.asked.requirements;
  if (const auto inside =
          nearest_meeting(left.compatible.domain, context.group->now, left.asked.requirements))
    left.compatible.inside = *inside;
  else
    left.conflict =
        smallest_conflict(left.compatible.domain, left.asked.requirements, left.asked.statement);
  return left;
}

}  // namespace waystone::fit
