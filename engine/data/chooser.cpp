#include "data/chooser.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "model/units.hpp"

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
  if (datum) return figure(*datum, *data, id, declared);
  const bool refused = node.indicator().missing.kind == MissingKind::refuse;
  if (refused && refusals_ && !is_faulty(country, id)) refuse(country, node, data);
  Chosen chosen = node.indicator().missing.its.empty() ? filled(node, declared)
                                                       : typical_of_its(country, id, declared);
  const auto add = [&](const std::string& words) {
    chosen.note += (chosen.note.empty() || words.empty() ? "" : "; ") + words;
  };
  if (data && !data->empty()) {
    const Lateness late = why_none(*data, node.indicator().missing);
    chosen.absence = late.absence;
    add(late.words);
  }
  add(filter_words(country, id, data));
  return chosen;
}

// A filter that keeps some of a country's rows may have left out the one that is wanted: of a table
// that gives the indicator.
std::string Chooser::filter_words(const std::string& country, NodeId id,
                                  const std::vector<Datum>* data) const {
  const auto stands_in = [&](const std::vector<Datum>& some, FileId file) {
    return std::any_of(some.begin(), some.end(),
                       [&](const Datum& datum) { return datum.where.file == file; });
  };
  for (const scenario::LeftOut& rows : scenario_.left_out) {
    if (rows.reason != scenario::LeftOut::Reason::filtered ||
        std::find(rows.partly.begin(), rows.partly.end(), country) == rows.partly.end())
      continue;
    bool gives = data && stands_in(*data, rows.first.file);
    if (!data || data->empty())
      gives = std::any_of(scenario_.facts.begin(), scenario_.facts.end(), [&](const auto& entry) {
        const auto found = entry.second.find(id);
        return found != entry.second.end() && stands_in(found->second, rows.first.file);
      });
    if (gives) return "rows of it are left out by a filter";
  }
  return "";
}

// A datum that counts, with what its age and other sources make of it.
Chosen Chooser::figure(const Datum& datum, const std::vector<Datum>& data, NodeId id,
                       const Range& declared) const {
  const model::Node& node = model_[id];
  Chosen chosen = of(datum, declared);
  const model::Missing& missing = node.indicator().missing;
  if (missing.kind == MissingKind::carry_forward && is_over(datum.valid, missing.limit)) {
    chosen.value.reset();
    chosen.known = chosen.older = false;
    chosen.low = declared.low;
    chosen.high = declared.high;
    chosen.absence = Absence::too_old;
    chosen.note = too_old(datum, data, missing.limit);
    return chosen;
  }
  compare_sources(datum, data, scenario_.known_by, chosen);
  if (datum.preference > 0) note_silent(datum, data, chosen);
  if (chosen.value && covers_others(scenario_, id)) {
    Range range{chosen.low, chosen.high};
    cover(node, declared, chosen.others, *chosen.value, range);
    chosen.low = range.low;
    chosen.high = range.high;
  }
  if (const auto& stale = node.indicator().stale; stale && is_over(datum.valid, stale->after)) {
    chosen.stale = true;
    widen(chosen, node, *stale, declared, datum.valid, as_of_);
  }
  return chosen;
}

namespace {

// " 50 of 2010-12-31": the value where it is a number, the date where it is over a year older.
std::string figure_words(const model::Node& node, const Chosen& fact) {
  const bool number = model::is_number(node.unit);
  return (number ? fmt::format(" {:.6g}", *fact.value) : "") +
         (fact.older ? fmt::format(" of {}", to_string(fact.dated)) : "");
}

std::string joined_up_to_six(const std::vector<std::string>& parts) {
  constexpr std::size_t most = 6;
  if (parts.size() <= most) return fmt::format("{}", fmt::join(parts, ", "));
  return fmt::format("{} and {} more", fmt::join(parts.begin(), parts.begin() + most, ", "),
                     parts.size() - most);
}

}  // namespace

