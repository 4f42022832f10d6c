#include "ask/test.hpp"
#include "command/asked_files.hpp"
#include "command/problems.hpp"
#include "command/verbs.hpp"
#include "report/tested.hpp"
#include "report/words.hpp"

namespace waystone::command {
namespace {

class Tester {
 public:
  Tester(Session& session, const Options& options) : session_(session), options_(options) {}

  report::TestedFile scenario(const std::string& path) {
    report::TestedFile file{path, true, {}, {}};
    const auto rules = session_.try_model_of(path, options_.rules, file.diagnostics);
    const auto bound = rules ? session_.try_case(path, *rules, file.diagnostics) : std::nullopt;
    if (bound) take(ask::test(*bound, *rules, session_.texts()), file);
    return file;
  }

  report::TestedFile examples(const std::string& path) {
    report::TestedFile file{path, false, {}, {}};
    if (const auto rules = session_.try_model(path, file.diagnostics))
      take(ask::test(*rules, session_.texts()), file);
    return file;
  }

 private:
  static void take(Outcome<std::vector<validate::ExpectationResult>> outcome,
                   report::TestedFile& file) {
    file.diagnostics.append(outcome.diagnostics);
    file.results = std::move(*outcome.value);
  }

  Session& session_;
  const Options& options_;
};

}  // namespace

int test(const Options& options, const Console& console) {
  Session session(console, options);
  const auto all = asked_files(options, session);
  const auto parts = parts_of(all, session);
  Tester tester(session, options);
  std::vector<report::TestedFile> tested;
  for (const AskedFile& candidate : all) {
    const bool scenario = candidate.scenario;
    if (!scenario && candidate.found && parts.contains(candidate.path)) continue;
    if (scenario && !worth_opening(candidate, "expect", session)) continue;
    report::TestedFile file =
        scenario ? tester.scenario(candidate.path) : tester.examples(candidate.path);
    if (candidate.found && file.results.empty() && !file.diagnostics.has_errors())
      continue;  // nothing asked of it
    tested.push_back(std::move(file));
  }
  const report::TestCounts counts = report::count(tested);
  session.deliver(
      options, options.json ? report::text_of(report::tested_json(tested, session.sources(),
                                                                  tool_name(), options.rules))
                            : session.written(options, report::tested_text(tested, options.rules)));
  Problems problems(session.sources());
  for (const report::TestedFile& file : tested) problems.add(file.path, file.diagnostics);
  for (const report::TestedFile& file : tested)
    if (!options.json && file.diagnostics.has_errors())
      console.diagnostics(problems.fresh(file.diagnostics), session.sources());
  if (counts.faulty > 0) return faulty_file;
  if (counts.total() == 0) console.say("waystone: no expectation found");
  return counts.failed > 0 || counts.total() == 0 ? findings : done;
}

}  // namespace waystone::command
