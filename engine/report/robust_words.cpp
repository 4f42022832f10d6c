// Changes of weights in words and in JSON, for every report that has one.
#include <cmath>
#include <tuple>

#include <fmt/format.h>

#include "base/digits.hpp"
#include "report/robust.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

// One decimal, and none where it is 0.
std::string tenths(double value) {
  const std::string text = fixed(value, 1);
  return text.ends_with(".0") ? text.substr(0, text.size() - 2) : text;
}

}  // namespace

ViewpointId viewpoint_of(const Scored& scored, const robust::ViewStudy& view) {
  return scored.rules().find_viewpoint(view.name).value_or(scored.assessment->views[0].viewpoint);
}

const evaluate::ViewResult& results_of(const Scored& scored, const robust::ViewStudy& view) {
  const evaluate::ViewResult* found = scored.assessment->find(view.name);
  return found ? *found : scored.assessment->views[0];
}

std::string share_in_words(double share) { return tenths(100 * share) + "%"; }

std::string weight_in_words(const weights::Group& group, double share) {
  return group.multipliers ? "x " + amount(share * group.written_total) : share_in_words(share);
}

std::string moves_in_words(const weights::Group& group, double least, double most) {
  if (group.multipliers)
    return fmt::format("{} to {} of the multipliers", amount(least / 100 * group.written_total),
                       amount(most / 100 * group.written_total));
  return fmt::format("{} to {} points of weight", least < 0.05 ? "under 0.1" : fixed(least, 1),
                     fixed(most, 1));
}

std::string change_in_words(const weights::Group& group, const robust::Change& change) {
  const auto moved_by = [&](double least) {
    std::vector<std::pair<std::string, double>> from, to;
    for (std::size_t m = 0; m < group.size(); ++m) {
      const double points = 100 * (change.shares[m] - group.now[m]);
      if (std::fabs(points) >= least)
        (points < 0 ? from : to).emplace_back(group.members[m], std::fabs(points));
    }
    return std::pair(from, to);
  };
  auto [from, to] = moved_by(0.05);
  if (from.empty() || to.empty())
    std::tie(from, to) = moved_by(0.5 * change.points);  // all of it small
  const auto size = [&](double points) {
    return group.multipliers ? amount(points / 100 * group.written_total) : tenths(points);
  };
  const auto listed = [&](const auto& moved) {
    std::vector<std::string> names;
    for (const auto& [name, points] : moved)
      names.push_back(
          moved.size() == 1 || points < 0.05 ? name : fmt::format("{} ({})", name, size(points)));
    return joined(names);
  };
  const std::string points = size(change.points);
  const std::string head =
      group.multipliers ? points + " of the multipliers"
                        : fmt::format("{} point{} of weight", points == "0" ? "under 0.1" : points,
                                      points == "1" ? "" : "s");
  return from.empty() || to.empty()
             ? head
             : fmt::format("{}, from {} to {}", head, listed(from), listed(to));
}

std::string too_little_known(const Robust& robust) {
  const model::Node& node = robust.scored.rules()[robust.study.node];
  const double least = node.factor().reweight ? node.factor().reweight->value : 1;
  return fmt::format(
      "under {} of {} weight is known", least == 0.5 ? "half" : share_in_words(least),
      robust.study.node == robust.study.output ? std::string("its") : "its " + spoken(node.name));
}

Json change_json(const weights::Group& group, const robust::Turning& turning) {
  Json json = {{"found", robust::word_of(turning.found)},
               {"proved", turning.proved},
               {"searches", turning.started}};
  if (!turning.change) {
    json["points"] = nullptr;
    json["weights"] = Json::array();
    return json;
  }
  json["points"] = number(turning.change->points);
  json["weights"] = Json::array();
  for (std::size_t m = 0; m < group.size(); ++m)
    json["weights"].push_back({{"member", group.members[m]},
                               {"today", number(group.now[m])},
                               {"share", number(turning.change->shares[m])}});
  return json;
}

}  // namespace waystone::report
