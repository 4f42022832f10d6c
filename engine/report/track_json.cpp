// A track for programs and spreadsheets.
#include <algorithm>
#include <cmath>

#include "report/csv.hpp"
#include "report/json_stream.hpp"
#include "report/marks.hpp"
#include "report/replaced.hpp"
#include "report/score.hpp"
#include "report/track.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using evaluate::CountryResult;
using explain::Movement;

Json split_json(const explain::Split& split) {
  return {{"facts", number(split.facts)},
          {"data", number(split.data)},
          {"rules", number(split.rules)},
          {"model", number(split.model)}};
}

Json mover_json(const explain::Mover& mover, const model::Model& model) {
  const explain::Player& player = mover.player;
  const auto node = [&](NodeId id) { return id.valid() ? Json(model[id].name) : Json(nullptr); };
  return {{"kind", explain::name_of(mover.kind)},
          {"title", explain::name_of(player, model)},
          {"node", node(player.node)},
          {"reader", node(player.reader)},
          {"rule", player.rule.valid() ? Json(model[player.rule].name) : Json(nullptr)},
          {"points", number(player.points)}};
}

Json track_cell(const Tracked& tracked, std::size_t day, std::size_t v, std::size_t country,
                const std::vector<evaluate::Place>& places) {
  const Scored& scored = tracked.days[day];
  const CountryResult& result = scored.assessment->views[v].countries[country];
  const auto band = result.band.find(tracked.node);
  const bool banded = band != result.band.end() && !band->second.empty();
  return {{"as_of", to_string(scored.now->scenario.as_of)},
          {"value", number(result[tracked.node].value)},
          {"low", number(result[tracked.node].low)},
          {"high", number(result[tracked.node].high)},
          {"band", banded ? Json(band->second) : Json(nullptr)},
          {"rank", places[country].rated() ? Json(places[country].rank) : Json(nullptr)},
          {"coverage", number(result[tracked.node].coverage)},
          {"marks", all_marks_of(*scored.now, result, tracked.node)}};
}

std::vector<std::vector<evaluate::Place>> places_by_day(const Tracked& tracked, std::size_t v) {
  std::vector<std::vector<evaluate::Place>> places;
  for (const Scored& day : tracked.days)
    places.push_back(
        evaluate::places(day.assessment->views[v], tracked.node, day.rules().level_margin));
  return places;
}

const Movement* move_of(const TrackedView& view, std::size_t country) {
  for (const TrackedMove& moved : view.moves)
    if (moved.country == country) return &moved.movement;
  return nullptr;
}

Json unsplit_json(const TrackedView& view, std::size_t country) {
  for (const UnsplitMove& move : view.unsplit)
    if (move.country == country) return {{"from", number(move.from)}, {"to", number(move.to)}};
  return nullptr;
}

Json country_track(const Tracked& tracked, std::size_t v, std::size_t country,
                   const std::vector<std::vector<evaluate::Place>>& places) {
  const TrackedView& view = tracked.views[v];
  const std::string& code = tracked.days.back().now->countries[country];
  Json series = Json::array();
  for (std::size_t d = 0; d < tracked.days.size(); ++d)
    series.push_back(track_cell(tracked, d, v, country, places[d]));
  const Movement* move = move_of(view, country);
  Json json = {{"code", code},
               {"name", scenario::country_name(code)},
               {"series", std::move(series)},
               {"move", move ? movement_json(*move, tracked.rules()) : Json(nullptr)},
               {"unsplit", unsplit_json(view, country)}};
  if (!tracked.country.empty()) {
    json["steps"] = Json::array();
    for (const auto& step : view.steps)
      json["steps"].push_back(step ? movement_json(*step, tracked.rules()) : Json(nullptr));
  }
  return json;
}

bool is_unsplit(const TrackedView& view, std::size_t country) {
  return std::any_of(view.unsplit.begin(), view.unsplit.end(),
                     [&](const UnsplitMove& move) { return move.country == country; });
}

std::string csv_number(double value) { return std::isnan(value) ? "" : exact(value); }

}  // namespace

Json movement_json(const Movement& movement, const model::Model& model) {
  Json movers = Json::array();
  for (const explain::Mover& mover : movement.movers) movers.push_back(mover_json(mover, model));
  return {
      {"from", number(movement.from)},       {"to", number(movement.to)},
      {"split", split_json(movement.split)}, {"mostly_data", movement.split.mostly_data()},
      {"sampled", movement.sampled},         {"standard_error", number(movement.standard_error)},
      {"movers", std::move(movers)}};
}

