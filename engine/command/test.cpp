#include <algorithm>
#include <filesystem>
#include <set>

#include <fmt/format.h>

#include "command/read_file.hpp"
#include "command/verbs.hpp"
#include "report/tested.hpp"
#include "report/words.hpp"

namespace waystone::command {
namespace {

namespace files = std::filesystem;

// What is tested: scenarios and rule files, and whether they were named or found in a folder.
struct Candidate {
  std::string path;
  bool found = false;
};

bool has_ending(const files::path& path, std::string_view ending) { return path.extension() == ending; }

std::vector<Candidate> candidates(const std::vector<std::string>& paths) {
  std::vector<Candidate> result;
  for (const std::string& path : paths) {
    std::error_code error;
    if (!files::is_directory(path, error)) {
      result.push_back({path, false});
      continue;
    }
    std::vector<std::string> inside;
    for (files::recursive_directory_iterator at(path, files::directory_options::skip_permission_denied, error), end; at != end; at.increment(error)) {
      if (error) throw Stop{input_output, fmt::format("can't search '{}': {}", path, error.message())};
      if (at->is_regular_file(error) && (has_ending(at->path(), ".toml") || has_ending(at->path(), ".risk")))
        inside.push_back(at->path().lexically_normal().generic_string());
    }
    if (error) throw Stop{input_output, fmt::format("can't search '{}': {}", path, error.message())};
    std::sort(inside.begin(), inside.end());
    for (std::string& file : inside) result.push_back({std::move(file), true});
  }
  return result;
}

// Rule files that another of them includes are parts, not models of their own.
std::set<std::string> parts_of(const std::vector<Candidate>& all) {
  std::set<std::string> parts;
  for (const Candidate& candidate : all) {
    if (!candidate.found || !candidate.path.ends_with(".risk")) continue;
    SourceMap sources;
    Diagnostics ignored;
    const auto loaded = model::load(candidate.path, read_file, sources, ignored);
    for (std::size_t i = 1; i < loaded.size(); ++i) parts.insert(files::path(sources[loaded[i].file].path()).lexically_normal().generic_string());
  }
  return parts;
}

// A file of a folder that can't hold what is looked for is passed over.
bool worth_opening(const Candidate& candidate, std::string_view word) {
  if (!candidate.found) return true;
  const auto text = read_file(candidate.path);
  return !text || text.value->find(word) != std::string::npos;
}

class Tester {
 public:
  Tester(Session& session, const Options& options) : session_(session), options_(options) {}

  report::TestedFile scenario(const std::string& path) {
    report::TestedFile file{path, true, {}, {}};
    const LoadedModel* model = session_.try_model_of(path, options_.rules, file.diagnostics);
    auto read = model ? session_.try_scenario(path, *model, file.diagnostics) : std::nullopt;
    if (!read) return file;
    auto bound = evaluate::bind(model->model, model->program, std::move(*read));
    file.diagnostics.append(bound.diagnostics);
    if (bound) file.results = validate::run_expectations(*bound.value, model->separate(), session_.sources(), opener(*model), file.diagnostics);
    return file;
  }

  report::TestedFile examples(const std::string& path) {
    report::TestedFile file{path, false, {}, {}};
    if (const LoadedModel* model = session_.try_model(path, file.diagnostics))
      file.results = validate::run_examples(model->model, model->separate(), session_.sources(), opener(*model), file.diagnostics);
    return file;
  }

 private:
  validate::OpenCase opener(const LoadedModel& model) {
    return [this, &model](const std::string& path) {
      Outcome<evaluate::Case> outcome;
      const std::string tidy = files::path(path).lexically_normal().generic_string();
      auto read = session_.try_scenario(tidy, model, outcome.diagnostics);
      if (!read) return outcome;
      auto bound = evaluate::bind(model.model, model.program, std::move(*read));
      outcome.diagnostics.append(bound.diagnostics);
      outcome.value = std::move(bound.value);
      return outcome;
    };
  }

  Session& session_;
  const Options& options_;
};

}  // namespace

int test(const Options& options, const Console& console) {
  Session session(console);
  if (!options.rules.empty()) session.require_readable(options.rules);
  for (const std::string& path : options.files) {
    std::error_code error;
    if (!files::is_directory(path, error)) session.require_readable(path);
  }
  const auto all = candidates(options.files);
  const auto parts = parts_of(all);
  Tester tester(session, options);
  std::vector<report::TestedFile> tested;
  for (const Candidate& candidate : all) {
    const bool scenario = candidate.path.ends_with(".toml");
    if (!scenario && candidate.found && parts.contains(candidate.path)) continue;
    if (scenario && !worth_opening(candidate, "expect")) continue;
    report::TestedFile file = scenario ? tester.scenario(candidate.path) : tester.examples(candidate.path);
    if (candidate.found && file.results.empty() && !file.diagnostics.has_errors()) continue;  // nothing asked of it
    tested.push_back(std::move(file));
  }
  const report::TestCounts counts = report::count(tested);
  session.deliver(options, options.json ? report::text_of(report::tested_json(tested, session.sources(), tool_name()))
                                        : report::tested_text(tested, session.sources(), options.out.empty() ? console.style() : report::Style{}));
  for (const report::TestedFile& file : tested)
    if (!options.json && file.diagnostics.has_errors()) console.diagnostics(file.diagnostics, session.sources());
  if (counts.faulty > 0) return faulty_file;
  if (counts.total() == 0) console.say("waystone: no expectation found");
  return counts.failed > 0 || counts.total() == 0 ? findings : done;
}

}  // namespace waystone::command
