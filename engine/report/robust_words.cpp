// Changes of weights in words and in JSON, for every report that has one.
#include <cmath>

#include <fmt/format.h>

#include "report/robust.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

// One decimal, and none where it is 0.
std::string tenths(double value) {
  const double rounded = std::round(value * 10) / 10;
  return fmt::format("{:.12g}", rounded == 0 ? 0 : rounded);
}

}  // namespace

std::string share_in_words(double share) { return tenths(100 * share) + "%"; }

std::string change_in_words(const weights::Group& group, const robust::Change& change) {
  std::vector<std::pair<std::string, double>> from, to;
  for (std::size_t m = 0; m < group.size(); ++m) {
    const double points = 100 * (change.shares[m] - group.now[m]);
    if (std::fabs(points) >= 0.05) (points < 0 ? from : to).emplace_back(group.members[m], std::fabs(points));
  }
  const auto listed = [](const auto& moved) {
    std::vector<std::string> names;
    for (const auto& [name, points] : moved) names.push_back(moved.size() == 1 ? name : fmt::format("{} ({})", name, tenths(points)));
    return joined(names);
  };
  const std::string points = tenths(change.points);
  const std::string head = fmt::format("{} point{} of weight", points == "0" ? "under 0.1" : points, points == "1" ? "" : "s");
  return from.empty() || to.empty() ? head : fmt::format("{}, from {} to {}", head, listed(from), listed(to));
}

Json change_json(const weights::Group& group, const robust::Turning& turning) {
  Json json = {{"found", robust::word_of(turning.found)}, {"proved", turning.proved}, {"searches", turning.started}};
  if (!turning.change) {
    json["points"] = nullptr;
    json["weights"] = Json::array();
    return json;
  }
  json["points"] = number(turning.change->points);
  json["weights"] = Json::array();
  for (std::size_t m = 0; m < group.size(); ++m)
    json["weights"].push_back({{"member", group.members[m]}, {"today", number(group.now[m])}, {"share", number(turning.change->shares[m])}});
  return json;
}

}  // namespace waystone::report
