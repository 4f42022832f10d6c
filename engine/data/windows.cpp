#include "data/windows.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/ties.hpp"
#include "data/reach.hpp"

namespace waystone::data {
namespace {

using model::Op;
using model::Window;
using model::WindowFunction;
using scenario::Datum;
using scenario::Grade;

using Figures = std::vector<PastFigure>;

std::vector<double> values_of(const Figures& figures) {
  std::vector<double> values;
  for (const PastFigure& figure : figures)
    if (figure.value) values.push_back(*figure.value);
  return values;
}

double mean(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / double(values.size());
}

// Square of the deviation of a sample.
double variance(const std::vector<double>& values) {
  const double middle = mean(values);
  double sum = 0;
  for (const double value : values) sum += (value - middle) * (value - middle);
  return sum / double(values.size() - 1);
}

Figures known_of(Figures figures) {
  std::erase_if(figures, [](const PastFigure& figure) { return !figure.value; });
  return figures;
}

bool certain(const Figures& figures) {
  return std::all_of(figures.begin(), figures.end(),
                     [](const PastFigure& figure) { return figure.low == figure.high; });
}

// By how much the slope a year rises with each figure.
std::vector<double> slope_weights(const Figures& figures) {
  std::vector<double> weights;
  for (const PastFigure& figure : figures) weights.push_back(figure.years);
  const double middle = mean(weights);
  double squares = 0;
  for (double& weight : weights) {
    weight -= middle;
    squares += weight * weight;
  }
  for (double& weight : weights) weight /= squares;
  return weights;
}

WindowResult slope(const Figures& figures) {
  WindowResult result{0.0, 0, 0};
  const std::vector<double> weights = slope_weights(figures);
  // the weights add up to 0: from the middle of the figures, less of large ones cancels out
  double middle = 0;
  for (const PastFigure& figure : figures)
    middle += figure.value.value_or((figure.low + figure.high) / 2) / double(figures.size());
  for (std::size_t i = 0; i < figures.size(); ++i) {
    const bool rises = weights[i] > 0;
    *result.value += weights[i] * (figures[i].value.value_or(0) - middle);
    result.low += weights[i] * ((rises ? figures[i].low : figures[i].high) - middle);
    result.high += weights[i] * ((rises ? figures[i].high : figures[i].low) - middle);
  }
  return result;
}

bool holds(Op op, double a, double b) {
  a = decimal(a);
  b = decimal(b);
  switch (op) {
    case Op::less: return a < b;
    case Op::less_equal: return a <= b;
    case Op::greater: return a > b;
    case Op::greater_equal: return a >= b;
    case Op::equal: return a == b;
    default: return a != b;
  }
}

// One that is said to be unknown counts where all that it may be would.
double count(const Window& window, const Figures& figures) {
  double sum = 0;
  for (const PastFigure& figure : figures)
    sum += figure_counts(window.counted,
                         {figure.value.value_or(figure.low), figure.value.value_or(figure.high)})
               .low;
  return sum;
}

// Today's, of the values alone.
double nominal(const Window& window, const Figures& figures) {
  const std::vector<double> values = values_of(figures);
  switch (window.function) {
    case WindowFunction::minimum: return *std::min_element(values.begin(), values.end());
    case WindowFunction::maximum: return *std::max_element(values.begin(), values.end());
    case WindowFunction::sum: return mean(values) * double(values.size());
    case WindowFunction::deviation: return std::sqrt(variance(values));
    case WindowFunction::count: return count(window, figures);
    case WindowFunction::trend: return *slope(known_of(figures)).value;
    default: return mean(values);
  }
}

// Every choice of those that may join has a line of its own; of many, nothing is said.
Range trend_reach(const Figures& figures, bool all_needed, const Range& range) {
  constexpr std::size_t most_joining = 12;
  if (all_needed && figures.size() >= 2) {
    const WindowResult line = slope(figures);
    return {line.low, line.high};
  }
  const Figures known = known_of(figures);
  Figures unknown = figures;
  std::erase_if(unknown, [](const PastFigure& figure) { return figure.value.has_value(); });
  if (unknown.size() > most_joining) return range;
  Range reached{range.high, range.low};
  for (std::size_t choice = 0; choice < std::size_t(1) << unknown.size(); ++choice) {
    Figures chosen = known;
    for (std::size_t k = 0; k < unknown.size(); ++k)
      if (choice >> k & 1) chosen.push_back(unknown[k]);
    if (chosen.size() < 2) continue;
    const WindowResult line = slope(chosen);
    reached = {std::min(reached.low, line.low), std::max(reached.high, line.high)};
  }
  return reached;
}

std::vector<Ranged> ranged(const Figures& figures, bool all_needed) {
  std::vector<Ranged> found;
  for (const PastFigure& figure : figures)
    found.push_back({figure.low, figure.high, 1, all_needed || figure.value.has_value()});
  return found;
}

Range count_reach(const Window& window, const Figures& figures, int missing, bool all_needed,
                  const Range& each) {
  std::vector<Ranged> counts;
  for (const PastFigure& figure : figures) {
    const Range one = figure_counts(window.counted, {figure.low, figure.high});
    counts.push_back({one.low, one.high, 1, all_needed || figure.value || one.low == 1});
  }
  const Range one = figure_counts(window.counted, each);
  counts.insert(counts.end(), std::size_t(missing), {one.low, one.high, 1, all_needed});
  return sum_reach(counts);
}

// Today's value and all that may come of it: what is said to be unknown or is missing may become
// known, each with all that it may be, or not; if all are needed, there is no value until they are.
// At least one figure, given or missing.
Range reach(const Window& window, const Figures& figures, int missing, bool all_needed,
            const Range& each, const Range& range) {
  if (window.function == WindowFunction::trend)  // what is missing has no date
    return missing > 0 ? range : trend_reach(figures, all_needed, range);
  if (window.function == WindowFunction::count)
    return count_reach(window, figures, missing, all_needed, each);
  std::vector<Ranged> all = ranged(figures, all_needed);
  all.insert(all.end(), std::size_t(missing), {each.low, each.high, 1, all_needed});
  switch (window.function) {
    case WindowFunction::minimum: return minimum_reach(all);
    case WindowFunction::maximum: return maximum_reach(all);
    case WindowFunction::sum: return sum_reach(all);
    case WindowFunction::deviation: return all.size() < 2 ? range : deviation_reach(all);
    default: return mean_reach(all);
  }
}

// Of a window that lacks figures and doesn't say how many there are: there may be any number more.
// They can't draw the highest of them down, nor the lowest up.
Range open_reach(const Window& window, const Figures& figures, const Range& each,
                 const Range& range) {
  if (window.function == WindowFunction::minimum || window.function == WindowFunction::maximum)
    return reach(window, figures, 1, false, each, range);
  return range;
}

// ---- the figures of a scenario

// Newest first, one a date.
std::vector<const Datum*> figures_since(const std::vector<Datum>& data, Date start, Date as_of,
                                        Date known_by) {
  std::vector<const Datum*> found;
  for (const Datum& datum : data)
    if (datum.valid > start && datum.valid <= as_of && datum.known <= known_by &&
        scenario::latest(data, datum.valid, known_by) == &datum)
      found.push_back(&datum);
  std::sort(found.begin(), found.end(),
            [](const Datum* a, const Datum* b) { return a->valid > b->valid; });
  return found;
}

Figures figures_of(const std::vector<const Datum*>& data, const Range& each) {
  Figures figures;
  for (const Datum* datum : data)
    figures.push_back({datum->value, datum->low.value_or(datum->value.value_or(each.low)),
                       datum->high.value_or(datum->value.value_or(each.high)),
                       calendar_years(data.front()->valid, datum->valid)});
  return figures;
}

// One figure of the past, with what other sources say of its date.
void cover_figure(const model::Node& node, const Range& declared, const Datum& datum,
                  const std::vector<Datum>& data, Date known_by, PastFigure& figure) {
  if (!figure.value) return;
  Chosen others;
  compare_sources(datum, data, known_by, others);
  Range range{figure.low, figure.high};
  cover(node, declared, others.others, *figure.value, range);
  figure.low = range.low;
  figure.high = range.high;
}

// "only 1 of the 3 figures that it needs since 2014-07-01"
std::string too_few(const Window& window, std::size_t known, Date start) {
  const std::string few = known == 0 ? "none" : fmt::format("only {}", known);
  return fmt::format("{} of the {} figure{} that it needs since {}", few, window.at_least,
                     window.at_least == 1 ? "" : "s", to_string(Date{start.days + 1}));
}

// What the fact was a span before `end`, the date of the figure that counts now. What is past its
// time now makes no surer what was before.
Chosen lagged(const scenario::Scenario& scenario, const model::Model& model,
              const std::string& country, const Window& window, const std::vector<Datum>* data,
              const std::vector<const scenario::Fault*>& faults, const Chosen& now, Date end) {
  const Date then = latest_start(end, window.span);
  Chosen chosen = Chooser(scenario, model, then, faults, nullptr).choose(country, window.of, data);
  if (!chosen.datum) return chosen;
  chosen.age_days = scenario.as_of.days - chosen.datum->valid.days;
  chosen.past = {chosen.datum};
  chosen.older = chosen.older || (now.older && chosen.value);
  if (!now.stale || chosen.absence == Absence::too_old) return chosen;
  const model::Node& of = model[window.of];
  chosen.stale = true;
  widen(chosen, of, *of.indicator().stale, declared_range(of), end, scenario.as_of);
  return chosen;
}

// Where the fact itself is too old to be carried forward, so is what looks back from it.
Chosen too_old(const Chosen& now, const Range& range) {
  Chosen chosen;
  chosen.low = range.low;
  chosen.high = range.high;
  chosen.absence = Absence::too_old;
  chosen.note = now.note;
  return chosen;
}

}  // namespace

Range figure_counts(const std::optional<std::pair<Op, double>>& counted, const Range& figure) {
  if (!counted) return {figure.low >= 1 ? 1.0 : 0.0, figure.high >= 1 ? 1.0 : 0.0};
  const auto [op, edge] = *counted;
  const bool low = holds(op, figure.low, edge), high = holds(op, figure.high, edge);
  const bool inside = decimal(figure.low) <= decimal(edge) && decimal(edge) <= decimal(figure.high);
  const bool point = decimal(figure.low) == decimal(figure.high);
  if (op == Op::equal) return {point && inside ? 1.0 : 0.0, inside ? 1.0 : 0.0};
  if (op == Op::not_equal) return {inside ? 0.0 : 1.0, point && inside ? 0.0 : 1.0};
  return {low && high ? 1.0 : 0.0, low || high ? 1.0 : 0.0};
}

int weakness(Grade grade) {
  switch (grade) {
    case Grade::observed: return 0;
    case Grade::estimated: return 1;
    case Grade::expected: return 2;
    case Grade::judged: return 3;
    default: return 4;
  }
}

WindowResult window_of(const Window& window, const Figures& figures, int missing, const Range& each,
                       const Range& range) {
  WindowResult result;
  const auto fewest = std::size_t(window.at_least);
  if (known_of(figures).size() >= fewest)
    result.value = std::clamp(nominal(window, figures), range.low, range.high);
  if (result.value && missing == 0 && certain(figures)) {
    result.low = result.high = *result.value;
    return result;
  }
  const bool all_needed = figures.size() + std::size_t(missing) <= fewest;
  const Range reached = window.out_of || figures.size() >= fewest
                            ? reach(window, figures, missing, all_needed, each, range)
                            : open_reach(window, figures, each, range);
  result.low = std::clamp(reached.low, range.low, range.high);
  result.high = std::clamp(reached.high, range.low, range.high);
  if (!result.value) return result;
  result.low = std::min(result.low, *result.value);
  result.high = std::max(result.high, *result.value);
  return result;
}

Chosen choose_window(const scenario::Scenario& scenario, const model::Model& model,
                     const std::string& country, NodeId id, const std::vector<Datum>* data,
                     const std::vector<const scenario::Fault*>& faults) {
  const model::Node& node = model[id];
  const Window& window = *node.indicator().window;
  const Range each = declared_range(model[window.of]), range = declared_range(node);
  const Chosen now =
      Chooser(scenario, model, scenario.as_of, faults, nullptr).choose(country, window.of, data);
  if (now.absence == Absence::too_old) return too_old(now, range);
  const Date end = now.datum ? now.datum->valid : scenario.as_of;
  if (window.function == WindowFunction::lag)
    return lagged(scenario, model, country, window, data, faults, now, end);
  const Date start = latest_start(end, window.span);
  Chosen chosen;
  if (data) chosen.past = figures_since(*data, start, end, scenario.known_by);
  if (window.out_of && chosen.past.size() > std::size_t(*window.out_of))
    chosen.past.resize(std::size_t(*window.out_of));
  Figures figures = figures_of(chosen.past, each);
  if (covers_others(scenario, window.of))
    for (std::size_t k = 0; k < figures.size(); ++k)
      cover_figure(model[window.of], each, *chosen.past[k], *data, scenario.known_by, figures[k]);
  const int missing = window.out_of ? *window.out_of - int(figures.size()) : 0;
  const WindowResult result = window_of(window, figures, missing, each, range);
  chosen.value = result.value;
  chosen.low = result.low;
  chosen.high = result.high;
  for (const Datum* datum : chosen.past) {
    if (!datum->value) continue;
    if (!chosen.datum) chosen.datum = datum;
    if (weakness(datum->grade) > weakness(chosen.grade)) chosen.grade = datum->grade;
  }
  if (chosen.datum) {
    chosen.dated = chosen.datum->valid;
    chosen.age_days = scenario.as_of.days - chosen.dated.days;
  }
  if (!chosen.value) {
    chosen.absence = data && !data->empty() ? Absence::too_few : Absence::no_figure;
    chosen.note = too_few(window, values_of(figures).size(), start);
    // What becomes known may be past its time, too: no older than the newest that is known now.
    if (const auto& stale = node.indicator().stale) {
      const Date oldest = chosen.datum ? chosen.datum->valid : Date{start.days + 1};
      if (scenario.as_of > last_day(oldest, stale->after))
        widen(chosen, node, *stale, range, oldest, scenario.as_of);
    }
    return chosen;
  }
  chosen.known = true;
  chosen.older = chosen.datum->valid < year_before(scenario.as_of);
  const auto& stale = node.indicator().stale;
  if (stale && scenario.as_of > last_day(chosen.datum->valid, stale->after)) {
    chosen.stale = true;
    widen(chosen, node, *stale, range, chosen.datum->valid, scenario.as_of);
  }
  return chosen;
}

}  // namespace waystone::data
