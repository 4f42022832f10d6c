#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>

#include "evaluate/digits.hpp"
#include "report/marks.hpp"
#include "report/replaced.hpp"
#include "report/score.hpp"
#include "report/track.hpp"
#include "report/unsplit.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using evaluate::CountryResult;
using explain::Movement;
using explain::MoverKind;
using explain::Split;

constexpr MoverKind mover_kinds[] = {MoverKind::facts, MoverKind::data, MoverKind::rules,
                                     MoverKind::model};

// The name of a leaf with the reader where a model's reader has another name.
std::string mover_title(const explain::Player& player, const model::Model& model) {
  return player.kind == explain::PlayerKind::leaf
             ? fmt::format("{} in {}", model[player.node].name, spoken(model[player.reader].name))
             : explain::name_of(player, model);
}

class TrackText {
 public:
  TrackText(const Tracked& tracked, const TrackStyle& style)
      : tracked_(tracked),
        style_(style),
        days_(tracked.days),
        model_(tracked.rules()),
        node_(tracked.node),
        headers_(date_headers(tracked.days)) {
    std::vector<const evaluate::Assessment*> printed;
    for (const Scored& day : days_) printed.push_back(day.assessment);
    digits_ = evaluate::digits_of(model_, printed, node_)[node_.index];
    survey();
  }

  Document text() {
    Document text = heading();
    if (days_.back().now->countries.empty())
      return text + gap() + paragraph("No country has a fact: nothing to score.") +
             stamped(stamp_of_files(days_.back()));
    for (std::size_t v = 0; v < tracked_.views.size(); ++v)
      text += tracked_.country.empty() ? all_countries(v) : one_country(v);
    return text + gap() + legend() + track_reasons(tracked_, headers_) + track_by_hand(tracked_) +
           stamped(stamp_of_files(days_.back()));
  }

 private:
  Document heading() const {
    const evaluate::Case& now = *days_.back().now;
    const bool then = std::all_of(days_.begin(), days_.end(), [](const Scored& day) {
      return day.now->scenario.known_by == day.now->scenario.as_of;
    });
    const std::string known = then ? "By what was known on each date"
                                   : "By what was known on " + long_date(now.scenario.known_by);
    const std::string who = tracked_.country.empty() ? "" : country_title(tracked_.country) + ": ";
    return document_title(
               capitalised(fmt::format("{}{} from {} to {}", who, spoken(model_[node_].name),
                                       headers_.front(), headers_.back()))) +
           paragraph(fmt::format("{}. {}; horizon {} {}. Scores run from 0 to 100.{}",
                                 titled(now.scenario.title, replaced_but_dates(days_.back())),
                                 known, amount(now.horizon_years),
                                 now.horizon_years == 1 ? "year" : "years", since_words()));
  }

  // Where --since is none of the dates, the one before it counts.
  std::string since_words() const {
    return tracked_.asked_since
               ? fmt::format(" Moves count from {}, the last date before {} (--since).",
                             long_date(days_[tracked_.since].now->scenario.as_of),
                             long_date(*tracked_.asked_since))
               : "";
  }

  std::string title(std::size_t v) const {
    const std::string& name = days_.back().assessment->views[v].name;
    return model_[node_].name + (name.empty() ? "" : ", viewpoint " + name);
  }

  const CountryResult& result(std::size_t day, std::size_t v, std::size_t country) const {
    return days_[day].assessment->views[v].countries[country];
  }
  double value(std::size_t day, std::size_t v, std::size_t country) const {
    return result(day, v, country)[node_].value;
  }
  std::string code(std::size_t country) const { return days_.back().now->countries[country]; }

  std::vector<double> series(std::size_t v, std::size_t country) const {
    std::vector<double> values;
    for (std::size_t d = 0; d < days_.size(); ++d) values.push_back(value(d, v, country));
    return values;
  }

