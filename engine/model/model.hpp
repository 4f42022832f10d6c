// The checked model: every name resolved, every unit settled, everything in canonical
// (alphabetical) order, so that no later stage can depend on the order of declarations or files.
#pragma once
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "base/date.hpp"
#include "base/ids.hpp"
#include "model/assertion.hpp"
#include "model/expression.hpp"
#include "source/source.hpp"
#include "syntax/words.hpp"

namespace waystone::model {

using syntax::Combination;
using syntax::CurveKind;
using syntax::MissingKind;

struct Judgement {
  std::string by, because;
  Date on;
};

struct Provenance {
  std::vector<SourceId> cites;
  std::optional<Judgement> judged;
  std::vector<std::pair<std::string, std::string>> labels;  // language, text
};

struct Source {
  std::string name, title, publisher, licence, url;
  std::optional<Date> published;
  TimeSpan lag;
  Span where;
};

/// Value to score: 0 best … 100 worst, never outside the range of its own scores. Levels, codes and
/// yes/no have become knots.
struct Curve {
  CurveKind kind = CurveKind::linear;
  Numeral best, worst;                              // linear, logarithmic, logistic
  Numeral steepness{10, {}};                        // logistic
  bool from_one_plus = false;                       // logarithmic
  std::vector<std::pair<Numeral, Numeral>> points;  // knots: value ascending, score. steps: from
                                                    // value on, score; the first value is -infinity
  Span where;
};

struct Level {
  double value = 0;  // of a level; index of a code
  std::string code;  // "" for a level
  std::string anchor;
};

struct Missing {
  MissingKind kind = MissingKind::unknown;
  double value = 0;                 // assume, typical
  std::optional<double> low, high;  // assume … between; else the declared range
  std::string because;              // assume
  TimeSpan limit;                   // carry forward
  std::string group;                // typical
  std::string its;                  // typical of the country's own groups of this kind, by its
                                    // scenario; then without a value here
  int at_least = 3;                 // members whose figures are known
  Span where;
};

struct Stale {
  TimeSpan after;
  double widen_per_year = 0;  // share of the width of the declared range
};

enum class WindowFunction { lag, mean, minimum, maximum, sum, deviation, trend, count };
std::string_view name_of(WindowFunction function);  // "lag", "min", "sd" …: as it is written

/// What an indicator is worked out from if no scenario gives it: the past figures of another.
/// `data::choose` fills it in.
struct Window {
  WindowFunction function = WindowFunction::lag;
  NodeId of;                  // an indicator that scenarios give
  TimeSpan span;              // lag: how far back it looks; else figures less than so old
  int at_least = 1;           // figures that must be known
  std::optional<int> out_of;  // figures that there are if none is missing; the newest count
  std::optional<std::pair<Op, double>> counted;  // count, of a number: the comparison that counts
};

/// Who is whose partner: rows of the scenario's tables say so.
struct Relation {
  std::string name, label;
  bool symmetric = false;      // each row holds in both directions
  std::optional<Unit> weight;  // none: all partners weigh the same
  Provenance provenance;
  Span where;
};

/// What an indicator is worked out from if no scenario gives it: values of the partners of a
/// country. `data::choose` fills it in.
struct Over {
  WindowFunction function = WindowFunction::maximum;  // mean, minimum, maximum, sum or count
  RelationId relation;
  NodeId of;                      // an indicator that scenarios give, or a window
  double known_for = 1;           // least share of the partners' weight for which `of` is known
  std::optional<double> without;  // value of a country without partners; none: unknown
  std::optional<std::pair<Op, double>> counted;  // count, of a number: the comparison that counts
};

struct Indicator {
  std::optional<Window> window;  // no scenario gives it
  std::optional<Over> over;      // the same; one of the two at most
  std::vector<Level> levels;     // with unit level or code
  bool half_steps = false;
  Missing missing;
  std::optional<Stale> stale;
};

struct Parameter {
  struct Entry {
    Date from;  // earliest date for `always`
    bool expected = false;
    Numeral value;
    Span where;  // its line
    std::optional<Date>
        until;         // the last day, where it ends before the next one begins or for good
    Span until_where;  // the date of that line
  };
  /// The value in force on a date; null before the first, after an end, and in a gap.
  const Entry* in_force(Date date) const;
  std::vector<Entry> entries;  // ascending
  std::optional<std::pair<double, double>> plausible;
};

struct Derived {
  Expression value;
};

struct Member {
  NodeId node;
  bool flip = false;  // counts 100 - score: an indicator or derived value under a node where higher
                      // is better
  Span where;
};

struct Strength {
  NodeId node;
  Numeral points;
  std::vector<RuleId> unless;
  Span where;
};

/// What tuning may do with one weight, as shares of its group's whole (also where weights are
/// written in parts). No score depends on it.
struct WeightLimits {
  double low = 0, high = 1;
  bool locked = false;
  Span where;  // from `between` or `locked` on; invalid where the rule file sets no limits
};

/// What is said of the worse and the better of two, so that no text needs to know a node's name.
/// Empty where the rule file leaves the word out: then it is worse, the worst, better, the best.
struct WorseWords {
  std::string more, most, plain;  // "riskier", "riskiest", "risky"
};

/// A factor or an output.
struct Factor {
  bool higher_is_better = false;
  WorseWords worse;
  Combination combination = Combination::arithmetic;
  std::optional<Numeral> order, floor;
  std::optional<Expression> expression;
  std::vector<Member> members;  // by name
  bool weights_from_viewpoint = false;
  bool percent = false;  // weights written in percent (they add up to 100), else parts
  std::vector<std::vector<Numeral>> weights;  // [viewpoint or 0][member]; empty where unweighted
  std::vector<std::vector<WeightLimits>> limits;  // as weights
  std::vector<std::vector<std::vector<std::size_t>>>
      ties;  // [viewpoint or 0]: sets of members, ascending, that tuning keeps equal; none in two
  std::optional<Numeral>
      reweight;  // least known share of the weight, 0..1 … as written in percent / 100
  std::vector<Strength> strengths;  // by name
};

struct Bands {
  std::vector<std::string> names;  // lowest first
  std::vector<double> edges;       // names[i + 1] begins at edges[i]
  double margin = 0;               // points
};

enum class NodeKind { indicator, parameter, derived, factor, output };
/// "an indicator", "a derived value" …
std::string_view kind_text(NodeKind kind);

struct Node {
  std::string name, label;
  NodeKind kind = NodeKind::indicator;
  Unit unit = Unit::plain;
  std::optional<double> low, high;  // declared range; 0..100 for factors and outputs; codes:
                                    // 0..count-1; dates may have none
  std::optional<Curve> curve;       // what makes it a possible member
  std::variant<Indicator, Parameter, Derived, Factor> detail;
  std::optional<Bands> bands;   // outputs
  std::optional<int> digits;    // after the point, as declared: with these it is printed
  std::optional<int> rounding;  // derived values and outputs: the digits that rounding leaves them,
                                // where their expression rounds
  std::vector<double> compared;  // numbers that conditions compare its value with; ascending
  Provenance provenance;
  Span where;  // the declaration's name

