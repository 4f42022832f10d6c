#include <algorithm>

#include "report/tuned.hpp"
#include "waystone/inside/inside.hpp"

namespace waystone {
namespace inside {
namespace {

std::vector<TunedWeight> weights_of(const ask::Tuning& tuning) {
  const fit::Tuned* tuned = tuning.tuned ? &*tuning.tuned : nullptr;
  const auto written = tuned ? tuned->written : std::nullopt;
  std::vector<TunedWeight> weights;
  for (std::size_t m = 0; m < tuning.group.size(); ++m) {
    const double today = tuning.group.now[m];
    const double then = written ? written->shares[m] : tuned ? tuned->shares[m] : today;
    weights.push_back({tuning.group.members[m], today, then, written ? written->numerals[m] : ""});
  }
  return weights;
}

Tested tested_of(const validate::ExpectationResult& result, const SourceMap& sources) {
  Tested tested;
  tested.text = result.text;
  tested.because = result.because;
  if (result.where.valid()) {
    const SourceFile& file = sources[result.where.file];
    tested.path = file.path();
    tested.line = file.place(result.where.begin).line;
  }
  tested.stated_to_fail = result.fails.has_value();
  tested.passed = result.passed;
  for (const validate::Checked& view : result.views)
    tested.findings.push_back({view.viewpoint, view.holds, view.found});
  return tested;
}

}  // namespace

Tuning::Tuning(std::shared_ptr<const ask::Tuning> given)
    : tuning(std::move(given)), weights(weights_of(*tuning)) {
  if (tuning->new_text) new_file = NewFile{tuning->new_text->path, tuning->new_text->text};
}

Tests::Tests(report::TestedFile given, std::shared_ptr<const SourceMap> texts)
    : file(std::move(given)), sources(std::move(texts)) {
  for (const validate::ExpectationResult& result : file.results)
    results.push_back(tested_of(result, *sources));
}

}  // namespace inside

namespace {

Result<std::shared_ptr<const inside::Rules>> rules_at(const std::string& path, const ReadFile& read,
                                                      const ask::Texts& texts) {
  using Inside = std::shared_ptr<const inside::Rules>;
  auto outcome = ask::read_rules(path, texts);
  if (!outcome) return inside::faulty<Inside>(outcome.diagnostics, *texts.sources);
  return {std::make_shared<const inside::Rules>(
              inside::Rules{std::move(*outcome.value), read, texts.sources}),
          inside::problems_of(outcome.diagnostics, *texts.sources)};
}

template <class Wanted>
std::vector<std::string> names_where(const model::Model& model, Wanted wanted) {
  std::vector<std::string> names;
  for (const model::Node& node : model.nodes)
    if (wanted(node)) names.push_back(node.name);
  return names;
}

}  // namespace

Result<Rules> Rules::read(const std::string& path, const ReadFile& read) {
  const auto found = rules_at(path, read, inside::texts_for(read));
  if (!found) return {found.problems(), found.text()};
  return {Rules(*found), found.problems()};
}

Result<Rules> Rules::of_scenario(const std::string& path, const ReadFile& read) {
  const ask::Texts texts = inside::texts_for(read);
  const auto named = ask::rules_named_by(path, texts);
  if (!named) return inside::faulty<Rules>(named.diagnostics, *texts.sources);
  return Rules::read(*named.value, read);
}

std::string Rules::path() const { return in_->rules->path; }
std::string Rules::hash() const { return in_->rules->hash; }
std::string Rules::title() const { return in_->rules->model.title; }

std::vector<std::string> Rules::outputs() const {
  std::vector<std::string> names;
  for (const NodeId output : in_->rules->model.outputs())
    names.push_back(in_->rules->model[output].name);
  return names;
}

std::vector<std::string> Rules::factors() const {
  return names_where(in_->rules->model,
                     [](const model::Node& node) { return node.kind == model::NodeKind::factor; });
}

std::vector<std::string> Rules::indicators() const {
  return names_where(in_->rules->model, [](const model::Node& node) { return node.is_given(); });
}

std::vector<std::string> Rules::viewpoints() const {
  std::vector<std::string> names;
  for (const model::Viewpoint& viewpoint : in_->rules->model.viewpoints)
    names.push_back(viewpoint.name);
  return names;
}

Result<Tuning> Rules::tune(const std::string& judgements, const TuneAsking& asking) const {
  if (judgements.empty() && asking.on.empty())
    return inside::wrong<Tuning>("tune wants judgements, or scenarios to measure importance on");
  const ask::Texts texts = inside::texts_for(in_->read, *in_->sources);
  const auto answer = ask::tune(in_->rules,
                                {judgements, asking.viewpoint, asking.node, asking.output,
                                 asking.on, asking.decimals, "", inside::tool},
                                texts);
  if (!answer) return inside::failed<Tuning>(answer.failure, *texts.sources);
  return {Tuning(std::make_shared<const inside::Tuning>(*answer.value)),
          inside::problems_of(answer.warnings, *texts.sources)};
}

Result<Tests> Rules::test() const {
  const ask::Texts texts = inside::texts_for(in_->read, *in_->sources);
  auto outcome = ask::test(*in_->rules, texts);
  if (outcome.diagnostics.has_errors())
    return inside::faulty<Tests>(outcome.diagnostics, *texts.sources);
  return Tests(std::make_shared<const inside::Tests>(
      report::TestedFile{path(), false, {}, std::move(*outcome.value)}, texts.sources));
}

bool Tuning::succeeded() const { return in_->tuning->succeeded(); }

const std::vector<TunedWeight>& Tuning::weights() const { return in_->weights; }
const std::optional<NewFile>& Tuning::new_file() const { return in_->new_file; }
std::string Tuning::text() const {
  return inside::text_of(report::tuned_text(in_->tuning->report));
}
std::string Tuning::markdown() const {
  return inside::markdown_of(report::tuned_text(in_->tuning->report));
}
std::string Tuning::json() const {
  return report::text_of(report::tuned_json(in_->tuning->report));
}

const std::vector<Tested>& Tests::results() const { return in_->results; }

bool Tests::passed() const {
  return std::all_of(in_->results.begin(), in_->results.end(),
                     [](const Tested& result) { return result.passed; });
}

std::string Tests::text() const { return inside::text_of(report::tested_text({in_->file}, "")); }
std::string Tests::markdown() const {
  return inside::markdown_of(report::tested_text({in_->file}, ""));
}
std::string Tests::json() const {
  return report::text_of(report::tested_json({in_->file}, *in_->sources, inside::tool, ""));
}

}  // namespace waystone
