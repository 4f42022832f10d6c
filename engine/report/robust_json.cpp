#include <algorithm>

#include "report/causes.hpp"
#include "report/explained.hpp"
#include "report/robust.hpp"

namespace waystone::report {
namespace {

using robust::ViewStudy;
using weights::Group;

class Writer {
 public:
  /// `judged`: what judgements ask under this viewpoint; null without any.
  Writer(const ViewStudy& view, const JudgedView* judged, const Scored& scored)
      : view_(view),
        judged_(judged),
        question_(view.question),
        group_(question_.group),
        sources_(*scored.sources),
        results_(results_of(scored, view)) {}

  Json json() const {
    Json today = Json::object(), ranking = Json::array(), not_rated = question_.not_rated;
    for (std::size_t c = 0; c < question_.countries.size(); ++c)
      today[code(c)] = number(question_.today[c]);
    Json reweighted = Json::array(), uncut = Json::object();
    for (std::size_t c = 0; c < question_.countries.size(); ++c) {
      const evaluate::NodeResult& result = (*results_.find(code(c)))[question_.output];
      if (result.reweighted || result.rests_on_reweighted) reweighted.push_back(code(c));
      if (!std::isnan(result.uncut)) uncut[code(c)] = number(result.uncut);
    }
    for (const std::size_t c : view_.ranking) ranking.push_back(code(c));
    return {{"name", view_.name},
            {"weights", weights_json()},
            {"values", std::move(today)},
            {"reweighted", std::move(reweighted)},
            {"uncut", std::move(uncut)},
            {"ranking", std::move(ranking)},
            {"not_rated", std::move(not_rated)},
            {"rated_by_other_weights", view_.rated_by_others},
            {"sign_linear", question_.sign_linear},
            {"tried",
             {{"transfers", view_.transfers}, {"corners", view_.corners}, {"draws", view_.drawn}}},
            {"stability", stability_json()},
            {"orders", orders_json()},
            {"lapses", lapses_json()},
            {"bands", bands_json()},
            {"preferences", preferences_json(view_.preferences)},
            {"acceptability", acceptability_json(view_.acceptabilities, view_.always)},
            {"judged", judged_json()}};
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
      list.push_back(
          {{"member", group_.members[m]},
           {"share", number(group_.now[m])},
           {"multiplier",
            group_.multipliers ? number(group_.now[m] * group_.written_total) : Json(nullptr)},
           {"low", number(group_.domain.low[m])},
           {"high", number(group_.domain.high[m])},
           {"where", at(group_.numerals[m], sources_)}});
    for (const auto& tie : group_.domain.ties) ties.push_back(names(tie));
    return {{"members", std::move(list)}, {"ties", std::move(ties)}};
  }

  Json end_json(const robust::End& end) const {
    Json again = Json::array();
    for (const double share : end.again) again.push_back(number(share));
    const bool turns = end.turns || end.turned_at;
    return {{"share", number(end.share)},
            {"turns", end.turns},
            {"higher_today", turns ? Json(code(end.high)) : Json(nullptr)},
            {"lower_today", turns ? Json(code(end.low)) : Json(nullptr)},
            {"equal_beyond", end.equal},
            {"at_limit", end.last},
            {"not_rated", end.not_rated ? Json(code(*end.not_rated)) : Json(nullptr)},
            {"turned_at", end.turned_at ? number(*end.turned_at) : Json(nullptr)},
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
      lines.push_back({{"member", group_.members[weight.member]},
                       {"before", weight.before},
                       {"after", weight.after},
                       {"where", at(weight.where, sources_)}});
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
      Json json = {{"country", code(turning.country)},
                   {"from", turning.from},
                   {"to", turning.to},
                   {"edge", number(turning.edge)}};
      json.update(turning_json(turning.turning));
      list.push_back(std::move(json));
    }
    return list;
  }

  Json preferences_json(const std::vector<robust::Preference>& preferences) const {
    Json list = Json::array();
    for (const robust::Preference& entry : preferences)
      list.push_back({{"first", code(entry.first)},
                      {"second", code(entry.second)},
                      {"standing", robust::word_of(entry.standing)},
                      {"proved", entry.proved},
                      {"searched", entry.searched},
                      {"always_rated", entry.first_rated && entry.second_rated},
                      {"gap", number(entry.today)},
                      {"smallest_gap", number(entry.smallest)},
                      {"largest_gap", number(entry.largest)},
                      {"at_smallest", shares_json(entry.at_smallest)},
                      {"at_largest", shares_json(entry.at_largest)}});
    return list;
  }

  static Json range_json(const robust::RankRange& range) {
    return Json::array({range.first, range.last});
  }

  Json lapses_json() const {
    Json list = Json::array();
    for (const robust::Lapse& lapse : view_.lapses)
      list.push_back({{"country", code(lapse.country)},
                      {"points", number(lapse.change.points)},
                      {"knows_too_little", lapse.knows_too_little},
                      {"weights", shares_json(lapse.change.shares)}});
    return list;
  }

