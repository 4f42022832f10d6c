#include "ask/names.hpp"
#include "ask/ranking.hpp"
#include "report/score.hpp"
#include "report/score_json.hpp"
#include "waystone/inside/inside.hpp"

namespace waystone {

inside::Situation::Situation(ask::SharedSituation given, ReadFile reader)
    : asked(std::move(given)), read(std::move(reader)) {
  const model::Model& model = asked->rules->model;
  scores = scores_of(asked->assessment, model);
  if (asked->before) before = scores_of(asked->assessment_before, model);
  for (const report::BranchResult& result : asked->branches)
    branches.push_back({result.branch->group, result.branch->name, result.branch->probability,
                        scores_of(result.assessment, model)});
}

namespace {

using InsideSituation = std::shared_ptr<const inside::Situation>;
constexpr const char* made_of_facts = "facts.toml";

// The path of the model isn't the scenario's own where somebody gave other rules.
Result<ask::Asking> asking_of(const Asking& asking, const std::string& rules) {
  ask::Asking result;
  const auto day = [](const std::string& text, std::optional<Date>& into) {
    if (!text.empty()) into = parse_date(text);
    return text.empty() || into;
  };
  for (const std::string* text : {&asking.as_of, &asking.known_by})
    if (!day(*text, text == &asking.as_of ? result.as_of : result.known_by))
      return inside::wrong<ask::Asking>("a day is written as 2015-06-30, not '" + *text + "'");
  result.settings = asking.settings;
  result.viewpoint = asking.viewpoint;
  result.rules = rules;
  result.branches = asking.branches;
  return result;
}

// `rules`: as in ask::Asking.
Result<InsideSituation> situation_at(const inside::Rules& rules, const std::string& path,
                                     const std::string& other_rules, const Asking& asking,
                                     const ReadFile& read) {
  const auto asked = asking_of(asking, other_rules);
  if (!asked) return {asked.problems(), asked.text()};
  const ask::Texts texts = inside::texts_for(read, *rules.sources);
  auto scenario = scenario::read_scenario(path, rules.rules->model, texts.read, *texts.sources);
  if (!scenario) return inside::faulty<InsideSituation>(scenario.diagnostics, *texts.sources);
  auto answer = ask::situation(rules.rules, std::move(*scenario.value), *asked, texts);
  if (!answer) return inside::failed<InsideSituation>(answer.failure, *texts.sources);
  scenario.diagnostics.append(answer.warnings);
  return {
      std::make_shared<const inside::Situation>(inside::Situation{std::move(*answer.value), read}),
      inside::problems_of(scenario.diagnostics, *texts.sources)};
}

// One country from one viewpoint.
struct Seen {
  const evaluate::ViewResult* view;
  const evaluate::CountryResult* country;
};

Result<Seen> seen(const ask::Situation& asked, const std::string& country,
                  const std::string& viewpoint) {
  if (const auto failure = ask::not_scored(*asked.now, country))
    return inside::wrong<Seen>(failure->message);
  const auto& views = asked.assessment.views;
  const auto* view = viewpoint.empty() ? &views.front() : asked.assessment.find(viewpoint);
  if (view) return Seen{view, view->find(country)};
  const auto known = ask::find_viewpoint(asked.rules->model, viewpoint);
  return inside::wrong<Seen>(known ? "'" + viewpoint + "' is no viewpoint of this situation"
                                   : known.failure.message);
}

Result<NodeId> node_of(const model::Model& model, const std::string& name) {
  if (name.empty()) return model.main;
  if (const auto node = model.find(name)) return *node;
  return inside::wrong<NodeId>(ask::find_explained(model, name).failure.message);
}

}  // namespace

Result<Situation> Situation::read(const Rules& rules, const std::string& path,
                                  const Asking& asking) {
  const auto found = situation_at(*rules.in_, path, rules.path(), asking, rules.in_->read);
  if (!found) return {found.problems(), found.text()};
  return {Situation(*found), found.problems()};
}

Result<Situation> Situation::from_facts(const Rules& rules, const std::string& as_of,
                                        const std::vector<Fact>& facts, const Asking& asking) {
  const std::string text = inside::scenario_of(rules.in_->rules->model, as_of, facts);
  const ReadFile read = [text, other = rules.in_->read](const std::string& path) {
    return path == made_of_facts ? FileText{text, ""} : other(path);
  };
  const auto found = situation_at(*rules.in_, made_of_facts, "", asking, read);
  if (!found) return {found.problems(), found.text()};
  return {Situation(*found), found.problems()};
}

std::string Situation::title() const { return in_->asked->now->scenario.title; }
std::string Situation::as_of() const { return to_string(in_->asked->now->scenario.as_of); }
std::string Situation::hash() const { return in_->asked->hash; }
const std::vector<std::string>& Situation::countries() const { return in_->asked->now->countries; }

std::vector<std::string> Situation::viewpoints() const {
  std::vector<std::string> names;
  for (const evaluate::ViewResult& view : in_->asked->assessment.views) names.push_back(view.name);
  return names;
}

const std::vector<Score>& Situation::scores() const { return in_->scores; }
const std::vector<Score>& Situation::before() const { return in_->before; }
const std::vector<Branch>& Situation::branches() const { return in_->branches; }

Result<Score> Situation::score(const std::string& country, const std::string& node,
                               const std::string& viewpoint) const {
  const model::Model& model = in_->asked->rules->model;
  const auto place = seen(*in_->asked, country, viewpoint);
  if (!place) return {place.problems(), place.text()};
  const auto found = node_of(model, node);
  if (!found) return {found.problems(), found.text()};
  Score score = inside::score_of(*place->view, *place->country, model, *found);
  if (model[*found].kind == model::NodeKind::output)
    for (const Score& one : scores())
      if (one.viewpoint == score.viewpoint && one.country == country && one.node == score.node)
        score.rank = one.rank;
  return score;
}

Result<std::vector<RuleState>> Situation::rules(const std::string& country,
                                                const std::string& viewpoint) const {
  const model::Model& model = in_->asked->rules->model;
  const auto place = seen(*in_->asked, country, viewpoint);
  if (!place) return {place.problems(), place.text()};
  std::vector<RuleState> states;
  for (std::size_t r = 0; r < model.rules.size(); ++r)
    states.push_back(inside::state_of(*place->country, model, RuleId{r}));
  return states;
}

Result<Tests> Situation::test() const {
  const ask::Texts texts = inside::texts_for(in_->read, *in_->asked->sources);
  auto outcome = ask::test(*in_->asked->now, *in_->asked->rules, texts);
  if (outcome.diagnostics.has_errors())
    return inside::faulty<Tests>(outcome.diagnostics, *texts.sources);
  return Tests(std::make_shared<const inside::Tests>(
      report::TestedFile{in_->asked->path, true, {}, std::move(*outcome.value)}, texts.sources));
}

namespace {

// As the program ranks where nothing particular is asked for: that has an answer.
report::RankedScored ranked(const inside::Situation& in) {
  ask::RankAsking asking;
  asking.tool = inside::tool;
  return ask::rank(in.asked, asking).value->report;
}

}  // namespace

std::string Situation::text(bool all) const {
  const auto [scored, ranking] = ranked(*in_);
  return inside::text_of(report::score_text(scored, ranking, {all}));
}

std::string Situation::markdown(bool all) const {
  const auto [scored, ranking] = ranked(*in_);
  return inside::markdown_of(report::score_text(scored, ranking, {all}));
}

std::string Situation::json() const {
  std::string text;
  report::put_score_json({ranked(*in_)}, inside::tool,
                         [&](const std::string& piece) { text += piece; });
  return text;
}

std::string Situation::csv() const {
  std::string text;
  report::put_ranking_csv({ranked(*in_)}, [&](const std::string& piece) { text += piece; });
  return visible(text);
}

std::string Situation::long_csv() const {
  std::string text;
  report::put_score_csv({in_->asked->scored(inside::tool)},
                        [&](const std::string& piece) { text += piece; });
  return visible(text);
}

}  // namespace waystone
