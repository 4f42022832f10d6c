#include "explain/holdings.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>
#include <set>

#include "evaluate/coverage.hpp"
#include "scenario/precedence.hpp"

namespace waystone::explain {
namespace {

using data::Chosen;
using scenario::Datum;
using scenario::Grade;

const std::vector<Datum>* held_data(const evaluate::Case& scenario_case, const std::string& country,
                                    NodeId indicator) {
  const auto facts = scenario_case.scenario.facts.find(country);
  if (facts == scenario_case.scenario.facts.end()) return nullptr;
  const auto found = facts->second.find(indicator);
  return found == facts->second.end() ? nullptr : &found->second;
}

// The day from which a datum can count.
Date usable_from(const Datum& datum) { return std::max(datum.valid, datum.known); }

// What takes the place of a fact first as dates move on; not what is too old to be used by then.
const Datum* next_of(const std::vector<Datum>& held, const Chosen& fact, const model::Node& node,
                     const scenario::Scenario& scenario) {
  const model::Missing& missing = node.indicator().missing;
  const auto lasts = [&](const Datum& datum) {
    return missing.kind != model::MissingKind::carry_forward ||
           std::max(scenario.as_of, usable_from(datum)) <= last_day(datum.valid, missing.limit);
  };
  const Datum* next = nullptr;
  for (const Datum& datum : held) {
    const bool later = datum.valid > scenario.as_of || datum.known > scenario.known_by;
    if (!later || !datum.value || !lasts(datum)) continue;
    if (fact.datum && !scenario::outranks(datum, *fact.datum)) continue;
    if (!next || usable_from(datum) < usable_from(*next) ||
        (usable_from(datum) == usable_from(*next) && scenario::outranks(datum, *next)))
      next = &datum;
  }
  return next;
}

void widen(std::optional<Date>& first, std::optional<Date>& last, Date date) {
  first = first ? std::min(*first, date) : date;
  last = last ? std::max(*last, date) : date;
}

void count_gap(const Holding& held, Tally& tally) {
  const Chosen& fact = *held.fact;
  tally.awaited += held.next != nullptr;
  ++(!fact.value ? tally.missing : fact.grade == Grade::typical ? tally.typical : tally.assumed);
  switch (fact.absence) {
    case data::Absence::after_as_of:
    case data::Absence::after_known_by: ++tally.not_yet; break;
    case data::Absence::too_old: ++tally.too_old; break;
    case data::Absence::said_unknown: ++tally.said_unknown; break;
    default: ++tally.no_figure; break;
  }
}

double apart(const Disagreement& one) { return std::abs(*one.fact->value - *one.other->value); }

// Of what differs, the one furthest from what counts.
std::optional<Disagreement> disagreement_in(const Holding& held, const std::string& country,
                                            const model::Model& model) {
  std::optional<Disagreement> largest;
  if (!held.fact->value) return largest;
  for (const Datum* other : held.fact->others) {
    const Disagreement one{country, held.fact, other};
    if (data::differ(model[held.indicator], *held.fact->value, *other->value) &&
        (!largest || apart(*largest) < apart(one)))
      largest = one;
  }
  return largest;
}

// `countries`: over which the shares are means.
void count(const Holding& held, double countries, Tally& tally) {
  const Chosen& fact = *held.fact;
  tally.known_weight += held.known_weight / countries;
  tally.filled_weight += held.filled_weight / countries;
  tally.missing_weight += (held.weight - held.known_weight - held.filled_weight) / countries;
  if (!fact.known) return count_gap(held, tally);
  tally.stale += fact.stale;
  tally.older += fact.older;
  tally.compared += !fact.others.empty();
  tally.differing += held.differs;
  switch (fact.grade) {
    case Grade::estimated: ++tally.estimated; break;
    case Grade::judged: ++tally.judged; break;
    case Grade::expected: ++tally.expected; break;
    default: ++tally.observed; break;
  }
}

// Sources of the rule files by name, looked up once each: a wide table has thousands of figures.
class Givers {
 public:
  explicit Givers(const model::Model& model) : model_(model) {}

