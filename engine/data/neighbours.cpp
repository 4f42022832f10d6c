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

// The fewest partners that can be known for so much of the weight, those included that are, and
// without whom it can't: without one of those there never is a value.
std::size_t fewest_of(const Partners& partners, double wanted, std::vector<Ranged>& ranged) {
  double all = 0;
  for (const Partner& partner : partners) all += partner.weight;
  std::vector<double> others;  // weights of those that may join or not
  std::size_t fewest = 0;
  double known = 0;
  for (std::size_t k = 0; k < partners.size(); ++k) {
    const double weight = partners[k].weight;
    if (!partners[k].value && all - weight >= wanted * all) {
      others.push_back(weight);
      continue;
    }
    ranged[k].counts = true;
    known += weight;
    ++fewest;
  }
  std::sort(others.rbegin(), others.rend());
  for (const double weight : others) {
    if (known >= wanted * all) break;
    known += weight;
    ++fewest;
  }
  return std::max<std::size_t>(fewest, 1);
}

// All that may come of it, once it has a value: as more partners become known, each with all that
// it may have.
Range reach_over(const Over& over, bool percent, double wanted, const Partners& partners) {
  std::vector<Ranged> ranged;
  for (const Partner& partner : partners) {
    if (over.function != WindowFunction::count) {
      ranged.push_back({partner.low, partner.high, weight_of(partner, percent), false});
      continue;
    }
    const Range counts = figure_counts(over.counted, {partner.low, partner.high});
    ranged.push_back({counts.low, counts.high, 1, partner.value || counts.low == 1});
  }
  if (over.function == WindowFunction::count) return sum_reach(ranged, 1);
  const std::size_t fewest = fewest_of(partners, wanted, ranged);
  switch (over.function) {
    case WindowFunction::minimum: return minimum_reach(ranged, fewest);
    case WindowFunction::maximum: return maximum_reach(ranged, fewest);
    case WindowFunction::mean: return mean_reach(ranged, fewest);
    default: return sum_reach(ranged, fewest);
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

// The row of a country to wait for, where none counts on the date: what is true only later stays so
// whatever is known. Null where it has none.
const scenario::Datum* awaited_row(const scenario::Scenario& scenario, RelationId relation,
                                   const std::string& country) {
  const auto all = scenario.relations->find(relation);
  if (all == scenario.relations->end()) return nullptr;
  const auto rows = all->second.find(country);
  if (rows == all->second.end()) return nullptr;
  const auto rank = [&](const scenario::Datum& row) {
    const bool later = row.valid > scenario.as_of;
    return std::pair(later, later ? row.valid : row.known);
  };
  const scenario::Datum* first = nullptr;
  for (const Tie& tie : rows->second)
    if (!first || rank(tie.datum) < rank(*first)) first = &tie.datum;
  const bool waits = first && (first->valid > scenario.as_of || first->known > scenario.known_by);
  return waits ? first : nullptr;
}

Chosen without_partners(const scenario::Scenario& scenario, const model::Model& model,
                        const std::string& country, const Over& over, const Range& range) {
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
  if (const scenario::Datum* row = awaited_row(scenario, over.relation, country)) {
    const bool later = row->valid > scenario.as_of;
    chosen.absence = later ? Absence::after_as_of : Absence::after_known_by;
    chosen.note += later ? fmt::format(": its first list is of {}, after the scenario's date",
                                       to_string(row->valid))
                         : fmt::format(": its list is known only from {}", to_string(row->known));
  }
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

// "not known of 1 of 3 partners: CZE (known only from 2021-06-30)"
std::string not_known_of(const Partners& partners) {
  constexpr std::size_t most = 3;
  std::vector<std::string> names;
  for (const Partner& partner : partners)
    if (!partner.value)
      names.push_back(partner.note.empty() ? partner.country
                                           : fmt::format("{} ({})", partner.country, partner.note));
  const std::size_t missing = names.size();
  if (missing > most) names.resize(most);
  std::string text = fmt::format("not known of {} of {} partners: {}", missing, partners.size(),
                                 fmt::join(names, ", "));
  return missing > most ? text + fmt::format(" and {} more", missing - most) : text;
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
  if (ties.empty()) return without_partners(scenario, model, country, over, range);
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
  const double wanted = over.known_for * (1 - 1e-12);
  const auto enough = [&](auto is) { return weight_share(chosen.partners, is) >= wanted; };
  const Range reached = reach_over(over, percent, wanted, chosen.partners);
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
    chosen.absence = Absence::too_few;
    chosen.note = not_known_of(chosen.partners);
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
