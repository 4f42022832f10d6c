#include "ask/tune.hpp"

#include <algorithm>
#include <stdexcept>

#include "ask/names.hpp"
#include "base/ties.hpp"
#include "evaluate/digits.hpp"
#include "fit/direct.hpp"
#include "report/marks.hpp"
#include "syntax/edit.hpp"

namespace waystone::ask {
namespace {

using fit::Tuned;

std::vector<std::string> numerals_of(const weights::Group& group, const SourceMap& sources) {
  std::vector<std::string> numerals;
  for (const Span& where : group.numerals) numerals.emplace_back(sources.text(where));
  return numerals;
}

std::vector<weights::Subject> subjects_of(const evaluate::Case& scenario_case, NodeId output) {
  std::vector<weights::Subject> subjects;
  for (const std::string& country : scenario_case.countries)
    subjects.push_back({&scenario_case, country, output});
  return subjects;
}

report::TuneEffect effect_on(const evaluate::Case& scenario_case, const weights::Group& group,
                             ViewpointId viewpoint, NodeId output, const arma::vec& then) {
  const weights::Scores scores(group, viewpoint, subjects_of(scenario_case, output));
  const arma::mat values = scores.at(arma::join_rows(group.now, then));
  report::TuneEffect effect{scenario_case.scenario.path,
                            scenario_case.scenario.title,
                            {},
                            scenario_case.scenario.previous};
  const auto results_before = weights::assessed_at(scenario_case, group, viewpoint, group.now),
             results_after = weights::assessed_at(scenario_case, group, viewpoint, then);
  const auto marks = [&](const evaluate::ViewResult& results, const std::string& country) {
    return report::all_marks_of(scenario_case, *results.find(country), output);
  };
  const auto& bands = (*scenario_case.model)[output].bands;
  const auto band = [&](double score) {
    return bands ? evaluate::band_of(*bands, score) : std::string();
  };
  for (std::size_t c = 0; c < scenario_case.countries.size(); ++c)
    effect.countries.push_back({scenario_case.countries[c], values(c, 0), values(c, 1),
                                band(values(c, 0)), band(values(c, 1)),
                                marks(results_before, scenario_case.countries[c]),
                                marks(results_after, scenario_case.countries[c])});
  std::sort(effect.countries.begin(), effect.countries.end(), [](const auto& a, const auto& b) {
    if (std::isnan(a.after) != std::isnan(b.after)) return std::isnan(b.after);
    if (!std::isnan(a.after) && !tie(a.after, b.after)) return below(b.after, a.after);
    return scenario::named_before(a.code, b.code);
  });
  return effect;
}

// A list a scenario before, and one after.
std::vector<std::vector<double>> scores_in(const std::vector<report::TuneEffect>& effects) {
  std::vector<std::vector<double>> lists;
  for (const report::TuneEffect& effect : effects) {
    std::vector<double> before, after;
    for (const report::TuneEffect::Country& country : effect.countries) {
      before.push_back(country.before);
      after.push_back(country.after);
    }
    lists.push_back(std::move(before));
    lists.push_back(std::move(after));
  }
  return lists;
}

// Makes one tuning, step by step; each step says why it fails.
class Tuner {
 public:
  Tuner(const SharedRules& rules, const TuneAsking& asking, const Texts& texts)
      : asking_(asking), texts_(texts), made_(std::make_shared<Tuning>()) {
    made_->rules = rules;
    made_->sources = texts.sources;
    made_->cases = std::make_unique<Cases>(rules, texts);
  }

  Answer<std::shared_ptr<const Tuning>> make() {
    if (auto failure = find_names()) return std::move(*failure);
    start_report();
    if (auto failure = tune()) return {std::move(*failure), std::move(warnings_)};
    if (auto failure = add_scenarios()) return {std::move(*failure), std::move(warnings_)};
    if (made_->tuned && made_->tuned->written) write_anew();
    return {std::move(made_), std::move(warnings_)};
  }

 private:
  using Step = std::optional<Failure>;  // nothing where it went well
  const model::Model& model() const { return made_->rules->model; }

  Step find_names() {
    const auto node = find_tuned(model(), asking_.node);
    if (!node) return node.failure;
    const auto viewpoint = find_tuning_viewpoint(
        model(), asking_.viewpoint, model()[*node.value].factor().weights_from_viewpoint);
    if (!viewpoint) return viewpoint.failure;
    const auto output = find_output(model(), asking_.output);
    if (!output) return output.failure;
    viewpoint_ = *viewpoint.value;
    made_->report.output = *output.value;
    made_->group = *weights::group_of(model(), made_->rules->program, *node.value, viewpoint_);
    return std::nullopt;
  }

  void start_report() {
    report::TuneReport& report = made_->report;
    report.sources = made_->sources.get();
    report.tool = asking_.tool;
    report.model = {made_->rules->path, made_->rules->hash};
    report.rules = &model();
    report.group = &made_->group;
    report.viewpoint =
        made_->group.viewpoint.valid() ? model().viewpoints[viewpoint_.index].name : "";
    report.now = numerals_of(made_->group, *made_->sources);
  }

