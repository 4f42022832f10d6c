#include "ask/portfolio.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "ask/names.hpp"
#include "report/words.hpp"

namespace waystone::ask {
namespace {

// Currencies are added up by rates that somebody stands for, or not at all.
std::optional<Failure> without_rate(const scenario::Portfolio& portfolio) {
  if (portfolio.currency.empty()) return std::nullopt;
  std::set<std::string> wanted;
  for (const scenario::Exposure& one : portfolio.exposures) wanted.insert(one.currency);
  for (const scenario::ExposureLimit& one : portfolio.limits) wanted.insert(one.currency);
  wanted.erase(portfolio.currency);
  for (const scenario::Rate& rate : portfolio.rates) wanted.erase(rate.currency);
  if (wanted.empty()) return std::nullopt;
  return Failure::question(fmt::format(
      "[rates] adds up in {} and has no rate of {}; add {} = {{ rate = …, date = …, source = \"…\" "
      "}}",
      portfolio.currency, report::joined({wanted.begin(), wanted.end()}), *wanted.begin()));
}

std::optional<std::size_t> view_named(const evaluate::Assessment& assessment,
                                      const std::string& name) {
  for (std::size_t v = 0; v < assessment.views.size(); ++v)
    if (assessment.views[v].name == name) return v;
  return std::nullopt;
}

}  // namespace

Answer<Portfolio> portfolio(const SharedSituation& situation, PortfolioAsking asking) {
  const evaluate::Case& now = *situation->now;
  const auto output = find_output(situation->rules->model, asking.output);
  if (!output) return output.failure;
  auto own = std::make_shared<scenario::Portfolio>(now.scenario.portfolio);
  if (!asking.path.empty()) {
    own->path = asking.path;
    own->exposures = std::move(asking.exposures);
  }
  if (own->exposures.empty())
    return Failure::question(
        "the scenario names no exposures: write exposure = \"FILE\" in it, or give --exposure "
        "FILE");
  if (auto failure = without_rate(*own)) return std::move(*failure);
  if (situation->before && asking.against)
    return Failure::question(
        "--set, --against and --since are each a change of their own: give one");
  Portfolio result{situation, asking.against, own, {}};
  report::Weighed& report = result.report;
  report.scored = situation->scored(asking.tool, *output.value);
  report.portfolio = own.get();
  report.earlier = asking.earlier;
  report.result = explain::portfolio(now, situation->assessment, report.told, *output.value, *own);
  const evaluate::ViewResult& view = situation->assessment.views[report.told];
  const explain::ScoreSide here{&now, &view};
  const std::string& name = situation->rules->model[*output.value].name;
  if (situation->before) {
    report.change = report::Weighed::Change::settings;
    report.before = explain::portfolio(*situation->before, situation->assessment_before,
                                       report.told, *output.value, *own);
    explain::add_costs(report.result, name,
                       {situation->before.get(), &situation->assessment_before.views[report.told]},
                       here, &situation->rules->separate());
  }
  if (!asking.against) return result;
  const Situation& other = *asking.against;
  const auto same = view_named(other.assessment, view.name);
  if (!same)
    return Failure::question(fmt::format(
        "'{}' has no viewpoint '{}'; --viewpoint names one of both", other.path, view.name));
  if (!other.rules->model.find(name))
    return Failure::question(fmt::format("the rules of '{}' have no '{}'", other.path, name));
  report.against = other.scored(asking.tool);
  report.change =
      asking.earlier ? report::Weighed::Change::date : report::Weighed::Change::scenario;
  const explain::ScoreSide there{other.now.get(), &other.assessment.views[*same]};
  const bool same_rules = other.rules == situation->rules;
  // What another scenario costs runs from here to there, what a time has brought from then to now.
  if (asking.earlier)
    explain::add_costs(report.result, name, there, here, &situation->rules->separate());
  else
    explain::add_costs(report.result, name, here, there,
                       same_rules ? &situation->rules->separate() : nullptr);
  return result;
}

}  // namespace waystone::ask
