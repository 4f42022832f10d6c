// Expectations: the rule language's own forms, with every name resolved against the model and the
// scenario.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "model/assertions.hpp"
#include "scenario/crosswalk.hpp"
#include "scenario/settings.hpp"
#include "source/paths.hpp"
#include "syntax/parse.hpp"

namespace waystone::scenario {
namespace {

using syntax::Operator;
using Kind = syntax::Expectation::Kind;

// Checks the names of one assertion.
class Resolver {
 public:
  Resolver(const Scored& countries, const Scenario& scenario, const Reading& reading)
      : countries_(countries), scenario_(scenario), reading_(reading) {}

  void check(const syntax::Expectation& assertion) const {
    for (const auto* part : {&assertion.condition, &assertion.other, &assertion.by})
      if (*part) check(**part);
    const bool about_expressions =
        assertion.kind == Kind::condition || assertion.kind == Kind::within;
    if (!about_expressions) check_named(assertion);
    if (assertion.since) file(*assertion.since);
  }

 private:
  void check_named(const syntax::Expectation& assertion) const {
    country(assertion.country);
    if (!assertion.second.text.empty()) country(assertion.second);
    switch (assertion.kind) {
      case Kind::band: return band(assertion);
      case Kind::rank: node(assertion.name); return;
      case Kind::rule_holds:
      case Kind::rule_binds:
        if (!reading_.model.find_rule(assertion.name.text))
          unknown(assertion.name, "rule", names_of(reading_.model.rules));
        return;
      case Kind::tripwire: return tripwire(assertion.name);
      case Kind::largest_part: return largest_part(assertion);
      case Kind::verdict: return verdict(assertion);
      case Kind::condition:
      case Kind::within: return;
    }
  }

  void check(const syntax::Expression& expression) const {
    switch (expression.op) {
      case Operator::of_country:
        node(expression.name);
        if (expression.file) {
          file(*expression.file);
          countries_.rule.check(expression.country.text, expression.country.where,
                                reading_);  // whether the other scenario scores it shows there
        } else {
          country(expression.country);
        }
        return;
      case Operator::name:
      case Operator::score:
      case Operator::known: return bare(expression.name);
      case Operator::holds:
        reading_.error(
            Code::E0332, expression.name.where,
            "an expectation says for which country a rule holds",
            {fmt::format("write: rule {} holds for {}", expression.name.text, sample_country())});
        return;
      default:
        for (const syntax::Expression& argument : expression.arguments) check(argument);
    }
  }

  void bare(const syntax::Name& name) const {
    if (node(name))
      reading_.error(Code::E0332, name.where, fmt::format("'{}' of which country?", name.text),
                     {fmt::format("write: {}({})", name.text, sample_country())});
  }

  std::string sample_country() const {
    return scenario_.countries.empty() ? "UKR" : scenario_.countries.front();
  }

  void country(const syntax::Name& name) const {
    countries_.check(name.text, name.where, reading_);
  }

  template <class T>
  static std::vector<std::string> names_of(const std::vector<T>& things) {
    std::vector<std::string> names;
    for (const T& thing : things) names.push_back(thing.name);
    return names;
  }

  void unknown(const syntax::Name& name, std::string_view what,
               const std::vector<std::string>& candidates) const {
    reading_.error(Code::E0329, name.where, fmt::format("no {} is called '{}'", what, name.text),
                   reading_.suggest(name.text, [&] { return candidates; }));
  }

  const model::Node* node(const syntax::Name& name) const {
    const auto id = reading_.model.find(name.text);
    if (id) return &reading_.model[*id];
    unknown(name, "factor, output or indicator", names_of(reading_.model.nodes));
    return nullptr;
  }

  const model::Node* target(const syntax::Name& name) const {
    const auto id = reading_.model.find(name.text);
    if (!id)
      unknown(name, "factor or output", target_names(reading_.model));
    else if (!reading_.model[*id].is_factor())
      reading_.error(Code::E0329, name.where,
                     fmt::format("'{}' is {}, not a factor or output", name.text,
                                 kind_text(reading_.model[*id].kind)));
    else
      return &reading_.model[*id];
    return nullptr;
  }

