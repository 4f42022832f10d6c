#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "base/apportion.hpp"
#include "explain/reasons.hpp"
#include "report/data.hpp"
#include "report/replaced.hpp"
#include "report/score.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using explain::CountryHoldings;
using explain::IndicatorHoldings;
using explain::Tally;

// Nothing is easier to pass over than 0.
std::string count_cell(std::size_t count) { return count == 0 ? "" : fmt::format("{}", count); }

std::string numbered(std::size_t count, std::string_view what) {
  return fmt::format("{} {}", amount(double(count)), what);
}

// Kinds of a tally that there are: "4,901 observed, 380 estimated".
std::string kinds_words(const Tally& tally) {
  std::vector<std::string> parts;
  const auto add = [&](std::size_t count, std::string_view what) {
    if (count > 0) parts.push_back(numbered(count, what));
  };
  add(tally.observed, "observed");
  add(tally.estimated, "estimated");
  add(tally.judged, "judged");
  add(tally.expected, "expected");
  return joined(parts);
}

std::string rest_words(const Tally& tally) {
  std::vector<std::string> parts;
  const auto add = [&](std::size_t count, std::string_view what) {
    if (count > 0) parts.push_back(numbered(count, what));
  };
  add(tally.assumed, "assumed");
  add(tally.typical, "typical of peers");
  add(tally.missing, "missing");
  return joined(parts);
}

// Of whom and of when; told fact by fact, each country has a summary of its own.
Document opening(const Held& held) {
  const scenario::Scenario& scenario = held.scored.now->scenario;
  const Tally& total = held.holdings.total;
  std::string text =
      fmt::format("As of {}, with what was known by {}.", long_date(scenario.as_of),
                  scenario.known_by == scenario.as_of ? "then" : long_date(scenario.known_by));
  const Document title = document_title(titled(held.scored));
  if (!held.told.empty()) return title + paragraph(text);
  text += fmt::format(" Of {} for {}, {} of {} {} known",
                      counted(held.holdings.indicators.size(), "indicator", "indicators"),
                      counted(held.holdings.countries.size(), "country", "countries"),
                      amount(double(total.known())), counted(total.all(), "fact", "facts"),
                      total.all() == 1 ? "is" : "are");
  if (total.known() > 0) text += fmt::format(": {}", kinds_words(total));
  if (const std::string rest = rest_words(total); !rest.empty()) text += "; " + rest;
  std::vector<std::string> age;
  if (total.stale > 0) age.push_back(numbered(total.stale, "stale"));
  if (total.older > 0)
    age.push_back(numbered(total.older, "true more than a year before the scenario's date"));
  text += age.empty() ? "." : fmt::format(". Of the known, {}.", joined(age));
  return title + paragraph(text + " " + weight_words(held, total, held.holdings.countries.size()));
}

// ---- indicator by indicator

Document counts_table(const Held& held) {
  const Tally& total = held.holdings.total;
  std::vector<Column> columns{{"indicator"}, {"known", Align::right}, {"missing", Align::right}};
  const bool filled = total.filled() > 0, judged = total.judged > 0, stale = total.stale > 0,
             older = total.older > 0;
  for (const auto& [shown, header] :
       {std::pair{filled, "filled"}, {judged, "judged"}, {stale, "stale"}, {older, "older"}})
    if (shown) columns.push_back({header, Align::right});
  columns.push_back({"weight", Align::right});
  Table table(columns);
  for (const IndicatorHoldings& one : held.holdings.indicators) {
    const Tally& tally = one.tally;
    std::vector<std::string> row{held.scored.rules()[one.indicator].name,
                                 fmt::format("{}", tally.known()), count_cell(tally.missing)};
    if (filled) row.push_back(count_cell(tally.filled()));
    if (judged) row.push_back(count_cell(tally.judged));
    if (stale) row.push_back(count_cell(tally.stale));
    if (older) row.push_back(count_cell(tally.older));
    row.push_back(weight_cell(held, one.indicator, one.weight));
    table.add(std::move(row));
  }
  std::string note = "Known: countries that have a figure.";
  if (filled) note += " Filled: the rules assume it, or take what is typical of peers.";
  if (older) note += " Older: true more than a year before the scenario's date.";
  note += fmt::format(
      " Weight: share of that of {}; \"rules\": rules alone read it; empty: nothing behind it "
      "does.",
      weighed_output(held));
  return gap() + section("What there is") + inset(table) + gap() + paragraph(note);
}

