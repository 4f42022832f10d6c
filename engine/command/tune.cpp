#include "ask/tune.hpp"

#include <chrono>
#include <cstdlib>

#include <fmt/format.h>

#include "command/replacement.hpp"
#include "command/verbs.hpp"
#include "source/visible.hpp"

namespace waystone::command {
namespace {

// Today, or the day that SOURCE_DATE_EPOCH names, for builds that must give the same bytes.
std::string today() {
  const char* epoch = std::getenv("SOURCE_DATE_EPOCH");
  const std::int64_t seconds =
      epoch ? std::atoll(epoch)
            : std::int64_t(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now()));
  return to_string(Date{int(seconds / 86400)});
}

void check_reason(const TuneOptions& options) {
  if (options.reason.empty()) return;
  if (!options.write)
    throw Stop{wrong_use,
               "--reason is a comment beside what --write changes; it does nothing without it"};
  if (options.reason.find_first_of("\r\n") != std::string::npos)
    throw Stop{wrong_use, "--reason is one line"};
  if (visible(options.reason) != options.reason)
    throw Stop{wrong_use,
               "--reason is text without control characters: it is written into the rule file"};
}

void check_use(const TuneOptions& options) {
  if (options.from.empty() && options.on.empty())
    throw Stop{wrong_use,
               "tune wants --from JUDGEMENTS.toml; or --on SCENARIO alone, to see weights beside "
               "importance"};
  if (options.from.empty() && options.write)
    throw Stop{wrong_use,
               "--write wants --from JUDGEMENTS.toml: without judgements there are no new weights"};
  check_reason(options);
}

ask::TuneAsking asked(const TuneOptions& options) {
  const std::string comment =
      options.reason.empty() ? "" : fmt::format("{} weights tuned: {}", today(), options.reason);
  return {options.from, options.viewpoint, options.node, options.output,
          options.on,   options.decimals,  comment,      tool_name()};
}

// With a new rule file at hand it is put in place last, and only where the report has been
// delivered and the old one is still as read.
void deliver(const TuneOptions& options, const std::string& report,
             const std::optional<ask::NewText>& text, Session& session) {
  if (!text) return session.deliver(options, report);
  Replacement replacement(text->path, [&](const report::Put& put) { put(text->text); });
  replacement.require_unchanged(*session.files().read(text->path).value);
  try {
    session.deliver(options, report);
  } catch (const Stop& stop) {
    if (stop.code != done) throw;
    throw Stop{input_output, fmt::format("nobody read the report to its end, so '{}' stays as it "
                                         "was",
                                         text->path)};
  }
  replacement.commit();
}

}  // namespace

int tune(const TuneOptions& options, const Console& console) {
  check_use(options);
  Session session(console, options);
  const ask::SharedRules rules = session.open_model(options.rules);
  if (!options.from.empty()) session.files().name(options.from);
  for (const std::string& path : options.on) session.files().name(path);
  auto answer = ask::tune(rules, asked(options), session.texts());
  console.diagnostics(answer.warnings, session.sources());
  const auto tuning = session.take(std::move(answer));
  const auto text = options.write ? tuning->new_text : std::nullopt;
  report::TuneReport report = tuning->report;
  report.written = text.has_value();
  deliver(options,
          options.json ? report::text_of(report::tuned_json(report))
                       : session.written(options, report::tuned_text(report)),
          text, session);
  session.say_warnings();
  return tuning->succeeded() ? done : findings;
}

}  // namespace waystone::command
