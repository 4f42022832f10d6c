#include <set>

#include <fmt/format.h>

#include "ask/assumptions.hpp"
#include "ask/data.hpp"
#include "ask/ranking.hpp"
#include "ask/robust.hpp"
#include "ask/sources.hpp"
#include "ask/test.hpp"
#include "base/hash.hpp"
#include "command/folder_replacement.hpp"
#include "command/tested.hpp"
#include "command/verbs.hpp"
#include "report/asked.hpp"
#include "report/covered.hpp"
#include "report/pack.hpp"
#include "report/score.hpp"
#include "report/tested.hpp"
#include "report/words.hpp"

namespace waystone::command {
namespace {

constexpr const char* manifest_name = "MANIFEST.sha256";
constexpr const char* manifest_mark = "# Waystone validation pack, version 1\n";

// Each file is what another verb prints about the same situation, or a page of its own.
class Packer {
 public:
  Packer(const PackOptions& options, Session& session, ask::SharedSituation situation)
      : options_(options),
        session_(session),
        situation_(std::move(situation)),
        scored_(situation_->scored(tool_name(), situation_->rules->model.main)) {}

  std::vector<FolderFile> pack() {
    const std::string record = tested_record();
    page("purpose.md", "what is scored, for whom, and what scores can't say",
         report::pack_purpose(scored_, !record.empty()));
    data();
    assumptions();
    method();
    scores();
    sensitivity();
    expectations();
    back_test(record);
    page("overrides.md", "points added by hand, with and without", report::pack_overrides(scored_));
    add("inputs.sha256", "hashes of the files that the scores rest on", hashes_of_inputs());
    std::vector<report::PackEntry> entries = entries_;
    entries.push_back({manifest_name, "hashes of all other files here"});
    files_.insert(files_.begin(),
                  {"README.md", report::to_markdown(report::pack_index(scored_, entries))});
    files_.push_back({manifest_name, manifest()});
    return std::move(files_);
  }

 private:
  void add(const std::string& name, const std::string& holds, std::string text) {
    entries_.push_back({name, holds});
    files_.push_back({name, std::move(text)});
  }
  // A page that rests on what --set and its like put in place says so.
  void page(const std::string& name, const std::string& holds, const report::Document& document) {
    add(name, holds, report::to_markdown(report::pack_page(scored_, document, false)));
  }
  // Pages about the scenario's files as they are, or about the rules alone.
  void page_of_files(const std::string& name, const std::string& holds,
                     const report::Document& document) {
    add(name, holds, report::to_markdown(report::pack_page(scored_, document, true)));
  }

  std::string tested_record() const {
    if (!options_.record.empty()) return options_.record;
    return situation_->now->scenario.tested ? options_.scenario : std::string();
  }

  // An option, since most scenarios name no events: another one of the same rules does.
  void back_test(const std::string& record) {
    if (record.empty())
      return page("back-test.md", "not run: nothing here was tested against what happened",
                  report::pack_without_backtest(scored_));
    constexpr std::size_t draws = 1000;  // as the verb has it
    const ask::BackTest made = record_beside(
        record, options_, {options_.scenario, situation_->rules->hash, {}, draws}, session_);
    page_of_files("back-test.md", "scores of earlier years held against what happened",
                  report::backtest_text(made.report, {}));
    add("back-test.json", "the same, every digit",
        report::text_of(report::backtest_json(made.report, tool_name())));
  }
  template <class Pieces>
  void pieces(const std::string& name, const std::string& holds, const Pieces& pieces) {
    std::string text;
    pieces([&](const std::string& piece) { text += piece; });
    add(name, holds, std::move(text));
  }

  void data() {
    const ask::Data held =
        session_.take(ask::data(situation_, {{}, false, "", report::Held::Part::all, tool_name()}));
    page("data.md", "which data there are: of when, from whom, what is missing, on what terms",
         report::data_text(held.report));
    pieces("data.csv", "the same, a row an indicator",
           [&](const report::Put& put) { report::put_data_csv(held.report, put); });
    const ask::Sources sources =
        session_.take(ask::sources(situation_, {{}, false, "", tool_name()}));
    page("sources.md", "sources to cite, with licences", report::sources_text(sources.report));
    pieces("sources.csv", "each figure that a score rests on, with file and line",
           [&](const report::Put& put) { report::put_sources_csv(sources.report, put); });
  }

  void assumptions() {
    const ask::Assumptions found =
        session_.take(ask::assumptions(situation_, {{}, false, "", tool_name()}));
    page("assumptions.md", "what nobody measured, who answers for it, how much rests on it",
         report::assumptions_text(found.report));
    pieces("assumptions.csv", "the same, a row an assumption",
           [&](const report::Put& put) { report::put_assumptions_csv(found.report, put); });
  }

