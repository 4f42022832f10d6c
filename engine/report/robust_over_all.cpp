// What holds over all weights of a region, and how often over those drawn from it.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/digits.hpp"
#include "report/document.hpp"
#include "report/robust.hpp"
#include "report/score.hpp"
#include "report/verdicts.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using robust::Standing;

constexpr std::size_t most_pairs = 40;  // of one standing

class OverAllTeller {
 public:
  explicit OverAllTeller(const OverAll& over) : over_(over), words_(words_of(over.output)) {}

  Document text() const { return preferences() + acceptability(); }

 private:
  std::string title(std::size_t country) const {
    return country_title(over_.question.countries[country]);
  }
  const std::string& member(std::size_t m) const { return over_.question.group.members[m]; }

  std::string necessary(const robust::Preference& entry) const {
    const bool first = entry.standing == Standing::first_necessary;
    const double least = first ? entry.smallest : -entry.largest;
    return fmt::format("{} {} than {}, {}{}", title(first ? entry.first : entry.second),
                       words_.higher, title(first ? entry.second : entry.first),
                       least <= robust::equal_within ? "or equal" : at_least(least),
                       entry.proved ? " (proved)" : "");
  }

  // Rounded down, as it says: to a tenth below 10, finer where scores have more digits.
  std::string at_least(double points) const {
    const int digits = std::max(over_.digits, points < 10 ? 1 : 0);
    const double unit = std::pow(10.0, -digits),
                 down = std::floor(points / unit * (1 + 1e-12)) * unit;
    if (down == 0) return fmt::format("by less than {} of a point", fixed(unit, digits));
    return fmt::format("by {} {} at least",
                       fixed(down, std::abs(down - std::round(down)) < unit / 2 ? 0 : digits),
                       down == 1 ? "point" : "points");
  }

  // Where some weights leave a country not rated, what is said is of those that rate both.
  static bool always_rated(const robust::Preference& entry) {
    return entry.first_rated && entry.second_rated;
  }
  static std::string_view where_rated(const robust::Preference& entry) {
    return always_rated(entry) ? "" : ", where both are rated";
  }

  std::string either_way(const robust::Preference& entry) const {
    return fmt::format(
        "Either can be the {}: {} minus {} runs from {} to {} points over the weights found{}.",
        words_.higher, title(entry.first), title(entry.second),
        small_points(entry.smallest, over_.digits), small_points(entry.largest, over_.digits),
        where_rated(entry));
  }

  std::string sentence(const robust::Preference& entry) const {
    const std::string two = fmt::format("{} and {}", title(entry.first), title(entry.second));
    switch (entry.standing) {
      case Standing::possible:
        return fmt::format("{} ({} to {}{})", two, small_points(entry.smallest, over_.digits),
                           small_points(entry.largest, over_.digits), where_rated(entry));
      case Standing::always_equal: return two + std::string(where_rated(entry));
      case Standing::not_rated: return two;
      default: return necessary(entry) + std::string(where_rated(entry));
    }
  }

  // How near a pair is to standing otherwise: a necessary one by the least gap found, another by
  // today's.
  static double nearness(const robust::Preference& entry) {
    return entry.necessary() ? std::min(std::fabs(entry.smallest), std::fabs(entry.largest))
                             : std::fabs(entry.today);
  }

  // The nearest pairs of one standing, with how many there are.
  Document of_standing(const std::vector<Standing>& standings, std::string_view what,
                       std::size_t most) const {
    std::vector<const robust::Preference*> pairs;
    for (const robust::Preference& entry : over_.preferences)
      if (std::find(standings.begin(), standings.end(), entry.standing) != standings.end())
        pairs.push_back(&entry);
    if (pairs.empty()) return {};
    const std::size_t all = pairs.size();
    if (all > most) {
      std::stable_sort(pairs.begin(), pairs.end(),
                       [](const auto* a, const auto* b) { return nearness(*a) < nearness(*b); });
      pairs.resize(most);
    }
    std::vector<std::string> told;
    for (const robust::Preference* entry : pairs) told.push_back(sentence(*entry));
    const std::string cut =
        all > most ? fmt::format(", {} pairs, of which the {} nearest to another answer are",
                                 amount(double(all)), most)
                   : "";
    return paragraph(fmt::format("{}{}: {}.{}", what, cut, listed_or_joined(told),
                                 all > most ? " --json has all." : ""),
                     2, 4);
  }
  static std::string listed_or_joined(const std::vector<std::string>& told) {
    const bool commas = std::any_of(told.begin(), told.end(), [](const std::string& one) {
      return one.find(',') != std::string::npos;
    });
    return commas && told.size() > 2 ? listed(told) : joined(told);
  }

  Document preferences() const {
    if (over_.preferences.size() == 1 && over_.preferences[0].standing == Standing::possible)
      return paragraph(either_way(over_.preferences[0]), 2, 4);
    Document text = of_standing({Standing::first_necessary, Standing::second_necessary},
                                "Necessary", most_pairs);
    text += of_standing({Standing::always_equal}, "Always equal", most_pairs);
    text += of_standing({Standing::possible}, "Possible either way, with gaps found", most_pairs);
    text += of_standing({Standing::not_rated}, "Never both rated", most_pairs);
    return text + how_sure();
  }

