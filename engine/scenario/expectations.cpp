// Expectations: the rule language's own forms, with every name resolved against the model and the
// scenario.
#include <algorithm>

#include <fmt/format.h>

#include "model/assertions.hpp"
#include "scenario/crosswalk.hpp"
#include "scenario/settings.hpp"
#include "syntax/parse.hpp"

namespace waystone::scenario {
namespace {

// The names of one assertion: the model's and this scenario's countries.
class ScenarioNames : public model::AssertionNames {
 public:
  ScenarioNames(const ScoredCountries& countries, const Scenario& scenario, const Reading& reading)
      : countries_(countries), scenario_(scenario), reading_(reading) {}

  NodeId node(const syntax::Name& name) override {
    return node_called(name, "factor, output or indicator");
  }

  NodeId target(const syntax::Name& name) override {
    const auto id = reading_.model.find(name.text);
    if (!id) return unknown(name, "factor or output", target_names(reading_.model));
    if (reading_.model[*id].is_factor()) return *id;
    reading_.error(Code::E0329, name.where,
                   fmt::format("'{}' is {}, not a factor or output", name.text,
                               kind_text(reading_.model[*id].kind)));
    return {};
  }

  NodeId part(const syntax::Name& name) override {
    if (!reading_.model.find_rule(name.text)) return node_called(name, "factor or indicator");
    reading_.error(
        Code::E0329, name.where,
        fmt::format("'{}' is a rule; parts of a difference are factors and indicators", name.text));
    return {};
  }

  RuleId rule(const syntax::Name& name) override {
    const auto id = reading_.model.find_rule(name.text);
    if (!id) unknown(name, "rule", names_of(reading_.model.rules));
    return id.value_or(RuleId{});
  }

  std::optional<std::size_t> tripwire(const syntax::Name& name) override {
    const auto names = names_of(reading_.model.tripwires);
    const auto found = std::find(names.begin(), names.end(), name.text);
    if (found != names.end()) return std::size_t(found - names.begin());
    unknown(name, "tripwire", names);
    return std::nullopt;
  }

  // Whether another scenario scores a country shows there.
  void country(const syntax::Name& code, bool elsewhere) override {
    if (elsewhere)
      countries_.rule.check(code.text, code.where, reading_);
    else
      countries_.check(code.text, code.where, reading_);
  }

  void other_scenario(const std::string& path, Span where) override {
    check_readable(path, where, reading_);
  }

  std::vector<std::string> suggest(const std::string& name,
                                   const std::vector<std::string>& candidates) override {
    return reading_.suggest(name, [&] { return candidates; });
  }

  const model::Model& model() const override { return reading_.model; }
  std::string file() const override { return scenario_.path; }
  std::string sample_country() const override {
    return scenario_.countries.empty() ? "UKR" : scenario_.countries.front();
  }
  Codes codes() const override { return {Code::E0329, Code::E0329, Code::E0332}; }

 private:
  template <class T>
  static std::vector<std::string> names_of(const std::vector<T>& things) {
    std::vector<std::string> names;
    for (const T& thing : things) names.push_back(thing.name);
    return names;
  }

  NodeId node_called(const syntax::Name& name, std::string_view what) const {
    const auto id = reading_.model.find(name.text);
    return id ? *id : unknown(name, what, names_of(reading_.model.nodes));
  }

  NodeId unknown(const syntax::Name& name, std::string_view what,
                 const std::vector<std::string>& candidates) const {
    if (!reading_.knows_model) return {};
    const NodeId coded = indicator_with_code(name.text);
    reading_.error(Code::E0329, name.where, fmt::format("no {} is called '{}'", what, name.text),
                   coded.valid() ? std::vector<std::string>{fmt::format(
                                       "'{}' is a code of {}; expectations compare numbers, dates "
                                       "and yes or no: a rule 'when {} = {}' can be asked for, "
                                       "with 'rule … holds for {}'",
                                       name.text, reading_.model[coded].name,
                                       reading_.model[coded].name, name.text, sample_country())}
                                 : reading_.suggest(name.text, [&] { return candidates; }));
    return {};
  }

