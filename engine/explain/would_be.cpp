#include "explain/would_be.hpp"

#include <algorithm>
#include <cmath>

#include "base/ties.hpp"
#include "explain/reasons.hpp"

namespace waystone::explain {

std::vector<WouldBe> would_be(const evaluate::Case& scenario_case, const evaluate::ViewResult& view,
                              NodeId output, double least) {
  const model::Model& model = *scenario_case.model;
  const program::Program& program = *scenario_case.program;
  const evaluate::Plan plan(program, std::vector{program[output].value});
  const auto value = [&](std::size_t c) { return view.countries[c][output].value; };
  std::vector<WouldBe> found;
  for (const RuleId rule : rules_behind(model, output)) {
    const auto is_off = [&](const evaluate::CountryResult& country) {
      return country[rule].truth == evaluate::Truth::no;
    };
    if (model[rule].effects.empty() ||
        std::none_of(view.countries.begin(), view.countries.end(), is_off))
      continue;
    evaluate::Frame frame = evaluate::frame_of(scenario_case, view.viewpoint);
    frame.pins.push_back(
        {program[rule].truth, arma::vec(view.countries.size(), arma::fill::value(1.0))});
    const arma::mat values = evaluate::evaluate(plan, frame);
    for (std::size_t c = 0; c < view.countries.size(); ++c)
      if (is_off(view.countries[c]) && std::fabs(values(c, 0) - value(c)) >= least)
        found.push_back({c, rule, values(c, 0)});
  }
  std::stable_sort(found.begin(), found.end(), [&](const WouldBe& a, const WouldBe& b) {
    if (a.country != b.country) return a.country < b.country;
    return waystone::below(std::fabs(b.value - value(b.country)),
                           std::fabs(a.value - value(a.country)));
  });
  return found;
}

}  // namespace waystone::explain