  Json acceptability_json(const robust::Acceptabilities& found,
                          const std::vector<robust::RankRange>& always) const {
    Json countries = Json::array(), pairs = Json::array();
    for (const robust::Acceptability& entry : found.countries) {
      Json ranks = Json::array();
      for (const double share : entry.rank)
        ranks.push_back({{"share", number(share)},
                         {"standard_error", number(robust::standard_error(share, found.draws))}});
      countries.push_back(
          {{"country", code(entry.country)},
           {"ranks", std::move(ranks)},
           {"rank_range",
            {{"most", range_json(entry.most)}, {"always", range_json(always[entry.country])}}},
           {"best", number(entry.best)},
           {"open", number(entry.open)},
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
                       {"not_rated", number(pair.not_rated)},
                       {"standard_error", number(pair.standard_error)}});
    return {{"draws", found.draws},
            {"seed", found.seed},
            {"countries", std::move(countries)},
            {"pairs", std::move(pairs)}};
  }

  Json statements_json() const {
    Json list = Json::array();
    if (judged_->asked.requirements.list.empty()) return list;
    const arma::vec today = judged_->asked.requirements.slack(group_.now);
    for (std::size_t s = 0; s < judged_->asked.statements.size(); ++s) {
      Json slack = Json::array();
      for (std::size_t r = 0; r < judged_->asked.statement.size(); ++r)
        if (judged_->asked.statement[r] == s) slack.push_back(number(today[r]));
      if (slack.empty()) continue;
      const fit::Statement& statement = judged_->asked.statements[s];
      const bool in_conflict = std::find(judged_->conflict.begin(), judged_->conflict.end(), s) !=
                               judged_->conflict.end();
      list.push_back({{"text", statement.text},
                      {"because", statement.because},
                      {"at", at(statement.where, sources_)},
                      {"slack_today", std::move(slack)},
                      {"in_conflict", in_conflict},
                      {"not_rated", judged_->asked.not_rated[s]}});
    }
    return list;
  }

  Json limits_json(const weights::Domain& domain) const {
    Json list = Json::array();
    for (std::size_t m = 0; m < group_.size(); ++m)
      list.push_back({{"member", group_.members[m]},
                      {"low", number(domain.low[m])},
                      {"high", number(domain.high[m])}});
    return list;
  }

  Json judged_json() const {
    if (!judged_) return nullptr;
    Json left_out = Json::array(), compatible = nullptr;
    for (const fit::LeftOut& left : judged_->asked.left_out)
      left_out.push_back(
          {{"text", left.text}, {"at", at(left.where, sources_)}, {"why", left.why}});
    if (view_.compatible)
      compatible = {{"limits", limits_json(view_.compatible->domain)},
                    {"today", view_.compatible->today},
                    {"part", number(view_.compatible->part)},
                    {"walked", view_.compatible->walked},
                    {"lowest", shares_json(view_.compatible->lowest)},
                    {"highest", shares_json(view_.compatible->highest)},
                    {"preferences", preferences_json(view_.compatible->preferences)},
                    {"acceptability", acceptability_json(view_.compatible->acceptabilities,
                                                         view_.compatible->always)}};
    return {{"statements", statements_json()},
            {"left_out", std::move(left_out)},
            {"unused", judged_->chooses},
            {"compatible", std::move(compatible)}};
  }

  const ViewStudy& view_;
  const JudgedView* judged_;
  const robust::Question& question_;
  const Group& group_;
  const SourceMap& sources_;
  const evaluate::ViewResult& results_;
};

// By country that is left out.
Json not_rated_because(const Robust& robust, const ViewStudy& view) {
  Json json = Json::object();
  for (const std::string& country : view.question.not_rated) {
    const explain::Causes causes(*robust.scored.now, viewpoint_of(robust.scored, view), country);
    json[country] =
        causes_json(causes.of(robust.study.output), *robust.scored.now, *robust.scored.sources);
  }
  return json;
}

}  // namespace

Json robust_json(const Robust& robust) {
  const Scored& scored = robust.scored;
  const model::Model& model = scored.rules();
  Json json = document("robust", scored.tool, 2);
  json["model"] = model_json(scored);
  json["scenario"] = scenario_json(scored);
  json["output"] = model[robust.study.output].name;
  json["node"] = model[robust.study.node].name;
  json["pair"] = robust.study.pair
                     ? Json::array({robust.study.pair->first, robust.study.pair->second})
                     : Json(nullptr);
  json["judgements"] = robust.judgements.path.empty() ? Json(nullptr)
                                                      : Json{{"path", robust.judgements.path},
                                                             {"title", robust.judgements.title},
                                                             {"hash", robust.judgements.hash}};
  json["viewpoints"] = Json::array();
  const RobustJudgements& judgements = robust.judgements;
  for (std::size_t v = 0; v < robust.study.views.size(); ++v) {
    json["viewpoints"].push_back(Writer(robust.study.views[v],
                                        judgements.path.empty() ? nullptr : &judgements.views[v],
                                        scored)
                                     .json());
    json["viewpoints"].back()["not_rated_because"] =
        not_rated_because(robust, robust.study.views[v]);
  }
  json["crossovers"] = robust.study.pair ? crossovers_json(*robust.study.pair) : Json::array();
  json["unrated_mixes"] = robust.study.pair ? lapses_json(*robust.study.pair) : Json::array();
  return json;
}

}  // namespace waystone::report
