// The tree of a rule file: what was written, with the place of every piece; nothing is resolved or
// checked here.
#pragma once
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/date.hpp"
#include "source/source.hpp"
#include "syntax/words.hpp"

namespace waystone::syntax {

struct Name {
  std::string text;
  Span where;
};

struct Text {
  std::string text;  // escapes resolved
  Span where;        // with the quotes
};

struct Number {
  double value = 0;  // as written times million or billion; "30%" is 30 with Unit::percent
  Unit unit = Unit::none;
  std::string numeral;  // digits as written, without sign and unit
  Span where;           // of everything
  Span numeral_where;   // of the digits only
};

struct DateText {
  Date date;
  Span where;
};

enum class Operator {
  number,
  date,
  yes,
  no,
  name,
  score,
  known,
  holds,
  as_of,
  horizon,  // leaves
  add,
  subtract,
  multiply,
  divide,
  power,
  negate,  // numbers
  logical_and,
  logical_or,
  logical_not,  // yes/no
  less,
  less_equal,
  greater,
  greater_equal,
  equal,
  not_equal,
  between,  // number -> yes/no
  call,
  choose,
  in_unit,
  months_since,
  years_since,
  days_since,        // call: name holds the function
  of_country,        // expectations: NAME(COUNTRY), optionally `in "FILE"`
  at_least,          // last argument of a window: `at least N`, `at least N of M`
  known_for,         // after `F over RELATION of X`: `known for N%`
  without_partners,  // `without partners N`
};

struct Expression {
  Operator op = Operator::number;
  Span where;
  Number number;             // number, known_for, without_partners; at_least: N, with M in
                             // `arguments`
  DateText date;             // date
  Name name;                 // name, score, known, holds, call, of_country
  Unit unit = Unit::none;    // in_unit
  Name country;              // of_country
  std::optional<Text> file;  // of_country … in "FILE"
  bool score_of = false;     // of_country: `score of NAME(COUNTRY)`
  bool parenthesised = false;
  std::vector<Expression> arguments;  // in reading order; choose: condition, then, else
};

/// Where numbers come from: parts of most declarations.
struct Judgement {
  Text by;
  DateText on;
  Text because;
  Span where;
};

struct Translation {
  Name language;
  Text text;
};

/// Fields that any declaration with a block may have.
struct Provenance {
  std::vector<Name> cites;
  std::optional<Judgement> judged;
  std::vector<Translation> labels;
};

struct Include {
  Span where;
  Text path;
};

struct ModelDefaults {
  Span where;
  Text title;
  std::optional<Text> version;
  std::optional<Number> horizon, level_margin;
  std::optional<Name> main;
  Provenance provenance;
};

struct Source {
  Span where;
  Name name;
  Text title;
  std::optional<Text> publisher, licence, url;
  std::optional<DateText> published;
  std::optional<Number> lag;
  Provenance provenance;
};

struct Combine {
  Span where;
  Combination kind = Combination::arithmetic;
  std::optional<Number> order;           // power_mean
  std::optional<Number> floor;           // no part below
  std::optional<Expression> expression;  // = EXPRESSION
  bool weights_from_viewpoint = false;
};

enum class WeightKind { percent, parts, none };  // none: `member NAME`

/// `between LOW and HIGH`, `locked` after a member's name: what tuning may do with its weight.
struct WeightLimits {
  Span where;
  std::optional<Number> low, high;
  bool locked = false;
};

struct Member {
  Span where;
  WeightKind kind = WeightKind::none;
  Number weight;
  Name name;
  std::optional<WeightLimits> limits;
};

/// `tied A, B`: weights that tuning keeps equal.
struct Tie {
  Span where;
  std::vector<Name> members;  // two or more
};

struct Strength {
  Span where;
  Name name;
  Number points;
  std::vector<Name> unless;
};

struct Bands {
  struct Edge {
    Name name;
    Number from;
  };
  Span where;
  Name lowest;
  std::vector<Edge> edges;
  std::optional<Number> margin;
};

struct Scale {
  Span where;
  Number low, high;
  bool higher_is_better = false;
};

/// What is said of two countries of which one is for the worse on a node where higher is worse:
/// `worse "riskier", "riskiest", less "risky"`.
struct Worse {
  Span where;
  Text more;                  // "riskier"
  std::optional<Text> most;   // "riskiest"
  std::optional<Text> plain;  // "risky", after `less` and `least`
};

/// A factor or an output; outputs may have bands, or `= EXPRESSION` in place of members (then
/// `combine` holds it).
struct Factor {
  Span where;
  Name name;
  std::optional<Text> label;
  bool is_output = false;
  std::optional<Scale> scale;
  std::optional<Worse> worse;
  std::optional<Combine> combine;
  std::optional<Number> reweight;  // if at least N% known
  Span reweight_where;
  std::vector<Member> members;
  std::vector<Tie> ties;
  std::vector<Strength> strengths;
  std::optional<Bands> bands;
  std::optional<Number> digits;
  Provenance provenance;
};

struct Viewpoint {
  struct Profile {
    std::optional<Name> node;  // `for NODE { … }`; none: the only node with weights from viewpoint
    std::vector<Member> members;
    std::vector<Tie> ties;
    Span where;
  };
  Span where;
  Name name;
  std::optional<Text> label;
  std::vector<Profile> profiles;
  Provenance provenance;
};

struct Curve {
  Span where;
  CurveKind kind = CurveKind::linear;
  std::optional<Number> best, worst;              // linear, logarithmic, logistic
  std::optional<bool> best_yes;                   // `best yes, worst no` and the reverse
  bool from_one_plus = false;                     // logarithmic from 1 plus value
  std::optional<Number> steepness;                // logistic
  std::vector<std::pair<Number, Number>> points;  // knots: value, score
  std::optional<Number> first_step;               // steps: score below the first edge
};

struct Level {
  Span where;
  std::optional<Number> value;  // level
  std::optional<Name> code;     // code
  Text anchor;
  std::optional<Number> score;
};

struct Levels {
  Span where;
  bool best_last = false;
  std::vector<Level> levels;
};

struct Missing {
  Span where;
  MissingKind kind = MissingKind::unknown;
  std::optional<Number> value, low, high;  // assume V, between LOW and HIGH
  std::optional<bool> yes;                 // assume yes / no
  std::optional<Text> because;
  std::optional<Number> limit;  // carry forward up to
  std::optional<Name> group;    // typical of
  std::optional<Name> kind_of_groups;  // typical of its
  std::optional<Number> at_least;      // known members
};

struct Stale {
  Span where;
  Number after;
  std::optional<Number> widen;  // percent of the declared range a year
};

struct UnitField {
  Span where;
  Unit unit = Unit::none;
  std::vector<Name> codes;
};

struct Range {
  Span where;
  Number low, high;
};

struct Indicator {
  Span where;
  Name name;
  std::optional<Text> label;
  std::optional<UnitField> unit;
  std::optional<Range> range;
  std::optional<Curve> curve;
  std::optional<Levels> levels;
  bool half_steps = false;
  std::optional<Missing> missing;
  std::optional<Stale> stale;
  Provenance provenance;
};

struct Group {
  struct Value {
    Name indicator;
    Number value;
  };
  Span where;
  Name name;
  std::optional<Text> label;
  std::vector<Value> values;
  Provenance provenance;
};

struct Parameter {
  struct Entry {
    Span where;
    std::optional<DateText> from;  // none: always
    bool expected = false;
    Number value;
  };
  Span where;
  Name name;
  std::optional<Text> label;
  std::optional<UnitField> unit;
  std::vector<Entry> entries;
  std::vector<DateText> ends;  // `until DATE`: the last day of the value before it in the text
  std::optional<Range> plausible;
  Provenance provenance;
};

struct Derived {
  Span where;
  Name name;
  std::optional<Text> label;
  Expression value;
  std::optional<UnitField> unit;
  std::optional<Range> range;
  std::optional<Curve> curve;
  std::optional<Number> digits;
  Provenance provenance;
};

enum class EffectKind { add, scale, at_least, at_most, flag };

struct Effect {
  struct Decay {
    Span where;
    Expression to;
    Expression months;
    Expression since;  // a date
  };
  Span where;
  EffectKind kind = EffectKind::flag;
  Name target;
  std::optional<Expression> amount;
  bool subtract = false;  // `lower T by N`
  std::optional<Decay> decay;
  std::optional<Text> flag;
};

struct Rule {
  Span where;
  Name name;
  std::optional<Text> label;
  std::optional<Expression> when;
  std::vector<Effect> effects;
  std::optional<Text> because;
  Provenance provenance;
};

struct Tripwire {
  Span where;
  Name name;
  std::optional<Text> label;
  std::optional<Expression> when;
  std::optional<Text> owner, because;
  std::optional<DateText> review;
  Provenance provenance;
};

/// One expectation; the forms of docs/language.
struct Expectation {
  enum class Kind {
    condition,
    within,
    band,
    rank,
    rule_holds,
    rule_binds,
    tripwire,
    largest_part,
    verdict
  };
  Kind kind = Kind::condition;
  Span where;
  std::optional<Expression>
      condition;  // condition: comparison, possibly chained with `and`; within: |a - b| <= by
  std::optional<Expression> other,
      by;                // within: condition = a, other = b, by; condition `… by 12`: by
  Name name;             // band, rank, largest_part, verdict: output or factor; rule; tripwire
  Name country, second;  // second: verdict's other country, or largest part against it
  bool negated = false;  // does not hold / bind / fire
  Operator comparison = Operator::equal;  // band, rank: is (equal), at least, at most, < …
  Name word;                              // band name, verdict word, name of the largest part
  std::optional<Number> number;           // rank; least share of the largest part, in percent
  std::optional<Text> since;              // largest part since "FILE"
};

struct Example {
  Span where;
  Text title;
  std::optional<Text> scenario;
  std::optional<Name> viewpoint;
  std::vector<Expectation> expectations;
  std::optional<Text> because;
  Provenance provenance;
};

struct Relation {
  Span where;
  Name name;
  std::optional<Text> label;
  bool symmetric = false;
  std::optional<Unit> weight;
  Provenance provenance;
};

/// `sample`: known to the grammar, refused by the checker in this version.
struct Reserved {
  Span where;
  Name keyword, name;
};

using Declaration =
    std::variant<Include, ModelDefaults, Source, Factor, Viewpoint, Indicator, Group, Parameter,
                 Derived, Rule, Tripwire, Example, Relation, Reserved>;

/// A name whose declaration could not be read: later uses of it are not reported as unknown.
struct Broken {
  std::string name;
  Span where;
};

struct File {
  FileId file;
  std::vector<Declaration> declarations;
  std::vector<Broken> broken;
};

}  // namespace waystone::syntax