  Step tune() {
    if (asking_.judgements.empty()) return std::nullopt;
    auto judged = read_judged(asking_.judgements, *made_->rules, made_->group, texts_);
    warnings_ = judged.warnings;
    if (!judged) return std::move(judged.failure);
    made_->judged = std::move(*judged.value);
    fit::TuningQuestion question;
    static_cast<fit::Context&>(question) =
        context_of(made_->judged, *made_->rules, made_->group, viewpoint_, *made_->cases, texts_);
    if (made_->cases->failure()) return made_->cases->failure();
    question.output = made_->report.output;
    question.now = made_->report.now;
    question.decimals = asking_.decimals;
    made_->report.judgements = asking_.judgements;
    made_->report.title = made_->judged.judgements.title;
    made_->report.hash = made_->judged.hash;
    made_->tuned = fit::tune(question);
    if (made_->cases->failure()) return made_->cases->failure();
    made_->report.tuned = &*made_->tuned;
    warnings_.append(fit::remarks(made_->tuned->proposals, made_->group));
    return std::nullopt;
  }

  const arma::vec& shares_then() const {
    const auto& tuned = made_->tuned;
    return !tuned ? made_->group.now : tuned->written ? tuned->written->shares : tuned->shares;
  }

  // What the weights do in the scenarios named, and to the importance of members there.
  Step add_scenarios() {
    std::vector<std::string> paths = asking_.on;
    if (made_->judged.judgements.importance)
      for (const fit::Path& path : made_->judged.judgements.importance->sample)
        paths.push_back(path.path);
    report::TuneReport& report = made_->report;
    std::vector<weights::Subject> sample;
    for (std::size_t k = 0; k < paths.size(); ++k) {
      const evaluate::Case* scenario_case = made_->cases->open(paths[k]);
      if (!scenario_case) return made_->cases->failure();
      if (report.tuned && k < asking_.on.size())
        report.effects.push_back(
            effect_on(*scenario_case, made_->group, viewpoint_, report.output, shares_then()));
      for (const weights::Subject& subject : subjects_of(*scenario_case, report.output))
        sample.push_back(subject);
    }
    report.digits = evaluate::digits_for(model(), report.output, scores_in(report.effects));
    if (!sample.empty())
      report.importance = fit::importance_report(made_->group, viewpoint_, sample, shares_then());
    return std::nullopt;
  }

  std::vector<syntax::Edit> edits() const {
    std::vector<syntax::Edit> result;
    for (std::size_t m = 0; m < made_->group.size(); ++m)
      if (made_->tuned->written->numerals[m] != made_->report.now[m])
        result.push_back({made_->group.numerals[m], made_->tuned->written->numerals[m]});
    std::sort(result.begin(), result.end(),
              [](const syntax::Edit& a, const syntax::Edit& b) { return a.where < b.where; });
    return result;
  }

  void write_anew() {
    std::vector<syntax::Edit> changes = edits();
    for (const syntax::Edit& edit : changes) {
      const std::string place = texts_.sources->where(edit.where);
      made_->report.changed.push_back(place.substr(0, place.rfind(':')));
    }
    if (!changes.empty() && !asking_.comment.empty()) {
      const weights::Group& group = made_->group;
      const Span declaration = group.viewpoint.valid()
                                   ? model().viewpoints[group.viewpoint.index].where
                                   : model()[group.node].where;
      changes.push_back(syntax::comment_on_line(*texts_.sources, declaration, asking_.comment));
    }
    const FileId file = made_->group.numerals.front().file;
    NewText text{(*texts_.sources)[file].path(), syntax::edited(*texts_.sources, file, changes)};
    require_meant(text);
    if (!made_->report.changed.empty()) made_->new_text = std::move(text);
  }

  // A model must come out of the new text whose weights are those meant.
  void require_meant(const NewText& text) const {
    SourceMap fresh;
    const model::ReadFile read = [&](const std::string& path) {
      return path == text.path ? Outcome<Bytes>{Bytes(text.text), {}} : texts_.read(path);
    };
    const auto outcome = model::read_model(made_->rules->path, read, fresh);
    const weights::Group& group = made_->group;
    const auto read_again =
        outcome ? weights::group_of(*outcome.value, program::compile(*outcome.value), group.node,
                                    group.viewpoint)
                : std::nullopt;
    if (!read_again || arma::abs(read_again->now - made_->tuned->written->shares).max() > 1e-12)
      throw std::logic_error(
          "the new weights don't read back from the rule file as meant; nothing was written");
  }

  const TuneAsking& asking_;
  const Texts& texts_;
  std::shared_ptr<Tuning> made_;
  ViewpointId viewpoint_;
  Diagnostics warnings_;
};

}  // namespace

bool Tuning::succeeded() const {
  return !tuned || tuned->status == fit::Status::tuned ||
         tuned->status == fit::Status::nothing_asked;
}

Answer<std::shared_ptr<const Tuning>> tune(const SharedRules& rules, const TuneAsking& asking,
                                           const Texts& texts) {
  return Tuner(rules, asking, texts).make();
}

}  // namespace waystone::ask
