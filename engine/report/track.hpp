// A scenario's countries over several dates, and what moved them.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "explain/movement.hpp"
#include "report/document.hpp"
#include "report/json.hpp"
#include "report/pieces.hpp"
#include "report/results.hpp"

namespace waystone::report {

/// How one country moved from one date to another.
struct TrackedMove {
  std::size_t country = 0;     // as in ViewResult::countries
  explain::Movement movement;  // where it can't be split: from and to alone, NaN by kind
  std::optional<explain::Unsplit> unsplit;  // why it can't be
  bool by_data = false;                     // mostly data that began or ended
};

struct TrackedView {
  std::vector<evaluate::Place> order;  // of the last date, those shown
  /// Since `Tracked::since`, by code: the largest of those shown and rated on both dates.
  std::vector<TrackedMove> moves;
  std::size_t moved = 0, by_data = 0;  // how many moved, and mostly by data that began or ended
  /// With a country, by date: what moved it since the date before; nothing on the first, and where
  /// it was not rated on both.
  std::vector<std::optional<TrackedMove>> steps;
};

struct Tracked {
  std::vector<Scored> days;  // ascending, two or more; the same rules, countries and viewpoints
  NodeId node;               // output or factor
  std::string country;       // code, or "": all
  std::string only;          // which are shown, in words; "": all
  std::size_t since = 0;     // of `days`: from where moves count
  std::optional<Date> asked_since;  // where another date was asked for
  std::size_t top = 10;             // moves that are listed
  std::vector<TrackedView> views;

  const model::Model& rules() const { return days.front().rules(); }
};

struct TrackStyle {
  bool utf8 = true;  // else lines of scores are drawn in ASCII
};

Document track_text(const Tracked& tracked, const TrackStyle& style);
/// Why each score is missing that a track prints as `?`, once for all dates that have the same
/// reason. `headers`: the dates as they are printed.
Document track_reasons(const Tracked& tracked, const std::vector<std::string>& headers);
/// Points added by hand: they end on a date and begin on none, so they are in all earlier scores.
Document track_by_hand(const Tracked& tracked);
/// docs/schema/track.md
void put_track_json(const Tracked& tracked, const std::string& tool, const Put& put);
/// What a track and a comparison of one country say of a move.
Json movement_json(const explain::Movement& movement, const model::Model& model);
/// One row a viewpoint, country and date, every digit, with the header line.
void put_track_csv(const Tracked& tracked, const Put& put);
/// How every table begins that `put_track_csv` gives.
inline constexpr std::string_view track_csv_begin = "scenario,viewpoint,country,country_name,name,";

/// Values between `low` and `high` as blocks of eight heights, "▂▅█", in ASCII as digits 1 to 8;
/// unknown ones as blanks.
std::string spark_line(const std::vector<double>& values, double low, double high, bool utf8);

/// What moved, in short: a fact's name; a rule with the few facts behind it, "rule war
/// (battle_deaths)"; else what it is called.
std::string moved_title(const explain::Player& player, const model::Model& model);
/// What a player is, and a fact's values on either side, both by the same rules: "inflation in
/// economic crisis, 5.3% to 15%".
std::string player_words(const explain::Player& player, const std::string& country,
                         const evaluate::Case& from, const evaluate::Case& to);

}  // namespace waystone::report