// The middle of what the other members of a country's groups of one kind have on the date, scored
// or not, from the lowest to the highest that any of them may have. Of levels and yes or no it is
// one that a member has: of two in the middle the higher.
Chosen Chooser::typical_of_its(const std::string& country, NodeId id, const Range& declared) const {
  const model::Node& node = model_[id];
  const model::Missing& missing = node.indicator().missing;
  std::set<std::string> members;
  for (const scenario::Group* group : scenario::groups_of(scenario_, missing.its, country))
    members.insert(group->members.begin(), group->members.end());
  members.erase(country);
  std::vector<double> values;
  std::vector<std::string> told;
  Range range{infinity, -infinity};
  Chosen chosen;
  for (const std::string& member : members) {
    const auto facts = scenario_.facts.find(member);
    if (facts == scenario_.facts.end()) continue;
    const auto data = facts->second.find(id);
    if (data == facts->second.end()) continue;
    const Datum* datum = scenario::latest(data->second, as_of_, scenario_.known_by);
    if (!datum || !datum->value) continue;
    const Chosen fact = figure(*datum, data->second, id, declared);
    values.push_back(*fact.value);
    range = {std::min(range.low, fact.low), std::max(range.high, fact.high)};
    told.push_back(member + figure_words(node, fact));
    chosen.stale = chosen.stale || fact.stale;
    if (!fact.older || (chosen.older && chosen.dated <= fact.dated)) continue;
    chosen.older = true;
    chosen.dated = fact.dated;
    chosen.age_days = fact.age_days;
  }
  chosen.absence = Absence::no_figure;
  chosen.low = declared.low;
  chosen.high = declared.high;
  if (members.empty()) {
    chosen.note = fmt::format("in no {} with others", missing.its);
    return chosen;
  }
  chosen.note =
      fmt::format("typical of its {}: {} of {} known", missing.its, values.size(), members.size());
  if (values.size() < std::size_t(missing.at_least)) {
    chosen.note += fmt::format(", fewer than {}", missing.at_least);
    chosen.stale = chosen.older = false;
    return chosen;
  }
  chosen.note += ", " + joined_up_to_six(told);
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  const bool between =
      values.size() % 2 == 0 && node.unit != Unit::level && node.unit != Unit::yes_no;
  chosen.value = between ? (values[middle - 1] + values[middle]) / 2 : values[middle];
  chosen.low = range.low;
  chosen.high = range.high;
  chosen.grade = Grade::typical;
  return chosen;
}

// Sources further up in the order that say of the same date that they don't know.
void Chooser::note_silent(const Datum& datum, const std::vector<Datum>& data,
                          Chosen& chosen) const {
  std::vector<std::string> silent;
  for (const Datum& other : data)
    if (other.valid == datum.valid && other.known <= scenario_.known_by && !other.value &&
        other.preference < datum.preference &&
        std::find(silent.begin(), silent.end(), other.evidence->source) == silent.end())
      silent.push_back(other.evidence->source);
  if (!silent.empty()) chosen.note = fmt::format("unknown by {}", fmt::join(silent, ", "));
}

// Why none of some data counts. What is true only later stays so whatever `known_by` says, so of
// what is both, that is said; where one is true in time, its being known is all that is wanted.
Chooser::Lateness Chooser::lateness(const std::vector<Datum>& data) const {
  const auto rank = [&](const Datum& datum) {
    const bool later = datum.valid > as_of_;
    return std::tuple(later, later ? datum.valid : datum.known, datum.known);
  };
  const auto sooner = [&](const Datum& a, const Datum& b) { return rank(a) < rank(b); };
  const Datum* earliest = &*std::min_element(data.begin(), data.end(), sooner);
  if (earliest->valid <= as_of_ && !earliest->value) {
    // Said to be unknown is nothing to wait for, unless it is revised.
    const Datum* revised = nullptr;
    for (const Datum& datum : data)
      if (datum.valid <= as_of_ && datum.value && (!revised || sooner(datum, *revised)))
        revised = &datum;
    if (!revised)
      return {Absence::said_unknown, earliest,
              fmt::format("that of {} is said to be unknown", to_string(earliest->valid))};
    earliest = revised;
  }
  const Datum& first = *earliest;
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
