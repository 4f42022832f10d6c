#include "data/choose.hpp"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "scenario/faults.hpp"

namespace waystone::data {
namespace {

using model::MissingKind;
using model::Unit;
using scenario::Datum;
using scenario::Grade;
constexpr double infinity = std::numeric_limits<double>::infinity();

struct Range {
  double low, high;
};

// What an indicator can be at all: what is left of it where nothing is known.
Range declared_range(const model::Node& node) {
  Range range{node.low.value_or(-infinity), node.high.value_or(infinity)};
  const auto& levels = node.indicator().levels;
  if (node.unit == Unit::yes_no) range = {node.low.value_or(0), node.high.value_or(1)};
  if ((node.unit == Unit::code || node.unit == Unit::level) && !levels.empty()) {
    const auto [first, last] =
        std::minmax_element(levels.begin(), levels.end(),
                            [](const auto& a, const auto& b) { return a.value < b.value; });
    range = {node.low.value_or(first->value), node.high.value_or(last->value)};
  }
  return range;
}

// Yearly figures come out in the year after: those of the year before are of the scenario's own
// time.
Date year_before(Date date) { return add_months(date, -12); }

struct Lateness {
  Absence absence = Absence::no_figure;
  const Datum* first = nullptr;  // the one to wait for
  std::string words;             // one clause
};

// Why none of some data counts. What is true only later stays so whatever `known_by` says, so of
// what is both, that is said; where one is true in time, its being known is all that is wanted.
Lateness lateness(const std::vector<Datum>& data, const scenario::Scenario& scenario) {
  const auto rank = [&](const Datum& datum) {
    const bool later = datum.valid > scenario.as_of;
    return std::tuple(later, later ? datum.valid : datum.known, datum.known);
  };
  const Datum& first = *std::min_element(
      data.begin(), data.end(), [&](const Datum& a, const Datum& b) { return rank(a) < rank(b); });
  if (first.valid > scenario.as_of)
    return {Absence::after_as_of, &first,
            fmt::format("the first figure is of {}, after the scenario's date",
                        to_string(first.valid))};
  return {Absence::after_known_by, &first,
          fmt::format("known only from {}", to_string(first.known))};
}

class Chooser {
 public:
  /// `faults`: those that would count; an indicator with one is not also called missing.
  Chooser(const scenario::Scenario& scenario, const model::Model& model,
          const std::vector<const scenario::Fault*>& faults, Diagnostics& diagnostics)
      : scenario_(scenario),
        model_(model),
        faults_(faults),
        diagnostics_(diagnostics),
        oldest_of_now_(year_before(scenario.as_of)) {}

  Chosen choose(const std::string& country, NodeId id, const std::vector<Datum>* data) const {
    const model::Node& node = model_[id];
    const Range declared = declared_range(node);
    const Datum* datum =
        data ? scenario::latest(*data, scenario_.as_of, scenario_.known_by) : nullptr;
    if (!datum) {
      const bool refused = node.indicator().missing.kind == MissingKind::refuse;
      if (refused && !is_faulty(country, id)) refuse(country, node, data);
      Chosen chosen = filled(node, declared);
      if (!data || data->empty()) return chosen;
      const Lateness late = why_none(*data, node.indicator().missing);
      chosen.absence = late.absence;
      chosen.note += (chosen.note.empty() ? "" : "; ") + late.words;
      return chosen;
    }
    Chosen chosen = of(*datum, declared);
    const model::Missing& missing = node.indicator().missing;
    if (missing.kind == MissingKind::carry_forward && is_over(datum->valid, missing.limit)) {
      chosen.value.reset();
      chosen.known = chosen.older = false;
      chosen.low = declared.low;
      chosen.high = declared.high;
      chosen.absence = Absence::too_old;
      chosen.note = too_old(*datum, *data, missing.limit);
      return chosen;
    }
    if (const auto& stale = node.indicator().stale; stale && is_over(datum->valid, stale->after))
      age(chosen, node, *stale, declared);
    return chosen;
  }

 private:
  // Whether the scenario's date lies beyond a span laid from a date; its last day still belongs to
  // it.
  bool is_over(Date from, const TimeSpan& span) const {
    return scenario_.as_of > last_day(from, span);
  }

  // Of figures that are not known yet, one that would be too old by then is not what is waited for.
  Lateness why_none(const std::vector<Datum>& data, const model::Missing& missing) const {
    if (missing.kind != MissingKind::carry_forward) return lateness(data, scenario_);
    std::vector<Datum> past, in_reach;
    for (const Datum& datum : data) {
      if (datum.valid > scenario_.as_of) continue;
      (is_over(datum.valid, missing.limit) ? past : in_reach).push_back(datum);
    }
    if (!in_reach.empty()) return lateness(in_reach, scenario_);
    if (past.empty()) return lateness(data, scenario_);
    return {Absence::too_old, nullptr,
            fmt::format("too old to carry forward, and {}", lateness(past, scenario_).words)};
  }

  // A datum as it stands. Said to be unknown is an answer, too: no policy fills it.
  Chosen of(const Datum& datum, const Range& declared) const {
    Chosen chosen;
    chosen.value = datum.value;
    chosen.low = datum.low.value_or(datum.value.value_or(declared.low));
    chosen.high = datum.high.value_or(datum.value.value_or(declared.high));
    chosen.grade = datum.grade;
    chosen.known = datum.value.has_value();
    chosen.absence = datum.value ? Absence::none : Absence::said_unknown;
    chosen.age_days = scenario_.as_of.days - datum.valid.days;
    chosen.older = datum.value.has_value() && datum.valid < oldest_of_now_;
    chosen.datum = &datum;
    return chosen;
  }

