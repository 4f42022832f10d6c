#include "data/neighbours.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "data/chooser.hpp"
#include "data/reach.hpp"
#include "data/windows.hpp"
#include "scenario/relations.hpp"

namespace waystone::data {
namespace {

using model::Over;
using model::WindowFunction;
using scenario::Grade;
using scenario::Tie;

using Partners = std::vector<Partner>;

double weight_of(const Partner& partner, bool percent) {
  return percent ? partner.weight / 100 : partner.weight;
}

// A partner of whom nothing is known counts where all that it may be would.
bool surely_counts(const Over& over, const Partner& partner) {
  return figure_counts(over.counted,
                       {partner.value.value_or(partner.low), partner.value.value_or(partner.high)})
             .low == 1;
}

// Today's: of the values that there are, at least one but for a count.
double today_over(const Over& over, bool percent, const Partners& partners) {
  if (over.function == WindowFunction::count)
    return double(std::count_if(partners.begin(), partners.end(), [&](const Partner& partner) {
      return surely_counts(over, partner);
    }));
  std::vector<double> values;
  double sum = 0, total = 0;
  for (const Partner& partner : partners) {
    if (!partner.value) continue;
    const double weight = weight_of(partner, percent);
    values.push_back(*partner.value);
    sum += weight * *partner.value;
    total += weight;
  }
  switch (over.function) {
    case WindowFunction::minimum: return *std::min_element(values.begin(), values.end());
    case WindowFunction::maximum: return *std::max_element(values.begin(), values.end());
    case WindowFunction::mean: return sum / total;
    default: return sum;
  }
}

// The share of the partners' weight that has to be known for a value.
double least_known(const Over& over) { return over.known_for * (1 - 1e-12); }

// Today's value and all that may come of it, as more partners become known.
Range reach_over(const Over& over, bool percent, const Partners& partners) {
  std::vector<Ranged> ranged;
  double all = 0;
  for (const Partner& partner : partners) all += partner.weight;
  for (const Partner& partner : partners) {
    // Without a partner whose weight is wanted there is no value.
    const bool counted = partner.value || (all - partner.weight) / all < least_known(over);
    if (over.function != WindowFunction::count) {
      ranged.push_back({partner.low, partner.high, weight_of(partner, percent), counted});
      continue;
    }
    const Range counts = figure_counts(over.counted, {partner.low, partner.high});
    ranged.push_back({counts.low, counts.high, 1, counted || counts.low == 1});
  }
  switch (over.function) {
    case WindowFunction::minimum: return minimum_reach(ranged);
    case WindowFunction::maximum: return maximum_reach(ranged);
    case WindowFunction::mean: return mean_reach(ranged);
    default: return sum_reach(ranged);
  }
}

// The share of the partners' weight for which `is` holds.
template <class Is>
double weight_share(const Partners& partners, Is is) {
  double some = 0, all = 0;
  for (const Partner& partner : partners) {
    all += partner.weight;
    if (is(partner)) some += partner.weight;
  }
  return some / all;
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

// A list with weights says how things were in its year; who borders on whom lasts.
Date dated_by(const Tie& tie, const Chosen& fact, const model::Relation& relation, Date latest) {
  Date date = latest;
  if (fact.older) date = std::min(date, fact.dated);
  if (relation.weight) date = std::min(date, tie.datum.valid);
  return date;
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
  Date oldest = scenario.as_of;
  for (const Tie* tie : ties) {
    const Chosen fact = chosen_of(tie->partner, over.of);
    chosen.partners.push_back(partner_of(*tie, fact));
    chosen.stale = chosen.stale || fact.stale;
    oldest = dated_by(*tie, fact, model[over.relation], oldest);
    if (fact.value && weakness(fact.grade) > weakness(chosen.grade)) chosen.grade = fact.grade;
    if (weakness(tie->datum.grade) > weakness(chosen.grade)) chosen.grade = tie->datum.grade;
  }
  const auto enough = [&](auto is) {
    return weight_share(chosen.partners, is) >= least_known(over);
  };
  const Range reached = reach_over(over, percent, chosen.partners);
  chosen.low = std::clamp(reached.low, range.low, range.high);
  chosen.high = std::clamp(reached.high, range.low, range.high);
  chosen.known = enough([](const Partner& partner) { return partner.known; });
  if (enough([](const Partner& partner) { return partner.value.has_value(); })) {
    chosen.value = std::clamp(today_over(over, percent, chosen.partners), range.low, range.high);
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
    chosen.known = false;
  }
  if (chosen.known && (chosen.grade == Grade::assumed || chosen.grade == Grade::typical))
    chosen.grade = Grade::judged;  // of a part: what a policy fills in is judgement
  chosen.datum = leading(chosen);
  if (!chosen.datum) {
    chosen.older = false;
    return chosen;
  }
  chosen.older = chosen.value && oldest < year_before(scenario.as_of);
  chosen.dated = chosen.older ? oldest : chosen.datum->valid;
  chosen.age_days = scenario.as_of.days - chosen.dated.days;
  return chosen;
}

}  // namespace waystone::data