  // What the whole track prints: its largest score, and marks that nearly all scores of a large
  // table bear, which are said once.
  void survey() {
    std::map<char, std::size_t> marked;
    std::size_t printed = 0;
    for (std::size_t v = 0; v < tracked_.views.size(); ++v)
      for (const evaluate::Place& place : tracked_.views[v].order)
        for (std::size_t d = 0; d < days_.size(); ++d) {
          if (std::isnan(value(d, v, place.country))) {
            any_unrated_ = true;
            continue;
          }
          largest_ = std::max(largest_, value(d, v, place.country));
          ++printed;
          for (const char mark : all_marks_of(*days_[d].now, result(d, v, place.country), node_))
            ++marked[mark];
        }
    for (const auto& [mark, count] : marked)
      if (mark != '*' && days_.back().now->countries.size() > most_in_columns &&
          tracked_.country.empty() && borne_by_nearly_all(count, printed))
        common_[mark] = {count, printed};
  }

  // Which dates of an overview bear marks: as many as the page has room for.
  enum class Marked { all, ends, none };  // ends: the dates between which moves count

  bool is_marked(std::size_t day) const {
    return marked_ == Marked::all ||
           (marked_ == Marked::ends && (day == tracked_.since || day + 1 == days_.size()));
  }

  std::string marks_of(std::size_t day, std::size_t v, std::size_t country) const {
    std::string marks;
    if (std::isnan(value(day, v, country)) || !is_marked(day)) return marks;
    for (const char mark : all_marks_of(*days_[day].now, result(day, v, country), node_))
      if (!common_.contains(mark)) marks += mark;
    marks_.insert(marks.begin(), marks.end());
    return marks;
  }

  // Ten points fill its height at least, so that what hardly moves looks so; a tenth of a point
  // where no score is above 1.
  std::string line_of(const std::vector<double>& values) const {
    double low = 100, high = 0;
    for (const double value : values)
      if (!std::isnan(value)) low = std::min(low, value), high = std::max(high, value);
    const double least = largest_ <= 1 ? 0.1 : 10, room = std::max(0.0, least - (high - low)) / 2;
    return spark_line(values, low - room, high + room, style_.utf8);
  }

  // ---- all countries

  Document all_countries(std::size_t v) {
    std::string note;
    if (!tracked_.only.empty())
      note = fmt::format(" ({}: {} of {} countries)", tracked_.only, tracked_.views[v].order.size(),
                         days_.back().now->countries.size());
    return gap() + section(title(v), note) + series_tables(v) + bands(v) + moves(v);
  }

  // Years of two digits where there are many: the title has them in full.
  std::vector<std::string> short_headers() const {
    constexpr std::size_t many = 9;
    const bool years = std::all_of(headers_.begin(), headers_.end(),
                                   [](const std::string& header) { return header.size() == 4; });
    if (!years || headers_.size() <= many) return headers_;
    std::vector<std::string> shortened;
    for (const std::string& header : headers_) shortened.push_back(header.substr(2));
    return shortened;
  }

  Table series_table(std::size_t v, std::size_t from, std::size_t to) {
    const std::vector<std::string> heads = short_headers();
    std::vector<Column> columns = {{""}};
    for (std::size_t d = from; d < to; ++d) {
      columns.push_back({heads[d], Align::right, d == from ? 2u : 1u});
      columns.push_back({"", Align::left, 0});
    }
    if (to == days_.size()) {
      columns.push_back({"", Align::left});
      columns.push_back({"moved", Align::right});
    }
    Table table(std::move(columns));
    for (const evaluate::Place& place : tracked_.views[v].order) {
      const std::vector<double> values = series(v, place.country);
      std::vector<std::string> cells = {country_title(code(place.country))};
      for (std::size_t d = from; d < to; ++d) {
        cells.push_back(std::isnan(values[d]) ? "?" : points(values[d], digits_));
        cells.push_back(marks_of(d, v, place.country));
      }
      if (to == days_.size()) {
        const double then = values[tracked_.since], now = values.back();
        cells.push_back(line_of(values));
        cells.push_back(std::isnan(now - then) ? "" : printed_move(then, now, digits_));
      }
      table.add(std::move(cells));
    }
    return table;
  }