  static Chosen filled(const model::Node& node, const Range& declared) {
    const model::Missing& missing = node.indicator().missing;
    Chosen chosen;
    chosen.absence = Absence::no_figure;
    chosen.low = declared.low;
    chosen.high = declared.high;
    if (missing.kind != MissingKind::assume && missing.kind != MissingKind::typical) return chosen;
    const bool assumed = missing.kind == MissingKind::assume;
    chosen.value = missing.value;
    chosen.low = std::min(missing.low.value_or(declared.low), missing.value);
    chosen.high = std::max(missing.high.value_or(declared.high), missing.value);
    chosen.grade = assumed ? Grade::assumed : Grade::typical;
    chosen.note = assumed ? fmt::format("assumed: {}", missing.because)
                          : fmt::format("typical of {}", missing.group);
    return chosen;
  }

  // What is too old would not be asked for were a later one known in time.
  std::string too_old(const Datum& latest, const std::vector<Datum>& data,
                      const TimeSpan& limit) const {
    const std::string words = "too old to carry forward";
    std::vector<Datum> later;
    for (const Datum& datum : data)
      if (datum.valid > latest.valid && datum.valid <= scenario_.as_of &&
          !is_over(datum.valid, limit))
        later.push_back(datum);
    if (later.empty()) return words;
    const Lateness late = lateness(later, scenario_);
    return words +
           fmt::format("; the figure of {} is {}", to_string(late.first->valid), late.words);
  }

  // What is past its time may have moved: by so much of the declared range a year, on either side.
  void age(Chosen& chosen, const model::Node& node, const model::Stale& stale,
           const Range& declared) const {
    chosen.stale = true;
    const double years =
        months_between(last_day(chosen.datum->valid, stale.after).days, scenario_.as_of.days) / 12;
    const double widening = stale.widen_per_year * (declared.high - declared.low) * years;
    if (!(widening > 0) || widening == infinity) return;
    if (node.unit == Unit::yes_no ||
        node.unit == Unit::code) {  // between yes and no there is nothing: it may be either
      chosen.low = declared.low;
      chosen.high = declared.high;
      return;
    }
    chosen.low = std::min(chosen.low, std::max(declared.low, chosen.low - widening));
    chosen.high = std::max(chosen.high, std::min(declared.high, chosen.high + widening));
  }

  bool is_faulty(const std::string& country, NodeId id) const {
    return std::any_of(faults_.begin(), faults_.end(), [&](const scenario::Fault* fault) {
      return fault->country == country && fault->indicator == id;
    });
  }

  void refuse(const std::string& country, const model::Node& node,
              const std::vector<Datum>* data) const {
    Diagnostic diagnostic{
        Code::E0320,
        {},
        fmt::format("{} has no '{}', and the model refuses to do without", country, node.name),
        {},
        {},
        {}};
    if (!scenario_.files.empty()) diagnostic.where = {scenario_.files.front(), 0, 0};
    if (node.indicator().missing.where.valid())
      diagnostic.others.push_back({node.indicator().missing.where, "this says so"});
    if (data && !data->empty()) {
      const Lateness late = lateness(*data, scenario_);
      diagnostic.others.push_back(
          {late.first->where, late.absence == Absence::after_as_of
                                  ? late.words
                                  : fmt::format("{}, too late for this scenario", late.words)});
    }
    diagnostics_.add(std::move(diagnostic));
  }

  const scenario::Scenario& scenario_;
  const model::Model& model_;
  const std::vector<const scenario::Fault*>& faults_;
  Diagnostics& diagnostics_;
  Date oldest_of_now_;
};

}  // namespace

std::string_view name_of(Absence absence) {
  static constexpr std::string_view names[] = {
      "", "no_figure", "after_as_of", "after_known_by", "too_old", "said_unknown"};
  return names[std::size_t(absence)];
}

std::vector<NodeId> indicators(const model::Model& model) {
  std::vector<NodeId> ids;
  for (std::size_t i = 0; i < model.nodes.size(); ++i)
    if (model.nodes[i].kind == model::NodeKind::indicator) ids.emplace_back(i);
  return ids;
}

std::map<std::string, std::vector<Chosen>> choose(const scenario::Scenario& scenario,
                                                  const model::Model& model,
                                                  Diagnostics& diagnostics) {
  const auto faults = scenario::faults_that_count(scenario, model);
  scenario::report_faults(scenario, model, faults, diagnostics);
  const Chooser chooser(scenario, model, faults, diagnostics);
  const std::vector<NodeId> columns = indicators(model);
  std::map<std::string, std::vector<Chosen>> result;
  for (const std::string& country : scenario.countries) {
    const auto facts = scenario.facts.find(country);
    std::vector<Chosen>& row = result[country];
    row.reserve(columns.size());
    for (const NodeId id : columns) {
      const std::vector<Datum>* data = nullptr;
      if (facts != scenario.facts.end())
        if (const auto found = facts->second.find(id); found != facts->second.end())
          data = &found->second;
      row.push_back(chooser.choose(country, id, data));
    }
  }
  return result;
}

}  // namespace waystone::data