  const Giver& of(const Datum& datum) {
    const auto [at, fresh] = known_.try_emplace(datum.evidence.get());
    if (fresh) at->second = {model_.find_source(datum.evidence->source), datum.evidence->by};
    if (fresh && at->second.source) at->second.by.clear();
    return at->second;
  }

 private:
  const model::Model& model_;
  std::map<const scenario::Evidence*, Giver> known_;
};

double median(std::vector<double>& values) {
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

class Holder {
 public:
  Holder(const evaluate::Case& scenario_case, ViewpointId viewpoint, NodeId output,
         const std::vector<std::string>& countries)
      : case_(scenario_case),
        model_(*scenario_case.model),
        givers_(model_),
        columns_(data::indicators(model_)) {
    for (std::size_t k = 0; k < columns_.size(); ++k)
      if (model_[columns_[k]].is_given()) given_.push_back(k);
    held_.output = output;
    held_.viewpoint = viewpoint;
    hold(countries);
  }

  Holdings holdings() {
    for (std::size_t k = 0; k < given_.size(); ++k) held_.indicators.push_back(of_column(k));
    for (UnknownWindow& window : held_.windows) window.weight = mean(window.weight);
    std::sort(held_.windows.begin(), held_.windows.end(),
              [](const UnknownWindow& a, const UnknownWindow& b) { return a.node < b.node; });
    gather_givers();
    gather_cited();
    return std::move(held_);
  }

 private:
  double mean(double share) const { return share / double(held_.countries.size()); }

  void hold(const std::vector<std::string>& countries) {
    const std::vector<RegisterId> wanted = evaluate::deciding(*case_.program);
    std::map<RegisterId, std::size_t> places;
    for (std::size_t k = 0; k < wanted.size(); ++k) places[wanted[k]] = k;
    const evaluate::Plan plan(*case_.program, wanted);
    const arma::mat values = evaluate::evaluate(plan, evaluate::frame_of(case_, held_.viewpoint));
    const evaluate::Shares shares(model_, *case_.program, held_.viewpoint);
    for (const std::string& code : countries) {
      const std::size_t lane = case_.lane_of(code);
      const evaluate::ValueOf value = [&](RegisterId reg) { return values(lane, places.at(reg)); };
      CountryHoldings country = of_country(code, shares.weights_in(held_.output, value));
      const double coverage = shares.of(case_.chosen.at(code), value)[held_.output.index].known;
      country.tally.rules_weight = std::max(0.0, coverage - country.tally.known_weight);
      held_.countries.push_back(std::move(country));
    }
    for (const CountryHoldings& country : held_.countries)
      held_.total.rules_weight += mean(country.tally.rules_weight);
  }

  CountryHoldings of_country(const std::string& code, const std::vector<double>& weights) {
    CountryHoldings result{code, {}, {}};
    const std::vector<Chosen>& facts = case_.chosen.at(code);
    std::map<NodeId, std::size_t> places;
    for (const std::size_t k : given_) {
      Holding held;
      held.indicator = columns_[k];
      held.fact = &facts[k];
      add_weight(facts[k], weights[columns_[k].index], held);
      if (const auto* all = held_data(case_, code, held.indicator))
        held.next = next_of(*all, facts[k], model_[held.indicator], case_.scenario);
      held.differs = disagreement_in(held, code, model_).has_value();
      places[held.indicator] = result.facts.size();
      result.facts.push_back(held);
    }
    for (std::size_t k = 0; k < columns_.size(); ++k) {
      if (model_[columns_[k]].is_given()) continue;
      const double weight = weights[columns_[k].index];
      add_weight(facts[k], weight, result.facts[places.at(given_behind(columns_[k]))]);
      if (!facts[k].value) note_unknown(columns_[k], code, weight, facts[k].note);
    }
    for (const Holding& held : result.facts) count(held, 1, result.tally);
    return result;
  }

  void note_unknown(NodeId node, const std::string& code, double weight, const std::string& why) {
    const auto found = std::find_if(held_.windows.begin(), held_.windows.end(),
                                    [&](const UnknownWindow& one) { return one.node == node; });
    UnknownWindow& window = found == held_.windows.end() ? held_.windows.emplace_back() : *found;
    if (window.countries.empty()) window.node = node, window.why = why;
    window.countries.push_back(code);
    window.weight += weight;
  }

  // What is known without a figure, as of a country without partners, is a number of the rules.
  static void add_weight(const Chosen& fact, double weight, Holding& held) {
    const std::vector<const Datum*> data = data_of(fact);
    if (fact.known && data.empty()) return;
    held.weight += weight;
    if (fact.known)
      held.known_weight += weight;
    else if (fact.value)
      held.filled_weight += weight;
    if (!fact.known) return;
    for (const Datum* datum : data) held.rests.emplace_back(datum, weight / double(data.size()));
  }

  // The figures that a value is made of.
  static std::vector<const Datum*> data_of(const Chosen& fact) {
    std::vector<const Datum*> data;
    for (const Datum* datum : fact.past)
      if (datum->value) data.push_back(datum);
    for (const data::Partner& partner : fact.partners)
      if (partner.datum && partner.known) data.push_back(partner.datum);
    if (data.empty() && fact.datum) data.push_back(fact.datum);
    return data;
  }

  // The indicator that scenarios give, of which this is a window or a value over a relation.
  NodeId given_behind(NodeId id) const {
    while (!model_[id].is_given()) {
      const model::Indicator& indicator = model_[id].indicator();
      id = indicator.window ? indicator.window->of : indicator.over->of;
    }
    return id;
  }

  IndicatorHoldings of_column(std::size_t k) {
    IndicatorHoldings result;
    result.indicator = columns_[given_[k]];
    std::vector<double> ages;
    for (const CountryHoldings& country : held_.countries) {
      const Holding& held = country.facts[k];
      result.weight += mean(held.weight);
      count(held, double(held_.countries.size()), result.tally);
      count(held, double(held_.countries.size()), held_.total);
      note_dates(country.code, result);
      if (const auto found = disagreement_in(held, country.code, model_);
          found && (!result.largest || apart(*result.largest) < apart(*found)))
        result.largest = found;
      if (!held.fact->known) continue;
      ages.push_back(held.fact->age_days);
      note_giver(givers_.of(*held.fact->datum), result);
    }
    if (ages.empty()) return result;
    result.worst_age_days = *std::max_element(ages.begin(), ages.end());
    result.median_age_days = median(ages);
    for (const CountryHoldings& country : held_.countries)
      if (const Chosen& fact = *country.facts[k].fact;
          fact.known && fact.age_days == result.worst_age_days)
        result.worst.push_back(country.code);
    std::stable_sort(result.givers.begin(), result.givers.end(), [&](const auto& a, const auto& b) {
      return a.second != b.second ? a.second > b.second
                                  : name_of(a.first, model_) < name_of(b.first, model_);
    });
    return result;
  }

  void note_dates(const std::string& country, IndicatorHoldings& result) const {
    const auto* all = held_data(case_, country, result.indicator);
    if (!all) return;
    for (const Datum& datum : *all)
      if (datum.value && datum.valid <= case_.scenario.as_of &&
          datum.known <= case_.scenario.known_by)
        widen(result.first, result.last, datum.valid);
  }

  static void note_giver(const Giver& giver, IndicatorHoldings& result) {
    const auto found = std::find_if(result.givers.begin(), result.givers.end(),
                                    [&](const auto& known) { return known.first == giver; });
    if (found == result.givers.end())
      result.givers.emplace_back(giver, 1);
    else
      ++found->second;
  }

  GiverHoldings& holdings_of(const Giver& giver) {
    const auto found = std::find_if(held_.givers.begin(), held_.givers.end(),
                                    [&](const auto& known) { return known.giver == giver; });
    if (found != held_.givers.end()) return *found;
    GiverHoldings& fresh = held_.givers.emplace_back();
    fresh.giver = giver;
    if (giver.source) fresh.terms = terms_of(model_[*giver.source].licence);
    return fresh;
  }

  void gather_givers() {
    std::map<std::string, std::set<std::string>> countries;  // by name of the giver
    for (std::size_t k = 0; k < given_.size(); ++k)
      for (const CountryHoldings& country : held_.countries) {
        const Holding& held = country.facts[k];
        std::set<const Datum*> counted;
        for (const auto& [datum, weight] : held.rests) {
          GiverHoldings& giver = holdings_of(givers_.of(*datum));
          giver.figures += counted.insert(datum).second;
          giver.weight += mean(weight);
          if (giver.indicators.empty() || giver.indicators.back() != held.indicator)
            giver.indicators.push_back(held.indicator);
          widen(giver.first, giver.last, datum->valid);
          countries[name_of(giver.giver, model_)].insert(country.code);
        }
      }
    for (const CountryHoldings& country : held_.countries)
      for (const Datum* row : rows_of(country.code)) {
        GiverHoldings& giver = holdings_of(givers_.of(*row));
        ++giver.figures;
        widen(giver.first, giver.last, row->valid);
        countries[name_of(giver.giver, model_)].insert(country.code);
      }
    for (GiverHoldings& giver : held_.givers)
      giver.countries = countries[name_of(giver.giver, model_)].size();
    std::sort(held_.givers.begin(), held_.givers.end(), [&](const auto& a, const auto& b) {
      if (evaluate::differs(a.weight, b.weight)) return a.weight > b.weight;
      return name_of(a.giver, model_) < name_of(b.giver, model_);
    });
  }

  // The rows of relations by which a country's values were found: they bear no weight of their own.
  std::set<const Datum*> rows_of(const std::string& country) const {
    std::set<const Datum*> rows;
    for (const Chosen& fact : case_.chosen.at(country))
      for (const data::Partner& partner : fact.partners)
        if (partner.tie) rows.insert(&partner.tie->datum);
    return rows;
  }

  void gather_cited() {
    std::set<SourceId> cited;
    const auto add = [&](const model::Provenance& provenance) {
      cited.insert(provenance.cites.begin(), provenance.cites.end());
    };
    for (const model::Node& node : model_.nodes) add(node.provenance);
    for (const model::Rule& rule : model_.rules) add(rule.provenance);
    for (const model::Tripwire& tripwire : model_.tripwires) add(tripwire.provenance);
    for (const model::Viewpoint& viewpoint : model_.viewpoints) add(viewpoint.provenance);
    for (const GiverHoldings& giver : held_.givers)
      if (giver.giver.source) cited.erase(*giver.giver.source);
    held_.cited.assign(cited.begin(), cited.end());
  }

  const evaluate::Case& case_;
  const model::Model& model_;
  Givers givers_;
  std::vector<NodeId> columns_;     // of the case
  std::vector<std::size_t> given_;  // those of the columns that scenarios give
  Holdings held_;
};

bool has_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return text.find(word) != std::string_view::npos;
  });
}

