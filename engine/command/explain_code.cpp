#include <fmt/format.h>

#include "command/pages.hpp"
#include "command/verbs.hpp"
#include "report/json.hpp"

namespace waystone::command {

int explain_code(const ExplainCodeOptions& options, const Console& console) {
  std::string name = options.code;
  for (char& c : name)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  const auto code = find_code(name);
  if (!code) {
    std::vector<std::string> names;
    for (const Code other : all_codes()) names.emplace_back(name_of(other));
    std::string message = fmt::format("no diagnostic has the code '{}'", options.code);
    if (const auto near = nearest(name, names))
      message += fmt::format("; did you mean '{}'?", *near);
    throw Stop{wrong_use, message};
  }
  const std::string_view page = page_of(name);
  Session session(console, options);
  if (options.json) {
    report::Json document = report::document("explain-code", tool_name());
    document["code"] = name;
    document["severity"] = severity_of(*code) == Severity::error ? "error" : "warning";
    document["title"] = title_of(*code);
    document["page"] = page;
    session.deliver(options, report::text_of(document));
  } else {
    session.deliver(
        options, page.empty() ? fmt::format("{}: {}\n", name, title_of(*code)) : std::string(page));
  }
  return done;
}

}  // namespace waystone::command
