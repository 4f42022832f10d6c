// One indicator of one country on one date. Private to this room.
#pragma once
#include <string>
#include <vector>

#include "data/choose.hpp"
#include "scenario/precedence.hpp"

namespace waystone::data {

struct Range {
  double low, high;
};

/// What an indicator can be at all: what is left of it where nothing is known.
Range declared_range(const model::Node& node);
/// Yearly figures come out in the year after: those of the year before are of a date's own time.
Date year_before(Date date);
/// What is past its time may have moved: `declared.high - declared.low` times the share that
/// `stale` says a year, on either side, from the day when `valid` was past it.
void widen(Chosen& chosen, const model::Node& node, const model::Stale& stale,
           const Range& declared, Date valid, Date as_of);

/// What other sources say of the date of a datum that counts: Chosen::others and Chosen::awaited.
/// `data`: all of the fact.
void compare_sources(const scenario::Datum& datum, const std::vector<scenario::Datum>& data,
                     Date known_by, Chosen& chosen);
/// Widens the range of a value over what other sources say, where they differ.
void cover(const model::Node& node, const Range& declared,
           const std::vector<const scenario::Datum*>& others, double value, Range& range);
/// Whether the scenario says that ranges of an indicator cover what other sources say.
bool covers_others(const scenario::Scenario& scenario, NodeId indicator);

class Chooser {
 public:
  /// Chooses for `as_of`, whatever the date of the scenario, from what was known by its `known_by`.
  /// Faults: those that would count; an indicator with one is not also called missing. Without
  /// `refusals`, nobody is told of a fact that the model refuses to do without.
  Chooser(const scenario::Scenario& scenario, const model::Model& model, Date as_of,
          const std::vector<const scenario::Fault*>& faults, Diagnostics* refusals)
      : scenario_(scenario),
        model_(model),
        as_of_(as_of),
        faults_(faults),
        refusals_(refusals),
        oldest_of_now_(year_before(as_of)) {}

  /// `data`: of the fact; null where there is none.
  Chosen choose(const std::string& country, NodeId id,
                const std::vector<scenario::Datum>* data) const;

 private:
  struct Lateness {
    Absence absence = Absence::no_figure;
    const scenario::Datum* first = nullptr;  // the one to wait for
    std::string words;                       // one clause
  };

  Lateness lateness(const std::vector<scenario::Datum>& data) const;
  std::string filter_words(const std::string& country, NodeId id,
                           const std::vector<scenario::Datum>* data) const;
  bool is_over(Date from, const TimeSpan& span) const;
  Lateness why_none(const std::vector<scenario::Datum>& data, const model::Missing& missing) const;
  Chosen of(const scenario::Datum& datum, const Range& declared) const;
  std::string too_old(const scenario::Datum& latest, const std::vector<scenario::Datum>& data,
                      const TimeSpan& limit) const;
  Chosen figure(const scenario::Datum& datum, const std::vector<scenario::Datum>& data, NodeId id,
                const Range& declared) const;
  Chosen typical_of_its(const std::string& country, NodeId id, const Range& declared) const;
  void note_silent(const scenario::Datum& datum, const std::vector<scenario::Datum>& data,
                   Chosen& chosen) const;
  bool is_faulty(const std::string& country, NodeId id) const;
  void refuse(const std::string& country, const model::Node& node,
              const std::vector<scenario::Datum>* data) const;

  const scenario::Scenario& scenario_;
  const model::Model& model_;
  Date as_of_;
  const std::vector<const scenario::Fault*>& faults_;
  Diagnostics* refusals_;
  Date oldest_of_now_;
};

}  // namespace waystone::data
