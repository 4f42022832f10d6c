#include <algorithm>
#include <cmath>
#include <filesystem>

#include <fmt/format.h>

#include "base/digits.hpp"
#include "base/printed_parts.hpp"
#include "report/causes.hpp"
#include "report/difference.hpp"
#include "report/marks.hpp"
#include "report/replaced.hpp"
#include "report/score.hpp"
#include "report/track.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using evaluate::CountryResult;
using What = Differing::What;

// A split in units of the last digit: kinds add up to the move, movers to their kinds.
struct PrintedSplit {
  double whole = 0;
  std::vector<double> kinds, movers;
};

PrintedSplit printed_split(const explain::Difference& split, int digits) {
  PrintedSplit printed;
  printed.whole = in_units(split.to, digits) - in_units(split.from, digits);
  std::vector<double> points;
  for (const explain::MoverKind kind : kinds_of_movers) points.push_back(split.split[kind]);
  printed.kinds = printed_parts(printed.whole, points, digits);
  printed.movers.resize(split.movers.size());
  for (std::size_t k = 0; k < printed.kinds.size(); ++k) {
    std::vector<double> within;
    std::vector<std::size_t> which;
    for (std::size_t m = 0; m < split.movers.size(); ++m)
      if (split.movers[m].kind == kinds_of_movers[k]) {
        within.push_back(split.movers[m].points);
        which.push_back(m);
      }
    const std::vector<double> units = printed_parts(printed.kinds[k], within, digits);
    for (std::size_t m = 0; m < which.size(); ++m) printed.movers[which[m]] = units[m];
  }
  return printed;
}

class DifferenceText {
 public:
  explicit DifferenceText(const Differing& differing)
      : differing_(differing),
        model_(differing.to.rules()),
        node_(model_[differing.node_to]),
        names_(side_names(differing)) {
    score_digits_ = std::max(differing.from.digits_of(differing.node_from),
                             differing.to.digits_of(differing.node_to));
    digits_ = std::max(score_digits_, 1);
  }

  Document text() {
    Document text = heading();
    for (const DifferentView& view : differing_.views)
      text += gap() + (differing_.country.empty() ? all_countries(view) : one_country(view));
    const std::vector<std::string> countries =
        differing_.country.empty() ? differing_.to.now->countries : std::vector{differing_.country};
    return text + gap() + left_out() + legend() + override_notes(differing_.to, countries) +
           stamped(stamps());
  }

 private:
  // ---- what the sides are

  Document heading() const {
    const std::string who =
        differing_.country.empty() ? "" : country_title(differing_.country) + ": ";
    const auto& [first, second] = names_;
    const char* form = differing_.what == What::dates       ? "{}{} in {} and in {}"
                       : differing_.what == What::scenarios ? "{}{} by {} and by {}"
                                                            : "{}{} by the rules of {} and of {}";
    return document_title(capitalised(
               fmt::format(fmt::runtime(form), who, spoken(node_.name), first, second))) +
           paragraph(sides_sentence() + horizons() + " Scores run from 0 to 100.");
  }

  std::string horizons() const {
    const double was = differing_.from.now->horizon_years, is = differing_.to.now->horizon_years;
    const auto years = [](double count) {
      return fmt::format("{} {}", amount(count), count == 1 ? "year" : "years");
    };
    return was == is ? fmt::format(" Horizon {}.", years(is))
                     : fmt::format(" Horizons {} and {}.", years(was), years(is));
  }

  // What was put in place of the scenario's own on both sides; the dates stand in the title.
  static std::vector<Replaced> others(const Scored& scored, bool dated, bool ruled) {
    std::vector<Replaced> found;
    for (const Replaced& entry : scored.replaced) {
      const bool date = entry.kind == Replaced::Kind::as_of || entry.option == "--as-of";
      if ((date && dated) || (entry.kind == Replaced::Kind::rules && ruled)) continue;
      found.push_back(entry);
    }
    return found;
  }

