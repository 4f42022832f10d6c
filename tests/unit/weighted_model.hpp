// Small models whose scores are plain to see: facts from 0 (best) to 100 (worst), read by one
// weighted output.
#pragma once
#include <string>
#include <vector>

#include "model/check.hpp"
#include "robust/question.hpp"
#include "small_scenario.hpp"

namespace waystone::tests {

/// A model and a scenario from texts, bound. `weights` are lines of the output ("50% a"); `rest` is
/// added to the rule file. Every name of `facts` is a country, its numbers the values of a, b, c,
/// …; NaN is unknown.
class Weighted {
 public:
  Weighted(const std::string& combine, const std::vector<std::string>& weights,
           const std::vector<std::pair<std::string, std::vector<double>>>& facts,
           const std::string& rest = "") {
    const std::string sign =
        "judged by \"Waystone model desk\" on 2026-11-01 because \"for the test\"\n";
    std::string rules =
        "model \"Small\" { version \"1\"  main risk }\noutput risk \"Risk\" {\n  scale 0 to 100, "
        "higher is worse\n  combine " +
        combine + "\n  bands low, guarded from 30, high from 60\n  " + sign;
    for (const std::string& line : weights) rules += "  " + line + "\n";
    rules += "}\n";
    for (std::size_t m = 0; m < weights.size(); ++m)
      rules += std::string("indicator ") + char('a' + m) +
               " \"Fact\" { unit plain  range 0 to 100  best 0, worst 100  missing unknown  " +
               sign + "}\n";
    rules += rest;
    std::string scenario =
        "title = \"s\"\nas_of = 2015-06-30\ncodes = \"own\"\n[defaults]\nvalid = 2015-06-30\nby = "
        "\"desk\"\nbecause = \"made up\"\ngrade = \"judged\"\n";
    for (const auto& [country, values] : facts) {
      scenario += "[country." + country + ".facts]\n";
      for (std::size_t m = 0; m < values.size(); ++m)
        scenario += std::string(1, char('a' + m)) + " = " +
                    (std::isnan(values[m]) ? std::string("\"unknown\"")
                                           : fmt::format("{:.17g}", values[m])) +
                    "\n";
      countries.push_back(country);
    }
    const auto read_in = reader_of({{"m.risk", rules}, {"s.toml", scenario}});
    auto read = model::read_model("m.risk", read_in, sources);
    if (!read) throw std::runtime_error(render_text(read.diagnostics, sources, {}));
    model = std::move(*read.value);
    program = program::compile(model);
    auto scored = scenario::read_scenario("s.toml", model, read_in, sources);
    if (!scored) throw std::runtime_error(render_text(scored.diagnostics, sources, {}));
    auto bound = evaluate::bind(model, program, std::move(*scored.value));
    if (!bound) throw std::runtime_error(render_text(bound.diagnostics, sources, {}));
    scenario_case = std::move(*bound.value);
  }
  Weighted(const Weighted&) = delete;  // the case refers to model and program

  weights::Group group() const { return *weights::group_of(model, program, model.main, {}); }
  robust::Question ask(const weights::Group& of) const {
    return robust::ask(scenario_case, model.main, of, {}, countries);
  }
  robust::Question ask() const { return ask(group()); }

  SourceMap sources;
  model::Model model;
  program::Program program;
  evaluate::Case scenario_case;
  std::vector<std::string> countries;
};

}  // namespace waystone::tests
