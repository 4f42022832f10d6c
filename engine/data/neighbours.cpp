#include "data/neighbours.hpp"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "data/chooser.hpp"
#include "data/windows.hpp"
#include "scenario/relations.hpp"

namespace waystone::data {
namespace {

using model::Over;
using model::WindowFunction;
using scenario::Grade;
using scenario::Tie;

// What one partner adds. Of a count, value and ends are 1 where it counts, else 0.
struct Term {
  double weight = 1;
  std::optional<double> value;
  double low = 0, high = 0;
};

Term term_of(const Over& over, bool percent, const Partner& partner) {
  Term term{percent ? partner.weight / 100 : partner.weight, partner.value, partner.low,
            partner.high};
  if (over.function != WindowFunction::count) return term;
  const Range counts = figure_counts(over.counted, {partner.low, partner.high});
  if (term.value) term.value = figure_counts(over.counted, {*term.value, *term.value}).low;
  return {1, term.value, counts.low, counts.high};
}

// Of weights and values, in the order of the partners; at least one.
double over_all(WindowFunction function, const std::vector<double>& weights,
                const std::vector<double>& values) {
  if (function == WindowFunction::minimum) return *std::min_element(values.begin(), values.end());
  if (function == WindowFunction::maximum) return *std::max_element(values.begin(), values.end());
  double sum = 0, total = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    sum += weights[i] * values[i];
    total += weights[i];
  }
  return function == WindowFunction::mean ? sum / total : sum;
}

template <class Value>
double worked_out(WindowFunction function, const std::vector<Term>& terms, Value value_of) {
  std::vector<double> weights, values;
  for (const Term& term : terms)
    if (const std::optional<double> value = value_of(term)) {
      weights.push_back(term.weight);
      values.push_back(*value);
    }
  return over_all(function, weights, values);
}

// The share of the partners' weight for which `is` holds.
template <class Is>
double weight_share(const std::vector<Partner>& partners, Is is) {
  double some = 0, all = 0;
  for (const Partner& partner : partners) {
    all += partner.weight;
    if (is(partner)) some += partner.weight;
  }
  return some / all;
}

Range ends_over(WindowFunction function, const std::vector<Term>& terms) {
  return {worked_out(function, terms, [](const Term& t) { return std::optional(t.low); }),
          worked_out(function, terms, [](const Term& t) { return std::optional(t.high); })};
}

void take_ends(Range& hull, const Range& one) {
  hull.low = std::min(hull.low, one.low);
  hull.high = std::max(hull.high, one.high);
}

// Of any of the open terms beside those given: those that pull down most give the lowest result,
// those that pull up most the highest.
Range of_any_open(WindowFunction function, const std::vector<Term>& given, std::vector<Term> open) {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  Range hull{infinite, -infinite};
  const bool sums = function == WindowFunction::sum || function == WindowFunction::count;
  for (const bool low : {true, false}) {
    const auto pull = [&](const Term& term) {
      const double end = low ? term.low : -term.high;
      return sums ? term.weight * end : end;
    };
    std::stable_sort(open.begin(), open.end(),
                     [&](const Term& a, const Term& b) { return pull(a) < pull(b); });
    std::vector<Term> some = given;
    for (std::size_t k = 0; k <= open.size(); ++k) {
      if (k > 0) some.push_back(open[k - 1]);
      if (!some.empty()) take_ends(hull, ends_over(function, some));
    }
  }
  return hull;
}

// As some, all or none of the partners of whom x is unknown become known, and the ranges of the
// others narrow; of many such partners also where those known would not be enough.
Range reach_over(const Over& over, const std::vector<Partner>& partners,
                 const std::vector<Term>& terms) {
  constexpr std::size_t most_open = 10;  // all choices of them are tried
  std::vector<Term> given, open;
  std::vector<double> weights;  // of the open ones
  double share = 0, all = 0;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    all += partners[i].weight;
    if (terms[i].value) {
      share += partners[i].weight;
      given.push_back(terms[i]);
    } else {
      weights.push_back(partners[i].weight);
      open.push_back(terms[i]);
    }
  }
  if (open.empty()) return ends_over(over.function, terms);
  if (open.size() > most_open) return of_any_open(over.function, given, open);
  Range hull = ends_over(over.function, terms);
  for (std::size_t choice = 0; choice < (std::size_t{1} << open.size()); ++choice) {
    std::vector<Term> some = given;
    double known = share;
    for (std::size_t k = 0; k < open.size(); ++k)
      if (choice >> k & 1) {
        some.push_back(open[k]);
        known += weights[k];
      }
    if (!some.empty() && known / all >= over.known_for * (1 - 1e-12))
      take_ends(hull, ends_over(over.function, some));
  }
  return hull;
}

