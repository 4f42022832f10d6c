// What long and wide tables read alike: dates, and figures that can't be read.
#include "scenario/figures.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "scenario/notation.hpp"
#include "source/visible.hpp"

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

// The key that makes a marker of a cell's text, in TOML.
std::string marker_key(std::string_view text) {
  const bool quotable =
      text.find_first_of("\"\\\t\n") == std::string_view::npos && visible(text) == text;
  return fmt::format("missing = [\"{}\"]", quotable ? text : "…");
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
    diagnostic.message = fmt::format(
        "'{}' is no date; a table has days (2015-06-30), months (2015-06), quarters (2015Q2) or "
        "years",
        text);
  if (const std::string hint = date_hint(text); !hint.empty()) diagnostic.notes.push_back(hint);
  if (text.ends_with(".0") && parse_period(text.substr(0, text.size() - 2)))
    diagnostic.notes.push_back(fmt::format("did you mean '{}'?", text.substr(0, text.size() - 2)));
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
  // Words in place of a number are a publisher's marker, the same in all columns.
  const bool marker = (diagnostic.code == Code::E0304 || diagnostic.code == Code::E0315) &&
                      !has_digit(text) && !figure_in(text) && !has_advice(diagnostic);
  if (marker) diagnostic.notes.push_back("if it stands for no value, say so: " + marker_key(text));
  std::string cause = marker ? "" : node.name;
  // A figure in another notation is told with the figure that is meant, each alone.
  const bool meant = diagnostic.code == Code::E0304 ||
                     (diagnostic.code == Code::E0316 && !diagnostic.notes.empty());
  if (meant || marker || diagnostic.code == Code::E0321) cause += text;
  return {std::move(country), indicator, std::move(datum), std::move(cause), std::move(diagnostic)};
}

}  // namespace waystone::scenario