  std::string known(const Scored& scored) const {
    const Date as_of = scored.now->scenario.as_of, known_by = scored.now->scenario.known_by;
    return as_of == known_by ? fmt::format("as of {}", long_date(as_of))
                             : fmt::format("as of {}, by what was known on {}", long_date(as_of),
                                           long_date(known_by));
  }

  std::string sides_sentence() const {
    const Scored &from = differing_.from, &to = differing_.to;
    const std::string title =
        titled(to.now->scenario.title,
               others(to, differing_.what == What::dates, differing_.what == What::rules));
    if (differing_.what == What::scenarios)
      return fmt::format("First: {}, {}. Second: {}, {}.",
                         titled(from.now->scenario.title, others(from, false, false)), known(from),
                         titled(to.now->scenario.title, others(to, false, false)), known(to));
    if (differing_.what == What::rules) return fmt::format("{}, {}.", title, known(to));
    return fmt::format("{}. First {}; second {}.", title, known(from), known(to));
  }

  std::string stamps() const {
    const std::string first = stamp_of_files(differing_.from),
                      second = stamp_of_files(differing_.to);
    return first == second ? first : first + "\n" + second;
  }

  std::string title(const DifferentView& view) const {
    return node_.name + (view.name.empty() ? "" : ", viewpoint " + view.name);
  }

  // ---- numbers

  std::string written(double units) const {
    return signed_points(units * std::pow(10.0, -digits_), digits_);
  }

  const CountryResult& result(const DifferentView& view, const DifferentCountry& country,
                              bool later) const {
    return later ? differing_.to.assessment->views[view.to].countries[country.to]
                 : differing_.from.assessment->views[view.from].countries[country.from];
  }
  NodeId node(bool later) const { return later ? differing_.node_to : differing_.node_from; }
  const Scored& side(bool later) const { return later ? differing_.to : differing_.from; }

  double value(const DifferentView& view, const DifferentCountry& country, bool later) const {
    return result(view, country, later)[node(later)].value;
  }

  // By rule files alone, all is the model's.
  std::vector<explain::MoverKind> kinds_told() const {
    if (differing_.what == What::rules) return {};
    return {std::begin(kinds_of_movers), std::end(kinds_of_movers)};
  }

  // In a table of countries; the title has the names.
  std::string short_name(bool later) const {
    constexpr std::size_t longest = 12;
    if (std::max(names_.first.size(), names_.second.size()) > longest)
      return later ? "second" : "first";
    return later ? names_.second : names_.first;
  }

  // ---- one country

  Document one_country(const DifferentView& view) {
    const DifferentCountry& country = view.countries.front();
    Document text = section(title(view)) + inset(sides_table(view, country));
    if (country.split) return text + parts(*country.split) + remarks(*country.split);
    const bool was = !std::isnan(value(view, country, false)),
               is = !std::isnan(value(view, country, true));
    text +=
        gap() +
        paragraph(was && is ? "Neither the facts by the other rules nor the other way round are "
                              "rated, so the difference is not split."
                  : was     ? "Not rated on the second side, so there is no difference to split."
                  : is      ? "Not rated on the first side, so there is no difference to split."
                            : "Rated on neither side, so there is no difference to split.");
    for (const bool later : {false, true})
      if (!(later ? is : was))
        for (const std::string& line :
             not_rated_lines(side(later), viewpoint_of(view, later), {country.code}, node(later)))
          text +=
              paragraph(fmt::format("{}: {}", later ? names_.second : names_.first, line), 0, 2);
    return text;
  }

  ViewpointId viewpoint_of(const DifferentView& view, bool later) const {
    return side(later).assessment->views[later ? view.to : view.from].viewpoint;
  }

