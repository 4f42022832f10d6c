#include "weights/group.hpp"

#include <algorithm>

namespace waystone::weights {

namespace {

Domain domain_of(const model::Factor& factor, std::size_t profile, const arma::vec& now) {
  Domain domain{arma::vec(now.n_elem, arma::fill::zeros), arma::vec(now.n_elem, arma::fill::ones),
                factor.ties[profile]};
  for (std::size_t m = 0; m < now.n_elem; ++m) {
    const model::WeightLimits& limits = factor.limits[profile][m];
    domain.low[m] = limits.locked ? now[m] : limits.low;
    domain.high[m] = limits.locked ? now[m] : limits.high;
  }
  return domain;
}

}  // namespace

std::optional<std::size_t> Group::find(std::string_view member) const {
  const auto at = std::find(members.begin(), members.end(), member);
  return at == members.end() ? std::nullopt : std::optional(std::size_t(at - members.begin()));
}

std::optional<Group> group_of(const model::Model& model, const program::Program& program,
                              NodeId node, ViewpointId viewpoint) {
  const model::Factor& factor = model[node].factor();
  if (factor.weights.empty()) return std::nullopt;
  const std::size_t profile = factor.weights_from_viewpoint ? viewpoint.index : 0;
  const std::vector<model::Numeral>& written = factor.weights[profile];
  Group group;
  group.node = node;
  if (factor.weights_from_viewpoint) group.viewpoint = viewpoint;
  group.percent = factor.percent;
  group.multipliers = factor.combination == model::Combination::sum;
  group.slots = program.weights[node.index];
  group.now.set_size(written.size());
  for (std::size_t m = 0; m < written.size(); ++m) {
    group.members.push_back(model[factor.members[m].node].name);
    group.numerals.push_back(written[m].where);
    group.now[m] = written[m].value;
  }
  group.written_total = arma::accu(group.now);
  group.now /= group.written_total;
  group.domain = domain_of(factor, profile, group.now);
  return group;
}

std::vector<NodeId> weighted_nodes(const model::Model& model) {
  std::vector<NodeId> nodes;
  for (std::size_t i = 0; i < model.nodes.size(); ++i)
    if (model.nodes[i].is_factor() && !model.nodes[i].factor().weights.empty())
      nodes.push_back(NodeId{i});
  std::stable_partition(nodes.begin(), nodes.end(), [&](NodeId id) { return id == model.main; });
  return nodes;
}

}  // namespace waystone::weights
