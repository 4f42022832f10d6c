// What long and wide tables read alike: dates, and figures that can't be read.
#include "scenario/figures.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "scenario/alike.hpp"
#include "scenario/notation.hpp"

namespace waystone::scenario {
namespace {

bool has_digit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "write true": the cell has a value, in other words.
bool has_advice(const Diagnostic& diagnostic) {
  return std::any_of(diagnostic.notes.begin(), diagnostic.notes.end(),
                     [](const std::string& note) { return note.starts_with("write "); });
}

}  // namespace

std::optional<Date> row_date(std::string_view text) {
  const auto period = parse_period(text);
  return period ? std::optional(period->last) : std::nullopt;
}

Diagnostic no_date(std::string_view text, Span where, std::string_view country) {
  Diagnostic diagnostic{Code::E0304, where, {}, std::string(country), {}, {}};
  if (text.empty())
    diagnostic.message = "this row has figures and no date";
  else
    diagnostic.message = fmt::format("'{}' is no date", text);
  if (const std::string hint = date_hint(text); !hint.empty()) diagnostic.notes.push_back(hint);
  if (text.ends_with(".0") && parse_period(text.substr(0, text.size() - 2)))
    diagnostic.notes.push_back(fmt::format("did you mean '{}'?", text.substr(0, text.size() - 2)));
  if (!text.empty())
    diagnostic.notes.emplace_back(
        "a table has days (2015-06-30), months (2015-06), quarters (2015Q2) or years");
  return diagnostic;
}

bool is_read_of_partners(const model::Model& model, NodeId indicator) {
  return std::any_of(model.nodes.begin(), model.nodes.end(), [&](const model::Node& node) {
    if (node.kind != model::NodeKind::indicator || !node.indicator().over) return false;
    const NodeId of = node.indicator().over->of;
    return of == indicator || (!model[of].is_given() && model[of].source_of_values() == indicator);
  });
}

Diagnostic range_without_value(Span where, std::string_view indicator) {
  return {Code::E0303, where, fmt::format("'{}' has a range and no value", indicator),
          {},          {},    {"for a range alone write 'unknown' as the value"}};
}

Fault fault_of(std::string country, const model::Node& node, NodeId indicator, Datum datum,
               std::string_view text, const Diagnostics& wrong) {
  Diagnostic diagnostic = wrong.list().front();
  datum.value = datum.low = datum.high = std::nullopt;
  diagnostic.label = text;
  // Words in place of a number are a publisher's marker, as is a number such as -9999.
  const bool word = (diagnostic.code == Code::E0304 || diagnostic.code == Code::E0315) &&
                    !has_digit(text) && !figure_in(text) && !has_advice(diagnostic);
  const bool number = diagnostic.code == Code::E0316 && stands_for_none(text);
  std::string cause = word || number ? fmt::format("{}{}", marker_cause, text) : node.name;
  // What may be meant by it is told with it.
  if (!word && !number)
    for (const std::string& note : diagnostic.notes) cause += ' ' + words_of(note);
  return {std::move(country), indicator, std::move(datum), std::move(cause), std::move(diagnostic)};
}

}  // namespace waystone::scenario
