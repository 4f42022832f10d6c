// What a question names: outputs, factors, viewpoints, countries. A name that there isn't fails
// with the nearest one, or with those there are.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ask/answer.hpp"
#include "evaluate/assess.hpp"

namespace waystone::ask {

/// The output or factor of a name; of "" the main output.
Answer<NodeId> find_output(const model::Model& model, const std::string& name);
/// The same where a derived value will do, too.
Answer<NodeId> find_explained(const model::Model& model, const std::string& name);
/// The node whose weights are tuned; of "" the main output.
Answer<NodeId> find_tuned(const model::Model& model, const std::string& name);

/// The viewpoint of a name.
Answer<ViewpointId> find_viewpoint(const model::Model& model, const std::string& name);
/// The viewpoint under which weights are tuned. `needed`: they are the viewpoint's own, so that ""
/// will not do where there are several.
Answer<ViewpointId> find_tuning_viewpoint(const model::Model& model, const std::string& name,
                                          bool needed);

/// Some of a scenario's countries.
struct Selection {
  std::vector<char> shown;  // by country, as in Case::countries
  std::string words;        // which those are: "Central Asia and Belarus"; "": all
};
/// The countries of groups and codes; none named: all. Fails where there is no such group or
/// country, or a group has none that is scored.
Answer<Selection> select(const evaluate::Case& scenario_case,
                         const std::vector<std::string>& names);

/// The codes of those, ascending.
Answer<std::vector<std::string>> chosen_countries(const evaluate::Case& scenario_case,
                                                  const std::vector<std::string>& names);

/// Why a scenario can't be asked about a country; nothing where it scores it.
std::optional<Failure> not_scored(const evaluate::Case& scenario_case, const std::string& code);

}  // namespace waystone::ask
