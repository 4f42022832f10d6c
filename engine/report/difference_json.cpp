// A difference for programs and spreadsheets.
#include <cmath>

#include "report/csv.hpp"
#include "report/difference.hpp"
#include "report/marks.hpp"
#include "report/replaced.hpp"
#include "report/score.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using What = Differing::What;

std::string_view word_of(What what) {
  static constexpr std::string_view words[] = {"dates", "scenarios", "rules"};
  return words[std::size_t(what)];
}

// One country's result on one side, with its place.
struct AtSide {
  const Scored& scored;
  const evaluate::CountryResult& country;
  NodeId node;
  evaluate::Place place;

  const evaluate::NodeResult& score() const { return country[node]; }
  std::string band() const {
    const auto found = country.band.find(node);
    return found == country.band.end() ? "" : found->second;
  }
};

AtSide at_side(const Differing& differing, const DifferentView& view,
               const DifferentCountry& country, bool later) {
  const Scored& scored = later ? differing.to : differing.from;
  const NodeId node = later ? differing.node_to : differing.node_from;
  const evaluate::ViewResult& results = scored.assessment->views[later ? view.to : view.from];
  const std::size_t index = later ? country.to : country.from;
  return {scored, results.countries[index], node,
          evaluate::places(results, node, scored.rules().level_margin)[index]};
}

Json side_json(const AtSide& side) {
  const evaluate::NodeResult& score = side.score();
  const std::string band = side.band();
  return {{"value", number(score.value)},
          {"low", number(score.low)},
          {"high", number(score.high)},
          {"band", band.empty() ? Json(nullptr) : Json(band)},
          {"rank", side.place.rated() ? Json(side.place.rank) : Json(nullptr)},
          {"coverage", number(score.coverage)},
          {"marks", all_marks_of(*side.scored.now, side.country, side.node)}};
}

Json difference_mover_json(const explain::DifferenceMover& mover, const Differing& differing) {
  Json json = {{"kind", explain::name_of(mover.kind)}, {"points", number(mover.points)}};
  if (!mover.player) {
    json["title"] = "rules of " + mover.node;
    json["node"] = mover.node;
    json["reader"] = json["rule"] = nullptr;
    return json;
  }
  const explain::Player& player = *mover.player;
  const model::Model& model = (mover.by_first ? differing.from : differing.to).rules();
  const auto node = [&](NodeId id) { return id.valid() ? Json(model[id].name) : Json(nullptr); };
  json["title"] = explain::name_of(player, model);
  json["node"] = node(player.node);
  json["reader"] = node(player.reader);
  json["rule"] = player.rule.valid() ? Json(model[player.rule].name) : Json(nullptr);
  return json;
}

Json split_of(const explain::Difference& difference, const Differing& differing) {
  Json movers = Json::array();
  for (const explain::DifferenceMover& mover : difference.movers)
    movers.push_back(difference_mover_json(mover, differing));
  Json json;
  for (const explain::MoverKind kind : kinds_of_movers)
    json[std::string(explain::name_of(kind))] = number(difference.split[kind]);
  json["both_orders"] = difference.both_orders;
  json["rules_split"] = difference.rules_split;
  json["sampled"] = difference.sampled;
  json["standard_error"] = number(difference.standard_error);
  json["movers"] = std::move(movers);
  return json;
}

Json sided_json(const Scored& scored) {
  Json scenario = scenario_json(scored);
  scenario["replaced"] = replaced_json(scored.replaced);
  return {{"model", model_json(scored)}, {"scenario", std::move(scenario)}};
}

std::string full_number(double value) { return std::isnan(value) ? "" : exact(value); }

}  // namespace

Json difference_json(const Differing& differing, const std::string& tool) {
  Json json = document("difference", tool);
  json["by"] = word_of(differing.what);
  json["from"] = sided_json(differing.from);
  json["to"] = sided_json(differing.to);
  json["output"] = differing.to.rules()[differing.node_to].name;
  json["viewpoints"] = Json::array();
  for (const DifferentView& view : differing.views) {
    Json countries = Json::array();
    for (const DifferentCountry& country : view.countries) {
      const AtSide from = at_side(differing, view, country, false),
                   to = at_side(differing, view, country, true);
      countries.push_back(
          {{"code", country.code},
           {"name", scenario::country_name(country.code)},
           {"from", side_json(from)},
           {"to", side_json(to)},
           {"moved", number(to.score().value - from.score().value)},
           {"split", country.split ? split_of(*country.split, differing) : Json(nullptr)}});
    }
    json["viewpoints"].push_back({{"name", view.name}, {"countries", std::move(countries)}});
  }
  json["only_from"] = differing.only_from;
  json["only_to"] = differing.only_to;
  json["viewpoints_of_one"] = differing.views_of_one;
  return json;
}

void put_difference_csv(const Differing& differing, const Put& put) {
  put(csv_row({"viewpoint", "country",   "country_name",  "name",        "from",
               "to",        "moved",     "facts",         "data",        "rules",
               "model",     "from_side", "to_side",       "from_band",   "to_band",
               "from_rank", "to_rank",   "from_coverage", "to_coverage", "from_options",
               "to_options"}));
  const auto [first, second] = side_names(differing);
  for (const DifferentView& view : differing.views)
    for (const DifferentCountry& country : view.countries) {
      const AtSide from = at_side(differing, view, country, false),
                   to = at_side(differing, view, country, true);
      const auto rank = [](const AtSide& side) {
        return side.place.rated() ? std::to_string(side.place.rank) : std::string();
      };
      std::vector<std::string> row = {view.name,
                                      country.code,
                                      country_title(country.code),
                                      differing.to.rules()[differing.node_to].name,
                                      full_number(from.score().value),
                                      full_number(to.score().value),
                                      full_number(to.score().value - from.score().value)};
      for (const explain::MoverKind kind : kinds_of_movers)
        row.push_back(country.split ? full_number(country.split->split[kind]) : "");
      for (const std::string& cell :
           {first, second, from.band(), to.band(), rank(from), rank(to),
            full_number(from.score().coverage), full_number(to.score().coverage),
            options_given(differing.from), options_given(differing.to)})
        row.push_back(cell);
      put(csv_row(row));
    }
}

}  // namespace waystone::report
