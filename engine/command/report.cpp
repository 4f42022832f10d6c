#include <algorithm>

#include <fmt/format.h>
#include <unistd.h>

#include "ask/page.hpp"
#include "command/page.hpp"
#include "command/tested.hpp"
#include "command/verbs.hpp"
#include "emit/javascript.hpp"
#include "report/record.hpp"
#include "report/words.hpp"

namespace waystone::command {
namespace {

// Two codes, as "--compare BLR UKR" or "--compare BLR,UKR".
void name_pair(const ReportOptions& options, ask::PageAsking& asking) {
  const std::vector<std::string> codes = words_of(options.compared);
  if (codes.empty()) return;
  if (codes.size() != 2)
    throw Stop{wrong_use, fmt::format("--compare wants two countries, as BLR UKR, not {}",
                                      report::counted(codes.size(), "country", "countries"))};
  asking.first = codes[0];
  asking.second = codes[1];
}

std::vector<ask::SharedSituation> open_days(const ReportOptions& options, Session& session) {
  std::vector<ask::SharedSituation> days;
  for (const std::string& path : options.files)
    for (auto& day : session.open_scenarios(path, options)) days.push_back(std::move(day));
  std::stable_sort(days.begin(), days.end(), [](const auto& a, const auto& b) {
    return a->now->scenario.as_of < b->now->scenario.as_of;
  });
  return days;
}

// The model that works the page's scores out again.
std::string model_script(const ask::Rules& rules, Session& session) {
  const emit::Emitted emitted{&rules.model, &rules.program, &session.sources(),
                              rules.path,   rules.hash,     tool_name()};
  auto text = emit::javascript(emitted, emit::Form::script);
  session.fail_on_errors(text.diagnostics, rules.path);
  return std::move(*text.value);
}

}  // namespace

std::string page_text(const ReportOptions& options, Session& session) {
  ask::PageAsking asking{words_of(options.only), words_of(options.countries), "", "", tool_name()};
  name_pair(options, asking);
  ask::Page answer = session.take(ask::page(open_days(options, session), asking));
  report::Page& page = answer.report;
  if (!options.record.empty()) {
    const report::Scored& last = page.last().scored;
    const Beside beside{last.path, last.model.hash, last.now->scenario.as_of};
    page.record = report::record_of_score(
        record_beside(options.record, options, beside, session).report, page.outputs.front());
  }
  const report::Json payload = report::page_json(page);
  std::string text = report::payload_text(payload);
  if (!options.json)
    text = report::page_file(
        {payload["title"], text, model_script(*answer.days.back()->rules, session)});
  return text;
}

int report(const ReportOptions& options, const Console& console) {
  if (options.out.empty() && !options.json && ::isatty(STDOUT_FILENO) == 1)
    throw Stop{wrong_use, "a page goes to a file: --out report.html"};
  Session session(console, options);
  const std::string text = page_text(options, session);
  Options as_it_is = options;  // nothing in it steers a terminal, and its hashes count
  as_it_is.json = true;
  session.deliver(as_it_is, text);
  session.say_warnings();
  return done;
}

}  // namespace waystone::command