  Table sides_table(const DifferentView& view, const DifferentCountry& country) {
    const bool banded = model_[differing_.node_to].bands.has_value();
    std::vector<Column> columns = {{""}, {"score", Align::right}, {"", Align::left, 0}, {"bounds"}};
    if (banded) columns.push_back({"band"});
    columns.push_back({"rank", Align::right});
    columns.push_back({"known", Align::right});
    columns.push_back({"moved", Align::right});
    for (const explain::MoverKind kind : kinds_told())
      columns.push_back({std::string(explain::name_of(kind)), Align::right});
    Table table(std::move(columns));
    for (const bool later : {false, true}) {
      const CountryResult& now = result(view, country, later);
      const evaluate::NodeResult& score = now[node(later)];
      const bool rated = !std::isnan(score.value);
      const std::string marks = rated ? all_marks_of(*side(later).now, now, node(later)) : "";
      marks_.insert(marks.begin(), marks.end());
      std::vector<std::string> cells = {later ? names_.second : names_.first,
                                        rated ? points(score.value, digits_) : "?", marks,
                                        bounds_words(score.value, score.low, score.high, digits_)};
      if (banded) cells.push_back(band(now, node(later)));
      cells.push_back(rated ? rank(view, country, later) : "");
      cells.push_back(percent(score.coverage));
      if (later && country.split) {
        const PrintedSplit printed = printed_split(*country.split, digits_);
        cells.push_back(written(printed.whole));
        if (!kinds_told().empty())
          for (const double units : printed.kinds) cells.push_back(written(units));
      }
      table.add(std::move(cells));
    }
    return table;
  }

  static std::string band(const CountryResult& country, NodeId node) {
    const auto found = country.band.find(node);
    return found == country.band.end() ? "" : found->second;
  }

  std::string rank(const DifferentView& view, const DifferentCountry& country, bool later) const {
    const evaluate::ViewResult& results =
        side(later).assessment->views[later ? view.to : view.from];
    const auto places = evaluate::places(results, node(later), side(later).rules().level_margin);
    return std::to_string(places[later ? country.to : country.from].rank);
  }

  Document parts(const explain::Difference& split) const {
    constexpr std::size_t most_told = 14;
    const PrintedSplit printed = printed_split(split, digits_);
    Document lines;
    double rest = printed.whole;
    std::vector<std::size_t> told;
    std::size_t width = written(rest).size();
    for (std::size_t m = 0; m < split.movers.size() && told.size() < most_told; ++m) {
      if (printed.movers[m] == 0) continue;
      told.push_back(m);
      width = std::max(width, written(printed.movers[m]).size());
    }
    if (told.empty()) return gap() + paragraph("Nothing makes a difference.");
    const auto add = [&](double units, const std::string& words) {
      lines += labelled(fmt::format("  {:>{}}  ", written(units), width), words, width + 4);
    };
    for (const std::size_t m : told) {
      rest -= printed.movers[m];
      add(printed.movers[m], fmt::format("{} ({})", mover_words(split.movers[m], differing_),
                                         explain::name_of(split.movers[m].kind)));
    }
    if (const std::size_t left = split.movers.size() - told.size(); left > 0)
      add(rest, counted(left, "smaller part", "smaller parts"));
    return gap() + section(fmt::format("What makes {}", written(printed.whole))) + lines;
  }

  Document remarks(const explain::Difference& split) const {
    Document text;
    if (!split.both_orders)
      text += paragraph(
          "One of the two ways from side to side passes a score that is not rated, so the split is "
          "that of the other way alone.");
    if (!split.rules_split)
      text += paragraph(fmt::format(
          "What the rule files make of {} is one part: between the two, some mix of them is not "
          "rated, or their factors read each other in contrary orders.",
          spoken(node_.name)));
    if (split.sampled)
      text += paragraph(fmt::format("Parts are sampled, to within {} (one standard error).",
                                    point_word(std::max(split.standard_error, 1e-9), digits_ + 2)));
    return text;
  }

  // ---- all countries

