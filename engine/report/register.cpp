#include "report/register.hpp"

#include <charconv>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/hash.hpp"
#include "report/csv.hpp"
#include "report/score.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

constexpr std::string_view first_line =
    "# Waystone: scores and chances, written down before what they are about. Change nothing: the "
    "last line is the hash of all before it.\n";
constexpr std::string_view register_columns = "outcome,horizon,subject,country,score,chance\n";
constexpr std::string_view hash_mark = "# sha256 ";
constexpr int most_years = 50;  // a horizon, as on the command line

std::vector<std::string_view> split_at(std::string_view line, char between) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t at = line.find(between);
    parts.push_back(line.substr(0, at));
    if (at == std::string_view::npos) return parts;
    line.remove_prefix(at + 1);
  }
}

std::optional<double> number_of(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// A hash can be made anew by whoever changes the text: what no register can hold is refused.
std::string wrong_row(const RegisteredRow& row, double horizon) {
  if (!(horizon >= 1 && horizon <= most_years) || horizon != std::floor(horizon))
    return fmt::format("a horizon is a whole number from 1 to {}", most_years);
  if (!(row.score >= 0 && row.score <= 100)) return "a score lies between 0 and 100";
  if (!std::isnan(row.chance) && !(row.chance >= 0 && row.chance <= 1))
    return "a chance lies between 0 and 1";
  return "";
}

// No name of a rule file and no code holds a comma or a quotation mark. What is wrong with the
// line; "" if nothing is.
std::string read_row(std::string_view line, std::set<std::string>& seen, Register& into) {
  const auto cells = split_at(line, ',');
  if (cells.size() != 6) return "it was written by another version";
  const auto horizon = number_of(cells[1]), score = number_of(cells[4]);
  const auto chance =
      cells[5].empty() ? std::optional<double>(backtest::not_known) : number_of(cells[5]);
  if (!horizon || !score || !chance) return "it was written by another version";
  RegisteredRow row{std::string(cells[0]), 0,      std::string(cells[2]),
                    std::string(cells[3]), *score, *chance};
  std::string wrong = wrong_row(row, *horizon);
  if (wrong.empty() &&
      !seen.insert(fmt::format("{},{},{},{}", cells[0], *horizon, cells[2], cells[3])).second)
    wrong = "a row stands twice";
  if (!wrong.empty()) return fmt::format("{}: '{}'", wrong, line);
  row.horizon = int(*horizon);
  into.rows.push_back(std::move(row));
  return "";
}

bool read_head(const std::map<std::string, std::string, std::less<>>& said, Register& into) {
  const auto text = [&](std::string_view key, std::string& target) {
    const auto found = said.find(key);
    if (found != said.end()) target = found->second;
    return found != said.end();
  };
  const auto date = [&](std::string_view key, Date& target) {
    std::string written;
    const auto day = text(key, written) ? parse_date(written) : std::nullopt;
    if (day) target = *day;
    return day.has_value();
  };
  return date("registered", into.registered) && date("as of", into.as_of) &&
         date("known by", into.known_by) && text("scenario", into.scenario) &&
         text("viewpoint", into.viewpoint) && text("tool", into.tool) &&
         text("rules", into.rules_hash) && text("facts", into.facts_hash);
}

std::string wrong_dates(const Register& registered) {
  if (!to_string(registered.as_of).ends_with("-12-31"))
    return fmt::format("its scores are of {}, which is no year's end", to_string(registered.as_of));
  if (registered.registered < registered.as_of)
    return fmt::format("it says that scores of {} were registered on {}, before it",
                       to_string(registered.as_of), to_string(registered.registered));
  return "";
}

std::string number_or_nothing(double value) {
  return std::isnan(value) ? "?" : fmt::format("{:.3f}", value);
}

class JudgedText {
 public:
  explicit JudgedText(const Judged& judged) : judged_(judged), head_(judged.registered) {}

  Document text() const {
    Table table({{"outcome"},
                 {"years"},
                 {"score"},
                 {"countries", Align::right},
                 {"came", Align::right},
                 {"ROC", Align::right},
                 {"Brier", Align::right},
                 {"chances", Align::right}});
    std::vector<std::string> waiting;
    for (const JudgedGroup& group : judged_.groups) {
      if (group.judged.known == 0) {
        waiting.push_back(why(group));
        continue;
      }
      const backtest::Brier& brier = group.judged.brier;
      table.add({group.outcome, years(group), group.subject,
                 fmt::format("{} of {}", group.judged.known, group.countries),
                 std::to_string(group.judged.events), number_or_nothing(group.judged.roc),
                 std::isnan(brier.score) ? "?" : fmt::format("{:.4f}", brier.score),
                 brier.forecasts == 0 ? "none" : std::to_string(brier.forecasts)});
    }
    Document text =
        document_title(fmt::format("Scores registered on {}", long_date(head_.registered))) +
        paragraph(fmt::format(
            "Scores of {}{}, as of {}, by what was known on {}; judged by the events of {}. Rules "
            "{}, facts {}, {}.",
            head_.scenario, head_.viewpoint.empty() ? "" : ", seen by " + head_.viewpoint,
            long_date(head_.as_of), long_date(head_.known_by), judged_.events_by,
            head_.rules_hash.substr(0, 12), head_.facts_hash.substr(0, 12), head_.tool)) +
        gap();
    if (table.empty())
      text += paragraph("Nothing can be judged yet.");
    else
      text +=
          inset(std::move(table)) +
          paragraph(
              "Countries: those of which it is known what came. Brier: of the chances that were "
              "registered, 0 at best.");
    if (!waiting.empty())
      text += gap() + strong("Not known yet") + paragraph(listed(waiting) + ".");
    return text;
  }

 private:
  static std::string years(const JudgedGroup& group) {
    return group.first == group.last ? std::to_string(group.first)
                                     : fmt::format("{} to {}", group.first, group.last);
  }

  static std::string why(const JudgedGroup& group) {
    return fmt::format("{} in {} by {}: {}", group.outcome, years(group), group.subject,
                       group.declared ? "the lists of events don't reach so far"
                                      : "the scenario declares no such outcome any more");
  }

  const Judged& judged_;
  const Register& head_;
};

}  // namespace

