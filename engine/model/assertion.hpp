// A checked assertion about what scenarios give: an expectation of a scenario or an example of a
// rule file. Names are resolved and units settled, as in rules.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/ids.hpp"
#include "model/expression.hpp"

namespace waystone::model {

/// Another scenario, named by the file that holds an assertion.
struct OtherScenario {
  std::string written;
  std::string path;  // seen from where that file is opened
};

struct Assertion {
  /// What expressions read: a node's value or score, for a country, in a scenario.
  struct Operand {
    NodeId node;
    bool score = false;
    std::string country;
    std::optional<OtherScenario> in;  // none: the scenario that the assertion is about
  };

  /// A condition. With `by`, the two sides of every comparison in it are at least so far apart.
  struct Condition {
    Expression condition;
    std::optional<Expression> by;
  };

  /// `a` and `b` are at most `by` apart.
  struct Within {
    Expression a, b, by;
  };

  /// The band of an output: the one that is named, or above or below it.
  struct InBand {
    NodeId output;
    std::string country;
    Op comparison = Op::equal;  // less … equal
    std::size_t band = 0;       // index of Bands::names
  };

  /// A country's place among all that are scored; 1 has the highest value.
  struct Ranked {
    NodeId node;
    std::string country;
    Op comparison = Op::equal;  // less … equal
    double rank = 1;
  };

  /// The condition of a rule holds, or the rule binds.
  struct RuleActs {
    RuleId rule;
    std::string country;
    bool binds = false, negated = false;
  };

  struct TripwireFired {
    std::size_t tripwire = 0;  // index of Model::tripwires
    std::string country;
    bool negated = false;
  };

  /// Most of a difference comes from `part`: the difference from another country, or from the same
  /// country in another scenario.
  struct LargestPart {
    NodeId target;
    std::string country;
    std::string against;                 // the other country, "" with `since`
    std::optional<OtherScenario> since;  // none with `against`
    NodeId part;
    std::optional<double> least;  // of its share, in percent
  };

  /// How two countries compare over all viewpoints.
  struct OverViewpoints {
    enum class Verdict { agreed, divided, level };
    NodeId target;
    std::string first, second;
    Verdict verdict = Verdict::agreed;
  };

  std::variant<Condition, Within, InBand, Ranked, RuleActs, TripwireFired, LargestPart,
               OverViewpoints>
      form;
  std::vector<Operand> operands;  // of its expressions, each once, as they are written
  Span where;
};

/// The other scenarios that it needs, each as often as it is named.
std::vector<OtherScenario> others_of(const Assertion& assertion);
/// "agreed", "divided", "level"
std::string_view word_of(Assertion::OverViewpoints::Verdict verdict);

}  // namespace waystone::model