Chosen without_partners(const scenario::Scenario& scenario, const model::Model& model,
                        const Over& over, const Range& range) {
  const std::string& relation = model[over.relation].name;
  Chosen chosen;
  chosen.low = range.low;
  chosen.high = range.high;
  chosen.absence = Absence::no_figure;
  if (!scenario::is_in_force(*scenario.relations, over.relation, scenario.as_of,
                             scenario.known_by)) {
    chosen.note = fmt::format("no row of '{}' counts on this date", relation);
    return chosen;
  }
  chosen.note = fmt::format("no partner by '{}'", relation);
  if (!over.without) return chosen;
  chosen.absence = Absence::none;
  chosen.value = chosen.low = chosen.high = *over.without;
  chosen.known = true;
  return chosen;
}

Partner partner_of(const Tie& tie, const Chosen& fact) {
  Partner partner;
  partner.country = tie.partner;
  partner.weight = *tie.datum.value;
  partner.tie = &tie;
  partner.value = fact.value;
  partner.low = fact.low;
  partner.high = fact.high;
  partner.known = fact.known;
  partner.datum = fact.datum;
  partner.note = fact.note;
  return partner;
}

// The figure that stands for the whole in dates and sources: that of the partner which decides,
// else the newest.
const scenario::Datum* leading(const Chosen& chosen) {
  const scenario::Datum* found = nullptr;
  for (const Partner& partner : chosen.partners) {
    if (!partner.datum || !partner.value) continue;
    if (partner.value == chosen.value) return partner.datum;
    if (!found || partner.datum->valid > found->valid) found = partner.datum;
  }
  return found;
}

}  // namespace

Chosen choose_over(const scenario::Scenario& scenario, const model::Model& model,
                   const std::string& country, NodeId id, const ChosenOf& chosen_of) {
  const model::Node& node = model[id];
  const Over& over = *node.indicator().over;
  const Range range = declared_range(node);
  const auto ties = scenario::partners_of(*scenario.relations, over.relation, country,
                                          scenario.as_of, scenario.known_by);
  if (ties.empty()) return without_partners(scenario, model, over, range);
  const bool percent =
      over.function == WindowFunction::sum && model[over.relation].weight == model::Unit::percent;
  Chosen chosen;
  std::vector<Term> terms;
  for (const Tie* tie : ties) {
    const Chosen fact = chosen_of(tie->partner, over.of);
    chosen.partners.push_back(partner_of(*tie, fact));
    terms.push_back(term_of(over, percent, chosen.partners.back()));
    chosen.stale = chosen.stale || fact.stale;
    chosen.older = chosen.older || fact.older;
    if (fact.value && weakness(fact.grade) > weakness(chosen.grade)) chosen.grade = fact.grade;
    if (weakness(tie->datum.grade) > weakness(chosen.grade)) chosen.grade = tie->datum.grade;
  }
  const auto enough = [&](auto is) {
    return weight_share(chosen.partners, is) >= over.known_for * (1 - 1e-12);
  };
  const Range reached = reach_over(over, chosen.partners, terms);
  chosen.low = std::clamp(reached.low, range.low, range.high);
  chosen.high = std::clamp(reached.high, range.low, range.high);
  chosen.known = enough([](const Partner& partner) { return partner.known; });
  if (enough([](const Partner& partner) { return partner.value.has_value(); })) {
    const double value =
        worked_out(over.function, terms, [](const Term& term) { return term.value; });
    chosen.value = std::clamp(value, range.low, range.high);
    chosen.low = std::min(chosen.low, *chosen.value);
    chosen.high = std::max(chosen.high, *chosen.value);
    const auto filled =
        std::count_if(chosen.partners.begin(), chosen.partners.end(),
                      [](const Partner& partner) { return partner.value && !partner.known; });
    if (!chosen.known)
      chosen.note = fmt::format("filled in for {} of {} partners", filled, chosen.partners.size());
  } else {
    const auto missing = std::count_if(chosen.partners.begin(), chosen.partners.end(),
                                       [](const Partner& partner) { return !partner.value; });
    chosen.absence = Absence::too_few;
    chosen.note = fmt::format("not known of {} of {} partners", missing, chosen.partners.size());
    chosen.known = chosen.older = false;
  }
  if (chosen.known && (chosen.grade == Grade::assumed || chosen.grade == Grade::typical))
    chosen.grade = Grade::judged;  // of a part: what a policy fills in is judgement
  chosen.datum = leading(chosen);
  if (chosen.datum) chosen.age_days = scenario.as_of.days - chosen.datum->valid.days;
  chosen.older = chosen.older && chosen.datum;
  return chosen;
}

}  // namespace waystone::data
