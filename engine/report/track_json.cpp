// A track for programs and spreadsheets.
#include <cmath>

#include "report/causes.hpp"
#include "report/csv.hpp"
#include "report/json_stream.hpp"
#include "report/marks.hpp"
#include "report/replaced.hpp"
#include "report/score.hpp"
#include "report/track.hpp"
#include "report/unsplit.hpp"
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

// Why a country has no score on a day, a clause; "" where it has one.
std::string why_not_rated(const Tracked& tracked, std::size_t day, std::size_t v,
                          std::size_t country) {
  const Scored& scored = tracked.days[day];
  const evaluate::ViewResult& view = scored.assessment->views[v];
  const CountryResult& result = view.countries[country];
  if (!std::isnan(result[tracked.node].value)) return "";
  return because_words(explain::Causes(*scored.now, view.viewpoint, result.code).of(tracked.node),
                       *scored.now, *scored.sources, scored.rules().nodes.size());
}

Json track_cell(const Tracked& tracked, std::size_t day, std::size_t v, std::size_t country,
                const std::vector<evaluate::Place>& places) {
  const Scored& scored = tracked.days[day];
  const CountryResult& result = scored.assessment->views[v].countries[country];
  const auto band = result.band.find(tracked.node);
  const bool banded = band != result.band.end() && !band->second.empty();
  const std::string why = why_not_rated(tracked, day, v, country);
  return {{"as_of", to_string(scored.now->scenario.as_of)},
          {"value", number(result[tracked.node].value)},
          {"low", number(result[tracked.node].low)},
          {"high", number(result[tracked.node].high)},
          {"band", banded ? Json(band->second) : Json(nullptr)},
          {"rank", places[country].rated() ? Json(places[country].rank) : Json(nullptr)},
          {"coverage", number(result[tracked.node].coverage)},
          {"marks", all_marks_of(*scored.now, result, tracked.node)},
          {"not_rated_because", why.empty() ? Json(nullptr) : Json(why)}};
}

std::vector<std::vector<evaluate::Place>> places_by_day(const Tracked& tracked, std::size_t v) {
  std::vector<std::vector<evaluate::Place>> places;
  for (const Scored& day : tracked.days)
    places.push_back(
        evaluate::places(day.assessment->views[v], tracked.node, day.rules().level_margin));
  return places;
}

const TrackedMove* move_of(const TrackedView& view, std::size_t country) {
  for (const TrackedMove& moved : view.moves)
    if (moved.country == country) return &moved;
  return nullptr;
}

// From one day to another.
Json tracked_move_json(const Tracked& tracked, const TrackedMove& move, std::size_t from,
                       std::size_t to) {
  Json json = movement_json(move.movement, tracked.rules());
  json["mostly_data"] = move.by_data;
  json["unsplit_because"] =
      move.unsplit ? Json(unsplit_words(*move.unsplit, tracked.rules(),
                                        to_string(tracked.days[from].now->scenario.as_of),
                                        to_string(tracked.days[to].now->scenario.as_of)))
                   : Json(nullptr);
  return json;
}

Json country_track(const Tracked& tracked, std::size_t v, std::size_t country,
                   const std::vector<std::vector<evaluate::Place>>& places) {
  const TrackedView& view = tracked.views[v];
  const std::string& code = tracked.days.back().now->countries[country];
  Json series = Json::array();
  for (std::size_t d = 0; d < tracked.days.size(); ++d)
    series.push_back(track_cell(tracked, d, v, country, places[d]));
  const TrackedMove* move = move_of(view, country);
  const std::size_t last = tracked.days.size() - 1;
  Json json = {
      {"code", code},
      {"name", scenario::country_name(code)},
      {"series", std::move(series)},
      {"move", move ? tracked_move_json(tracked, *move, tracked.since, last) : Json(nullptr)}};
  if (!tracked.country.empty()) {
    json["steps"] = Json::array();
    for (std::size_t d = 0; d < view.steps.size(); ++d)
      json["steps"].push_back(view.steps[d] ? tracked_move_json(tracked, *view.steps[d], d - 1, d)
                                            : Json(nullptr));
  }
  return json;
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
  stream.member("asked_since",
                tracked.asked_since ? Json(to_string(*tracked.asked_since)) : Json(nullptr));
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
  put(csv_row({"scenario",
               "viewpoint",
               "country",
               "country_name",
               "name",
               "as_of",
               "value",
               "low",
               "high",
               "band",
               "rank",
               "coverage",
               "marks",
               "since",
               "moved",
               "facts",
               "data",
               "rules",
               "model",
               "unsplit_because",
               "unknown_because",
               "options"}));
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
        const TrackedMove* moved =
            nullptr;  // with a country since the date before, else at the end
        std::size_t since = tracked.since;
        if (!tracked.country.empty()) {
          if (view.steps[d]) moved = &*view.steps[d];
          since = d > 0 ? d - 1 : 0;
        } else if (last) {
          moved = move_of(view, place.country);
        }
        row.push_back(moved ? to_string(tracked.days[since].now->scenario.as_of) : "");
        row.push_back(moved ? csv_number(moved->movement.to - moved->movement.from) : "");
        for (const auto kind : {explain::MoverKind::facts, explain::MoverKind::data,
                                explain::MoverKind::rules, explain::MoverKind::model})
          row.push_back(moved ? csv_number(moved->movement.split[kind]) : "");
        row.push_back(moved && moved->unsplit
                          ? unsplit_words(*moved->unsplit, model,
                                          to_string(tracked.days[since].now->scenario.as_of),
                                          to_string(scored.now->scenario.as_of))
                          : "");
        row.push_back(why_not_rated(tracked, d, v, place.country));
        row.push_back(options_but_dates(scored));
        put(csv_row(row));
      }
  }
}

}  // namespace waystone::report