  Document all_countries(const DifferentView& view) {
    std::string note;
    if (!differing_.only.empty())
      note = fmt::format(" ({}: {} of {} countries)", differing_.only, view.countries.size(),
                         differing_.to.now->countries.size());
    Document text = section(title(view), note);
    if (view.rated == 0)
      return text + paragraph("No country is rated on both sides.") + unrated(view);
    if (view.moved == 0)
      return text +
             paragraph(fmt::format("Nothing moves {}.",
                                   counted(view.rated, "rated country", "rated countries"))) +
             unrated(view);
    const Table full = split_table(view, 2);
    text += inset(full.width() <= page_width ? full : split_table(view, 1));
    const std::size_t shown = std::min(view.moved, differing_.top);
    if (view.moved > shown)
      text +=
          paragraph(fmt::format("Shown: {} of {} that move; --top has more.", shown, view.moved));
    return text + unmoved(view) + unrated(view);
  }

  std::string marks_of_side(const DifferentView& view, const DifferentCountry& country,
                            bool later) {
    std::string marks = all_marks_of(*side(later).now, result(view, country, later), node(later));
    marks_.insert(marks.begin(), marks.end());
    return marks;
  }

  Table split_table(const DifferentView& view, std::size_t named) {
    std::vector<Column> columns = {{""},
                                   {short_name(false), Align::right},
                                   {"", Align::left, 0},
                                   {short_name(true), Align::right},
                                   {"", Align::left, 0},
                                   {"moved", Align::right}};
    for (const explain::MoverKind kind : kinds_told())
      columns.push_back({std::string(explain::name_of(kind)), Align::right});
    columns.push_back({"most of all"});
    Table table(std::move(columns));
    for (std::size_t c = 0; c < std::min(view.moved, differing_.top); ++c) {
      const DifferentCountry& country = view.countries[c];
      const double was = value(view, country, false), is = value(view, country, true);
      std::vector<std::string> cells = {country_title(country.code),
                                        points(was, digits_),
                                        marks_of_side(view, country, false),
                                        points(is, digits_),
                                        marks_of_side(view, country, true),
                                        written(in_units(is, digits_) - in_units(was, digits_))};
      if (country.split) {
        const PrintedSplit printed = printed_split(*country.split, digits_);
        if (!kinds_told().empty())
          for (const double units : printed.kinds) cells.push_back(written(units));
        cells.push_back(largest(*country.split, printed, named));
      } else {
        cells.resize(cells.size() + kinds_told().size());
        cells.push_back("not split: the other rules don't rate it");
      }
      table.add(std::move(cells));
    }
    return table;
  }

  std::string largest(const explain::Difference& split, const PrintedSplit& printed,
                      std::size_t named) const {
    std::vector<std::string> words;
    for (std::size_t m = 0; m < split.movers.size() && words.size() < named; ++m)
      if (printed.movers[m] != 0)
        words.push_back(
            fmt::format("{} {}", short_title(split.movers[m]), written(printed.movers[m])));
    return fmt::format("{}", fmt::join(words, ", "));
  }

  std::string short_title(const explain::DifferenceMover& mover) const {
    if (!mover.player) return "rules of " + spoken(mover.node);
    const model::Model& rules = mover.by_first ? differing_.from.rules() : model_;
    return mover.player->kind == explain::PlayerKind::leaf ? rules[mover.player->node].name
                                                           : explain::name_of(*mover.player, rules);
  }

  Document unmoved(const DifferentView& view) const {
    std::vector<std::string> names;
    for (std::size_t c = view.moved; c < view.rated; ++c)
      names.push_back(country_title(view.countries[c].code));
    return names.empty() ? Document() : paragraph("Not moved: " + joined_up_to(names, 12) + ".");
  }

