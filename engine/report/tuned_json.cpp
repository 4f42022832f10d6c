#include <algorithm>

#include "report/tuned.hpp"

namespace waystone::report {
namespace {

using fit::Proposal;

std::string_view word_of(fit::Status status) {
  static constexpr std::string_view words[] = {"tuned", "nothing asked", "contradictory",
                                               "importance missed", "failed"};
  return words[std::size_t(status)];
}

Json basis_json(const fit::Basis& basis) {
  Json left_out = Json::array();
  for (const fit::Unrated& one : basis.left_out)
    left_out.push_back(
        {{"country", one.country}, {"scenario", one.scenario}, {"unknown", one.unknown}});
  return {{"rated", basis.countries},
          {"not_rated", basis.left_out.size()},
          {"left_out", std::move(left_out)}};
}

// By member's name; null where there are none.
Json by_member(const arma::vec& values, const weights::Group& group) {
  if (values.is_empty()) return nullptr;
  Json json = Json::object();
  for (std::size_t m = 0; m < group.size(); ++m) json[group.members[m]] = number(values[m]);
  return json;
}

struct FindingsJson {
  const Proposal& proposal;
  const weights::Group& group;

  Json operator()(const std::monostate&) const { return nullptr; }
  Json operator()(const fit::AhpFindings& f) const {
    Json fits = Json::array();
    for (const fit::ComparisonFit& fit : f.fits)
      fits.push_back({{"judgement", proposal.judgements[fit.comparison].text},
                      {"implied", number(fit.implied)},
                      {"error", number(fit.error)},
                      {"ratio_without", number(fit.ratio_without)},
                      {"ratio_replaced", number(fit.ratio_replaced)}});
    return {{"lambda_max", number(f.lambda_max)},
            {"consistency_index", number(f.consistency_index)},
            {"random_index", number(f.random_index)},
            {"consistency_ratio", number(f.consistency_ratio)},
            {"missing", f.missing},
            {"comparisons", std::move(fits)}};
  }
  Json operator()(const fit::BestWorstFindings& f) const {
    return {
        {"xi", number(f.xi)},
        {"input_ratio", number(f.input_ratio)},
        {"threshold", number(f.threshold)},
        {"worst_member", f.worst_member ? Json(group.members[*f.worst_member]) : Json(nullptr)}};
  }
  Json operator()(const fit::BudgetFindings& f) const {
    return {{"lowest", by_member(f.lowest, group)},
            {"highest", by_member(f.highest, group)},
            {"deviation", by_member(f.deviation, group)}};
  }
  Json operator()(const fit::ComponentFindings& f) const {
    Json eigenvalues = Json::array();
    for (const double value : f.eigenvalues) eigenvalues.push_back(number(value));
    return {{"eigenvalues", std::move(eigenvalues)},
            {"retained", f.retained},
            {"explained", number(f.explained)},
            {"fewer_subjects", f.fewer_subjects}};
  }
  Json operator()(const fit::DoubtFindings& f) const {
    return {{"score", number(f.score)}, {"unique", f.unique}};
  }
};

Json proposal_json(const Proposal& proposal, const TuneReport& report) {
  Json judgements = Json::array();
  for (const fit::Contribution& judgement : proposal.judgements)
    judgements.push_back({{"text", judgement.text},
                          {"at", at(judgement.where, *report.sources)},
                          {"without", by_member(judgement.without, *report.group)}});
  return {{"source", proposal.source},
          {"at", at(proposal.where, *report.sources)},
          {"trust", number(proposal.trust)},
          {"shares", by_member(proposal.shares, *report.group)},
          {"failure", proposal.failure.empty() ? Json(nullptr) : Json(proposal.failure)},
          {"findings", std::visit(FindingsJson{proposal, *report.group}, proposal.findings)},
          {"judgements", std::move(judgements)}};
}

Json members_json(const TuneReport& report) {
  const fit::Tuned* tuned = report.tuned;
  Json members = Json::array();
  for (std::size_t m = 0; m < report.group->size(); ++m) {
    Json member{{"name", report.group->members[m]},
                {"at", at(report.group->numerals[m], *report.sources)},
                {"numeral", report.now[m]},
                {"share", number(report.group->now[m])}};
    if (tuned) {
      member["low"] = number(tuned->domain.low[m]);
      member["high"] = number(tuned->domain.high[m]);
      member["target"] = number(tuned->target[m]);
      member["new_share"] = number(tuned->written ? tuned->written->shares[m] : tuned->shares[m]);
      member["exact_share"] = number(tuned->shares[m]);
      member["new_numeral"] = tuned->written ? Json(tuned->written->numerals[m]) : Json(nullptr);
    }
    if (!report.importance.now.is_empty()) member["importance"] = number(report.importance.now[m]);
    if (!report.importance.then.is_empty())
      member["new_importance"] = number(report.importance.then[m]);
    members.push_back(std::move(member));
  }
  return members;
}

Json examples_json(const TuneReport& report) {
  Json examples = Json::array();
  const fit::Tuned& tuned = *report.tuned;
  for (std::size_t s = 0; s < tuned.statements.size(); ++s) {
    Json slack = Json::array();
    for (std::size_t r = 0; r < tuned.statement.size(); ++r)
      if (tuned.statement[r] == s) slack.push_back(number(tuned.slack[r]));
    if (slack.empty()) continue;
    const bool in_conflict =
        std::find(tuned.conflict.begin(), tuned.conflict.end(), s) != tuned.conflict.end();
    examples.push_back({{"text", tuned.statements[s].text},
                        {"because", tuned.statements[s].because},
                        {"at", at(tuned.statements[s].where, *report.sources)},
                        {"slack", std::move(slack)},
                        {"in_conflict", in_conflict},
                        {"not_rated", tuned.not_rated[s]},
                        {"not_rated_then", tuned.not_rated_then[s]}});
  }
  return examples;
}

Json effects_json(const TuneReport& report) {
  Json effects = Json::array();
  for (const TuneEffect& effect : report.effects) {
    Json countries = Json::object();
    for (const TuneEffect::Country& country : effect.countries)
      countries[country.code] = {
          {"before", number(country.before)},     {"after", number(country.after)},
          {"band_before", country.band_before},   {"band_after", country.band_after},
          {"marks_before", country.marks_before}, {"marks_after", country.marks_after}};
    effects.push_back(
        {{"path", effect.path}, {"title", effect.title}, {"countries", std::move(countries)}});
  }
  return effects;
}

}  // namespace

Json tuned_json(const TuneReport& report) {
  Json json = document("tune", report.tool);
  json["model"] = {{"path", report.model.path}, {"hash", report.model.hash}};
  json["judgements"] =
      report.judgements.empty()
          ? Json(nullptr)
          : Json{{"path", report.judgements}, {"title", report.title}, {"hash", report.hash}};
  json["node"] = (*report.rules)[report.group->node].name;
  json["viewpoint"] = report.viewpoint.empty() ? Json(nullptr) : Json(report.viewpoint);
  json["output"] = (*report.rules)[report.output].name;
  json["members"] = members_json(report);
  json["importance_sample"] = basis_json(report.importance.basis);
  if (!report.tuned) return json;
  const fit::Tuned& tuned = *report.tuned;
  json["status"] = word_of(tuned.status);
  json["failure"] = tuned.failure.empty() ? Json(nullptr) : Json(tuned.failure);
  json["figures"] = basis_json(tuned.figures);
  json["proposals"] = Json::array();
  for (const Proposal& proposal : tuned.proposals)
    json["proposals"].push_back(proposal_json(proposal, report));
  json["benefit_of_the_doubt"] = Json::array();
  for (const Proposal& proposal : tuned.doubts)
    json["benefit_of_the_doubt"].push_back(proposal_json(proposal, report));
  json["examples"] = examples_json(report);
  json["left_out"] = Json::array();
  for (const fit::LeftOut& left : tuned.left_out)
    json["left_out"].push_back(
        {{"text", left.text}, {"at", at(left.where, *report.sources)}, {"why", left.why}});
  json["influences"] = Json::array();
  for (const fit::Influence& influence : tuned.influences)
    json["influences"].push_back({{"source", influence.source},
                                  {"text", influence.text},
                                  {"at", at(influence.where, *report.sources)},
                                  {"points", number(influence.points)},
                                  {"without", by_member(influence.without, *report.group)}});
  json["wanted_importance"] = tuned.importance
                                  ? Json{{"met", tuned.importance->met},
                                         {"converged", tuned.importance->converged},
                                         {"largest_miss", number(tuned.importance->largest_miss)}}
                                  : Json(nullptr);
  json["effects"] = effects_json(report);
  json["changed"] = report.changed;
  json["written"] = report.written;
  return json;
}

}  // namespace waystone::report