std::string register_text(const Register& registered) {
  std::string text(first_line);
  const auto line = [&](std::string_view key, std::string_view value) {
    text += fmt::format("# {}: {}\n", key, value);
  };
  line("registered", to_string(registered.registered));
  line("as of", to_string(registered.as_of));
  line("known by", to_string(registered.known_by));
  line("scenario", one_line(registered.scenario));
  line("viewpoint", registered.viewpoint);
  line("tool", registered.tool);
  line("rules", registered.rules_hash);
  line("facts", registered.facts_hash);
  text += register_columns;
  for (const RegisteredRow& row : registered.rows)
    text += csv_row({row.outcome, std::to_string(row.horizon), row.subject, row.country,
                     exact(row.score), std::isnan(row.chance) ? "" : exact(row.chance)});
  return text + fmt::format("{}{}\n", hash_mark, sha256(text));
}

ReadRegister read_register(std::string_view text) {
  ReadRegister made;
  const std::size_t mark = text.rfind(hash_mark);
  if (!text.starts_with(first_line) || mark == std::string_view::npos) {
    made.wrong = "it is no register that 'backtest --register' wrote";
    return made;
  }
  if (text.substr(mark) != fmt::format("{}{}\n", hash_mark, sha256(text.substr(0, mark)))) {
    made.wrong = "its text is not what was registered: its hash is another";
    return made;
  }
  std::map<std::string, std::string, std::less<>> said;
  std::set<std::string> seen;
  for (const std::string_view line : split_at(text.substr(0, mark), '\n')) {
    if (line.empty() || fmt::format("{}\n", line) == register_columns) continue;
    if (!line.starts_with('#')) {
      if (std::string wrong = read_row(line, seen, made.registered);
          !wrong.empty() && made.wrong.empty())
        made.wrong = std::move(wrong);
      continue;
    }
    const std::size_t colon = line.find(": ");
    if (colon != std::string_view::npos && colon > 2)
      said.emplace(line.substr(2, colon - 2), line.substr(colon + 2));
    else if (line.ends_with(':') && line.size() > 3)
      said.emplace(line.substr(2, line.size() - 3), "");
  }
  if (made.wrong.empty() && !read_head(said, made.registered))
    made.wrong = "it was written by another version";
  if (made.wrong.empty()) made.wrong = wrong_dates(made.registered);
  return made;
}

Document judged_text(const Judged& judged) { return JudgedText(judged).text(); }

Json judged_json(const Judged& judged, const std::string& tool) {
  const Register& head = judged.registered;
  Json json = document("register", tool);
  json["registered"] = {{"on", to_string(head.registered)},
                        {"as_of", to_string(head.as_of)},
                        {"known_by", to_string(head.known_by)},
                        {"scenario", head.scenario},
                        {"viewpoint", head.viewpoint},
                        {"tool", head.tool},
                        {"rules", head.rules_hash},
                        {"facts", head.facts_hash}};
  json["events_of"] = judged.events_by;
  json["groups"] = Json::array();
  for (const JudgedGroup& group : judged.groups)
    json["groups"].push_back({{"outcome", group.outcome},
                              {"horizon", group.horizon},
                              {"subject", group.subject},
                              {"first", group.first},
                              {"last", group.last},
                              {"countries", group.countries},
                              {"known", group.judged.known},
                              {"events", group.judged.events},
                              {"roc", number(group.judged.roc)},
                              {"brier", number(group.judged.brier.score)},
                              {"chances", group.judged.brier.forecasts}});
  return json;
}

}  // namespace waystone::report