  // What the necessary pairs that aren't proved rest on.
  Document how_sure() const {
    std::size_t open = 0, searched = 0;
    for (const robust::Preference& entry : over_.preferences)
      if ((entry.necessary() || entry.standing == Standing::always_equal) && !entry.proved) {
        ++open;
        searched += entry.searched;
      }
    if (open == 0) return {};
    if (searched == open)
      return paragraph(
          "What is necessary and not proved rests on a search: no weights against it were found.",
          2, 4);
    const std::string head =
        open == 1 ? std::string("One of these orders is not proved")
                  : fmt::format("{} of these orders are not proved", amount(double(open)));
    if (searched == 0)
      return paragraph(fmt::format("{}: {} on the weights tried alone.", head,
                                   open == 1 ? "it rests" : "they rest"),
                       2, 4);
    return paragraph(fmt::format("{}. For the {} nearest to turning, weights against {} were "
                                 "searched for; the others rest on the weights tried alone.",
                                 head, searched == 1 ? "one" : fmt::format("{}", searched),
                                 searched == 1 ? "it" : "them"),
                     2, 4);
  }

  std::string with_error(double share) const {
    if (share > 0 && share < 0.0005) return "less than 0.1%";
    if (share < 1 && share >= 0.9995) return "more than 99.9%";
    return fmt::format("{} ± {}", share_in_words(share),
                       fixed(100 * robust::standard_error(share, over_.acceptabilities.draws), 1));
  }

  Document acceptability() const {
    const robust::Acceptabilities& found = over_.acceptabilities;
    const bool walked = over_.compatible && over_.compatible->walked;
    Document text =
        paragraph(fmt::format("Of {} sets of {}weights drawn evenly (± one standard error{}):",
                              amount(double(found.draws)), over_.compatible ? "these " : "",
                              walked ? "; draws are of walks, so it is larger than that" : ""),
                  2, 4);
    if (found.pairs.size() == 1) {
      const robust::Winning& pair = found.pairs[0];
      const std::string equal =
          pair.equal > 0 ? fmt::format(", equal for {}", share_in_words(pair.equal)) : "";
      const std::string open = pair.not_rated > 0 ? fmt::format(", one of them not rated for {}",
                                                                with_error(pair.not_rated))
                                                  : "";
      text +=
          paragraph(fmt::format("{} is {} for {}, {} for {}{}{}.", title(pair.first), words_.higher,
                                with_error(pair.first_higher), title(pair.second),
                                with_error(pair.second_higher), equal, open),
                    2, 4);
    } else {
      text += ranks_text(over_);
    }
    return text + central_table();
  }

  // The mean of the weights that make each the best.
  Document central_table() const {
    constexpr std::size_t most = 6;
    const auto first_for = [&](std::size_t c) { return over_.acceptabilities.countries[c].best; };
    std::vector<std::size_t> best;
    for (const robust::Acceptability& entry : over_.acceptabilities.countries)
      if (!entry.central.empty()) best.push_back(entry.country);
    const std::size_t all = best.size();
    if (all > most) {  // those that are the best most often
      std::stable_sort(best.begin(), best.end(),
                       [&](std::size_t a, std::size_t b) { return first_for(a) > first_for(b); });
      best.resize(most);
    }
    if (best.empty() && !over_.compatible) return {};
    std::vector<Column> columns = {{central_header(best.empty())}, {"today", Align::right}};
    if (over_.compatible)
      columns.insert(columns.end(), {{"from", Align::right}, {"to", Align::right}});
    for (const std::size_t c : best) columns.push_back({over_.question.countries[c], Align::right});
    Table table(std::move(columns));
    for (std::size_t m = 0; m < over_.question.group.size(); ++m) {
      std::vector<std::string> cells = {
          member(m), weight_in_words(over_.question.group, over_.question.group.now[m])};
      if (over_.compatible)
        for (const double end : {over_.compatible->lowest[m], over_.compatible->highest[m]})
          cells.push_back(weight_in_words(over_.question.group, end));
      for (const std::size_t c : best)
        cells.push_back(
            weight_in_words(over_.question.group, over_.acceptabilities.countries[c].central[m]));
      table.add(std::move(cells));
    }
    if (best.empty()) return inset(table, 2);
    std::vector<std::string> draws(over_.compatible ? 4 : 2);
    draws[0] = "draws";
    for (const std::size_t c : best)
      draws.push_back(amount(std::round(first_for(c) * double(over_.acceptabilities.draws))));
    table.add(std::move(draws));
    Document cut;
    if (all > most)
      cut = paragraph(
          fmt::format("{} more countries are {} for some draws; --json has their mean weights.",
                      all - most, words_.best),
          2, 4);
    return inset(table, 2) + cut;
  }

  std::string central_header(bool none) const {
    if (none) return "weights drawn";
    const std::string mean = fmt::format("mean where {}", words_.best);
    return over_.compatible ? "weights drawn; " + mean : "weights, " + mean;
  }

  const OverAll& over_;
  Words words_;
};

}  // namespace

Document over_all_text(const OverAll& over) { return OverAllTeller(over).text(); }

}  // namespace waystone::report
