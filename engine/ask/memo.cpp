#include "ask/memo.hpp"

#include <algorithm>
#include <cmath>

#include "ask/names.hpp"
#include "base/digits.hpp"
#include "evaluate/digits.hpp"

namespace waystone::ask {

namespace {

// A sentence that names a band must not print a score, or an end of its bounds, of another one.
int digits_in_bands(const report::Memo& memo, const Situation& now) {
  constexpr int most = 3;
  const NodeId output = memo.briefs.front().output;
  const auto& bands = now.rules->model[output].bands;
  if (!bands) return 0;
  int digits = 0;
  for (const explain::Brief& brief : memo.briefs) {
    const evaluate::NodeResult& result = (*brief.result)[output];
    for (const double value : {result.value, result.low, result.high}) {
      if (std::isnan(value)) continue;
      const auto misleads = [&](int with) {
        return evaluate::band_of(*bands, in_units(value, with) / std::pow(10.0, with)) !=
               evaluate::band_of(*bands, value);
      };
      while (digits < most && misleads(digits)) ++digits;
    }
  }
  return digits;
}

}  // namespace

Answer<Memo> memo(std::vector<SharedSituation> days, const MemoAsking& asking) {
  const Situation& now = *days.back();
  std::vector<std::string> countries{asking.first};
  if (!asking.second.empty()) countries.push_back(asking.second);
  for (const std::string& country : countries)
    if (auto failure = not_scored(*now.now, country)) return std::move(*failure);
  if (asking.first == asking.second)
    return Failure::question("a memo of two wants two different countries");
  const auto found = find_output(now.rules->model, asking.output);
  if (!found) return found.failure;
  const NodeId output = *found.value;
  Memo result;
  report::Memo& report = result.report;
  report.scored = now.scored(asking.tool, output);
  std::vector<const evaluate::Case*> cases;
  for (const SharedSituation& day : days) {
    cases.push_back(day->now.get());
    report.days.push_back(day->scored(asking.tool, output));
  }
  for (const std::string& country : countries)
    report.briefs.push_back(explain::brief(cases, now.assessment.views[report.told],
                                           now.rules->separate(), output, country));
  // As many digits as these scores need: a memo has no ranking to tell apart.
  std::vector<std::vector<double>> scores;
  for (const std::string& country : countries)
    for (const evaluate::ViewResult& view : now.assessment.views)
      scores.push_back({(*view.find(country))[output].value});
  report.scored.digits[output.index] = std::max(
      evaluate::digits_for(now.rules->model, output, scores), digits_in_bands(report, now));
  if (countries.size() == 2) {
    report.pair = explain::compare(*now.now, now.assessment, now.rules->separate(), output,
                                   countries[0], countries[1]);
    report.pair_past = explain::pair_past(report.briefs[0], report.briefs[1], report.pair->margin);
    report.turning =
        robust::turn_pair(*now.now, now.assessment, output, countries[0], countries[1]);
    int& digits = report.scored.digits[output.index];
    for (const explain::ViewComparison& view : report.pair->views)
      digits = evaluate::digits_for_gap(now.rules->model, output, view.first, view.second, digits);
  }
  result.days = std::move(days);
  return result;
}

}  // namespace waystone::ask