  void method() {
    page("method.md", "the tree with its weights, and every rule", report::pack_method(scored_));
    const report::Asked asked{&session_.sources(),
                              tool_name(),
                              {situation_->rules->path, situation_->rules->hash},
                              &situation_->rules->model};
    page("indicators.md", "what the model asks for, with levels and what stands in",
         report::document_title("What the model asks for") + report::asked_text(asked));
  }

  void scores() {
    ask::RankAsking asking;
    asking.tool = tool_name();
    const ask::Ranked ranked = session_.take(ask::rank(situation_, asking));
    page("scores.md", "the ranking",
         report::score_text(ranked.report.scored, ranked.report.ranking, {}));
    pieces("scores.csv", "every country and node, every digit",
           [&](const report::Put& put) { report::put_score_csv({scored_}, put); });
  }

  void sensitivity() {
    ask::RobustAsking asking;
    asking.samples = options_.samples;
    asking.tool = tool_name();
    const std::string holds = "how far weights may move before the order turns";
    auto answer = ask::robust(situation_, asking, session_.texts());
    if (!answer)
      return page("sensitivity.md", holds,
                  report::document_title("Sensitivity") +
                      report::paragraph("Not run: " + answer.failure.message + "."));
    page("sensitivity.md", holds, report::robust_text(answer.value->report));
    add("sensitivity.json", "the same, every digit",
        report::text_of(report::robust_json(answer.value->report)));
  }

  void expectations() {
    Diagnostics diagnostics;
    const std::string& path = options_.scenario;
    auto scenario_case = session_.try_case(path, *situation_->rules, diagnostics);
    session_.fail_on_errors(diagnostics, path);
    std::vector<report::TestedFile> tested;
    const auto take = [&](const std::string& file, bool scenario,
                          Outcome<std::vector<validate::ExpectationResult>> outcome) {
      report::TestedFile one{file, scenario, std::move(outcome.diagnostics), {}};
      if (outcome.value) one.results = std::move(*outcome.value);
      if (!one.results.empty() || one.diagnostics.has_errors()) tested.push_back(std::move(one));
    };
    take(path, true, ask::test(*scenario_case, *situation_->rules, session_.texts()));
    take(situation_->rules->path, false, ask::test(*situation_->rules, session_.texts()));
    page_of_files(
        "expectations.md", "expected orderings and levels of the scenario and of the rules, run",
        report::document_title("Expectations") + report::tested_text(tested, options_.rules));
    add("expectations.json", "the same, with what was found",
        report::text_of(
            report::tested_json(tested, session_.sources(), tool_name(), options_.rules)));
    const ask::Rules& rules = *situation_->rules;
    const std::vector<report::CoveredModel> covered{
        {{rules.path, rules.hash},
         &rules.model,
         {{path, situation_->hash, {}}},
         validate::cover(rules.model, rules.program, {&*scenario_case})}};
    page_of_files("coverage.md",
                  "which rules, conditions, levels and weights this scenario exercises",
                  report::document_title("Coverage of the rules") +
                      report::covered_text(covered, session_.sources(), true, options_.rules));
  }

  std::string hashes_of_inputs() {
    std::set<std::string> paths;
    const SourceMap& sources = session_.sources();
    for (const auto* files : {&situation_->now->scenario.files, &situation_->rules->model.files})
      for (const FileId file : *files) paths.insert(sources[file].path());
    std::string text;
    for (const std::string& path : paths)
      if (const auto bytes = session_.files().read(path))
        text += fmt::format("{}  {}\n", sha256(*bytes.value), path);
    return text;
  }

  std::string manifest() const {
    std::string text = manifest_mark;
    for (const FolderFile& file : files_)
      text += fmt::format("{}  {}\n", sha256(file.text), file.name);
    return text;
  }

  const PackOptions& options_;
  Session& session_;
  ask::SharedSituation situation_;
  report::Scored scored_;
  std::vector<report::PackEntry> entries_;
  std::vector<FolderFile> files_;
};

}  // namespace

int validation_pack(const PackOptions& options, const Console& console) {
  if (options.out.empty())
    throw Stop{wrong_use, "validation-pack wants --out DIR, the folder to write"};
  Session session(console, options);
  if (!options.record.empty()) session.name_files();
  auto situation = session.open_scenario(options.scenario, options);
  const std::vector<FolderFile> files = Packer(options, session, std::move(situation)).pack();
  write_folder(options.out, files, manifest_name, manifest_mark);
  console.out(fmt::format("{}: {}. 'sha256sum -c {}' in it checks them.\n", options.out,
                          report::counted(files.size(), "file", "files"), manifest_name));
  session.say_warnings();
  return done;
}

}  // namespace waystone::command
