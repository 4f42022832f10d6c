#include "report/replaced.hpp"

#include <fmt/format.h>

#include "report/document.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using Kind = Replaced::Kind;

std::string day_of(const std::string& iso) { return long_date(*parse_date(iso)); }

std::string instead_of(const std::string& own) { return own.empty() ? "" : " instead of " + own; }

std::string replaced_words(const Replaced& entry) {
  switch (entry.kind) {
    case Kind::as_of:
      return fmt::format("asked for {} instead of {} ({})", day_of(entry.asked), day_of(entry.own),
                         entry.option);
    case Kind::known_by:
      if (entry.option == "--as-of")
        return fmt::format("with what was known then instead of on {}", day_of(entry.own));
      return fmt::format("with what was known on {} instead of on {} ({})", day_of(entry.asked),
                         day_of(entry.own), entry.option);
    case Kind::rules:
      return fmt::format("by the rules of {}{} ({})", entry.asked, instead_of(entry.own),
                         entry.option);
    case Kind::viewpoint:
      return fmt::format("seen by {} alone instead of {} ({})", entry.asked, entry.own,
                         entry.option);
    case Kind::fact: break;
  }
  return fmt::format("with {} ({})", entry.asked, entry.option);
}

std::string_view word_of(Kind kind) {
  static constexpr std::string_view words[] = {"as_of", "known_by", "rules", "viewpoint", "fact"};
  return words[std::size_t(kind)];
}

std::vector<std::string> replaced_words(const std::vector<Replaced>& entries) {
  std::vector<std::string> words, facts;
  for (const Replaced& entry : entries)
    if (entry.kind == Kind::fact)
      facts.push_back(entry.asked);
    else
      words.push_back(replaced_words(entry));
  if (!facts.empty())
    words.push_back(replaced_words(Replaced{Kind::fact, "--set", joined(facts), ""}));
  return words;
}

// "31 December 2013, 31 December 2014 and 31 December 2015"; of many the first and the last.
std::string days_of(const std::vector<Scored>& days) {
  constexpr std::size_t most_named = 3;
  std::vector<std::string> names;
  for (const Scored& day : days) names.push_back(long_date(day.now->scenario.as_of));
  return names.size() <= most_named
             ? joined(names)
             : fmt::format("{} dates from {} to {}", names.size(), names.front(), names.back());
}

}  // namespace

std::string titled(const std::string& title, const std::vector<Replaced>& replaced) {
  std::string text = title;
  for (const std::string& words : replaced_words(replaced)) text += ", " + words;
  return text;
}

std::string titled(const Scored& scored) {
  return titled(scored.now->scenario.title, scored.replaced);
}

std::string titled(const std::vector<Scored>& days) {
  const std::vector<Replaced> others = replaced_but_dates(days.front());
  return titled(
      fmt::format("{}, asked for {} instead of {} (--as-of)", days.front().now->scenario.title,
                  days_of(days), long_date(days.front().own_date)),
      others);
}

std::string replaced_sentence(const Scored& scored) {
  const std::vector<std::string> words = replaced_words(scored.replaced);
  return words.empty() ? "" : capitalised(fmt::format("{}.", fmt::join(words, ", ")));
}

std::string options_given(const Scored& scored) {
  std::vector<std::string> given;
  for (const Replaced& entry : scored.replaced)
    if (entry.kind == Kind::as_of || entry.option != "--as-of")
      given.push_back(fmt::format("{} {}", entry.option, entry.asked));
  return listed(given);
}

std::vector<Replaced> replaced_but_dates(const Scored& scored) {
  std::vector<Replaced> others;
  for (const Replaced& entry : scored.replaced)
    if (entry.kind != Kind::as_of && entry.option != "--as-of") others.push_back(entry);
  return others;
}

std::string options_but_dates(const Scored& scored) {
  std::vector<std::string> given;
  for (const Replaced& entry : replaced_but_dates(scored))
    given.push_back(fmt::format("{} {}", entry.option, entry.asked));
  return listed(given);
}

Json replaced_json(const std::vector<Replaced>& replaced) {
  Json list = Json::array();
  for (const Replaced& entry : replaced)
    list.push_back({{"what", word_of(entry.kind)},
                    {"option", entry.option},
                    {"asked", entry.asked},
                    {"own", entry.own.empty() ? Json(nullptr) : Json(entry.own)}});
  return list;
}

Document rules_line(const std::string& rules) {
  return rules.empty()
             ? Document()
             : paragraph(fmt::format(
                   "By the rules of {} instead of those that scenarios name (--rules).", rules));
}

}  // namespace waystone::report