std::string oldest_cell(const IndicatorHoldings& one) {
  if (one.tally.known() == 0) return "";
  std::string text = length_at_a_glance(one.worst_age_days);
  if (one.worst.size() < one.tally.known())
    text += fmt::format(" ({}{})", one.worst.front(),
                        one.worst.size() > 1 ? fmt::format(" +{}", one.worst.size() - 1) : "");
  return text;
}

std::string givers_cell(const Held& held, const IndicatorHoldings& one, std::size_t most) {
  std::vector<std::string> parts;
  for (std::size_t g = 0; g < std::min(most, one.givers.size()); ++g) {
    const auto& [giver, figures] = one.givers[g];
    const std::string name = explain::name_of(giver, held.scored.rules());
    parts.push_back(one.givers.size() == 1 ? name : fmt::format("{} {}", name, figures));
  }
  if (one.givers.size() > most) parts.push_back(fmt::format("{} more", one.givers.size() - most));
  return joined(parts, ", ");
}

Document dates_table(const Held& held) {
  const auto made = [&](std::size_t most) {
    Table table({{"indicator"}, {"figures of"}, {"age", Align::right}, {"oldest"}, {"sources"}});
    for (const IndicatorHoldings& one : held.holdings.indicators)
      table.add({held.scored.rules()[one.indicator].name, years_words(one.first, one.last),
                 one.tally.known() == 0 ? "" : length_at_a_glance(one.median_age_days),
                 oldest_cell(one), givers_cell(held, one, most)});
    return table;
  };
  Table table = made(3);
  for (std::size_t most = 2; most > 0 && table.width() > page_width; --most) table = made(most);
  return gap() + section("From when, and from whom") + inset(table) + gap() +
         paragraph(
             "Figures of: the years of all that could count by then. Age, oldest: of the figures "
             "that count, on the scenario's date; age is the median. Sources: by the number of "
             "those figures.");
}

// ---- where sources differ

Document disagreements_table(const Held& held) {
  std::vector<const IndicatorHoldings*> compared;
  for (const IndicatorHoldings& one : held.holdings.indicators)
    if (one.tally.compared > 0) compared.push_back(&one);
  if (compared.empty()) return {};
  std::stable_sort(compared.begin(), compared.end(),
                   [](auto* a, auto* b) { return a->tally.differing > b->tally.differing; });
  Table table({{"indicator"},
               {"compared", Align::right},
               {"differ", Align::right},
               {"furthest apart"},
               {"counts"},
               {"other"}});
  for (const IndicatorHoldings* one : compared) {
    const model::Node& node = held.scored.rules()[one->indicator];
    std::vector<std::string> row{node.name, fmt::format("{}", one->tally.compared),
                                 count_cell(one->tally.differing)};
    if (const auto& largest = one->largest)
      row.insert(row.end(), {country_title(largest->country),
                             fmt::format("{} {}", value_in_short(node, *largest->fact->value),
                                         largest->fact->datum->evidence->source),
                             fmt::format("{} {}", value_in_short(node, *largest->other->value),
                                         largest->other->evidence->source)});
    table.add(std::move(row));
  }
  return gap() + section("Where sources differ") + inset(table) + gap() +
         paragraph(
             "Compared: facts of which another source has a figure of the same date. Differ: by "
             "more than the rounding of the one written with fewer digits.");
}

// ---- what is missing

std::string reasons_cell(const Tally& tally) {
  std::vector<std::string> parts;
  const auto add = [&](std::size_t count, std::string_view what) {
    if (count > 0) parts.push_back(fmt::format("{} {}", count, what));
  };
  add(tally.no_figure, "without any");
  add(tally.too_old, "too old");
  add(tally.not_yet, "not yet known");
  add(tally.said_unknown, "said unknown");
  return joined(parts, ", ");
}

std::string whose_cell(const Held& held, NodeId indicator, std::size_t most) {
  std::vector<std::string> codes;
  for (const CountryHoldings& country : held.holdings.countries)
    for (const explain::Holding& fact : country.facts)
      if (fact.indicator == indicator && !fact.fact->known) codes.push_back(country.code);
  if (codes.size() == held.holdings.countries.size() && codes.size() > 1) return "all";
  const std::size_t more = codes.size() - std::min(most, codes.size());
  codes.resize(codes.size() - more);
  return fmt::format("{}{}", fmt::join(codes, " "), more > 0 ? fmt::format(" +{}", more) : "");
}