  Document unrated(const DifferentView& view) const {
    std::vector<std::string> lost, gained, never;
    for (std::size_t c = view.rated; c < view.countries.size(); ++c) {
      const DifferentCountry& country = view.countries[c];
      const bool was = !std::isnan(value(view, country, false)),
                 is = !std::isnan(value(view, country, true));
      (was ? lost : is ? gained : never).push_back(country_title(country.code));
    }
    Document text;
    const auto tell = [&](const std::string& words, const std::vector<std::string>& names) {
      if (!names.empty()) text += paragraph(words + ": " + joined_up_to(names, 12) + ".");
    };
    tell("Rated on the first side alone", lost);
    tell("Rated on the second side alone", gained);
    tell("Rated on neither side", never);
    return text;
  }

  // ---- what the words mean

  Document left_out() const {
    Document text;
    const auto list = [&](const std::vector<std::string>& codes, const std::string& name) {
      std::vector<std::string> names;
      for (const std::string& code : codes) names.push_back(country_title(code));
      if (!names.empty())
        text += paragraph(fmt::format("Only {} has {}.", name, joined_up_to(names, 12)));
    };
    list(differing_.only_from, names_.first);
    list(differing_.only_to, names_.second);
    if (!differing_.views_of_one.empty())
      text += paragraph(fmt::format("Of one side alone, and left out: viewpoint{} {}.",
                                    differing_.views_of_one.size() == 1 ? "" : "s",
                                    joined(differing_.views_of_one)));
    return text.empty() ? text : text + gap();
  }

  std::string kinds_words() const {
    const std::string words =
        "Facts, data, rules and model add up to what moved, and the parts to these, as they are "
        "printed. Facts: figures known on both sides; data: figures known on one, and rules that "
        "read them; rules: those that hold otherwise by facts of both sides; model: weights, "
        "parameters, overrides, what changes with the date alone";
    if (!differing_.two_rule_files()) return words + ".";
    return words +
           ", and the rule files: by factor, what its weights, curves and rules make of it. Each "
           "part "
           "is the mean of two ways, facts first and rules first, so neither order counts.";
  }

  Document legend() const {
    std::string words = fmt::format("{}: {}. ", node_.name, direction_words(node_));
    if (digits_ > score_digits_) words += "Scores stand here with a digit more than elsewhere. ";
    if (differing_.what == What::rules)
      words +=
          "The parts add up to what moved, as they are printed: by factor, what its weights, "
          "curves "
          "and rules make of it in the second file.";
    else
      words += kinds_words();
    if (differing_.country.empty())
      words += " A country's code after the scenario tells its parts.";
    return paragraph(words) + marks_legend(marks_);
  }

  const Differing& differing_;
  const model::Model& model_;  // of the second side
  const model::Node& node_;
  std::pair<std::string, std::string> names_;
  int score_digits_ = 0, digits_ = 1;
  std::set<char> marks_;
};

// As much of two paths, from their ends, as tells them apart.
std::pair<std::string, std::string> short_paths(const std::string& first,
                                                const std::string& second) {
  const std::filesystem::path a(first), b(second);
  if (a.filename() != b.filename()) return {a.filename().string(), b.filename().string()};
  return {first, second};
}

}  // namespace

std::pair<std::string, std::string> side_names(const Differing& differing) {
  const Scored &from = differing.from, &to = differing.to;
  if (differing.what == What::rules) return short_paths(from.model.path, to.model.path);
  if (differing.what == What::scenarios) return short_paths(from.path, to.path);
  const std::vector<std::string> headers = date_headers({from, to});
  return {headers[0], headers[1]};
}

std::string mover_words(const explain::DifferenceMover& mover, const Differing& differing) {
  if (!mover.player) return fmt::format("weights, curves and rules of {}", spoken(mover.node));
  const evaluate::Case *from = differing.from.now, *to = differing.to.now;
  if (differing.two_rule_files())
    (mover.by_first ? to : from) =
        mover.by_first ? differing.to_by_first : differing.from_by_second;
  return player_words(*mover.player, differing.country, *from, *to);
}

Document difference_text(const Differing& differing) { return DifferenceText(differing).text(); }

}  // namespace waystone::report