  // As many dates beside each other as the page is wide.
  Document series_tables(std::size_t v) {
    Document text;
    const auto fits = [&](Marked marked) {
      marked_ = marked;
      return series_table(v, 0, days_.size()).width() <= page_width;
    };
    const std::set<char> told = marks_;
    if (!fits(Marked::all) && !fits(Marked::ends) && !fits(Marked::none)) marked_ = Marked::all;
    if (marked_ != Marked::all) left_out_ = marked_;
    marks_ = told;  // what was tried is not printed
    for (std::size_t from = 0; from < days_.size();) {
      std::size_t to = from + 1;
      while (to < days_.size() && series_table(v, from, to + 1).width() <= page_width) ++to;
      text += (from > 0 ? gap() : Document()) + inset(series_table(v, from, to));
      from = to;
    }
    marked_ = Marked::all;
    return text;
  }

  static constexpr std::string_view unrated = "not rated";
  static constexpr std::size_t most_named = 12;

  std::string band(std::size_t day, std::size_t v, std::size_t country) const {
    const auto& bands = result(day, v, country).band;
    const auto found = bands.find(node_);
    return found == bands.end() || found->second.empty() ? std::string(unrated) : found->second;
  }

  // "elevated, high 2016, elevated 2019".
  std::string band_changes(std::size_t v, std::size_t country) const {
    std::string last = band(tracked_.since, v, country), words = last;
    for (std::size_t d = tracked_.since + 1; d < days_.size(); ++d) {
      const std::string now = band(d, v, country);
      if (now == last) continue;
      words += fmt::format(", {} {}", now, headers_[d]);
      last = now;
    }
    return words;
  }

  // Whether a country was rated in another band since; dates on which it was not rated are none.
  bool was_in_another(std::size_t v, std::size_t country, const std::string& band_then) const {
    if (band_then == unrated) return false;
    for (std::size_t d = tracked_.since + 1; d < days_.size(); ++d)
      if (const std::string now = band(d, v, country); now != band_then && now != unrated)
        return true;
    return false;
  }

  // In full of those that stand in another band now.
  Document bands(std::size_t v) const {
    if (!model_[node_].bands) return {};
    Document text;
    std::size_t changed = 0;
    std::vector<std::string> back;
    for (const evaluate::Place& place : tracked_.views[v].order) {
      const std::string then = band(tracked_.since, v, place.country),
                        words = band_changes(v, place.country);
      if (then == band(days_.size() - 1, v, place.country)) {
        if (was_in_another(v, place.country, then))
          back.push_back(country_title(code(place.country)));
        continue;
      }
      ++changed;
      text += paragraph(fmt::format("{}: {}", country_title(code(place.country)), words), 2, 4);
    }
    if (!back.empty())
      text +=
          paragraph(fmt::format("{} {} in another band meanwhile and {} back.",
                                joined_up_to(back, most_named), back.size() == 1 ? "was" : "were",
                                back.size() == 1 ? "is" : "are"),
                    2, 4);
    if (changed + back.size() == 0)
      return gap() +
             paragraph(fmt::format("No band has changed since {}.", headers_[tracked_.since]));
    return gap() +
           section(fmt::format("In another band than in {}", headers_[tracked_.since]),
                   fmt::format(" ({} of {} countries)", changed, tracked_.views[v].order.size())) +
           text;
  }

  // ---- moves

  Document moves(std::size_t v) const {
    std::vector<const TrackedMove*> moved, by_data;
    for (const TrackedMove& move : tracked_.views[v].moves)
      (move.by_data ? by_data : moved).push_back(&move);
    const auto size = [](const TrackedMove* move, bool data) {
      const Movement& movement = move->movement;
      return std::fabs(data && !move->unsplit ? movement.split.data : movement.to - movement.from);
    };
    const auto sort = [&](std::vector<const TrackedMove*>& list, bool data) {
      std::stable_sort(list.begin(), list.end(), [&](const TrackedMove* a, const TrackedMove* b) {
        return size(a, data) > size(b, data);
      });
      std::erase_if(
          list, [&](const TrackedMove* move) { return size(move, data) < least_told(digits_); });
    };
    sort(moved, false);
    sort(by_data, true);
    const std::string since = headers_[tracked_.since];
    Document text = gap();
    if (moved.empty() && by_data.empty()) return text + paragraph(nothing_moved(v));
    if (!moved.empty())
      text += section(fmt::format("Largest moves since {}", since),
                      count_note(moved.size(), tracked_.views[v].moved)) +
              inset(move_table(v, moved)) + unsplit(moved);
    if (!by_data.empty())
      text += (moved.empty() ? Document() : gap()) +
              section("Mostly data that began or ended",
                      count_note(by_data.size(), tracked_.views[v].by_data)) +
              inset(move_table(v, by_data)) + unsplit(by_data);
    return text;
  }

