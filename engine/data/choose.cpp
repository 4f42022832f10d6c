#include "data/choose.hpp"

#include <algorithm>
#include <cmath>

#include "base/digits.hpp"
#include "data/chooser.hpp"
#include "data/neighbours.hpp"
#include "data/windows.hpp"
#include "scenario/faults.hpp"

namespace waystone::data {

std::string_view name_of(Absence absence) {
  static constexpr std::string_view names[] = {
      "", "no_figure", "after_as_of", "after_known_by", "too_old", "said_unknown", "too_few"};
  return names[std::size_t(absence)];
}

bool differ(const model::Node& node, double a, double b) {
  if (a == b) return false;
  switch (node.unit) {
    case model::Unit::level:
    case model::Unit::code:
    case model::Unit::yes_no:
    case model::Unit::date: return true;
    default: break;
  }
  const double unit = std::pow(10.0, -std::min(decimals_in(a), decimals_in(b)));
  return !(std::abs(a - b) <= unit / 2 * (1 + 1e-9));
}

std::vector<NodeId> indicators(const model::Model& model) {
  std::vector<NodeId> ids;
  for (std::size_t i = 0; i < model.nodes.size(); ++i)
    if (model.nodes[i].kind == model::NodeKind::indicator) ids.emplace_back(i);
  return ids;
}

std::map<std::string, std::vector<Chosen>> choose(const scenario::Scenario& scenario,
                                                  const model::Model& model,
                                                  Diagnostics& diagnostics) {
  const auto faults = scenario::faults_that_count(scenario, model);
  scenario::report_faults(scenario, model, faults, diagnostics);
  const Chooser chooser(scenario, model, scenario.as_of, faults, &diagnostics);
  const Chooser quiet(scenario, model, scenario.as_of, faults, nullptr);
  const auto data_of = [&](const std::string& country,
                           NodeId id) -> const std::vector<scenario::Datum>* {
    const auto facts = scenario.facts.find(country);
    if (facts == scenario.facts.end()) return nullptr;
    const auto found = facts->second.find(id);
    return found == facts->second.end() ? nullptr : &found->second;
  };
  const auto of_partner = [&](const std::string& country, NodeId id) {
    const auto& window = model[id].indicator().window;
    return window
               ? choose_window(scenario, model, country, id, data_of(country, window->of), faults)
               : quiet.choose(country, id, data_of(country, id));
  };
  const std::vector<NodeId> columns = indicators(model);
  std::map<std::string, std::vector<Chosen>> result;
  for (const std::string& country : scenario.countries) {
    std::vector<Chosen>& row = result[country];
    row.reserve(columns.size());
    for (const NodeId id : columns) {
      const model::Indicator& indicator = model[id].indicator();
      if (indicator.over)
        row.push_back(choose_over(scenario, model, country, id, of_partner));
      else if (indicator.window)
        row.push_back(of_partner(country, id));
      else
        row.push_back(chooser.choose(country, id, data_of(country, id)));
    }
  }
  return result;
}

}  // namespace waystone::data
