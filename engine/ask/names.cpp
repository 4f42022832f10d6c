#include "ask/names.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "report/words.hpp"
#include "scenario/crosswalk.hpp"
#include "weights/group.hpp"

namespace waystone::ask {
namespace {

// `kinds`: what would do, in words.
template <class Allowed>
Answer<NodeId> find_node(const model::Model& model, const std::string& name, std::string_view kinds,
                         Allowed allowed) {
  if (name.empty()) return model.main;
  const auto node = model.find(name);
  if (node && allowed(model[*node])) return *node;
  std::vector<std::string> names;
  for (const NodeId output : model.outputs()) names.push_back(model[output].name);
  for (const model::Node& candidate : model.nodes)
    if (allowed(candidate) && candidate.kind != model::NodeKind::output)
      names.push_back(candidate.name);
  std::string message =
      node ? fmt::format("'{}' is {}, not an {}", name, kind_text(model[*node].kind), kinds)
           : fmt::format("the model has no {} '{}'", kinds, name);
  if (const auto near = nearest(name, names); near && !node)
    message += fmt::format("; did you mean '{}'?", *near);
  else
    message +=
        fmt::format("; {} has {}", node ? "the model" : "it", report::joined_up_to(names, 12));
  return Failure::question(std::move(message));
}

std::vector<std::string> viewpoint_names(const model::Model& model) {
  std::vector<std::string> names;
  for (const model::Viewpoint& viewpoint : model.viewpoints) names.push_back(viewpoint.name);
  return names;
}

// `without_any`: what to say of a model that has none.
Failure no_viewpoint(const model::Model& model, const std::string& name,
                     std::string_view without_any) {
  const auto names = viewpoint_names(model);
  std::string message = fmt::format("the model has no viewpoint '{}'", name);
  if (names.empty())
    message += without_any;
  else if (const auto near = nearest(name, names))
    message += fmt::format("; did you mean '{}'?", *near);
  else
    message += "; it has " + report::joined(names);
  return Failure::question(std::move(message));
}

// What --only names: groups and countries; and which countries those are.
class Selecting {
 public:
  explicit Selecting(const evaluate::Case& scenario_case)
      : case_(scenario_case), chosen_(scenario_case.countries.size(), 0) {}

  std::optional<Failure> add(const std::string& name) {
    if (!named_.insert(name).second) return std::nullopt;  // twice is once
    if (const scenario::Group* group = scenario::find_group(case_.scenario, name))
      return add_group(*group);
    const std::size_t lane = case_.lane_of(name);
    if (lane == case_.countries.size()) return unknown(name);
    chosen_[lane] = 1;
    words_.emplace_back(scenario::country_name(name));
    return std::nullopt;
  }

  const std::vector<char>& chosen() const { return chosen_; }
  std::string words() const { return report::joined_up_to(words_, 4, "--only"); }

 private:
  std::optional<Failure> add_group(const scenario::Group& group) {
    bool any = false;
    for (const std::string& code : group.members) {
      const std::size_t lane = case_.lane_of(code);
      if (lane == case_.countries.size()) continue;
      chosen_[lane] = any = true;
    }
    if (!any)
      return Failure::question(
          fmt::format("the scenario scores none of the countries of the group '{}'", group.name));
    words_.push_back(group.label);
    return std::nullopt;
  }

  Failure unknown(const std::string& name) const {
    std::vector<std::string> names;
    for (const scenario::Group& group : case_.scenario.groups) {
      if (group.label == name)
        return Failure::question(
            fmt::format("--only takes the names of groups: \"{}\" is {}", name, group.name));
      names.push_back(group.name);
    }
    const std::size_t groups = names.size();
    names.insert(names.end(), case_.countries.begin(), case_.countries.end());
    std::string message = fmt::format("the scenario has no group or country '{}'", name);
    const auto meant = scenario::scored_country(name, case_.countries);
    if (const auto near = meant ? meant : nearest(name, names))
      message += fmt::format("; did you mean '{}'?", *near);
    else if (groups > 0)
      message += "; its groups are " +
                 report::joined_up_to({names.begin(), names.begin() + std::ptrdiff_t(groups)}, 12);
    else
      message += "; it has no groups, docs/scenarios.md says how to name some";
    return Failure::question(std::move(message));
  }

  const evaluate::Case& case_;
  std::vector<char> chosen_;
  std::vector<std::string> words_;
  std::set<std::string> named_;
};

}  // namespace

Answer<NodeId> find_output(const model::Model& model, const std::string& name) {
  return find_node(model, name, "output or factor",
                   [](const model::Node& node) { return node.is_factor(); });
}

Answer<NodeId> find_explained(const model::Model& model, const std::string& name) {
  return find_node(model, name, "output, factor or derived value", [](const model::Node& node) {
    return node.is_factor() || node.kind == model::NodeKind::derived;
  });
}

Answer<NodeId> find_tuned(const model::Model& model, const std::string& name) {
  const auto weighted = weights::weighted_nodes(model);
  std::vector<std::string> names;
  for (const NodeId id : weighted) names.push_back(model[id].name);
  if (names.empty()) return Failure::question("the model has no weights to tune");
  auto node = find_output(model, name);
  if (!node || std::find(weighted.begin(), weighted.end(), *node.value) != weighted.end())
    return node;
  return Failure::question(fmt::format("'{}' has no weights; --node takes {}",
                                       model[*node.value].name,
                                       report::joined_up_to(names, 12, "'waystone list' has all")));
}

Answer<ViewpointId> find_viewpoint(const model::Model& model, const std::string& name) {
  if (const auto viewpoint = model.find_viewpoint(name)) return *viewpoint;
  return no_viewpoint(model, name, "; it has none at all");
}

Answer<ViewpointId> find_tuning_viewpoint(const model::Model& model, const std::string& name,
                                          bool needed) {
  const auto names = viewpoint_names(model);
  if (name.empty()) {
    if (names.empty()) return ViewpointId{};
    if (needed && names.size() > 1)
      return Failure::question(
          fmt::format("whose weights? --viewpoint takes {}", report::joined(names, " or ")));
    return ViewpointId{0};
  }
  if (const auto viewpoint = model.find_viewpoint(name)) return *viewpoint;
  return no_viewpoint(model, name, "");
}

Answer<Selection> select(const evaluate::Case& scenario_case,
                         const std::vector<std::string>& names) {
  if (names.empty()) return Selection{std::vector<char>(scenario_case.countries.size(), 1), ""};
  Selecting selecting(scenario_case);
  for (const std::string& name : names)
    if (auto failure = selecting.add(name)) return std::move(*failure);
  return Selection{selecting.chosen(), selecting.words()};
}

std::optional<Failure> not_scored(const evaluate::Case& scenario_case, const std::string& code) {
  const auto& countries = scenario_case.countries;
  if (std::find(countries.begin(), countries.end(), code) != countries.end()) return std::nullopt;
  std::string message = fmt::format("the scenario does not score '{}'", code);
  const auto meant = scenario::scored_country(code, countries);
  if (const auto near = meant ? meant : nearest(code, countries))
    message += fmt::format("; did you mean '{}'?", *near);
  else if (!countries.empty())
    message += "; it has " + report::joined_up_to(countries, 12, "'waystone data' has all");
  return Failure::question(std::move(message));
}

}  // namespace waystone::ask
