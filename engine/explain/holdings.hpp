// Which data a scenario holds for what its model asks: whose, of when, what is missing, and what an
// output rests on.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evaluate/assess.hpp"

namespace waystone::explain {

/// What one country has for one indicator.
struct Holding {
  NodeId indicator;
  const data::Chosen* fact = nullptr;  // of the case
  // Shares of the output's weight, 0..1: what lies on it, itself, or by its past or by that of
  // partners; the part that is known, and the part that the rules fill in.
  double weight = 0, known_weight = 0, filled_weight = 0;
  // What the known part rests on, each with its equal share of that: its figure, figures of its
  // past, those of partners.
  std::vector<std::pair<const scenario::Datum*, double>> rests;
  const scenario::Datum* next = nullptr;  // what takes its place first as time goes on, or null
  bool differs = false;                   // another source says something else of the same date
};

/// Facts counted: each is known (of one of the first four grades), filled in by the rules (the next
/// two) or missing.
struct Tally {
  std::size_t observed = 0, estimated = 0, judged = 0, expected = 0, assumed = 0, typical = 0,
              missing = 0;
  // of the known ones
  std::size_t stale = 0;      // past the indicator's `stale after`
  std::size_t older = 0;      // true more than a year before the scenario's date
  std::size_t compared = 0;   // another source has a figure of the same date
  std::size_t differing = 0;  // and it differs by more than rounding
  // of the others, the first four excluding each other
  std::size_t no_figure = 0, not_yet = 0, too_old = 0, said_unknown = 0;
  std::size_t awaited = 0;  // a figure that counts later is at hand
  // Mean shares of the output's weight, 0..1. Of countries and in all also what lies on parameters
  // and constants of the rules; with what is known it is NodeResult::coverage.
  double known_weight = 0, filled_weight = 0, missing_weight = 0, rules_weight = 0;
  std::size_t known() const { return observed + estimated + judged + expected; }
  std::size_t filled() const { return assumed + typical; }
  std::size_t all() const { return known() + filled() + missing; }
};

struct CountryHoldings {
  std::string code;
  std::vector<Holding> facts;  // of the indicators that scenarios give, in order of NodeId
  Tally tally;
};

/// A source of the rule files, or somebody who signs.
struct Giver {
  std::optional<SourceId> source;
  std::string by;  // where there is no source
  friend bool operator==(const Giver&, const Giver&) = default;
};
/// The source's key, or "by NAME".
std::string name_of(const Giver& giver, const model::Model& model);

/// Two sources that say different things of one date.
struct Disagreement {
  std::string country;
  const data::Chosen* fact = nullptr;      // what counts
  const scenario::Datum* other = nullptr;  // what another source says
};

struct IndicatorHoldings {
  NodeId indicator;
  Tally tally;
  double weight = 0;                // mean share of the output's weight, 0..1
  std::optional<Date> first, last;  // valid dates of all figures that could count by then
  double median_age_days = 0, worst_age_days = 0;     // of the known facts; 0 where there is none
  std::vector<std::string> worst;                     // countries with a fact of that age
  std::vector<std::pair<Giver, std::size_t>> givers;  // of the known facts: most first
  std::optional<Disagreement> largest;                // the values furthest apart
};

/// What the licence of a source demands, as far as its text in the rule file tells.
struct Terms {
  bool stated = false;
  bool share_alike = false;  // what is passed on keeps the licence
  bool cited_only = false;   // figures are cited; nothing allows passing them on
  bool non_commercial = false, no_derivatives = false;
};
Terms terms_of(std::string_view licence);

struct GiverHoldings {
  Giver giver;
  Terms terms;
  std::size_t figures = 0;          // facts that count
  std::size_t countries = 0;        // that have one of them
  std::vector<NodeId> indicators;   // in order of name
  std::optional<Date> first, last;  // valid dates of those that count
  double weight = 0;                // mean share of the output's weight that rests on them, 0..1
};

/// A window or a value over a relation that is unknown, though what it is made of may be known.
struct UnknownWindow {
  NodeId node;
  std::vector<std::string> countries;  // codes
  double weight = 0;                   // mean share of the output's weight, 0..1
  std::string why;                     // of the first country
};

struct Holdings {
  NodeId output;
  ViewpointId viewpoint;                   // whose weights; invalid where the model has none
  std::vector<CountryHoldings> countries;  // in order of code
  std::vector<IndicatorHoldings> indicators;
  std::vector<GiverHoldings> givers;   // those with figures: most weight first, then by name
  std::vector<UnknownWindow> windows;  // in order of NodeId
  std::vector<SourceId> cited;         // sources that rules cite and that give no figure here
  Tally total;
};

/// `countries`: codes of the case, ascending. Shares of the weight are means over them, as
/// NodeResult::coverage counts; those of all givers and of the rules' own constants add up to it.
Holdings holdings(const evaluate::Case& scenario_case, ViewpointId viewpoint, NodeId output,
                  const std::vector<std::string>& countries);

}  // namespace waystone::explain