void put_track_json(const Tracked& tracked, const std::string& tool, const Put& put) {
  const Scored& last = tracked.days.back();
  JsonStream stream(put);
  stream.open_object();
  stream.members(document("track", tool));
  stream.member("model", model_json(last));
  stream.member("scenario", {{"path", last.path},
                             {"title", last.now->scenario.title},
                             {"hash", last.hash},
                             {"horizon_years", number(last.now->horizon_years)},
                             {"replaced", replaced_json(last.replaced)}});
  stream.member("output", tracked.rules()[tracked.node].name);
  stream.open_array("dates");
  for (const Scored& day : tracked.days)
    stream.item({{"as_of", to_string(day.now->scenario.as_of)},
                 {"known_by", to_string(day.now->scenario.known_by)}});
  stream.close();
  stream.member("since", to_string(tracked.days[tracked.since].now->scenario.as_of));
  stream.open_array("viewpoints");
  for (std::size_t v = 0; v < tracked.views.size(); ++v) {
    const auto places = places_by_day(tracked, v);
    stream.open_object();
    stream.member("name", last.assessment->views[v].name);
    stream.open_array("countries");
    for (const evaluate::Place& place : tracked.views[v].order)
      stream.item(country_track(tracked, v, place.country, places));
    stream.close();
    stream.close();
  }
  stream.close();
  stream.close();
}

void put_track_csv(const Tracked& tracked, const Put& put) {
  put(csv_row({"scenario", "viewpoint", "country", "country_name", "name",     "as_of",  "value",
               "low",      "high",      "band",    "rank",         "coverage", "marks",  "since",
               "moved",    "facts",     "data",    "rules",        "model",    "options"}));
  const model::Model& model = tracked.rules();
  for (std::size_t v = 0; v < tracked.views.size(); ++v) {
    const TrackedView& view = tracked.views[v];
    const auto places = places_by_day(tracked, v);
    for (const evaluate::Place& place : view.order)
      for (std::size_t d = 0; d < tracked.days.size(); ++d) {
        const Scored& scored = tracked.days[d];
        const CountryResult& result = scored.assessment->views[v].countries[place.country];
        const auto band = result.band.find(tracked.node);
        const evaluate::Place& then = places[d][place.country];
        std::vector<std::string> row = {scored.path,
                                        scored.assessment->views[v].name,
                                        result.code,
                                        country_title(result.code),
                                        model[tracked.node].name,
                                        to_string(scored.now->scenario.as_of),
                                        csv_number(result[tracked.node].value),
                                        csv_number(result[tracked.node].low),
                                        csv_number(result[tracked.node].high),
                                        band == result.band.end() ? "" : band->second,
                                        then.rated() ? std::to_string(then.rank) : "",
                                        csv_number(result[tracked.node].coverage),
                                        all_marks_of(*scored.now, result, tracked.node)};
        const bool last = d + 1 == tracked.days.size();
        const Movement* moved = nullptr;  // with a country since the date before, else at the end
        std::size_t since = tracked.since;
        if (!tracked.country.empty()) {
          if (view.steps[d]) moved = &*view.steps[d];
          since = d > 0 ? d - 1 : 0;
        } else if (last) {
          moved = move_of(view, place.country);
        }
        const auto value_on = [&](std::size_t day) {
          return tracked.days[day]
              .assessment->views[v]
              .countries[place.country][tracked.node]
              .value;
        };
        // what moved is known even where its parts aren't
        const bool asked = tracked.country.empty() ? last : d > 0;
        const double by = moved ? moved->to - moved->from
                          : asked && (!tracked.country.empty() || is_unsplit(view, place.country))
                              ? value_on(d) - value_on(since)
                              : std::nan("");
        row.push_back(std::isnan(by) ? "" : to_string(tracked.days[since].now->scenario.as_of));
        row.push_back(csv_number(by));
        for (const auto kind : {explain::MoverKind::facts, explain::MoverKind::data,
                                explain::MoverKind::rules, explain::MoverKind::model})
          row.push_back(moved ? csv_number(moved->split[kind]) : "");
        row.push_back(options_given(scored, false));
        put(csv_row(row));
      }
  }
}

}  // namespace waystone::report