  // Of those listed that have no split, why.
  Document unsplit(const std::vector<const TrackedMove*>& moves) const {
    Document text;
    for (std::size_t k = 0; k < std::min(moves.size(), tracked_.top); ++k)
      if (moves[k]->unsplit)
        text +=
            paragraph(fmt::format("{} {}: {}.", country_title(code(moves[k]->country)), no_split,
                                  why_not(*moves[k]->unsplit, tracked_.since, days_.size() - 1)),
                      2, 4);
    return text;
  }

  std::string why_not(const explain::Unsplit& why, std::size_t from, std::size_t to) const {
    return unsplit_words(why, model_, headers_[from], headers_[to]);
  }

  std::string nothing_moved(std::size_t v) const {
    const std::string since = headers_[tracked_.since];
    bool rated = false, moved = false;
    for (const evaluate::Place& place : tracked_.views[v].order) {
      const double then = value(tracked_.since, v, place.country),
                   now = value(days_.size() - 1, v, place.country);
      if (std::isnan(then) || std::isnan(now)) continue;
      rated = true;
      moved = moved || evaluate::differs(then, now);
    }
    if (!rated)
      return fmt::format("No country is rated both in {} and in {}: no move can be told.", since,
                         headers_.back());
    return moved ? fmt::format("Nothing has moved by {} or more since {}.",
                               digits_ == 0 ? "half a point" : written_points(least_told(digits_)),
                               since)
                 : fmt::format("Nothing has moved since {}.", since);
  }

  std::string count_note(std::size_t split, std::size_t all) const {
    const std::size_t shown = std::min(split, tracked_.top);
    return all <= shown ? "" : fmt::format(" ({} of {}; --top has more)", shown, all);
  }

  Table move_table(std::size_t v, const std::vector<const TrackedMove*>& moves) const {
    const Table full = move_table(v, moves, 2);
    return full.width() <= page_width ? full : move_table(v, moves, 1);
  }

  Table move_table(std::size_t v, const std::vector<const TrackedMove*>& moves,
                   std::size_t named) const {
    const Column mark{"", Align::left, 0};
    std::vector<Column> columns = {{""}, {headers_[tracked_.since], Align::right},
                                   mark, {headers_.back(), Align::right},
                                   mark, {"moved", Align::right}};
    const std::vector<MoverKind> kinds = kinds_of(moves);
    for (const MoverKind kind : kinds)
      columns.push_back({std::string(explain::name_of(kind)), Align::right});
    columns.push_back({"most of all"});
    Table table(std::move(columns));
    for (std::size_t k = 0; k < std::min(moves.size(), tracked_.top); ++k) {
      const Movement& movement = moves[k]->movement;
      std::vector<std::string> cells = {country_title(code(moves[k]->country)),
                                        points(movement.from, digits_),
                                        marks_of(tracked_.since, v, moves[k]->country),
                                        points(movement.to, digits_),
                                        marks_of(days_.size() - 1, v, moves[k]->country),
                                        printed_move(movement.from, movement.to, digits_)};
      for (const MoverKind kind : kinds)
        cells.push_back(small_points(movement.split[kind], digits_));
      std::vector<std::string> names;
      for (const explain::Mover* mover : towards(movement))
        if (names.size() < named && std::fabs(mover->player.points) >= least_told(digits_))
          names.push_back(fmt::format("{} {}", short_title(mover->player),
                                      small_points(mover->player.points, digits_)));
      cells.push_back(moves[k]->unsplit ? std::string(no_split)
                                        : fmt::format("{}", fmt::join(names, ", ")));
      table.add(std::move(cells));
    }
    return table;
  }

