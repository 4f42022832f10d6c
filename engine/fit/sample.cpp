#include "fit/sample.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace waystone::fit {
namespace {

// The value of a node and the scores of a group's members, of every country of a case.
arma::mat values_of(const evaluate::Case& scenario_case, const weights::Group& group,
                    ViewpointId viewpoint, NodeId node) {
  const program::Program& program = *scenario_case.program;
  std::vector<RegisterId> wanted{program[node].value};
  for (const model::Member& member : (*scenario_case.model)[group.node].factor().members)
    wanted.push_back(program[member.node].score);
  const ViewpointId view = group.viewpoint.valid() ? group.viewpoint : viewpoint;
  return evaluate::evaluate(evaluate::Plan(program, wanted),
                            evaluate::frame_of(scenario_case, view));
}

Unrated unrated(const weights::Subject& subject, const weights::Group& group,
                const arma::rowvec& members) {
  Unrated result{subject.country, subject.scenario_case->scenario.path, {}};
  for (std::size_t m = 0; m < group.size(); ++m)
    if (!std::isfinite(members[m])) result.unknown.push_back(group.members[m]);
  return result;
}

std::string joined(const std::vector<std::string>& items) {
  std::string text;
  for (std::size_t k = 0; k < items.size(); ++k)
    text += (k == 0 ? "" : k + 1 == items.size() ? " and " : ", ") + items[k];
  return text;
}

}  // namespace

Sample sample_of(const weights::Group& group, ViewpointId viewpoint,
                 const std::vector<weights::Subject>& subjects) {
  std::map<std::pair<const evaluate::Case*, NodeId>, arma::mat> values;
  Sample sample;
  std::vector<arma::rowvec> rows;
  for (const weights::Subject& subject : subjects) {
    const evaluate::Case& scenario_case = *subject.scenario_case;
    arma::mat& of_case = values[{&scenario_case, subject.node}];
    if (of_case.is_empty()) of_case = values_of(scenario_case, group, viewpoint, subject.node);
    const arma::rowvec row = of_case.row(scenario_case.lane_of(subject.country));
    const arma::rowvec members = row.tail(group.size());
    if (!row.is_finite()) {
      sample.left_out.push_back(unrated(subject, group, members));
      continue;
    }
    sample.subjects.push_back(subject);
    rows.push_back(members);
  }
  sample.members.set_size(rows.size(), group.size());
  for (std::size_t r = 0; r < rows.size(); ++r) sample.members.row(r) = rows[r];
  return sample;
}

std::string in_words(const Unrated& unrated, bool by_scenario) {
  const std::string where = by_scenario ? " in " + unrated.scenario : "";
  const std::string why = unrated.unknown.empty()
                              ? std::string("it is not rated")
                              : fmt::format("{} {} not known", joined(unrated.unknown),
                                            unrated.unknown.size() == 1 ? "is" : "are");
  return fmt::format("{}{} ({})", scenario::country_name(unrated.country), where, why);
}

std::string names_of(const std::vector<weights::Subject>& subjects) {
  std::vector<std::string> names;
  for (const weights::Subject& subject : subjects) {
    const std::string name(scenario::country_name(subject.country));
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return joined(names);
}

}  // namespace waystone::fit
