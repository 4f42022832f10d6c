// Why scores of a track are missing.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "model/dependencies.hpp"
#include "report/causes.hpp"
#include "report/score.hpp"
#include "report/track.hpp"
#include "report/words.hpp"

namespace waystone::report {

std::string moved_title(const explain::Player& player, const model::Model& model) {
  if (player.kind == explain::PlayerKind::leaf) return model[player.node].name;
  const std::string name = explain::name_of(player, model);
  if (player.kind != explain::PlayerKind::rule) return name;
  std::vector<std::string> facts;
  for (const NodeId read : model::nodes_in(model[player.rule].when))
    if (!model[read].is_factor() && model[read].kind != model::NodeKind::parameter)
      facts.push_back(model[read].name);
  constexpr std::size_t few = 2;
  if (facts.empty() || facts.size() > few) return name;
  return fmt::format("{} ({})", name, joined(facts));
}

Document track_by_hand(const Tracked& tracked) {
  const Scored& last = tracked.days.back();
  const Document notes = override_notes(
      last, tracked.country.empty() ? last.now->countries : std::vector{tracked.country});
  return notes.empty() ? notes
                       : notes + paragraph("Overrides count on all dates up to their end.", 2, 4);
}

Document track_reasons(const Tracked& tracked, const std::vector<std::string>& headers) {
  constexpr std::size_t most_reasons = 8;
  std::vector<std::pair<std::string, std::vector<std::string>>> reasons;  // and their dates
  const auto add = [&](std::string line, const std::string& date) {
    const auto same = std::find_if(reasons.begin(), reasons.end(),
                                   [&](const auto& one) { return one.first == line; });
    if (same == reasons.end()) return reasons.push_back({std::move(line), {date}});
    std::vector<std::string>& dates = same->second;
    if (std::find(dates.begin(), dates.end(), date) == dates.end()) dates.push_back(date);
  };
  for (std::size_t v = 0; v < tracked.views.size(); ++v)
    for (const evaluate::Place& place : tracked.views[v].order)
      for (std::size_t d = 0; d < tracked.days.size(); ++d) {
        const evaluate::ViewResult& view = tracked.days[d].assessment->views[v];
        const evaluate::CountryResult& country = view.countries[place.country];
        if (!std::isnan(country[tracked.node].value)) continue;
        for (std::string& line :
             not_rated_lines(tracked.days[d], view.viewpoint, {country.code}, tracked.node))
          add(std::move(line), headers[d]);
      }
  Document text;
  for (std::size_t k = 0; k < std::min(reasons.size(), most_reasons); ++k)
    text += paragraph(fmt::format("{}: {}", joined_up_to(reasons[k].second, 6), reasons[k].first),
                      0, 2);
  if (reasons.size() > most_reasons)
    text +=
        paragraph(fmt::format("And {}; --json has all.", counted(reasons.size() - most_reasons,
                                                                 "more reason", "more reasons")));
  return text;
}

}  // namespace waystone::report
