#include "fit/tune.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "fit/direct.hpp"
#include "fit/nearest.hpp"
#include "fit/pooling.hpp"
#include "fit/statistical.hpp"

namespace waystone::fit {
namespace {

using weights::Requirements;

// Rounding to numerals moves scores a little: the fit keeps this far from the edge of each
// requirement where it can.
constexpr double cushion_points = 0.02;

double points_moved(const arma::vec& a, const arma::vec& b) {
  return 50 * arma::accu(arma::abs(a - b));
}

std::vector<weights::Subject> subjects_of(const std::vector<Path>& scenarios,
                                          const TuningQuestion& question, NodeId node) {
  std::vector<weights::Subject> subjects;
  for (const Path& path : scenarios)
    for (const std::string& country : question.cases.at(path.path)->countries)
      subjects.push_back({question.cases.at(path.path), country, node});
  return subjects;
}

// ---- from figures

ScoreTable score_table(const Sample& sample) {
  ScoreTable table{sample.members, {}, names_of(sample.subjects)};
  for (const weights::Subject& subject : sample.subjects)
    table.subjects.push_back(subject.country + " in " + subject.scenario_case->scenario.path);
  return table;
}

// "Serbia is not rated in economy"; of several scenarios the first.
std::string why_no_doubt(const std::string& country, const Basis& basis) {
  for (const Unrated& one : basis.left_out)
    if (one.country == country)
      return fmt::format(
          "{}{}, so there are no best weights of its own", scenario::country_name(country),
          one.unknown.empty() ? " is not rated"
                              : fmt::format(" isn't rated in {}", fmt::join(one.unknown, ", ")));
  return "no country is rated in all members";
}

void add_doubts(const TuningQuestion& question, const Sample& sample, Tuned& result) {
  const std::string& country = question.judgements->data->country;
  const bool high = (*question.model)[question.group->node].factor().higher_is_better;
  const ScoreTable table = score_table(sample);
  for (std::size_t s = 0; s < table.subjects.size(); ++s)
    if (country.empty() || sample.subjects[s].country == country)
      result.doubts.push_back(benefit_of_the_doubt(table.scores.row(s).t(), table.subjects[s], high,
                                                   result.domain, *question.group));
}

void add_from_figures(const TuningQuestion& question, Tuned& result) {
  const auto& data = question.judgements->data;
  if (!data || data->method == DataMethod::equal) return;
  const Sample sample = sample_of(*question.group, question.viewpoint,
                                  subjects_of(data->scenarios, question, question.group->node));
  result.figures = sample.basis();
  if (data->method == DataMethod::benefit_of_the_doubt) return add_doubts(question, sample, result);
  Proposal proposal = principal_components(score_table(sample), *question.group);
  proposal.trust = data->signature.trust;
  proposal.where = data->signature.where;
  result.proposals.push_back(std::move(proposal));
}

// Why a source gives no weights though it was asked to; "" where each gives some.
std::string failure_of(const TuningQuestion& question, const Tuned& result) {
  std::vector<std::string> failures;
  for (const Proposal& proposal : result.proposals)
    if (!proposal.found()) failures.push_back(proposal.source + ": " + proposal.failure);
  const auto& data = question.judgements->data;
  const auto found = [](const Proposal& proposal) { return proposal.found(); };
  if (data && data->method == DataMethod::benefit_of_the_doubt &&
      std::none_of(result.doubts.begin(), result.doubts.end(), found))
    failures.push_back("benefit of the doubt: " + (result.doubts.empty()
                                                       ? why_no_doubt(data->country, result.figures)
                                                       : result.doubts.front().failure));
  if (failures.empty() && !result.proposals.empty() &&
      pool(result.proposals, question.judgements->pool).is_empty())
    failures.push_back(
        "the sources can't be pooled: in a geometric mean each member has a 0 from one of them");
  return fmt::format("{}", fmt::join(failures, "; "));
}

// ---- one fit

// What is fitted to: proposals and requirements, of which some may be left out to see what they do.
// The judgements behind the proposals are not kept here: they are many, and each is left out once.
struct Given {
  std::vector<Proposal> proposals;  // shares and trust alone
  Requirements requirements;
};

std::vector<Proposal> shares_and_trust(const std::vector<Proposal>& proposals) {
  std::vector<Proposal> result;
  for (const Proposal& proposal : proposals) {
    Proposal& kept = result.emplace_back();
    kept.shares = proposal.shares;
    kept.trust = proposal.trust;
  }
  return result;
}

// Today's weights where nobody says where they should be; empty where those who do leave none.
arma::vec target_of(const TuningQuestion& question, const std::vector<Proposal>& proposals) {
  return proposals.empty() ? question.group->now : pool(proposals, question.judgements->pool);
}

// Away from the edges where there is room, else at them.
std::optional<arma::vec> meeting(const weights::Domain& domain, const arma::vec& target,
                                 const Requirements& requirements) {
  if (requirements.list.empty()) return weights::nearest(domain, target);
  const arma::vec nearest = weights::nearest(domain, target);
  if (requirements.met(nearest, 0)[0]) return nearest;
  Requirements cushioned = requirements;
  for (weights::Requirement& requirement : cushioned.list) requirement.least += cushion_points;
  if (auto found = nearest_meeting(domain, target, cushioned)) return found;
  return nearest_meeting(domain, target, requirements);
}

arma::vec fitted(const TuningQuestion& question, const weights::Domain& domain,
                 const Given& given) {
  const arma::vec target = target_of(question, given.proposals);
  const auto found = meeting(domain, target, given.requirements);
  return found ? *found : best_compromise(domain, target, given.requirements);
}

// ---- what each judgement does

void add_influences(const TuningQuestion& question, const Given& given, Tuned& result) {
  const auto add = [&](const std::string& source, const std::string& text, Span where,
                       const Given& rest) {
    Influence influence{source, text, where, {}, 0};
    if (!target_of(question, rest.proposals).is_empty()) {
      influence.without = fitted(question, result.domain, rest);
      influence.points = points_moved(influence.without, result.shares);
    }
    result.influences.push_back(std::move(influence));
  };
  for (std::size_t p = 0; p < given.proposals.size(); ++p) {
    Given rest = given;
    for (const Contribution& judgement : result.proposals[p].judgements) {
      rest.proposals[p].shares = judgement.without;
      add(result.proposals[p].source, judgement.text, judgement.where, rest);
    }
  }
  for (std::size_t s = 0; s < result.statements.size(); ++s) {
    if (std::find(result.statement.begin(), result.statement.end(), s) == result.statement.end())
      continue;
    Given rest = given;
    for (std::size_t r = result.statement.size(); r-- > 0;)
      if (result.statement[r] == s)
        rest.requirements.list.erase(rest.requirements.list.begin() + std::ptrdiff_t(r));
    add("example", result.statements[s].text, result.statements[s].where, rest);
  }
  std::stable_sort(result.influences.begin(), result.influences.end(),
                   [](const Influence& a, const Influence& b) { return a.points > b.points; });
}

// ---- importance

void fail(std::string why, Tuned& result) {
  result.status = Status::failed;
  result.found = false;
  result.failure = std::move(why);
}

void fit_importance(const TuningQuestion& question, Tuned& result) {
  const Importance& wanted = *question.judgements->importance;
  Sample sample = sample_of(*question.group, question.viewpoint,
                            subjects_of(wanted.sample, question, question.output));
  const std::size_t rated = sample.subjects.size();
  if (rated < ImportanceMeasure::fewest_subjects)
    return fail(fmt::format("importance: at least {} rated countries are needed in its sample, and "
                            "there {} {}{}",
                            ImportanceMeasure::fewest_subjects, rated == 1 ? "is" : "are", rated,
                            rated == 0 ? "" : fmt::format(" ({})", names_of(sample.subjects))),
                result);
  const ImportanceMeasure measure(*question.group, question.viewpoint, std::move(sample));
  arma::vec targets(question.group->size());
  targets.fill(1.0 / double(question.group->size()));
  for (const Said& target : wanted.targets) targets[target.member] = target.number / 100;
  if (measure.at(question.group->now).first_order.has_nan())
    return fail(
        "importance: the score is the same for all countries of the sample, so there is no "
        "variance to share out",
        result);
  result.importance = weights_for_importance(result.domain, measure, question.group->now, targets);
  if (!std::isfinite(result.importance->largest_miss)) {
    result.importance.reset();
    return fail(
        "importance: no member's scores vary over the sample with the score, so none has a "
        "share of its variance",
        result);
  }
  result.shares = result.importance->shares;
  if (!result.importance->met) result.status = Status::importance_missed;
}

void write(const TuningQuestion& question, const Requirements* requirements, Tuned& result) {
  if (result.status != Status::tuned) return;
  result.written = write_numerals(*question.group, result.domain, result.shares, question.decimals,
                                  question.now, requirements);
  if (result.written) return;
  result.status = Status::failed;
  result.failure =
      "no numerals of up to three decimals more than asked for keep limits, ties and examples "
      "together; more of them (--decimals) or wider limits may";
}

}  // namespace

Tuned tune(const TuningQuestion& question) {
  Tuned result;
  result.domain = question.judgements->domain;
  result.proposals = propose(*question.judgements, *question.group);
  add_from_figures(question, result);
  result.target = result.shares = question.group->now;
  if (std::string why = failure_of(question, result); !why.empty()) {
    fail(std::move(why), result);
    return result;
  }
  result.target = result.shares = target_of(question, result.proposals);
  if (question.judgements->importance) {
    fit_importance(question, result);
    write(question, nullptr, result);
    return result;
  }

  Asked asked = asked_of(question);
  result.statements = asked.statements;
  result.statement = asked.statement;
  result.left_out = std::move(asked.left_out);
  result.not_rated = std::move(asked.not_rated);
  const Given given{shares_and_trust(result.proposals), asked.requirements};
  const bool moves = !given.proposals.empty() || !given.requirements.list.empty() ||
                     !weights::contains(result.domain, question.group->now);
  result.shares = fitted(question, result.domain, given);
  if (!moves && !result.statements.empty()) {
    fail(fmt::format("examples: {} that weights could meet or break",
                     result.statements.size() == 1 ? "the statement is none"
                                                   : fmt::format("none of the {} statements is one",
                                                                 result.statements.size())),
         result);
  } else if (!moves) {
    result.status = Status::nothing_asked;
  } else if (!given.requirements.list.empty() &&
             !given.requirements.met(result.shares, met_points)[0]) {
    result.status = Status::contradictory;
    result.conflict = smallest_conflict(result.domain, given.requirements, result.statement);
  }
  write(question, &given.requirements, result);
  const arma::vec& then = result.written ? result.written->shares : result.shares;
  if (!given.requirements.list.empty()) result.slack = given.requirements.slack(then);
  result.not_rated_then = not_rated_by(asked, then);
  add_influences(question, given, result);
  return result;
}

ImportanceReport importance_report(const weights::Group& group, ViewpointId viewpoint,
                                   const std::vector<weights::Subject>& subjects,
                                   const arma::vec& then) {
  Sample sample = sample_of(group, viewpoint, subjects);
  ImportanceReport report{sample.basis(), {}, {}};
  if (sample.subjects.size() < ImportanceMeasure::fewest_subjects) return report;
  const ImportanceMeasure measure(group, viewpoint, std::move(sample));
  const auto now = measure.at(group.now);
  if (now.first_order.has_nan()) return report;
  report.now = now.shares();
  const auto after = measure.at(then);
  if (!after.first_order.has_nan()) report.then = after.shares();
  return report;
}

}  // namespace waystone::fit
