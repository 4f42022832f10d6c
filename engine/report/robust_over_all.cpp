// What holds over all weights of a region, and how often over those drawn from it.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "report/robust.hpp"
#include "report/score.hpp"
#include "report/table.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using robust::Standing;

constexpr std::size_t most_named = 12, most_ranks = 8;

class OverAllTeller {
 public:
  explicit OverAllTeller(const OverAll& over) : over_(over), words_(words_of(over.output)) {}

  std::string text() const { return preferences() + acceptability(); }

 private:
  std::string title(std::size_t country) const { return country_title(over_.question.countries[country]); }
  const std::string& member(std::size_t m) const { return over_.question.group.members[m]; }
  bool high_is_best() const { return over_.output.factor().higher_is_better; }

  std::string necessary(const robust::Preference& entry) const {
    const bool first = entry.standing == Standing::first_necessary;
    const double least = first ? entry.smallest : -entry.largest;
    return fmt::format("{} {} than {}, {}{}", title(first ? entry.first : entry.second), words_.higher, title(first ? entry.second : entry.first),
                       least <= robust::equal_within ? "or equal" : at_least(least), entry.proved ? " (proved)" : "");
  }

  // Rounded down, as it says: to a tenth below 10.
  static std::string at_least(double points) {
    const double unit = points < 10 ? 0.1 : 1, down = unit * std::floor(points / unit * (1 + 1e-12));
    if (down == 0) return "by less than 0.1 of a point";
    return fmt::format("by {:.{}f} {} at least", down, unit < 1 && down != std::round(down) ? 1 : 0, down == 1 ? "point" : "points");
  }

  std::string either_way(const robust::Preference& entry) const {
    return fmt::format("Either can be the {}: {} minus {} runs from {} to {} points over the weights found.", words_.higher, title(entry.first),
                       title(entry.second), signed_points(entry.smallest), signed_points(entry.largest));
  }

  std::string preferences() const {
    std::vector<std::string> always, equal, either;
    for (const robust::Preference& entry : over_.preferences) {
      if (entry.standing == Standing::possible)
        either.push_back(fmt::format("{} and {} ({} to {})", title(entry.first), title(entry.second), signed_points(entry.smallest), signed_points(entry.largest)));
      else if (entry.standing == Standing::always_equal) equal.push_back(fmt::format("{} and {}", title(entry.first), title(entry.second)));
      else always.push_back(necessary(entry));
    }
    std::string text;
    if (!always.empty()) text += wrapped(fmt::format("Necessary: {}.", joined_up_to(always, most_named)), 2, 4);
    if (!equal.empty()) text += wrapped(fmt::format("Always equal: {}.", joined_up_to(equal, most_named)), 2, 4);
    if (over_.preferences.size() == 1 && !either.empty()) text += wrapped(either_way(over_.preferences[0]), 2, 4);
    else if (!either.empty()) text += wrapped(fmt::format("Possible either way, with gaps found: {}.", joined_up_to(either, most_named)), 2, 4);
    if (std::any_of(over_.preferences.begin(), over_.preferences.end(), [](const auto& p) { return p.standing != Standing::possible && !p.proved; }))
      text += wrapped("What is necessary and not proved rests on a search: no weights against it were found.", 2, 4);
    return text;
  }

  std::string with_error(double share) const {
    if (share > 0 && share < 0.0005) return "less than 0.1%";
    if (share < 1 && share >= 0.9995) return "more than 99.9%";
    return fmt::format("{} ± {:.1f}", share_in_words(share), 100 * robust::standard_error(share, over_.acceptabilities.draws));
  }

  std::string acceptability() const {
    const robust::Acceptabilities& found = over_.acceptabilities;
    const bool walked = over_.compatible && over_.compatible->walked;
    std::string text = wrapped(fmt::format("Of {} sets of {}weights drawn evenly (± one standard error{}):", amount(double(found.draws)),
                                           over_.compatible ? "these " : "", walked ? "; draws are of walks, so it is larger than that" : ""),
                               2, 4);
    if (found.pairs.size() == 1) {
      const robust::Winning& pair = found.pairs[0];
      text += wrapped(fmt::format("{} is {} for {}, {} for {}{}.", title(pair.first), words_.higher, with_error(pair.first_higher), title(pair.second),
                                  with_error(pair.second_higher), pair.equal > 0 ? fmt::format("; equal for {}", share_in_words(pair.equal)) : ""),
                      2, 4);
    } else {
      text += rank_table();
    }
    return text + central_table();
  }

  std::string rank_table() const {
    const std::size_t count = over_.question.countries.size(), shown = std::min(count, most_ranks);
    std::vector<Column> columns = {{"rank"}};
    for (std::size_t r = 0; r < shown; ++r) columns.push_back({fmt::format("{}{}", r + 1, r == 0 ? " (best)" : ""), Align::right});
    columns.push_back({"not rated", Align::right});
    Table table(std::move(columns));
    std::vector<std::size_t> order = over_.ranking;
    if (!high_is_best()) std::reverse(order.begin(), order.end());
    for (const std::size_t c : order) {
      const robust::Acceptability& entry = over_.acceptabilities.countries[c];
      std::vector<std::string> cells = {title(c)};
      for (std::size_t r = 0; r < shown; ++r) cells.push_back(percent(entry.rank[r]));
      cells.push_back(entry.not_rated > 0 ? percent(entry.not_rated) : "-");
      table.add(std::move(cells));
    }
    return table.text(2);
  }

  // The mean of the weights that make each the best.
  std::string central_table() const {
    constexpr std::size_t most = 6;
    const auto first_for = [&](std::size_t c) { return over_.acceptabilities.countries[c].rank[0]; };
    std::vector<std::size_t> best;
    for (const robust::Acceptability& entry : over_.acceptabilities.countries)
      if (!entry.central.empty()) best.push_back(entry.country);
    if (best.size() > most) {  // those that are the best most often
      std::stable_sort(best.begin(), best.end(), [&](std::size_t a, std::size_t b) { return first_for(a) > first_for(b); });
      best.resize(most);
    }
    if (best.empty() && !over_.compatible) return "";
    std::vector<Column> columns = {{best.empty() ? "weights drawn" : over_.compatible ? "weights drawn; mean, best" : "mean weights, best"}, {"today", Align::right}};
    if (over_.compatible) columns.insert(columns.end(), {{"from", Align::right}, {"to", Align::right}});
    for (const std::size_t c : best) columns.push_back({over_.question.countries[c], Align::right});
    Table table(std::move(columns));
    for (std::size_t m = 0; m < over_.question.group.size(); ++m) {
      std::vector<std::string> cells = {member(m), share_in_words(over_.question.group.now[m])};
      if (over_.compatible)
        for (const double end : {over_.compatible->lowest[m], over_.compatible->highest[m]}) cells.push_back(share_in_words(end));
      for (const std::size_t c : best) cells.push_back(share_in_words(over_.acceptabilities.countries[c].central[m]));
      table.add(std::move(cells));
    }
    std::vector<std::string> draws(over_.compatible ? 4 : 2);
    draws[0] = "draws";
    for (const std::size_t c : best) draws.push_back(amount(std::round(first_for(c) * double(over_.acceptabilities.draws))));
    table.add(std::move(draws));
    return table.text(2);
  }

  const OverAll& over_;
  Words words_;
};

}  // namespace

std::string over_all_text(const OverAll& over) { return OverAllTeller(over).text(); }

}  // namespace waystone::report