double gap_weight(const Tally& tally) { return tally.missing_weight + tally.filled_weight; }

// Windows and values over relations that are unknown for want of figures.
Document unknown_windows(const Held& held) {
  Document text;
  for (const explain::UnknownWindow& one : held.holdings.windows) {
    std::vector<std::string> names;
    for (const std::string& code : one.countries) names.push_back(country_title(code));
    constexpr std::size_t most = 4;
    std::string line = fmt::format("Unknown: {}", held.scored.rules()[one.node].name);
    if (one.weight > 0) line += fmt::format(" ({} of the weight)", share_told(one.weight));
    line += fmt::format(", of {}", joined_up_to(names, most));
    if (!one.why.empty())
      line += names.size() == 1 ? fmt::format(": {}", one.why)
                                : fmt::format(". {}: {}", names.front(), one.why);
    text += paragraph(line + ".", 0, 2);
  }
  return text.empty() ? text : gap() + text;
}

Document gaps_table(const Held& held) {
  std::vector<const IndicatorHoldings*> gaps;
  for (const IndicatorHoldings& one : held.holdings.indicators)
    if (one.tally.missing + one.tally.filled() > 0) gaps.push_back(&one);
  if (gaps.empty())
    return gap() + paragraph(held.holdings.windows.empty() ? "Nothing is missing."
                                                           : "No figure is missing.");
  std::stable_sort(gaps.begin(), gaps.end(),
                   [](auto* a, auto* b) { return gap_weight(a->tally) > gap_weight(b->tally); });
  const bool filled = held.holdings.total.filled() > 0;
  const auto made = [&](std::size_t most) {
    std::vector<Column> columns{{"indicator"}, {"missing", Align::right}};
    if (filled) columns.push_back({"filled", Align::right});
    columns.insert(columns.end(), {{"weight", Align::right}, {"why"}, {"countries"}});
    Table table(columns);
    for (const IndicatorHoldings* one : gaps) {
      std::vector<std::string> row{held.scored.rules()[one->indicator].name,
                                   count_cell(one->tally.missing)};
      if (filled) row.push_back(count_cell(one->tally.filled()));
      row.insert(row.end(), {weight_cell(held, one->indicator, gap_weight(one->tally)),
                             reasons_cell(one->tally), whose_cell(held, one->indicator, most)});
      table.add(std::move(row));
    }
    return table;
  };
  Table table = made(8);
  for (std::size_t most = 7; most > 0 && table.width() > page_width; --most) table = made(most);
  return gap() + section("What is missing", ", most weight first") + inset(table) + gap() +
         paragraph(fmt::format("Weight: share of that of {} that lies on what is missing, in the "
                               "mean of the countries.",
                               weighed_output(held)));
}

// Of whom most is missing.
Document gaps_by_country(const Held& held) {
  std::vector<const CountryHoldings*> lacking;
  for (const CountryHoldings& country : held.holdings.countries)
    if (country.tally.known() < country.tally.all()) lacking.push_back(&country);
  if (lacking.empty() || held.holdings.countries.size() == 1) return {};
  std::stable_sort(lacking.begin(), lacking.end(),
                   [](auto* a, auto* b) { return gap_weight(a->tally) > gap_weight(b->tally); });
  std::vector<std::string> parts;
  for (const CountryHoldings* country : lacking)
    parts.push_back(
        fmt::format("{} {} ({})", country_title(country->code),
                    counted(country->tally.all() - country->tally.known(), "fact", "facts"),
                    share_told(gap_weight(country->tally))));
  return gap() + section("Of whom", ", most weight first") +
         paragraph(joined_up_to(parts, 20) + ".", 2, 2);
}

Document stamp_of(const Held& held) {
  return stamped(fmt::format("{} · as of {} · rules {} · facts {}", held.scored.tool,
                             to_string(held.scored.now->scenario.as_of),
                             held.scored.model.hash.substr(0, 12), held.scored.hash.substr(0, 12)));
}

std::vector<std::string> told_by_name(const Held& held) {
  std::vector<std::string> countries = held.told;
  std::sort(countries.begin(), countries.end(), scenario::named_before);
  return countries;
}

