#include "evaluate/digits.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/digits.hpp"
#include "base/ties.hpp"
#include "evaluate/ranking.hpp"

namespace waystone::evaluate {
namespace {

// What the rule file itself asks for, whatever the scores.
int written_digits(const model::Model& model, const model::Node& node) {
  int digits = decimals_in(model.level_margin);
  if (node.is_factor() && node.rounding) digits = std::max(digits, *node.rounding);
  if (node.bands) digits = std::max(digits, decimals_in(node.bands->margin));
  return digits;
}

// A score must not be printed as one of another band.
int digits_in_band(const model::Bands& bands, double score) {
  for (int digits = 0; digits <= most_asked_digits; ++digits)
    if (band_of(bands, in_units(score, digits) / std::pow(10.0, digits)) == band_of(bands, score))
      return digits;
  return 0;
}

int digits_of_list(const model::Node& node, std::vector<double> scores) {
  int digits = 0;
  std::erase_if(scores, [](double score) { return std::isnan(score); });
  std::sort(scores.begin(), scores.end());
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (node.bands) digits = std::max(digits, digits_in_band(*node.bands, scores[i]));
    if (i == 0 || tie(scores[i], scores[i - 1])) continue;
    digits =
        std::max(digits, digits_apart(scores[i - 1], scores[i], 0, most_asked_digits).value_or(0));
  }
  return digits;
}

// 0.881 and not 1: two digits that count of the greatest, where all are below 1.
int digits_below_one(const std::vector<std::vector<double>>& lists) {
  double greatest = 0;
  for (const auto& list : lists)
    for (const double score : list)
      if (!std::isnan(score)) greatest = std::max(greatest, std::fabs(score));
  if (greatest == 0 || greatest >= 1) return 0;
  return std::clamp(1 - int(std::floor(std::log10(greatest))), 0, most_asked_digits);
}

}  // namespace

int digits_for(const model::Model& model, NodeId id,
               const std::vector<std::vector<double>>& lists) {
  const model::Node& node = model[id];
  if (node.is_factor() && node.digits) return *node.digits;
  int digits = std::max(written_digits(model, node), digits_below_one(lists));
  for (const auto& list : lists) digits = std::max(digits, digits_of_list(node, list));
  return digits;
}

int digits_for_gap(const model::Model& model, NodeId node, double first, double second,
                   int digits) {
  const double margin = model.level_margin;
  if (model[node].digits || std::isnan(first + second) || !is_level(first, second, margin))
    return digits;
  const auto shown = [&](int with) {
    return std::fabs(in_units(second, with) - in_units(first, with)) / std::pow(10.0, with);
  };
  for (int more = digits; more <= std::max(digits, most_asked_digits); ++more)
    if (below(shown(more), margin) || margin == 0) return more;
  return digits;
}

std::vector<int> digits_of(const model::Model& model, const std::vector<const Assessment*>& results,
                           NodeId asked) {
  std::vector<int> digits;
  for (std::size_t n = 0; n < model.nodes.size(); ++n) {
    std::vector<std::vector<double>> lists;
    if (model.nodes[n].kind == model::NodeKind::output || NodeId{n} == asked)
      for (const Assessment* result : results)
        for (const ViewResult& view : result->views) {
          std::vector<double>& list = lists.emplace_back();
          for (const CountryResult& country : view.countries)
            list.push_back(country[NodeId{n}].value);
        }
    digits.push_back(digits_for(model, NodeId{n}, lists));
  }
  int fewest = std::numeric_limits<int>::max();
  for (const NodeId output : model.outputs()) fewest = std::min(fewest, digits[output.index]);
  for (std::size_t n = 0; n < model.nodes.size(); ++n) {
    const model::Node& node = model.nodes[n];
    const bool declared = node.is_factor() && node.digits;
    if (node.kind != model::NodeKind::output && NodeId{n} != asked && !declared)
      digits[n] = std::max(digits[n], fewest);
  }
  return digits;
}

}  // namespace waystone::evaluate