  const Indicator& indicator() const { return std::get<Indicator>(detail); }
  const Parameter& parameter() const { return std::get<Parameter>(detail); }
  const Derived& derived() const { return std::get<Derived>(detail); }
  const Factor& factor() const { return std::get<Factor>(detail); }
  /// An indicator that scenarios give.
  bool is_given() const {
    return kind == NodeKind::indicator && !indicator().window && !indicator().over;
  }
  /// Of an indicator that scenarios don't give: the one that it is worked out from.
  NodeId source_of_values() const {
    return indicator().window ? indicator().window->of : indicator().over->of;
  }
  bool is_factor() const { return kind == NodeKind::factor || kind == NodeKind::output; }
};

enum class EffectKind { scale, add, at_most, at_least };  // in the order in which they act

struct Effect {
  EffectKind kind = EffectKind::add;
  NodeId target;
  Expression amount;  // decays written out; `lower` negated; in the target's unit
  Span where;
};

struct Rule {
  std::string name, label, because;
  Expression when;
  std::vector<Effect> effects;
  std::vector<std::string> flags;
  Provenance provenance;
  Span where;
};

struct Tripwire {
  std::string name, label, owner, because;
  Expression when;
  std::optional<Date> review;
  Provenance provenance;
  Span where;
};

struct Viewpoint {
  std::string name, label;
  Provenance provenance;
  Span where;
};

struct Example {
  std::string title, scenario, because;  // scenario: path relative to the rule file
  std::string viewpoint;                 // "" for all
  std::vector<Assertion> expectations;
  Span where;
};

/// A step of the order in which the model can be computed: a node after all it reads and all rules
/// that act on it.
using Step = std::variant<NodeId, RuleId>;

struct Model {
  std::string title, version;
  double horizon_years = 5;
  double level_margin = 5;            // points
  std::vector<Node> nodes;            // by name; NodeId is the index
  std::vector<Rule> rules;            // by name
  std::vector<Source> sources;        // by name
  std::vector<Relation> relations;    // by name
  std::vector<Viewpoint> viewpoints;  // by name; empty where no node takes weights from a viewpoint
  std::vector<Tripwire> tripwires;    // by name
  std::vector<Example> examples;      // by title
  NodeId main;                        // the main output
  std::vector<Step> order;            // nodes and rules in dependency order, ties by name
  std::vector<FileId> files;          // of the rule files, by path
  std::unordered_map<std::string, NodeId> by_name;

  const Node& operator[](NodeId id) const { return nodes[id.index]; }
  const Rule& operator[](RuleId id) const { return rules[id.index]; }
  const Source& operator[](SourceId id) const { return sources[id.index]; }
  const Relation& operator[](RelationId id) const { return relations[id.index]; }
  std::optional<NodeId> find(std::string_view name) const;
  std::optional<RuleId> find_rule(std::string_view name) const;
  std::optional<SourceId> find_source(std::string_view name) const;
  std::optional<RelationId> find_relation(std::string_view name) const;
  std::optional<ViewpointId> find_viewpoint(std::string_view name) const;
  /// Outputs in name order, the main one first.
  std::vector<NodeId> outputs() const;
  /// Number of weight profiles: viewpoints, at least 1.
  std::size_t profiles() const { return viewpoints.empty() ? 1 : viewpoints.size(); }
};

}  // namespace waystone::model