  // The movers by size, those first that moved the score the way it went.
  static std::vector<const explain::Mover*> towards(const Movement& movement) {
    std::vector<const explain::Mover*> movers;
    for (const explain::Mover& mover : movement.movers) movers.push_back(&mover);
    const double way = movement.to - movement.from;
    std::stable_partition(movers.begin(), movers.end(), [&](const explain::Mover* mover) {
      return mover->player.points * way > 0;
    });
    return movers;
  }

  std::string short_title(const explain::Player& player) const {
    return moved_title(player, model_);
  }

  // Of kinds that moved nothing there is no column.
  static std::vector<MoverKind> kinds_of(const std::vector<const TrackedMove*>& moves) {
    std::vector<MoverKind> kinds;
    for (const MoverKind kind : mover_kinds)
      if (kind != MoverKind::model ||
          std::any_of(moves.begin(), moves.end(), [&](const TrackedMove* move) {
            return std::fabs(move->movement.split[kind]) > 1e-9;
          }))
        kinds.push_back(kind);
    return kinds;
  }

  // ---- one country

  Document one_country(std::size_t v) {
    const std::size_t country = days_.back().now->lane_of(tracked_.country);
    const std::string line = line_of(series(v, country));
    return gap() + section(title(v), "  " + line) + inset(step_table(v, country)) + steps(v);
  }

  Table step_table(std::size_t v, std::size_t country) const {
    std::vector<Column> columns = {{""}, {"score", Align::right}, {"", Align::left, 0}, {"bounds"}};
    if (model_[node_].bands) columns.push_back({"band"});
    columns.push_back({"rank", Align::right});
    columns.push_back({"moved", Align::right});
    for (const MoverKind kind : mover_kinds)
      columns.push_back({std::string(explain::name_of(kind)), Align::right});
    Table table(std::move(columns));
    for (std::size_t d = 0; d < days_.size(); ++d) {
      const CountryResult& now = result(d, v, country);
      const bool rated = !std::isnan(now[node_].value);
      std::vector<std::string> cells = {
          headers_[d], rated ? points(now[node_].value, digits_) : "?", marks_of(d, v, country),
          bounds_words(now[node_].value, now[node_].low, now[node_].high, digits_)};
      if (model_[node_].bands) cells.push_back(rated ? band(d, v, country) : "");
      const auto places =
          evaluate::places(days_[d].assessment->views[v], node_, model_.level_margin);
      cells.push_back(rated ? std::to_string(places[country].rank) : "");
      if (const auto& step = tracked_.views[v].steps[d]) {
        const Movement& movement = step->movement;
        cells.push_back(printed_move(movement.from, movement.to, digits_));
        for (const MoverKind kind : mover_kinds)
          cells.push_back(step->unsplit ? "?" : small_points(movement.split[kind], digits_));
      }
      table.add(std::move(cells));
    }
    return table;
  }

  Document steps(std::size_t v) const {
    // five at least, and more while what is left is a good part of the move
    constexpr std::size_t usual_movers = 5, most_movers = 12;
    constexpr double good_part = 0.3;
    Document text;
    for (std::size_t d = 1; d < days_.size(); ++d) {
      if (!tracked_.views[v].steps[d]) continue;
      const TrackedMove& move = *tracked_.views[v].steps[d];
      const Movement* step = &move.movement;
      if (move.unsplit) {
        text += gap() + section(fmt::format("{}: {}", headers_[d], signed_move(*step))) +
                paragraph(
                    capitalised(fmt::format("{}: {}.", no_split, why_not(*move.unsplit, d - 1, d))),
                    2, 4);
        continue;
      }
      Document lines;
      std::size_t told = 0;
      double rest = step->to - step->from;
      for (const explain::Mover& mover : step->movers) {
        const bool enough =
            told >= usual_movers && std::fabs(rest) <= good_part * std::fabs(step->to - step->from);
        if (enough || told == most_movers || std::fabs(mover.player.points) < least_told(digits_))
          break;
        ++told;
        rest -= mover.player.points;
        lines += paragraph(fmt::format("{:>4}  {} ({})", small_points(mover.player.points, digits_),
                                       player_words(mover.player, tracked_.country,
                                                    *days_[d - 1].now, *days_[d].now),
                                       explain::name_of(mover.kind)),
                           2, 8);
      }
      if (told == 0) continue;
      if (const std::size_t left = step->movers.size() - told; left > 0)
        lines += paragraph(fmt::format("{:>4}  {}", small_points(rest, digits_),
                                       counted(left, "smaller part", "smaller parts")),
                           2, 8);
      text += gap() + section(fmt::format("{}: {}", headers_[d], signed_move(*step))) + lines;
    }
    return text;
  }

