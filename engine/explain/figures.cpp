#include "explain/figures.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "explain/reasons.hpp"

namespace waystone::explain {
namespace {

// A figure may count for several things: as a fact, and in the window that looks back on it.
class FigureGatherer {
 public:
  FigureGatherer(const evaluate::Case& scenario_case, const CountryHoldings& country)
      : case_(scenario_case), country_(country) {}

  std::vector<Figure> gather(const std::set<NodeId>& behind) {
    const auto& chosen = case_.chosen.at(country_.code);
    const std::vector<NodeId> columns = data::indicators(*case_.model);
    for (std::size_t k = 0; k < columns.size(); ++k)
      if (behind.contains(columns[k])) note(columns[k], chosen[k]);
    for (const Holding& held : country_.facts)
      for (const auto& [datum, weight] : held.rests)
        if (weight > 0 || behind.contains(held.indicator))
          at(datum, held.indicator, Use::value, country_.code).weight += weight;
    std::stable_sort(found_.begin(), found_.end(), [](const Figure& a, const Figure& b) {
      if (a.indicator != b.indicator) return a.indicator < b.indicator;
      if (a.use != b.use) return a.use < b.use;
      return b.datum->valid < a.datum->valid;
    });
    return std::move(found_);
  }

 private:
  void note(NodeId column, const data::Chosen& fact) {
    const model::Node& node = (*case_.model)[column];
    const NodeId given = behind_of(column);
    if (node.is_given()) {
      if (fact.known && fact.datum)
        at(fact.datum, given, Use::value, country_.code).stale = fact.stale;
      return;
    }
    if (!fact.value) return;
    for (const scenario::Datum* datum : fact.past)
      if (datum->value) at(datum, given, Use::past, country_.code);
    for (const data::Partner& partner : fact.partners) {
      if (partner.datum && partner.known) at(partner.datum, given, Use::partner, partner.country);
      if (partner.tie) at(&partner.tie->datum, given, Use::tie, partner.country);
    }
  }

  Figure& at(const scenario::Datum* datum, NodeId indicator, Use use, const std::string& about) {
    const auto [place, fresh] = places_.try_emplace(datum, found_.size());
    if (fresh) {
      Figure figure;
      figure.country = country_.code;
      figure.about = about;
      figure.indicator = indicator;
      figure.use = use;
      figure.datum = datum;
      figure.age_days = case_.scenario.as_of.days - datum->valid.days;
      found_.push_back(std::move(figure));
    }
    return found_[place->second];
  }

  NodeId behind_of(NodeId id) const {
    while (!(*case_.model)[id].is_given()) id = (*case_.model)[id].source_of_values();
    return id;
  }

  const evaluate::Case& case_;
  const CountryHoldings& country_;
  std::map<const scenario::Datum*, std::size_t> places_;
  std::vector<Figure> found_;
};

}  // namespace

std::string_view word_of(Use use) {
  switch (use) {
    case Use::value: return "value";
    case Use::past: return "past";
    case Use::partner: return "partner";
    case Use::tie: return "row";
  }
  return "";
}

std::vector<Figure> figures(const evaluate::Case& scenario_case, const Holdings& holdings) {
  const std::vector<NodeId> read = facts_behind(*scenario_case.model, holdings.output);
  const std::set<NodeId> behind(read.begin(), read.end());
  std::vector<Figure> all;
  for (const CountryHoldings& country : holdings.countries) {
    std::vector<Figure> own = FigureGatherer(scenario_case, country).gather(behind);
    all.insert(all.end(), own.begin(), own.end());
  }
  return all;
}

}  // namespace waystone::explain