// As whole percentages that add up, where they are all there is and none is too small for one.
std::vector<std::string> shares_told(const std::vector<double>& shares) {
  const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  const bool small = std::any_of(shares.begin(), shares.end(), [](double s) { return s < 0.005; });
  std::vector<std::string> told;
  if (const auto whole = apportion(shares, {}, {}, 0); whole && !small && std::abs(sum - 1) < 1e-9)
    for (const std::string& numeral : *whole) told.push_back(numeral + "%");
  else
    for (const double share : shares) told.push_back(share_told(share));
  return told;
}

}  // namespace

std::string weighed_output(const Held& held) {
  const model::Model& model = held.scored.rules();
  const std::string& name = model[held.holdings.output].name;
  const ViewpointId viewpoint = held.holdings.viewpoint;
  return viewpoint.valid() ? fmt::format("{} ({})", name, model.viewpoints[viewpoint.index].name)
                           : name;
}

bool read_by_rules_alone(const Held& held, NodeId indicator, double weight) {
  if (weight > 0) return false;
  const auto behind = explain::facts_behind(held.scored.rules(), held.holdings.output);
  return std::find(behind.begin(), behind.end(), indicator) != behind.end();
}

std::string share_told(double share) { return share > 0 && share < 0.005 ? "<1%" : percent(share); }

std::string weight_words(const Held& held, const Tally& tally, std::size_t countries) {
  std::vector<double> shares;
  std::vector<std::string> ends;
  const auto add = [&](double share, std::string_view end) {
    if (share <= 0) return;
    shares.push_back(share);
    ends.emplace_back(end);
  };
  add(tally.known_weight, " rests on known facts");
  add(tally.filled_weight, tally.known_weight > 0 ? " on assumed or typical ones"
                                                  : " rests on assumed or typical facts");
  if (tally.rules_weight > 1e-9) add(tally.rules_weight, " on figures of the rules");
  add(tally.missing_weight, " is missing");
  if (ends.empty()) return fmt::format("No fact carries weight of {}.", weighed_output(held));
  const std::vector<std::string> written = shares_told(shares);
  for (std::size_t k = 0; k < ends.size(); ++k) ends[k] = written[k] + ends[k];
  const model::Node& output = held.scored.rules()[held.holdings.output];
  const bool sum = output.is_factor() && output.factor().combination == model::Combination::sum;
  return fmt::format("Of the {} of {}, {}{}.", sum ? "multipliers" : "weight", weighed_output(held),
                     joined(ends), countries > 1 ? ", in the mean of the countries" : "");
}

std::string weight_cell(const Held& held, NodeId indicator, double weight) {
  if (weight > 0) return share_told(weight);
  return read_by_rules_alone(held, indicator, weight) ? "rules" : "";
}

std::string length_at_a_glance(double days) {
  if (days < 60) return counted(std::size_t(std::max(0.0, days)), "day", "days");
  if (const long months = std::lround(days / days_per_month); months < 24)
    return fmt::format("{} months", months);
  return fmt::format("{} years", std::lround(days / days_per_year));
}

std::string years_words(const std::optional<Date>& first, const std::optional<Date>& last) {
  if (!first) return "";
  const int from = year_of(*first), to = year_of(*last);
  return from == to ? fmt::format("{}", from) : fmt::format("{} to {}", from, to);
}

std::string coming_words(const scenario::Datum& next, const model::Node& node) {
  std::string text =
      fmt::format("{} of {}", value_in_short(node, *next.value), to_string(next.valid));
  if (next.known > next.valid) text += fmt::format(", known from {}", to_string(next.known));
  return text;
}

Document data_text(const Held& held) {
  if (held.holdings.countries.empty())
    return document_title(titled(held.scored)) + paragraph("The scenario scores no country.") +
           stamp_of(held);
  Document text = opening(held);
  if (held.part == Held::Part::sources) return text + sources_to_cite(held) + stamp_of(held);
  if (!held.told.empty()) {
    for (const std::string& country : told_by_name(held)) text += country_data(held, country);
    if (held.part == Held::Part::all) text += sources_table(held);
    return text + stamp_of(held);
  }
  if (held.part == Held::Part::missing)
    return text + gaps_table(held) + unknown_windows(held) + gaps_by_country(held) + stamp_of(held);
  return text + counts_table(held) + dates_table(held) + disagreements_table(held) +
         sources_table(held) + stamp_of(held);
}

}  // namespace waystone::report
