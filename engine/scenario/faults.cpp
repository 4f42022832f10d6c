#include "scenario/faults.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "scenario/precedence.hpp"
#include "scenario/relations.hpp"

namespace waystone::scenario {
namespace {

const std::vector<Datum>* data_of(const Scenario& scenario, const std::string& country,
                                  NodeId indicator) {
  const auto facts = scenario.facts.find(country);
  if (facts == scenario.facts.end()) return nullptr;
  const auto data = facts->second.find(indicator);
  return data == facts->second.end() ? nullptr : &data->second;
}

bool too_old(const model::Node& node, const Datum& datum, Date as_of) {
  const model::Missing& missing = node.indicator().missing;
  return missing.kind == model::MissingKind::carry_forward &&
         as_of > last_day(datum.valid, missing.limit);
}

// Whether nothing that can be read counts before a fault on a date.
bool prevails(const Fault& fault, const Scenario& scenario, Date date) {
  const auto* data = data_of(scenario, fault.country, fault.indicator);
  const Datum* sound = data ? latest(*data, date, scenario.known_by) : nullptr;
  return !sound || !outranks(*sound, fault.datum);
}

// Those of some countries, of the scenario's date or before and known in time.
std::vector<const Fault*> known_faults(const Scenario& scenario,
                                       const std::set<std::string>& countries) {
  std::vector<const Fault*> known;
  for (const Fault& fault : scenario.faults)
    if (fault.datum.valid <= scenario.as_of && fault.datum.known <= scenario.known_by &&
        countries.contains(fault.country))
      known.push_back(&fault);
  return known;
}

// The partners of all that are scored.
std::set<std::string> partners_in(RelationId relation, const Scenario& scenario) {
  std::set<std::string> partners;
  for (const std::string& country : scenario.countries)
    for (const Tie* tie :
         partners_of(*scenario.relations, relation, country, scenario.as_of, scenario.known_by))
      partners.insert(tie->partner);
  return partners;
}

// Those that would be chosen for a date; of one indicator, or of all where it is invalid.
std::vector<const Fault*> counting_on(Date date, NodeId indicator,
                                      const std::vector<const Fault*>& known,
                                      const Scenario& scenario, const model::Model& model) {
  std::map<std::pair<std::string_view, NodeId>, const Fault*> best;
  for (const Fault* fault : known) {
    if (fault->datum.valid > date || (indicator.valid() && fault->indicator != indicator)) continue;
    const Fault*& found = best[{fault->country, fault->indicator}];
    if (!found || outranks(fault->datum, found->datum)) found = fault;
  }
  std::vector<const Fault*> counting;
  for (const auto& [which, fault] : best)
    if (prevails(*fault, scenario, date) && !too_old(model[fault->indicator], fault->datum, date))
      counting.push_back(fault);
  return counting;
}

std::map<std::string, std::vector<const Fault*>> by_country(
    NodeId indicator, const std::vector<const Fault*>& known) {
  std::map<std::string, std::vector<const Fault*>> faults;
  for (const Fault* fault : known)
    if (fault->indicator == indicator) faults[fault->country].push_back(fault);
  return faults;
}

// Those of an indicator among the figures of a window.
std::vector<const Fault*> counting_since(Date start, NodeId indicator,
                                         const std::vector<const Fault*>& known,
                                         const Scenario& scenario) {
  std::vector<const Fault*> counting;
  for (const Fault* fault : known) {
    const Date valid = fault->datum.valid;
    if (fault->indicator != indicator || valid <= start) continue;
    const auto* data = data_of(scenario, fault->country, indicator);
    const Datum* sound = data ? latest(*data, valid, scenario.known_by) : nullptr;
    if (!sound || sound->valid < valid || !outranks(*sound, fault->datum))
      counting.push_back(fault);
  }
  return counting;
}

// Those that an indicator reads, given or a window: one looks back from the figure that counts.
std::vector<const Fault*> counting_for(NodeId read, const std::vector<const Fault*>& known,
                                       const Scenario& scenario, const model::Model& model) {
  const auto& window = model[read].indicator().window;
  const NodeId of = window ? window->of : read;
  std::vector<const Fault*> counting = counting_on(scenario.as_of, of, known, scenario, model);
  if (!window) return counting;
  for (const auto& [country, faults] : by_country(of, known)) {
    const auto* data = data_of(scenario, country, of);
    const Datum* sound = data ? latest(*data, scenario.as_of, scenario.known_by) : nullptr;
    const Date start = latest_start(sound ? sound->valid : scenario.as_of, window->span);
    const auto found = window->function == model::WindowFunction::lag
                           ? counting_on(start, of, faults, scenario, model)
                           : counting_since(start, of, faults, scenario);
    counting.insert(counting.end(), found.begin(), found.end());
  }
  return counting;
}

}  // namespace

std::vector<const Fault*> faults_that_count(const Scenario& scenario, const model::Model& model) {
  const std::vector<const Fault*> scored =
      known_faults(scenario, {scenario.countries.begin(), scenario.countries.end()});
  std::vector<const Fault*> counting = counting_on(scenario.as_of, {}, scored, scenario, model);
  const auto add = [&](NodeId read, const std::vector<const Fault*>& known) {
    const auto found = counting_for(read, known, scenario, model);
    counting.insert(counting.end(), found.begin(), found.end());
  };
  for (std::size_t n = 0; n < model.nodes.size(); ++n) {
    const model::Node& node = model.nodes[n];
    if (node.kind != model::NodeKind::indicator || node.is_given()) continue;
    if (const auto& over = node.indicator().over)
      add(over->of, known_faults(scenario, partners_in(over->relation, scenario)));
    else
      add(NodeId{n}, scored);
  }
  std::sort(counting.begin(), counting.end());
  counting.erase(std::unique(counting.begin(), counting.end()), counting.end());
  return counting;
}

void RowProblems::add(const Diagnostics& found, bool scored) {
  for (const Diagnostic& diagnostic : found.list()) {
    if (scored)
      scored_.add(diagnostic);
    else if (diagnostic.severity() == Severity::error)
      others_.add(diagnostic, std::string(name_of(diagnostic.code)));
  }
}

void RowProblems::finish(Diagnostics& diagnostics) const {
  scored_.finish(diagnostics);
  for (const AlikeProblems& problems : others_.kinds()) {
    Diagnostic diagnostic = told_together(problems, "; no score reads it", "nor");
    diagnostic.code = Code::W0307;
    diagnostics.add(std::move(diagnostic));
  }
}

}  // namespace waystone::scenario