  // The first indicator that may have this code; invalid where none may.
  NodeId indicator_with_code(const std::string& text) const {
    for (std::size_t n = 0; n < reading_.model.nodes.size(); ++n) {
      const NodeId id{n};
      if (reading_.model[id].kind != model::NodeKind::indicator) continue;
      for (const model::Level& level : reading_.model[id].indicator().levels)
        if (level.code == text) return id;
    }
    return {};
  }

  const ScoredCountries& countries_;
  const Scenario& scenario_;
  const Reading& reading_;
};

// "risk(Poland)", "risk(pol)": told with the code that is meant. False where one was told.
bool names_countries_by_code(Span inside, const Reading& reading) {
  const std::string_view text = reading.sources.text(inside);
  bool good = true;
  for (std::size_t open = text.find('('); open != std::string_view::npos;
       open = text.find('(', open + 1)) {
    const std::size_t close = text.find_first_of("(),", open + 1);
    if (open == 0 || close == std::string_view::npos || text[close] != ')') continue;
    const std::size_t from = text.find_first_not_of(' ', open + 1);
    const std::size_t to = text.find_last_not_of(' ', close - 1) + 1;
    if (from >= to) continue;
    const std::string name(text.substr(from, to - from));
    const auto match = recognise_country(name);
    const bool code = is_country_code(name) || reading.model.find(name);
    if (code || !match || match->codes.empty()) continue;
    reading.error(
        Code::E0307,
        {inside.file, inside.begin + std::uint32_t(from), inside.begin + std::uint32_t(to)},
        fmt::format("no country has the code '{}'", name), {country_hint(name, *match)});
    good = false;
  }
  return good;
}

void read_expectation(const Value& table, const ScoredCountries& countries, const Reading& reading,
                      Scenario& scenario) {
  const std::size_t errors = reading.diagnostics.errors();
  Keys keys(table, "[[expect]]", reading);
  Expectation result;
  result.where = table.where;
  const Entry* entry = keys.need("assert");
  const auto assertion = entry ? keys.text("assert") : std::nullopt;
  const auto viewpoints = keys.texts("viewpoint");
  const auto because = keys.text("because"), fails = keys.text("fails");
  keys.finish();
  for (const auto& viewpoint : viewpoints) {
    if (viewpoint.value == "all" && viewpoints.size() == 1) break;
    if (known_viewpoint(viewpoint.value, viewpoint.where, reading))
      result.viewpoints.push_back(viewpoint.value);
  }
  if (because) result.because = because->value;
  if (fails && fails->value.empty())
    reading.error(Code::E0303, fails->where, "'fails' gives the reason why it does not hold");
  if (fails) result.fails = fails->value;
  if (!assertion) return;
  result.where = entry->value.inside;
  if (!countries.rule.own && !names_countries_by_code(entry->value.inside, reading)) return;
  auto read = read_assertion(entry->value.inside, countries, scenario, reading);
  if (!read || reading.diagnostics.errors() > errors) return;
  result.assertion = std::move(*read);
  scenario.expectations.push_back(std::move(result));
}

}  // namespace

std::optional<model::Assertion> read_assertion(Span inside, const ScoredCountries& countries,
                                               const Scenario& scenario, const Reading& reading) {
  const std::size_t errors = reading.diagnostics.errors();
  const auto tree = syntax::parse_expectation(reading.sources, inside, reading.diagnostics);
  if (!tree) return std::nullopt;
  ScenarioNames names(countries, scenario, reading);
  model::Assertion assertion = model::resolve(*tree, names, reading.diagnostics);
  if (reading.diagnostics.errors() > errors) return std::nullopt;
  return assertion;
}

bool known_viewpoint(const std::string& name, Span where, const Reading& reading) {
  if (reading.model.find_viewpoint(name)) return true;
  if (!reading.knows_model) return false;
  const auto names = viewpoint_names(reading.model);
  auto notes = reading.suggest(name, [&] { return names; });
  if (names.empty())
    notes.push_back("the model has no viewpoints: no node takes its weights from one");
  reading.error(Code::E0327, where, fmt::format("no viewpoint is called '{}'", name),
                std::move(notes));
  return false;
}

void read_expectations(const std::vector<const Value*>& tables, const ScoredCountries& countries,
                       const Reading& reading, Scenario& scenario) {
  for (const Value* table : tables) read_expectation(*table, countries, reading, scenario);
}

}  // namespace waystone::scenario
