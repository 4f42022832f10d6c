#include "data/chooser.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include <fmt/format.h>

namespace waystone::data {
namespace {

using model::MissingKind;
using model::Unit;
using scenario::Datum;
using scenario::Grade;
constexpr double infinity = std::numeric_limits<double>::infinity();

Chosen filled(const model::Node& node, const Range& declared) {
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

// The last revision of each source, those preferred first.
void note_other(const Datum& other, std::vector<const Datum*>& others) {
  const auto found = std::find_if(others.begin(), others.end(), [&](const Datum* known) {
    return known->evidence->source == other.evidence->source;
  });
  if (found == others.end())
    others.push_back(&other);
  else if (scenario::outranks(other, **found))
    *found = &other;
  std::sort(others.begin(), others.end(), [](const Datum* a, const Datum* b) {
    return std::tie(a->preference, a->evidence->source) <
           std::tie(b->preference, b->evidence->source);
  });
}

}  // namespace

void compare_sources(const Datum& datum, const std::vector<Datum>& data, Date known_by,
                     Chosen& chosen) {
  const std::string& own = datum.evidence->source;
  if (own.empty() || !datum.value || data.size() == 1) return;
  for (const Datum& other : data) {
    // without an order of sources a nearer file replaces what it inherits
    const bool ordered = other.preference != datum.preference;
    const bool rival = other.valid == datum.valid &&
                       (ordered || other.distance == datum.distance) && other.value &&
                       !other.evidence->source.empty() && other.evidence->source != own;
    if (!rival) continue;
    if (other.known <= known_by)
      note_other(other, chosen.others);
    else if (other.preference < datum.preference &&
             (!chosen.awaited || other.known < chosen.awaited->known))
      chosen.awaited = &other;
  }
}

void cover(const model::Node& node, const Range& declared, const std::vector<const Datum*>& others,
           double value, Range& range) {
  for (const Datum* other : others) {
    if (!differ(node, value, *other->value)) continue;
    if (node.unit == Unit::code || node.unit == Unit::yes_no) {
      range = declared;  // between codes there is nothing: it may be any
      return;
    }
    range.low = std::min(range.low, other->low.value_or(*other->value));
    range.high = std::max(range.high, other->high.value_or(*other->value));
  }
}

bool covers_others(const scenario::Scenario& scenario, NodeId indicator) {
  const auto found = scenario.preferences.find(indicator);
  return found != scenario.preferences.end() && found->second.range;
}

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

Date year_before(Date date) { return add_months(date, -12); }

void widen(Chosen& chosen, const model::Node& node, const model::Stale& stale,
           const Range& declared, Date valid, Date as_of) {
  // From the figure on, less the time that it has: a month end that the time ends on counts as one.
  const double months =
      months_between(valid.days + std::floor(stale.after.days), as_of.days) - stale.after.months;
  const double widening =
      stale.widen_per_year * (declared.high - declared.low) * std::max(months, 0.0) / 12;
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

Chosen Chooser::choose(const std::string& country, NodeId id,
                       const std::vector<Datum>* data) const {
  const model::Node& node = model_[id];
  const Range declared = declared_range(node);
  const Datum* datum = data ? scenario::latest(*data, as_of_, scenario_.known_by) : nullptr;
  if (!datum) {
    const bool refused = node.indicator().missing.kind == MissingKind::refuse;
    if (refused && refusals_ && !is_faulty(country, id)) refuse(country, node, data);
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
  compare_sources(*datum, *data, scenario_.known_by, chosen);
  if (chosen.value && covers_others(scenario_, id)) {
    Range range{chosen.low, chosen.high};
    cover(node, declared, chosen.others, *chosen.value, range);
    chosen.low = range.low;
    chosen.high = range.high;
  }
  if (const auto& stale = node.indicator().stale; stale && is_over(datum->valid, stale->after)) {
    chosen.stale = true;
    widen(chosen, node, *stale, declared, datum->valid, as_of_);
  }
  return chosen;
}

// Why none of some data counts. What is true only later stays so whatever `known_by` says, so of
// what is both, that is said; where one is true in time, its being known is all that is wanted.
Chooser::Lateness Chooser::lateness(const std::vector<Datum>& data) const {
  const auto rank = [&](const Datum& datum) {
    const bool later = datum.valid > as_of_;
    return std::tuple(later, later ? datum.valid : datum.known, datum.known);
  };
  const Datum& first = *std::min_element(
      data.begin(), data.end(), [&](const Datum& a, const Datum& b) { return rank(a) < rank(b); });
  if (first.valid > as_of_)
    return {Absence::after_as_of, &first,
            fmt::format("the first figure is of {}, after {}", to_string(first.valid),
                        as_of_ == scenario_.as_of ? "the scenario's date" : to_string(as_of_))};
  return {Absence::after_known_by, &first,
          fmt::format("known only from {}", to_string(first.known))};
}

// Whether the date lies beyond a span laid from another; its last day still belongs to it.
bool Chooser::is_over(Date from, const TimeSpan& span) const {
  return as_of_ > last_day(from, span);
}

// Of figures that are not known yet, one that would be too old by then is not what is waited for.
Chooser::Lateness Chooser::why_none(const std::vector<Datum>& data,
                                    const model::Missing& missing) const {
  if (missing.kind != MissingKind::carry_forward) return lateness(data);
  std::vector<Datum> past, in_reach;
  for (const Datum& datum : data) {
    if (datum.valid > as_of_) continue;
    (is_over(datum.valid, missing.limit) ? past : in_reach).push_back(datum);
  }
  if (!in_reach.empty()) return lateness(in_reach);
  if (past.empty()) return lateness(data);
  return {Absence::too_old, nullptr,
          fmt::format("too old to carry forward, and {}", lateness(past).words)};
}

// A datum as it stands. Said to be unknown is an answer, too: no policy fills it.
Chosen Chooser::of(const Datum& datum, const Range& declared) const {
  Chosen chosen;
  chosen.value = datum.value;
  chosen.low = datum.low.value_or(datum.value.value_or(declared.low));
  chosen.high = datum.high.value_or(datum.value.value_or(declared.high));
  chosen.grade = datum.grade;
  chosen.known = datum.value.has_value();
  chosen.absence = datum.value ? Absence::none : Absence::said_unknown;
  chosen.dated = datum.valid;
  chosen.age_days = as_of_.days - datum.valid.days;
  chosen.older = datum.value.has_value() && datum.valid < oldest_of_now_;
  chosen.datum = &datum;
  return chosen;
}

// What is too old would not be asked for were a later one known in time.
std::string Chooser::too_old(const Datum& latest, const std::vector<Datum>& data,
                             const TimeSpan& limit) const {
  const std::string words = "too old to carry forward";
  std::vector<Datum> later;
  for (const Datum& datum : data)
    if (datum.valid > latest.valid && datum.valid <= as_of_ && !is_over(datum.valid, limit))
      later.push_back(datum);
  if (later.empty()) return words;
  const Lateness late = lateness(later);
  return words + fmt::format("; the figure of {} is {}", to_string(late.first->valid), late.words);
}

bool Chooser::is_faulty(const std::string& country, NodeId id) const {
  return std::any_of(faults_.begin(), faults_.end(), [&](const scenario::Fault* fault) {
    return fault->country == country && fault->indicator == id;
  });
}

void Chooser::refuse(const std::string& country, const model::Node& node,
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
    const Lateness late = lateness(*data);
    diagnostic.others.push_back(
        {late.first->where, late.absence == Absence::after_as_of
                                ? late.words
                                : fmt::format("{}, too late for this scenario", late.words)});
  }
  refusals_->add(std::move(diagnostic));
}

}  // namespace waystone::data
