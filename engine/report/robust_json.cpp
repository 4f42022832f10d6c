#include "report/explained.hpp"
#include "report/robust.hpp"

namespace waystone::report {
namespace {

using robust::ViewStudy;
using weights::Group;

class Writer {
 public:
  Writer(const ViewStudy& view, const SourceMap& sources) : view_(view), question_(view.question), group_(question_.group), sources_(sources) {}

  Json json() const {
    Json today = Json::object(), ranking = Json::array(), not_rated = question_.not_rated;
    for (std::size_t c = 0; c < question_.countries.size(); ++c) today[code(c)] = number(question_.today[c]);
    for (const std::size_t c : view_.ranking) ranking.push_back(code(c));
    return {{"name", view_.name},
            {"weights", weights_json()},
            {"values", std::move(today)},
            {"ranking", std::move(ranking)},
            {"not_rated", std::move(not_rated)},
            {"sign_linear", question_.sign_linear},
            {"tried", {{"transfers", view_.transfers}, {"corners", view_.corners}, {"draws", view_.drawn}}},
            {"stability", stability_json()},
            {"orders", orders_json()},
            {"bands", bands_json()},
            {"preferences", preferences_json()},
            {"acceptability", acceptability_json()}};
  }

 private:
  const std::string& code(std::size_t country) const { return question_.countries[country]; }

  Json shares_json(const arma::vec& shares) const {
    if (shares.empty()) return nullptr;
    Json json = Json::object();
    for (std::size_t m = 0; m < group_.size(); ++m) json[group_.members[m]] = number(shares[m]);
    return json;
  }

  Json names(const std::vector<std::size_t>& members) const {
    Json json = Json::array();
    for (const std::size_t m : members) json.push_back(group_.members[m]);
    return json;
  }

  Json weights_json() const {
    Json list = Json::array(), ties = Json::array();
    for (std::size_t m = 0; m < group_.size(); ++m)
      list.push_back({{"member", group_.members[m]},
                      {"share", number(group_.now[m])},
                      {"low", number(group_.domain.low[m])},
                      {"high", number(group_.domain.high[m])},
                      {"where", at(group_.numerals[m], sources_)}});
    for (const auto& tie : group_.domain.ties) ties.push_back(names(tie));
    return {{"members", std::move(list)}, {"ties", std::move(ties)}};
  }

  Json end_json(const robust::End& end) const {
    Json again = Json::array();
    for (const double share : end.again) again.push_back(number(share));
    return {{"share", number(end.share)},
            {"turns", end.turns},
            {"higher_today", end.turns ? Json(code(end.high)) : Json(nullptr)},
            {"lower_today", end.turns ? Json(code(end.low)) : Json(nullptr)},
            {"equal_beyond", end.equal},
            {"again", std::move(again)}};
  }

  Json stability_json() const {
    Json list = Json::array();
    for (const robust::Stability& entry : view_.stability)
      list.push_back({{"members", names(entry.members)},
                      {"today", number(entry.today)},
                      {"locked", entry.locked},
                      {"below", end_json(entry.below)},
                      {"above", end_json(entry.above)}});
    return list;
  }

  Json turning_json(const robust::Turning& turning) const {
    Json json = change_json(group_, turning);
    json["edit"] = nullptr;
    if (!turning.edit) return json;
    Json lines = Json::array();
    for (const robust::EditedWeight& weight : turning.edit->weights)
      lines.push_back({{"member", group_.members[weight.member]}, {"before", weight.before}, {"after", weight.after}, {"where", at(weight.where, sources_)}});
    json["edit"] = {{"points", number(turning.edit->points)}, {"lines", std::move(lines)}};
    return json;
  }

  Json orders_json() const {
    Json list = Json::array();
    for (const robust::OrderTurning& order : view_.orders) {
      Json json = {{"higher", code(order.high)}, {"lower", code(order.low)}};
      json.update(turning_json(order.turning));
      list.push_back(std::move(json));
    }
    return list;
  }

  Json bands_json() const {
    Json list = Json::array();
    for (const robust::BandTurning& turning : view_.bands) {
      Json json = {{"country", code(turning.country)}, {"from", turning.from}, {"to", turning.to}, {"edge", number(turning.edge)}};
      json.update(turning_json(turning.turning));
      list.push_back(std::move(json));
    }
    return list;
  }

  Json preferences_json() const {
    Json list = Json::array();
    for (const robust::Preference& entry : view_.preferences)
      list.push_back({{"first", code(entry.first)},
                      {"second", code(entry.second)},
                      {"standing", robust::word_of(entry.standing)},
                      {"proved", entry.proved},
                      {"searched", entry.searched},
                      {"gap", number(entry.today)},
                      {"smallest_gap", number(entry.smallest)},
                      {"largest_gap", number(entry.largest)},
                      {"at_smallest", shares_json(entry.at_smallest)},
                      {"at_largest", shares_json(entry.at_largest)}});
    return list;
  }

  Json acceptability_json() const {
    const robust::Acceptabilities& found = view_.acceptabilities;
    Json countries = Json::array(), pairs = Json::array();
    for (const robust::Acceptability& entry : found.countries) {
      Json ranks = Json::array();
      for (const double share : entry.rank) ranks.push_back({{"share", number(share)}, {"standard_error", number(robust::standard_error(share, found.draws))}});
      countries.push_back({{"country", code(entry.country)},
                           {"ranks", std::move(ranks)},
                           {"not_rated", number(entry.not_rated)},
                           {"central_weights", shares_json(entry.central)},
                           {"confidence", entry.central.empty() ? Json(nullptr) : number(entry.confidence)}});
    }
    for (const robust::Winning& pair : found.pairs)
      pairs.push_back({{"first", code(pair.first)},
                       {"second", code(pair.second)},
                       {"first_higher", number(pair.first_higher)},
                       {"second_higher", number(pair.second_higher)},
                       {"equal", number(pair.equal)},
                       {"standard_error", number(pair.standard_error)}});
    return {{"draws", found.draws}, {"seed", found.seed}, {"countries", std::move(countries)}, {"pairs", std::move(pairs)}};
  }

  const ViewStudy& view_;
  const robust::Question& question_;
  const Group& group_;
  const SourceMap& sources_;
};

}  // namespace

Json robust_json(const Robust& robust) {
  const Scored& scored = robust.scored;
  const model::Model& model = scored.rules();
  Json json = document("robust", scored.tool);
  json["model"] = model_json(scored);
  json["scenario"] = scenario_json(scored);
  json["output"] = model[robust.study.output].name;
  json["node"] = model[robust.study.node].name;
  json["pair"] = robust.study.pair ? Json::array({robust.study.pair->first, robust.study.pair->second}) : Json(nullptr);
  json["viewpoints"] = Json::array();
  for (const ViewStudy& view : robust.study.views) json["viewpoints"].push_back(Writer(view, *scored.sources).json());
  json["crossovers"] = robust.study.pair ? crossovers_json(*robust.study.pair) : Json::array();
  return json;
}

}  // namespace waystone::report
