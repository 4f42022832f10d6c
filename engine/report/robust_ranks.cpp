// The ranks of every country over the weights of a region.
#include <algorithm>

#include <fmt/format.h>

#include "base/ties.hpp"
#include "report/document.hpp"
#include "report/robust.hpp"
#include "report/score.hpp"
#include "report/verdicts.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

constexpr std::size_t ranks_indent = 2;

std::string in_words(const robust::RankRange& ranks) {
  if (ranks.first == ranks.last) return std::to_string(ranks.first);
  return fmt::format("{} to {}", ranks.first, ranks.last);
}

class RankTable {
 public:
  explicit RankTable(const OverAll& over) : over_(over), count_(over.question.countries.size()) {
    for (const robust::Acceptability& entry : over.acceptabilities.countries) {
      open_ = open_ || entry.open > 0;
      unrated_ = unrated_ || entry.not_rated > 0;
    }
  }

  Document text() const {
    const Table whole = table(true, true);
    if (fits(whole)) return heading() + inset(whole, ranks_indent);
    const Table by_code = table(true, false);
    if (fits(by_code)) return heading() + inset(by_code, ranks_indent);
    return heading() + inset(table(false, true), ranks_indent) +
           paragraph(
               fmt::format("Left out for want of room: the share of the draws for each of the {} "
                           "ranks; --json has them.",
                           count_),
               ranks_indent, ranks_indent + 2);
  }

 private:
  static bool fits(const Table& table) { return table.width() + ranks_indent <= page_width; }

  Document heading() const {
    std::string text = fmt::format(
        "Ranks by {}{}, of which 1 is {}: today; for 90% of these weights; and always, so that no "
        "weights that were tried or searched for give another",
        over_.output.name, over_.of_rated_today ? " among the countries rated today" : "",
        words_of(over_.output).highest);
    if (open_)
      text += ". Where another country isn't rated it may stand anywhere, so the rank is open";
    return paragraph(text + ":", ranks_indent, ranks_indent + 2);
  }

  // Equal countries have the same rank, as in `score`.
  std::size_t today(std::size_t place) const {
    const auto value = [&](std::size_t k) { return over_.question.today[over_.ranking[k]]; };
    while (place > 0 && tie(value(place - 1), value(place))) --place;
    return place + 1;
  }

  Table table(bool shares, bool titles) const {
    std::vector<Column> columns{{"", Align::right},
                                {""},
                                {over_.output.name, Align::right},
                                {"for 90%", Align::right},
                                {"always", Align::right}};
    for (std::size_t r = 0; shares && r < count_; ++r)
      columns.push_back({std::to_string(r + 1), Align::right});
    if (open_) columns.push_back({"open", Align::right});
    if (unrated_) columns.push_back({"not rated", Align::right});
    Table result(std::move(columns));
    for (std::size_t k = 0; k < over_.ranking.size(); ++k) result.add(row(k, shares, titles));
    return result;
  }

  std::vector<std::string> row(std::size_t place, bool shares, bool titles) const {
    const std::size_t c = over_.ranking[place];
    const std::string& code = over_.question.countries[c];
    const robust::Acceptability& entry = over_.acceptabilities.countries[c];
    const bool rated = entry.not_rated < 1;
    std::vector<std::string> cells{std::to_string(today(place)),
                                   titles ? country_title(code) : code,
                                   points(over_.question.today[c], over_.digits),
                                   rated ? in_words(entry.most) : "-", in_words(over_.always[c])};
    for (std::size_t r = 0; shares && r < count_; ++r) cells.push_back(percent(entry.rank[r]));
    if (open_) cells.push_back(percent(entry.open));
    if (unrated_) cells.push_back(percent(entry.not_rated));
    return cells;
  }

  const OverAll& over_;
  std::size_t count_;
  bool open_ = false, unrated_ = false;  // some draws leave ranks open, some a country not rated
};

}  // namespace

Document ranks_text(const OverAll& over) { return RankTable(over).text(); }

}  // namespace waystone::report
