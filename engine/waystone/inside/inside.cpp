#include "waystone/inside/inside.hpp"

#include <mutex>

#include "evaluate/ranking.hpp"

namespace waystone::inside {
namespace {

// Reads each path once, so that every answer uses the same text of a file.
class Once {
 public:
  explicit Once(ReadFile read) : read_(std::move(read)) {}

  Outcome<Bytes> operator()(const std::string& path) {
    const std::lock_guard lock(mutex_);
    const auto known = texts_.find(path);
    return known != texts_.end() ? known->second : texts_.emplace(path, anew(path)).first->second;
  }

 private:
  Outcome<Bytes> anew(const std::string& path) const {
    FileText file = read_(path);
    Outcome<Bytes> outcome;
    if (file.text) outcome.value.emplace(std::move(*file.text));
    if (!outcome)
      outcome.diagnostics.add(Code::E0001, {},
                              file.why.empty() ? "it can't be read" : std::move(file.why));
    return outcome;
  }

  ReadFile read_;
  std::mutex mutex_;
  std::map<std::string, Outcome<Bytes>> texts_;
};

}  // namespace

ask::Texts texts_for(const ReadFile& read, const SourceMap& known) {
  const auto once = std::make_shared<Once>(read);
  return {[once](const std::string& path) { return (*once)(path); },
          std::make_shared<SourceMap>(known)};
}

std::string text_of(const report::Document& document) {
  return visible(report::to_text(document, {}));
}

std::string markdown_of(const report::Document& document) {
  return visible(report::to_markdown(document));
}

std::vector<Problem> problems_of(const Diagnostics& diagnostics, const SourceMap& sources) {
  std::vector<Problem> problems;
  for (const Diagnostic& diagnostic : diagnostics.list()) {
    Problem problem;
    problem.error = diagnostic.severity() == Severity::error;
    problem.code = name_of(diagnostic.code);
    problem.message = diagnostic.message;
    problem.notes = diagnostic.notes;
    if (diagnostic.where.valid()) {
      const SourceFile& file = sources[diagnostic.where.file];
      const LineColumn place = file.place(diagnostic.where.begin);
      problem.path = file.path();
      problem.line = place.line;
      problem.column = place.column;
    }
    problems.push_back(std::move(problem));
  }
  return problems;
}

Score score_of(const evaluate::ViewResult& view, const evaluate::CountryResult& country,
               const model::Model& model, NodeId node) {
  const evaluate::NodeResult& result = country[node];
  Score score;
  score.viewpoint = view.name;
  score.country = country.code;
  score.node = model[node].name;
  score.value = result.value;
  score.low = result.low;
  score.high = result.high;
  score.coverage = result.coverage;
  score.judgement = result.judgement;
  if (const auto band = country.band.find(node); band != country.band.end())
    score.band = band->second;
  return score;
}

RuleState state_of(const evaluate::CountryResult& country, const model::Model& model, RuleId rule) {
  const evaluate::RuleResult& result = country[rule];
  RuleState state;
  state.name = model[rule].name;
  state.label = model[rule].label;
  if (result.truth != evaluate::Truth::unknown)
    state.condition = result.truth == evaluate::Truth::yes;
  state.binding = result.binding;
  state.may_bind = result.may_bind;
  for (const auto& [node, points] : result.moved) state.moved.push_back({model[node].name, points});
  return state;
}

std::vector<Score> scores_of(const evaluate::Assessment& assessment, const model::Model& model) {
  std::vector<Score> scores;
  for (const evaluate::ViewResult& view : assessment.views) {
    std::vector<std::vector<evaluate::Place>> places;
    for (const NodeId output : model.outputs())
      places.push_back(evaluate::places(view, output, model.level_margin));
    for (std::size_t c = 0; c < view.countries.size(); ++c)
      for (std::size_t o = 0; o < places.size(); ++o) {
        scores.push_back(score_of(view, view.countries[c], model, model.outputs()[o]));
        scores.back().rank = places[o][c].rank;
      }
  }
  return scores;
}

}  // namespace waystone::inside