  void band(const syntax::Expectation& assertion) const {
    const model::Node* output = target(assertion.name);
    if (!output) return;
    if (!output->bands)
      return reading_.error(Code::E0329, assertion.name.where,
                            fmt::format("'{}' has no bands", assertion.name.text));
    const auto& bands = output->bands->names;
    if (std::find(bands.begin(), bands.end(), assertion.word.text) != bands.end()) return;
    auto notes = reading_.suggest(assertion.word.text, [&] { return bands; });
    if (notes.empty()) notes.push_back(fmt::format("its bands are {}", fmt::join(bands, ", ")));
    reading_.error(Code::E0329, assertion.word.where,
                   fmt::format("'{}' has no band '{}'", assertion.name.text, assertion.word.text),
                   std::move(notes));
  }

  void tripwire(const syntax::Name& name) const {
    const auto names = names_of(reading_.model.tripwires);
    if (std::find(names.begin(), names.end(), name.text) == names.end())
      unknown(name, "tripwire", names);
  }

  void largest_part(const syntax::Expectation& assertion) const {
    target(assertion.name);
    if (reading_.model.find(assertion.word.text) || reading_.model.find_rule(assertion.word.text))
      return;
    auto names = names_of(reading_.model.nodes);
    for (std::string& name : names_of(reading_.model.rules)) names.push_back(std::move(name));
    unknown(assertion.word, "factor, indicator or rule", names);
  }

  void verdict(const syntax::Expectation& assertion) const {
    target(assertion.name);
    const std::vector<std::string> words{"agreed", "divided", "level"};
    if (std::find(words.begin(), words.end(), assertion.word.text) != words.end()) return;
    auto notes = reading_.suggest(assertion.word.text, [&] { return words; });
    notes.push_back("a verdict is agreed, divided or level");
    reading_.error(Code::E0329, assertion.word.where,
                   fmt::format("no verdict is called '{}'", assertion.word.text), std::move(notes));
  }

  void file(const syntax::Text& text) const {
    check_readable(path_from(scenario_.path, text.text), text.where, reading_);
  }

  const Scored& countries_;
  const Scenario& scenario_;
  const Reading& reading_;
};

void settle_units(syntax::Expectation& assertion, const model::Model& model,
                  Diagnostics& diagnostics) {
  const model::UnitOf unit_of = [&](const syntax::Name& name) {
    const auto id = model.find(name.text);
    return id ? model[*id].unit : model::Unit::none;
  };
  model::settle_units(assertion, unit_of, diagnostics);
}

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

void read_expectation(const Value& table, const Scored& countries, const Reading& reading,
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
  auto parsed =
      syntax::parse_expectation(reading.sources, entry->value.inside, reading.diagnostics);
  if (!parsed) return;
  check_expectation(*parsed, countries, scenario, reading);
  if (reading.diagnostics.errors() > errors) return;
  result.assertion = *parsed;
  scenario.expectations.push_back(std::move(result));
}

}  // namespace

void check_expectation(syntax::Expectation& assertion, const Scored& countries,
                       const Scenario& scenario, const Reading& reading) {
  model::check_assertion(assertion, reading.diagnostics);
  Resolver(countries, scenario, reading).check(assertion);
  settle_units(assertion, reading.model, reading.diagnostics);
}

bool known_viewpoint(const std::string& name, Span where, const Reading& reading) {
  if (reading.model.find_viewpoint(name)) return true;
  const auto names = viewpoint_names(reading.model);
  auto notes = reading.suggest(name, [&] { return names; });
  if (names.empty())
    notes.push_back("the model has no viewpoints: no node takes its weights from one");
  reading.error(Code::E0327, where, fmt::format("no viewpoint is called '{}'", name),
                std::move(notes));
  return false;
}

void read_expectations(const std::vector<const Value*>& tables, const Scored& countries,
                       const Reading& reading, Scenario& scenario) {
  for (const Value* table : tables) read_expectation(*table, countries, reading, scenario);
}

}  // namespace waystone::scenario
