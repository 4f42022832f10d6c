// What scores are held against: [backtest] names tables of events, [[outcome]] says which of them
// count, for how long a country must have been quiet before, and which factor is meant to foresee
// them.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "scenario/reading.hpp"

namespace waystone::scenario {

/// Something that happened in a country.
struct Event {
  std::string country, kind, source;
  Date date;                   // of a month or year its last day
  std::optional<double> size;  // in the table's own unit
  Span where;
};

/// The years of which a list of events tells: outside them it is not known what happened.
struct Covered {
  int first = 0, last = 0;
};

/// An outcome that scores are tested against.
struct TestedOutcome {
  std::string name, label, because;
  std::vector<std::string> kinds;  // of events that count
  std::vector<std::string>
      quiet;             // kinds of which none may have come before; as `kinds` by default
  int quiet_years = 0;   // so many years before an event that counts; 0: it always does
  bool at_risk = false;  // only year ends before which a country was quiet so long
  std::optional<double> at_least;  // least size of an event, where it has one
  NodeId judges;                   // the factor or output meant to foresee it; may be invalid
  std::optional<double> goal;      // of the main output's area under the curve
  Span where;
};

struct AskedCase {
  std::string country;
  int year = 0;
};

struct Tested {
  int first = 0, last = 0;    // years at whose ends scores are tested
  std::vector<int> horizons;  // years, ascending
  int main_horizon = 2;       // one of them: goals, misses and false alarms are told at it
  std::vector<TestedOutcome> outcomes;  // as declared
  std::vector<Event> events;            // by country, date, kind; of any country
  std::map<std::string, std::map<std::string, Covered>> covered;  // by kind, by country
  std::vector<AskedCase> cases;    // told by name, whatever became of them
  std::vector<std::string> notes;  // what the reader of the result must know, a paragraph each
};

/// The file whose test is read.
struct TestedFile {
  const std::string& path;  // of the scenario
  const CountryRule& countries;
  std::vector<FileId>& files;  // that it read
  Date as_of, known_by;
};

/// Reads [backtest] and every [[outcome]]; where the file has either, they take the place of what
/// it inherits. E0302 to E0304, E0307, E0323, E0325, E0413 (a name twice), E0414 (judges no score),
/// E0415 (no event of a kind), E0416 (an event twice), E0417 (coverage), E0418 (an event outside
/// it), E0419 (a case); W0333 (years that are not over), W0334 (events without a size).
void read_tested(Keys& keys, const TestedFile& file, const Reading& reading,
                 std::shared_ptr<const Tested>& tested);

}  // namespace waystone::scenario
