// The words about figures of tables that can't be read: those of one file and cause together.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "scenario/faults.hpp"
#include "scenario/figures.hpp"
#include "scenario/notation.hpp"
#include "source/visible.hpp"

namespace waystone::scenario {
namespace {

constexpr std::size_t most_texts = 4;  // told apart; more words in one column are a column of text

// "AGO, 1995-12-31"
std::string whose(const Fault& fault) {
  return fmt::format("{}, {}", fault.country, to_string(fault.datum.valid));
}

bool is_marker(const Fault& fault) { return fault.cause.starts_with(marker_cause); }

std::string_view marker_in(const Fault& fault) {
  return std::string_view(fault.cause).substr(marker_cause.size());
}

using Column = std::tuple<FileId, Code, NodeId>;
Column column_of(const Fault& fault) {
  return {fault.diagnostic.where.file, fault.diagnostic.code, fault.indicator};
}

// Columns in which many different words stand where figures are wanted.
std::set<Column> columns_of_text(const std::vector<const Fault*>& faults) {
  std::map<Column, std::set<std::string_view>> words;
  for (const Fault* fault : faults)
    if (is_marker(*fault) && !marks_absence(marker_in(*fault)))
      words[column_of(*fault)].insert(marker_in(*fault));
  std::set<Column> columns;
  for (const auto& [column, texts] : words)
    if (texts.size() > most_texts) columns.insert(column);
  return columns;
}

struct FaultGroup {
  std::vector<const Fault*> faults;
  bool of_text = false;  // of a column of text
};

// What is told together, in order of the first of each. Markers are, whatever they are and wherever
// they stand.
std::vector<FaultGroup> gathered(const std::vector<const Fault*>& faults) {
  std::vector<FaultGroup> groups;
  std::map<std::tuple<FileId, Code, std::string>, std::size_t> places;
  const std::set<Column> text = columns_of_text(faults);
  for (const Fault* fault : faults) {
    const bool of_text = is_marker(*fault) && text.contains(column_of(*fault));
    const std::string cause = of_text ? fmt::format("{}{}", marker_cause, fault->indicator.index)
                              : is_marker(*fault) ? std::string(marker_cause)
                                                  : fault->cause;
    const auto [place, fresh] = places.try_emplace(
        {fault->diagnostic.where.file, fault->diagnostic.code, cause}, groups.size());
    if (fresh) groups.push_back({{}, of_text});
    groups[place->second].faults.push_back(fault);
  }
  return groups;
}

// The key that makes markers of some texts, in TOML.
std::string marker_key(const std::vector<std::string>& texts) {
  std::vector<std::string> quoted;
  for (const std::string& text : texts) {
    const bool quotable =
        text.find_first_of("\"\\\t\n") == std::string::npos && visible(text) == text;
    quoted.push_back(fmt::format("\"{}\"", quotable ? text : "…"));
  }
  return fmt::format("missing = [{}]", fmt::join(quoted, ", "));
}

// What is said of all that a group of faults has in its cells, each text once.
std::string note_on(const FaultGroup& group, const std::vector<std::string>& texts,
                    const model::Model& model) {
  const Fault& first = *group.faults.front();
  const Code code = first.diagnostic.code;
  std::vector<std::string> others;
  for (std::size_t i = 1; i < texts.size(); ++i) others.push_back(fmt::format("'{}'", texts[i]));
  if (group.of_text)
    return fmt::format("the column seems to hold text: columns = {{ {} = \"…\" }} names another",
                       model[first.indicator].name);
  if (is_marker(first))
    return fmt::format("if {} for no value, say so: {}",
                       texts.size() == 1 ? "it stands" : "they stand", marker_key(texts));
  if (others.size() < most_texts) return "";
  if (code == Code::E0321) return fmt::format("nor {}", listed(others, 8));
  if (code == Code::E0353) return fmt::format("nor what {} stand for", listed(others, 8));
  return "";
}

// "HUN, 2019-12-31; a point is the decimal mark: 4.9": what differs from the first.
std::string label_of_fault(const Fault& fault, const Fault& first, const model::Model& model) {
  std::string label = whose(fault);
  if (fault.indicator != first.indicator)
    label = fmt::format("{} of {}", model[fault.indicator].name, label);
  const std::vector<std::string>&notes = fault.diagnostic.notes, &told = first.diagnostic.notes;
  if (!notes.empty() && (told.empty() || told.front() != notes.front()))
    label += "; " + notes.front();
  return label;
}

Diagnostic told(const FaultGroup& group, const model::Model& model, bool idle) {
  const Fault& first = *group.faults.front();
  AlikeProblems problems;
  std::vector<std::string> texts;
  std::set<std::string_view> seen;
  for (const Fault* fault : group.faults) {
    if (seen.insert(fault->diagnostic.label).second) texts.push_back(fault->diagnostic.label);
    Diagnostic diagnostic = fault->diagnostic;
    diagnostic.label = fault == &first ? "" : label_of_fault(*fault, first, model);
    problems.add(std::move(diagnostic));
  }
  std::string ending;
  if (first.diagnostic.code != Code::E0326)  // which says whose it is
    ending = fmt::format(" ({})", whose(first));
  if (idle) ending += "; no score reads it";
  Diagnostic diagnostic = told_together(problems, ending, idle ? "nor" : "and");
  if (std::string note = note_on(group, texts, model); !note.empty())
    diagnostic.notes.push_back(std::move(note));
  if (idle) diagnostic.code = Code::W0307;
  return diagnostic;
}

}  // namespace

void report_faults(const Scenario& scenario, const model::Model& model,
                   const std::vector<const Fault*>& counting, Diagnostics& diagnostics) {
  const auto by_place = [](const Fault* a, const Fault* b) {
    return a->diagnostic.where.begin < b->diagnostic.where.begin;
  };
  std::vector<const Fault*> used = counting, idle;
  std::sort(used.begin(), used.end());
  for (const Fault& fault : scenario.faults)
    if (!std::binary_search(used.begin(), used.end(), &fault)) idle.push_back(&fault);
  std::stable_sort(used.begin(), used.end(), by_place);
  std::stable_sort(idle.begin(), idle.end(), by_place);
  for (const FaultGroup& group : gathered(used)) diagnostics.add(told(group, model, false));
  for (const FaultGroup& group : gathered(idle)) diagnostics.add(told(group, model, true));
}

}  // namespace waystone::scenario
