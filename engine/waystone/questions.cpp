// What a situation is asked: why, which of two, how firm.
#include <algorithm>
#include <cmath>

#include "ask/names.hpp"
#include "waystone/inside/inside.hpp"

namespace waystone {
namespace {

std::vector<Worth> worth_of(const report::ExplainedView& view, const model::Model& model,
                            double today) {
  std::vector<Worth> worth;
  for (const auto& [node, best] : view.at_best) {
    Worth entry{model[node].name, best.value, {}};
    for (const explain::Hold& hold : best.held_by) entry.held_by.push_back(model[hold.rule].name);
    worth.push_back(std::move(entry));
  }
  const auto change = [&](const Worth& entry) {
    return std::isnan(entry.value) ? -1 : std::abs(entry.value - today);
  };
  std::stable_sort(worth.begin(), worth.end(),
                   [&](const Worth& a, const Worth& b) { return change(a) > change(b); });
  return worth;
}

std::vector<Part> parts_in(const explain::Attribution& attribution, const model::Model& model) {
  std::vector<Part> parts;
  for (const explain::Part& part : attribution.parts)
    parts.push_back({model[part.node].name, part.points});
  return parts;
}

std::vector<WeightRange> ranges_of(const robust::ViewStudy& view) {
  std::vector<WeightRange> ranges;
  for (const robust::Stability& stability : view.stability) {
    WeightRange range;
    for (const std::size_t member : stability.members)
      range.members.push_back(view.question.group.members[member]);
    range.today = stability.today;
    range.low = stability.below.share;
    range.high = stability.above.share;
    range.turns_at_low = stability.below.turns;
    range.turns_at_high = stability.above.turns;
    ranges.push_back(std::move(range));
  }
  return ranges;
}

std::vector<Turn> turns_of(const robust::ViewStudy& view) {
  std::vector<Turn> turns;
  for (const robust::OrderTurning& order : view.orders) {
    Turn turn;
    turn.higher = view.question.countries[order.high];
    turn.lower = view.question.countries[order.low];
    turn.proved = order.turning.proved;
    if (order.turning.change) {
      turn.points = order.turning.change->points;
      for (std::size_t m = 0; m < view.question.group.size(); ++m)
        turn.weights.push_back(
            {view.question.group.members[m], 100 * order.turning.change->shares[m]});
    }
    turns.push_back(std::move(turn));
  }
  return turns;
}

std::vector<ExplainedView> views_of(const report::Explained& report) {
  const model::Model& model = report.scored.rules();
  std::vector<ExplainedView> views;
  for (const report::ExplainedView& view : report.views) {
    const evaluate::CountryResult& country = *view.view->find(report.country);
    ExplainedView told;
    told.score = inside::score_of(*view.view, country, model, report.output);
    told.worth = worth_of(view, model, told.score.value);
    for (std::size_t r = 0; r < model.rules.size(); ++r)
      if (country.rules[r].truth != evaluate::Truth::no)
        told.rules.push_back(inside::state_of(country, model, RuleId{r}));
    views.push_back(std::move(told));
  }
  return views;
}

std::vector<ComparedView> views_of(const report::Compared& report) {
  const model::Model& model = report.scored.rules();
  std::vector<ComparedView> views;
  for (const explain::ViewComparison& view : report.main.views)
    views.push_back({view.name, view.first, view.second, view.gap,
                     std::string(explain::word_of(view.verdict)),
                     view.attribution ? parts_in(*view.attribution, model) : std::vector<Part>{}});
  return views;
}

std::vector<RobustView> views_of(const report::Robust& report) {
  std::vector<RobustView> views;
  for (const robust::ViewStudy& view : report.study.views) {
    RobustView told;
    told.viewpoint = view.name;
    for (const std::size_t country : view.ranking)
      told.ranking.push_back(view.question.countries[country]);
    told.weights = ranges_of(view);
    told.turns = turns_of(view);
    views.push_back(std::move(told));
  }
  return views;
}

}  // namespace

inside::Explanation::Explanation(ask::Explanation given)
    : explanation(std::move(given)), views(views_of(explanation.report)) {}

inside::Comparison::Comparison(ask::Comparison given)
    : comparison(std::move(given)), views(views_of(comparison.report)) {}

inside::Robustness::Robustness(ask::Robustness given)
    : robustness(std::move(given)), views(views_of(robustness.report)) {}

Result<Explanation> Situation::explain(const std::string& country,
                                       const ExplainAsking& asking) const {
  const auto answer = ask::explain(
      in_->asked, {country, asking.output, asking.depth, asking.deepest_first, inside::tool});
  if (!answer) return inside::failed<Explanation>(answer.failure, *in_->asked->sources);
  return Explanation(std::make_shared<const inside::Explanation>(*answer.value));
}

const std::vector<ExplainedView>& Explanation::views() const { return in_->views; }

std::string Explanation::text() const {
  return inside::text_of(report::explain_text(in_->explanation.report));
}
std::string Explanation::ledger() const {
  return inside::text_of(report::ledger_text(in_->explanation.report));
}
std::string Explanation::markdown() const {
  return inside::markdown_of(report::explain_text(in_->explanation.report));
}
std::string Explanation::json() const {
  std::string text;
  report::put_explain_json(in_->explanation.report,
                           [&](const std::string& piece) { text += piece; });
  return text;
}

Result<Comparison> Situation::compare(const std::string& first, const std::string& second,
                                      const std::string& output) const {
  const auto answer = ask::compare(in_->asked, {first, second, output, inside::tool});
  if (!answer) return inside::failed<Comparison>(answer.failure, *in_->asked->sources);
  return Comparison(std::make_shared<const inside::Comparison>(*answer.value));
}

std::string Comparison::overall() const {
  return std::string(explain::word_of(in_->comparison.report.main.overall));
}

const std::vector<ComparedView>& Comparison::views() const { return in_->views; }

std::string Comparison::text() const {
  return inside::text_of(report::compare_text(in_->comparison.report));
}
std::string Comparison::markdown() const {
  return inside::markdown_of(report::compare_text(in_->comparison.report));
}
std::string Comparison::json() const {
  return report::text_of(report::compare_json(in_->comparison.report));
}

Result<Robustness> Situation::robust(const RobustAsking& asking) const {
  const ask::Texts texts = inside::texts_for(in_->read, *in_->asked->sources);
  auto answer = ask::robust(in_->asked,
                            {asking.first, asking.second, asking.output, asking.node,
                             asking.judgements, asking.samples, asking.seed, inside::tool},
                            texts);
  if (!answer) return inside::failed<Robustness>(answer.failure, *texts.sources);
  return {Robustness(std::make_shared<const inside::Robustness>(std::move(*answer.value))),
          inside::problems_of(answer.warnings, *texts.sources)};
}

const std::vector<RobustView>& Robustness::views() const { return in_->views; }

std::string Robustness::text() const {
  return inside::text_of(report::robust_text(in_->robustness.report));
}
std::string Robustness::markdown() const {
  return inside::markdown_of(report::robust_text(in_->robustness.report));
}
std::string Robustness::json() const {
  return report::text_of(report::robust_json(in_->robustness.report));
}

}  // namespace waystone
