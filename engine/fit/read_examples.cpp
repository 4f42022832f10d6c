// [[example]], [examples], [importance] and [data]: judgements about countries and scenarios, which
// others evaluate.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "fit/reading.hpp"
#include "scenario/settings.hpp"
#include "syntax/parse.hpp"

namespace waystone::fit {

using scenario::Entry;
using scenario::Keys;
using scenario::Value;

namespace {

// The names of an assertion are those of the scenario's countries; files that it names lie beside
// the judgement file.
std::optional<model::Assertion> read_assertion(Span inside, const scenario::Scenario& of,
                                               const FileReading& file) {
  scenario::Scenario here;
  here.path = file.path;
  here.countries = of.countries;
  return scenario::read_assertion(inside, {{}, of.countries, true}, here, file.reading);
}

// All that can be said without the scenario.
void check_form(Span inside, const FileReading& file) {
  syntax::parse_expectation(file.reading.sources, inside, file.reading.diagnostics);
}

void read_example(const Value& table, const FileReading& file) {
  const std::size_t errors = file.reading.diagnostics.errors();
  Keys keys(table, "[[example]]", file.reading);
  Example result;
  result.signature = read_signature(keys, table, "[[example]]", file);
  const Entry* entry = keys.need("assert");
  const auto text = entry ? keys.text("assert") : std::nullopt;
  keys.need("scenario");
  const auto scenario = keys.text("scenario");
  for (const auto& viewpoint : keys.texts("viewpoint"))
    if (scenario::known_viewpoint(viewpoint.value, viewpoint.where, file.reading))
      result.viewpoints.push_back(viewpoint.value);
  keys.finish();
  const auto paths = scenario ? read_paths({*scenario}, file) : std::vector<Path>{};
  if (!text || paths.empty()) return;
  result.where = entry->value.inside;
  const auto known = file.judgements.scenarios.find(paths[0].path);
  if (known == file.judgements.scenarios.end()) return check_form(result.where, file);
  auto assertion = read_assertion(result.where, known->second, file);
  if (!assertion || file.reading.diagnostics.errors() > errors) return;
  result.assertion = std::move(*assertion);
  result.text = text->value;
  result.scenario = paths[0].path;
  file.judgements.example_list.push_back(std::move(result));
}

std::vector<Path> need_paths(Keys& keys, std::string_view key, const FileReading& file) {
  keys.need(key);
  return read_paths(keys.texts(key), file);
}

void read_targets(const Value& value, Importance& result, const FileReading& file) {
  if (value.kind == Value::Kind::text && value.text == "equal") {
    result.equal = true;
    return;
  }
  if (value.kind != Value::Kind::table)
    return scenario::wrong_kind(file.reading, "targets", value,
                                "\"equal\" or a table of percentages");
  const std::size_t errors = file.reading.diagnostics.errors();
  result.targets = read_numbers(value, file);
  std::vector<bool> has(file.group.size());
  double total = 0;
  for (const Said& target : result.targets) {
    has[target.member] = true;
    total += target.number;
    if (target.number < 0)
      file.error(Code::E0410, target.where,
                 fmt::format("an importance is 0% or more, this is {}", target.number));
  }
  if (file.reading.diagnostics.errors() > errors) return;
  const bool complete = std::find(has.begin(), has.end(), false) == has.end();
  for (std::size_t member = 0; member < has.size(); ++member)
    if (!has[member])
      file.error(Code::E0405, value.where,
                 fmt::format("no target for '{}'", file.group.members[member]),
                 {"missing is not 0: give a number"});
  // thirds written with two digits miss 100 by 0.01
  if (complete && std::abs(total - 100) > 0.05)
    file.error(Code::E0410, value.where,
               fmt::format("the targets add up to {:.6g}%, not to 100%", total));
}

std::optional<DataMethod> read_method(Keys& keys, const FileReading& file) {
  keys.need("method");
  const auto word = keys.text("method");
  if (!word) return std::nullopt;
  if (word->value == "equal") return DataMethod::equal;
  if (word->value == "pca") return DataMethod::principal_components;
  if (word->value == "benefit of the doubt") return DataMethod::benefit_of_the_doubt;
  auto notes = file.reading.suggest(word->value, [] {
    return std::vector<std::string>{"equal", "pca", "benefit of the doubt"};
  });
  if (notes.empty()) notes.push_back("the methods are equal, pca and benefit of the doubt");
  file.error(Code::E0314, word->where, fmt::format("no method is called '{}'", word->value),
             std::move(notes));
  return std::nullopt;
}

// A country that one of the scenarios scores.
void check_country(const scenario::Said<std::string>& country, const std::vector<Path>& paths,
                   const FileReading& file) {
  scenario::ScoredCountries scored;
  for (const Path& path : paths) {
    const auto known = file.judgements.scenarios.find(path.path);
    if (known == file.judgements.scenarios.end()) return;  // reported already
    scored.codes.insert(scored.codes.end(), known->second.countries.begin(),
                        known->second.countries.end());
  }
  std::sort(scored.codes.begin(), scored.codes.end());
  scored.codes.erase(std::unique(scored.codes.begin(), scored.codes.end()), scored.codes.end());
  scored.check(country.value, country.where, file.reading);
}

}  // namespace

void read_example_list(const std::vector<const Value*>& tables, const FileReading& file) {
  for (const Value* table : tables) read_example(*table, file);
}

void read_examples(const Value& table, const FileReading& file) {
  Keys keys(table, "[examples]", file.reading);
  Examples result;
  result.signature = read_signature(keys, table, "[examples]", file);
  result.scenarios = need_paths(keys, "scenarios", file);
  keys.finish();
  file.judgements.examples = std::move(result);
}

void read_importance(const Value& table, const FileReading& file) {
  Keys keys(table, "[importance]", file.reading);
  Importance result;
  result.signature = read_signature(keys, table, "[importance]", file);
  if (const Entry* targets = keys.need("targets")) read_targets(targets->value, result, file);
  result.sample = need_paths(keys, "sample", file);
  keys.finish();
  file.judgements.importance = std::move(result);
}

void read_data(const Value& table, const FileReading& file) {
  Keys keys(table, "[data]", file.reading);
  Data result;
  result.signature = read_signature(keys, table, "[data]", file);
  const auto method = read_method(keys, file);
  result.method = method.value_or(DataMethod::equal);
  const bool needs_figures = method && *method != DataMethod::equal;
  result.scenarios = needs_figures ? need_paths(keys, "scenarios", file)
                                   : read_paths(keys.texts("scenarios"), file);
  if (const auto country = keys.text("country")) {
    check_country(*country, result.scenarios, file);
    result.country = country->value;
  }
  keys.finish();
  file.judgements.data = std::move(result);
}

}  // namespace waystone::fit
