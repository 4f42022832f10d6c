#include "evaluate/reweighted.hpp"

#include "model/dependencies.hpp"

#include <algorithm>
#include <cmath>

namespace waystone::evaluate {
namespace {

using model::Factor;
using model::Model;
using model::Node;

bool is_missing(const CountryResult& country, const model::Member& member) {
  return std::isnan(country[member.node].score);
}

bool was_reweighted(const Factor& factor, const CountryResult& country) {
  if (!factor.reweight) return false;
  return std::any_of(factor.members.begin(), factor.members.end(),
                     [&](const model::Member& m) { return is_missing(country, m); });
}

// Shares of the whole; of a sum, which has none, the multipliers scaled up.
std::vector<double> counted_weights(const Factor& factor, std::size_t profile,
                                    const CountryResult& country) {
  if (factor.weights.empty()) return {};
  const auto& weights = factor.weights[factor.weights_from_viewpoint ? profile : 0];
  std::vector<double> counted;
  double total = 0, known = 0;
  for (std::size_t m = 0; m < factor.members.size(); ++m) {
    total += weights[m].value;
    counted.push_back(is_missing(country, factor.members[m]) ? 0 : weights[m].value);
    known += counted.back();
  }
  const double scale = factor.combination == model::Combination::sum ? total / known : 1 / known;
  for (double& weight : counted) weight *= scale;
  return counted;
}

}  // namespace

void mark_reweighted(const Model& model, ViewpointId viewpoint, CountryResult& country) {
  for (const model::Step& step : model.order) {
    const NodeId* id = std::get_if<NodeId>(&step);
    if (!id || std::isnan(country[*id].value)) continue;
    const Node& node = model[*id];
    NodeResult& result = country.nodes[id->index];
    if (!node.is_factor() || std::isnan(result.base) || !was_reweighted(node.factor(), country))
      continue;
    result.reweighted = true;
    result.counted =
        counted_weights(node.factor(), viewpoint.valid() ? viewpoint.index : 0, country);
  }
}

}  // namespace waystone::evaluate
