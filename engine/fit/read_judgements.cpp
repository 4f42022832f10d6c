// The head of a judgement file, and what all its tables share: names of members, signatures,
// scenarios.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "fit/reading.hpp"
#include "source/paths.hpp"

namespace waystone::fit {

using scenario::Entry;
using scenario::Keys;
using scenario::Reading;
using scenario::Value;

std::optional<std::size_t> member_of(const std::string& name, Span where, const FileReading& file) {
  const auto found = file.group.find(name);
  if (found) return found;
  const auto& members = file.group.members;
  auto notes = file.reading.suggest(name, [&] { return members; });
  if (notes.empty() && members.size() <= 12)
    notes.push_back(fmt::format("its members are {}", fmt::join(members, ", ")));
  file.error(Code::E0401, where,
             fmt::format("'{}' has no member '{}'", file.reading.model[file.group.node].name, name),
             std::move(notes));
  return std::nullopt;
}

Signature read_signature(Keys& keys, const Value& table, const std::string& what,
                         const FileReading& file) {
  Signature result = file.defaults;
  result.where = table.where;
  if (const auto by = keys.text("by")) result.by = by->value;
  if (const auto because = keys.text("because")) result.because = because->value;
  if (const auto on = keys.date("on")) result.on = on->value;
  if (const auto trust = keys.number("trust")) {
    if (!(trust->value > 0))
      file.error(Code::E0406, trust->where,
                 fmt::format("trust is above 0, this is {}", trust->value));
    else
      result.trust = trust->value;
  }
  if (result.by.empty())
    file.error(Code::E0402, table.where, fmt::format("{} is not signed", what),
               {"by = \"…\", here or at the top of the file, says who judged"});
  return result;
}

std::optional<double> number_of(const Value& value, const std::string& name,
                                const FileReading& file) {
  if (value.kind != Value::Kind::number) {
    scenario::wrong_kind(file.reading, name, value, "a number");
    return std::nullopt;
  }
  if (std::isfinite(value.number)) return value.number;
  file.error(Code::E0315, value.where, fmt::format("'{}' must be a finite number", name));
  return std::nullopt;
}

std::vector<Said> read_numbers(const Value& table, const FileReading& file) {
  std::vector<Said> result;
  for (const Entry& entry : table.entries) {
    const auto member = member_of(entry.key, entry.where, file);
    const auto number = number_of(entry.value, entry.key, file);
    if (member && number) result.push_back({*member, *number, entry.value.where});
  }
  std::sort(result.begin(), result.end(),
            [](const Said& a, const Said& b) { return a.member < b.member; });
  return result;
}

std::vector<Path> read_paths(const std::vector<scenario::Said<std::string>>& texts,
                             const FileReading& file) {
  std::vector<Path> paths;
  const Reading& reading = file.reading;
  for (const auto& text : texts) {
    const std::string path = path_from(file.path, text.value);
    paths.push_back({path, text.where});
    if (file.judgements.scenarios.count(path) > 0) continue;
    const std::size_t errors = reading.diagnostics.errors();
    scenario::check_readable(path, text.where, reading);
    if (reading.diagnostics.errors() > errors) continue;
    auto outcome = scenario::read_scenario(path, reading.model, reading.read, reading.sources);
    // who opens the scenario to compute with it shows its warnings
    if (!outcome)
      reading.diagnostics.append(outcome.diagnostics);
    else
      file.judgements.scenarios.emplace(path, std::move(*outcome.value));
  }
  return paths;
}

void check_complete(const std::vector<bool>& has, Span where, const std::string& what,
                    const FileReading& file) {
  for (std::size_t member = 0; member < file.group.size(); ++member) {
    if (has[member] || file.judgements.locked[member]) continue;
    file.error(Code::E0405, where,
               fmt::format("{} says nothing about '{}'", what, file.group.members[member]),
               {"missing is not 0: give a number, or put it among 'locked' in [limits] to keep its "
                "share"});
  }
}

namespace {

Signature read_defaults(Keys& keys) {
  Signature result;
  if (const auto by = keys.text("by")) result.by = by->value;
  if (const auto because = keys.text("because")) result.because = because->value;
  if (const auto on = keys.date("on")) result.on = on->value;
  return result;
}

std::optional<Pool> read_pool(Keys& keys, const FileReading& file) {
  const auto word = keys.text("pool");
  if (!word) return std::nullopt;
  if (word->value == "arithmetic") return Pool::arithmetic;
  if (word->value == "geometric") return Pool::geometric;
  auto notes = file.reading.suggest(word->value, [] {
    return std::vector<std::string>{"arithmetic", "geometric"};
  });
  file.error(Code::E0314, word->where,
             fmt::format("'pool' is arithmetic or geometric, not '{}'", word->value),
             std::move(notes));
  return std::nullopt;
}

bool says_nothing(const Value& document) {
  const auto is_table = [](const Entry& entry) {
    return entry.value.kind == Value::Kind::table || entry.value.kind == Value::Kind::array;
  };
  return std::none_of(document.entries.begin(), document.entries.end(), is_table);
}

void read_document(const Value& document, FileReading& file, Span start) {
  Keys keys(document, "a judgement file", file.reading);
  if (const auto title = keys.line("title")) file.judgements.title = title->value;
  file.defaults = read_defaults(keys);
  if (const auto pool = read_pool(keys, file)) file.judgements.pool = *pool;
  if (says_nothing(document)) file.error(Code::E0411, start, "nothing is judged in this file");
  // Limits first: only what is locked may be left out elsewhere.
  if (const Value* table = keys.table("limits")) read_limits(*table, file);
  if (const Value* table = keys.table("swing")) read_swing(*table, file);
  if (const Value* table = keys.table("ahp")) read_ahp(*table, file);
  if (const Value* table = keys.table("best_worst")) read_best_worst(*table, file);
  read_budgets(keys.tables("budget"), file);
  read_example_list(keys.tables("example"), file);
  if (const Value* table = keys.table("examples")) read_examples(*table, file);
  if (const Value* table = keys.table("importance")) read_importance(*table, file);
  if (const Value* table = keys.table("data")) read_data(*table, file);
  keys.finish();
  const Judgements& said = file.judgements;
  const bool others = said.swing || said.ahp || said.best_worst || !said.budgets.empty() ||
                      !said.example_list.empty() || said.examples || said.data;
  if (said.importance && others)
    file.error(
        Code::E0412, said.importance->signature.where,
        "[importance] decides all weights, and nothing else in this file would",
        {"leave out what stands beside it, or [importance]; limits, locks and ties may stay"});
}

}  // namespace

Outcome<Judgements> read_judgements(const std::string& path, const model::Model& model,
                                    const weights::Group& group, const model::ReadFile& read,
                                    SourceMap& sources) {
  Outcome<Judgements> outcome;
  const auto id = scenario::open_file(path, "a judgement file", {}, largest_judgements, read,
                                      sources, outcome.diagnostics);
  const auto document =
      id ? scenario::read_document(sources, *id, outcome.diagnostics) : std::nullopt;
  if (!document) return outcome;
  Judgements judgements;
  judgements.domain = group.domain;
  for (std::size_t m = 0; m < group.size(); ++m)
    judgements.locked.push_back(group.domain.low[m] == group.domain.high[m]);  // in the rule file
  const Reading reading{model, read, sources, outcome.diagnostics, "judgement file"};
  FileReading file{path, group, reading, {}, judgements};
  read_document(*document, file, Span{*id, 0, 0});
  outcome.diagnostics.sort();
  if (!outcome.diagnostics.has_errors()) outcome.value = std::move(judgements);
  return outcome;
}

}  // namespace waystone::fit
