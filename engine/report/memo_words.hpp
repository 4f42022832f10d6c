// How a memo names things: as a person would, without the keys of the rule files; and the notes
// that let a reader trace each figure.
#pragma once
#include <string>
#include <vector>

#include "explain/brief.hpp"
#include "report/document.hpp"
#include "report/results.hpp"

namespace waystone::report {

/// "Russian dependence", "economic crisis": a factor's name in a sentence.
std::string spoken_proper(std::string_view name);
/// The same of several words: "from russian dependence to security".
std::string spoken_proper_words(std::string text);
/// "battle-related deaths on the territory in the year": a label in a sentence, without the marks
/// of its source.
std::string plain_label(const model::Node& node);
/// "armed conflict" of "SEC-1: armed conflict".
std::string plain_title(const model::Rule& rule);
/// "the end of 2024", "June 2019", "15 May 2020".
std::string moment(Date date);
/// "at the end of 2024", "in June 2019", "on 15 May 2020".
std::string at_moment(Date date);
/// "two", "eleven", "12".
std::string number_word(std::size_t number);
/// "Kazakhstan's", "the Philippines'".
std::string possessive(const std::string& name);
/// "the state", "the state (patron of a corridor)" of "State: patron of a corridor".
std::string asker(const model::Viewpoint& viewpoint, bool with_label);
/// "no battle-related deaths in the year", "debt service (50.3% of exports)", "not a member of the
/// WTO", "access to the EU market ("free trade in force")", "rule of law (-0.447, scored 59)".
/// `score`: 0 to 100, told of an index without a unit.
std::string fact_phrase(const model::Node& node, double value, double score);
/// "at 25 or more": a comparison of a rule, after the name of what it compares.
std::string ask_phrase(const model::Node& node, const explain::BriefAsk& ask);
/// Where "guarded" and the like begin and end: "40 to 60".
std::string band_span(const model::Bands& bands, std::string_view name);

/// Numbered notes, in the order of their first mention.
class Notes {
 public:
  /// `countries`: whose memo it is.
  Notes(const Scored& scored, std::vector<std::string> countries)
      : scored_(scored), countries_(std::move(countries)) {}

  /// "³" after what it is about: a fact or derived value of the country (in a memo of several,
  /// of all of them in one note); the figure that takes its place next; a rule; a viewpoint's
  /// weights.
  std::string fact(const std::string& country, NodeId node);
  std::string next(const std::string& country, NodeId node, const scenario::Datum& next);
  std::string rule(RuleId rule);
  std::string viewpoint(ViewpointId viewpoint);
  Document list() const;

 private:
  std::string mark(const std::string& key, const std::string& text);
  std::string of_figure(const model::Node& node, const data::Chosen& fact) const;
  std::string of_derived(const std::string& country, NodeId node) const;
  std::string of_both(NodeId node) const;

  const Scored& scored_;
  std::vector<std::string> countries_;
  std::vector<std::pair<std::string, std::string>> notes_;  // what it is about, what it says
};

}  // namespace waystone::report