  static constexpr std::string_view no_split = "can't be split";

  std::string signed_move(const Movement& step) const {
    const std::string move = printed_move(step.from, step.to, digits_);
    return move.empty() || move == "0" ? "less than a digit" : move;
  }

  // ---- what the words mean

  Document legend() const {
    std::string words = fmt::format("{}: {}. ", model_[node_].name, direction_words(model_[node_]));
    if (tracked_.country.empty()) words += fmt::format("In order of {}. ", headers_.back());
    if (any_unrated_) words += "?: not rated. ";
    words +=
        "The columns add up to what moved, before rounding. Facts: figures known on both dates; "
        "data: figures "
        "that began or ended, and rules that read them; rules: those that hold otherwise by facts "
        "of both dates; model: weights, parameters, overrides, and what changes with the date "
        "alone. ";
    words += tracked_.country.empty()
                 ? "A country's code after the scenario tells its years one by one."
                 : "'explain' with one of the dates says more.";
    return paragraph(words) + common_marks_legend(common_) + marks_legend(marks_) + left_out();
  }

  Document left_out() const {
    if (left_out_ == Marked::all) return {};
    const std::string where = left_out_ == Marked::none
                                  ? "Scores bear no marks here"
                                  : fmt::format("Only scores of {} and {} bear marks",
                                                headers_[tracked_.since], headers_.back());
    return paragraph(
        fmt::format("{}, since the page is {} columns wide; a country's code, or --csv, "
                    "has all.",
                    where, page_width));
  }

  const Tracked& tracked_;
  const TrackStyle& style_;
  const std::vector<Scored>& days_;
  const model::Model& model_;
  NodeId node_;
  std::vector<std::string> headers_;
  int digits_ = 0;
  double largest_ = 0;  // of all scores that are printed
  bool any_unrated_ = false;
  Marked marked_ = Marked::all, left_out_ = Marked::all;
  CommonMarks common_;
  mutable std::set<char> marks_;
};

}  // namespace

std::string spark_line(const std::vector<double>& values, double low, double high, bool utf8) {
  static constexpr const char* blocks[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  std::string line;
  for (const double value : values) {
    if (std::isnan(value)) {
      line += ' ';
      continue;
    }
    const double share = high > low ? (value - low) / (high - low) : 0.5;
    const int height = std::clamp(int(share * 8), 0, 7);
    if (utf8)
      line += blocks[height];
    else
      line += char('1' + height);
  }
  return line;
}

std::string player_words(const explain::Player& player, const std::string& country,
                         const evaluate::Case& from, const evaluate::Case& to) {
  const model::Model& model = *from.model;
  std::string words = mover_title(player, model);
  if (player.kind != explain::PlayerKind::leaf ||
      model[player.node].kind != model::NodeKind::indicator)
    return words;
  const auto side = [&](const evaluate::Case& scenario_case) {
    const data::Chosen& fact = scenario_case.fact(country, player.node);
    if (!fact.value) return std::string("not known");
    const std::string value = value_in_short(model[player.node], *fact.value);
    return fact.known ? value : value + " (filled in)";
  };
  return fmt::format("{}, {} to {}", words, side(from), side(to));
}

Document track_text(const Tracked& tracked, const TrackStyle& style) {
  return TrackText(tracked, style).text();
}

}  // namespace waystone::report
