// Which datum counts: by the date it was true, the date it was known, and the indicator's missing
// policy.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/scenario.hpp"

namespace waystone::data {

/// Why there is no figure for a date.
enum class Absence {
  none,            // there is one
  no_figure,       // the scenario has none of any date
  after_as_of,     // the first is of a later date: no other `known_by` would help
  after_known_by,  // one is of that date or before, but was not known yet
  too_old,         // the latest is older than `carry forward` reaches
  said_unknown,    // the scenario says that it is unknown
  too_few          // of a window or relation: fewer figures than are enough
};
std::string_view name_of(Absence absence);  // "after_as_of"; "" for none

/// What a partner adds to a value over a relation.
struct Partner {
  std::string country;
  double weight = 1;                   // as its row says; 1 in a relation without weights
  const scenario::Tie* tie = nullptr;  // its row
  std::optional<double> value;         // of the indicator, of this country; with its ends
  double low = 0, high = 0;
  bool known = false;  // as in `Chosen`, with what follows
  const scenario::Datum* datum = nullptr;
  std::string note;
};

/// What one country's indicator has at a date: the input of one lane.
struct Chosen {
  std::optional<double> value;  // none: unknown
  double low = 0,
         high = 0;  // range it may have; both equal to value where certain. Dates: may be infinite
  scenario::Grade grade = scenario::Grade::observed;
  bool known = false;   // a datum with a value, not filled in by the missing policy
  bool stale = false;   // older than `stale after`; `high - low` is widened
  double age_days = 0;  // from `dated` to the scenario's date
  Date dated;  // that of `datum`; of a value over a relation that is older, the oldest date of what
               // makes it so: a partner's figure, or the list of partners where it has weights
  bool older = false;  // a value that was true more than a year before the scenario's date
  const scenario::Datum* datum = nullptr;    // of the scenario; null where there is none. Of a
                                             // window the newest with a value
  std::vector<const scenario::Datum*> past;  // of a window: the figures it rests on, newest first;
                                             // those said to be unknown are among them
  std::vector<Partner> partners;  // of a value over a relation: those it rests on, by code
  /// Figures of other sources for the same date, known by then, from the same place (the file, its
  /// tables, what it inherits) or, under an order of sources, any: one a source, those preferred
  /// first.
  std::vector<const scenario::Datum*> others;
  const scenario::Datum* awaited = nullptr;  // that of a source preferred, not known by then:
                                             // counts in place of this one from the day it is known
  Absence absence = Absence::none;  // of a figure; also where the missing policy fills in for one
  std::string
      note;  // "assumed: …", "typical of peers", "too old to carry forward": one clause, or ""
};

/// Whether two figures of an indicator say different things: by more than the rounding of the one
/// written with fewer digits; of levels, codes, dates, yes and no at all.
bool differ(const model::Node& node, double a, double b);

/// The latest datum valid on or before `as_of` and known on or before `known_by`, nearest first on
/// one date, then by the order of sources preferred; then the missing policy; then the widening of
/// age. Windows look at the same data, those known by `known_by`: a lag chooses for an earlier
/// date, the others take the figures of their span. What goes over a relation reads the same of
/// each partner, scored or not. `refuse` without a datum is E0320, pointing at the scenario (of a
/// lag or a partner it is unknown). An unreadable figure is an error if it would count, otherwise
/// W0307. Result: for every country of the scenario, one entry per indicator of the model, in
/// NodeId order of the indicators.
std::map<std::string, std::vector<Chosen>> choose(const scenario::Scenario& scenario,
                                                  const model::Model& model,
                                                  Diagnostics& diagnostics);

/// The indicators of a model in NodeId order: the columns of `choose`.
std::vector<NodeId> indicators(const model::Model& model);

}  // namespace waystone::data
