// A model of three indicators under one mean, with a scenario of countries whose scores are given:
// for the tests of weights.
#pragma once
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "evaluate/assess.hpp"
#include "model/check.hpp"
#include "small_scenario.hpp"
#include "weights/group.hpp"

namespace waystone::tests {

using Scores_by_country = std::vector<std::pair<std::string, std::vector<double>>>;

/// Everything stays where it is while it lives.
struct Weighed {
  SourceMap sources;
  model::Model model;
  program::Program program;
  std::unique_ptr<evaluate::Case> scenario_case;
  weights::Group group;  // of the output `risk`
};

/// `combine`: of `risk` over indicators a, b, c with values 0 to 100 that are their scores.
/// `weights`: three lines "NAME N parts". `more`: further declarations.
inline std::unique_ptr<Weighed> weigh(const std::string& combine, const Scores_by_country& scores,
                                      const std::string& rest = "",
                                      std::string weights = "a 1 part\nb 1 part\nc 1 part",
                                      const std::string& more = "") {
  std::string lines;
  for (std::size_t start = 0; start < weights.size();) {  // "a 1 part" is written "1 part a"
    const std::size_t end = std::min(weights.find('\n', start), weights.size());
    lines +=
        "  " + weights.substr(start + 2, end - start - 2) + " " + weights.substr(start, 1) + "\n";
    start = end + 1;
  }
  std::string rules =
      "model \"Weighed\" { version \"1\" main risk }\noutput risk \"Risk\" {\n  scale 0 to 100, "
      "higher is worse\n  combine " +
      combine + "\n  bands low, guarded from 20, elevated from 40, high from 60, severe from 80\n" +
      lines + "  judged by \"test\" on 2026-01-01 because \"test\"\n}\n" + more;
  for (const char* name : {"a", "b", "c"})
    rules += fmt::format(
        "indicator {} \"{}\" {{ unit points range 0 to 100 best 0, worst 100 missing unknown "
        "judged by \"test\" on 2026-01-01 because \"test\" }}\n",
        name, name);
  std::string scenario =
      "as_of = 2015-06-30\ncodes = \"own\"\ndefaults = { valid = 2015-06-30, known = 2015-06-30, "
      "by = \"test\", because = \"test\", grade = \"judged\" }\n" +
      rest;
  for (const auto& [country, values] : scores)
    scenario += fmt::format("[country.{}.facts]\na = {}\nb = {}\nc = {}\n", country, values[0],
                            values[1], values[2]);

  auto result = std::make_unique<Weighed>();
  const model::ReadFile read = reader_of({{"rules.risk", rules}, {"s.toml", scenario}});
  auto model = model::read_model("rules.risk", read, result->sources);
  if (!model) throw std::runtime_error(render_text(model.diagnostics, result->sources, {}));
  result->model = std::move(*model.value);
  result->program = program::compile(result->model);
  auto facts = scenario::read_scenario("s.toml", result->model, read, result->sources);
  if (!facts) throw std::runtime_error(render_text(facts.diagnostics, result->sources, {}));
  auto bound = evaluate::bind(result->model, result->program, std::move(*facts.value));
  if (!bound) throw std::runtime_error(render_text(bound.diagnostics, result->sources, {}));
  result->scenario_case = std::make_unique<evaluate::Case>(std::move(*bound.value));
  result->group = *weights::group_of(result->model, result->program, result->model.main, {});
  return result;
}

}  // namespace waystone::tests