// Whether a list of terms has the word as one of them: "cited", "facts, cited".
bool ends_in_word(std::string_view text, std::string_view word) {
  return text == word || text.ends_with(", " + std::string(word));
}

}  // namespace

std::string name_of(const Giver& giver, const model::Model& model) {
  return giver.source ? model[*giver.source].name : "by " + giver.by;
}

Terms terms_of(std::string_view licence) {
  std::string words(licence);
  for (char& c : words) c = char(std::tolower(static_cast<unsigned char>(c)));
  Terms terms;
  terms.stated = !words.empty();
  terms.share_alike = has_any(words, {"-sa", "share-alike", "sharealike", "share alike", "odbl"});
  // "facts, cited": what is passed on are facts, the publication may only be cited
  terms.cited_only =
      has_any(words, {"cited only", "citation only"}) || ends_in_word(words, "cited");
  terms.non_commercial = has_any(words, {"-nc", "non-commercial", "noncommercial"});
  terms.no_derivatives = has_any(words, {"-nd", "no derivatives", "noderivatives"});
  return terms;
}

Holdings holdings(const evaluate::Case& scenario_case, ViewpointId viewpoint, NodeId output,
                  const std::vector<std::string>& countries) {
  return Holder(scenario_case, viewpoint, output, countries).holdings();
}

}  // namespace waystone::explain
