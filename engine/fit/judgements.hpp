// A judgement file as read: what people say about the weights of one group, with every name
// resolved and every place kept. Numbers are as written; the methods that turn them into weights
// are in the other files of this room. The file is described in docs/judgements.md.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "scenario/scenario.hpp"
#include "weights/group.hpp"

namespace waystone::fit {

/// Who judged, why and when, and how much it counts beside other sources. A source takes what it
/// doesn't say from the top of the file.
struct Signature {
  std::string by;  // never empty
  std::string because;
  std::optional<Date> on;
  double trust = 1;  // relative to the other sources; above 0
  Span where;        // of the source
};

/// Something said about one member in a number.
struct Said {
  std::size_t member;  // index in the group
  double number;
  Span where;  // of the number
};

/// [swing] points: the value of moving each member from its worst to its best goalpost. 0 or more,
/// at least one above 0.
struct Swing {
  Signature signature;
  std::vector<Said> points;  // by member
};

/// `first` is `ratio` times as important as `second`.
struct Comparison {
  std::size_t first, second;
  double ratio;  // above 0
  Span where;
};

/// [ahp] compare: comparisons of pairs, each pair once, that connect all members compared.
struct Ahp {
  Signature signature;
  std::vector<Comparison> comparisons;  // as written
};

/// [best_worst]: how many times as important the best member is as the others, and the others as
/// the worst. 1 or more.
struct BestWorst {
  Signature signature;
  std::size_t best, worst;
  std::vector<Said> best_to_others, others_to_worst;  // by member; the best against the worst may
                                                      // stand in either or both; not against itself
};

/// One [[budget]]: how one person shares out points. 0 or more, at least one above 0.
struct Budget {
  Signature signature;
  std::vector<Said> points;  // by member
};

/// How weights of several people or sources become one: means weighted by trust.
enum class Pool { arithmetic, geometric };

/// One [[example]]: an expectation that the weights are to meet. Names are resolved as in a
/// scenario's [[expect]].
struct Example {
  Signature signature;
  model::Assertion assertion;
  std::string text;                     // as written
  std::string scenario;                 // path, resolved against the file's folder
  std::vector<std::string> viewpoints;  // empty: the one that is tuned
  Span where;                           // of the assertion
};

struct Path {
  std::string path;  // resolved against the file's folder
  Span where;
};

/// [examples]: scenarios whose own expectations count.
struct Examples {
  Signature signature;
  std::vector<Path> scenarios;
};

/// [importance]: which share of the variance of the score each member is to have.
struct Importance {
  Signature signature;
  bool equal = false;
  std::vector<Said> targets;  // percent, 0 or more, adding up to 100; by member. Empty where equal
  std::vector<Path> sample;   // scenarios whose countries are the sample
};

enum class DataMethod { equal, principal_components, benefit_of_the_doubt };

/// [data]: weights from figures, or equal ones.
struct Data {
  Signature signature;
  DataMethod method = DataMethod::equal;
  std::vector<Path> scenarios;  // none for equal weights
  std::string country;          // benefit of the doubt: of this one; "" for each
};

struct Judgements {
  std::string title;
  weights::Domain
      domain;  // limits, locks and ties of the rule files and of this file together; not empty
  std::vector<bool>
      locked;  // by member: it keeps today's share. Only these may be left out of a source
  Pool pool = Pool::arithmetic;
  std::optional<Swing> swing;
  std::optional<Ahp> ahp;
  std::optional<BestWorst> best_worst;
  std::vector<Budget> budgets;
  std::vector<Example> example_list;
  std::optional<Examples> examples;
  std::optional<Importance> importance;
  std::optional<Data> data;
  std::map<std::string, scenario::Scenario> scenarios;  // all that are named, as read, by path

  /// Whether some of it says where the weights should be, instead of what they must meet.
  bool chooses() const {
    return swing || ahp || best_worst || !budgets.empty() || importance || data;
  }
};

inline constexpr std::size_t largest_judgements = 8u << 20;  // bytes
inline constexpr double widest_ratio = 1e6;  // between two members; nobody can judge beyond

/// Reads a judgement file about a group of a model; all problems in one run, those of the scenarios
/// it names included. E0001 to E0003, E0301 to E0304, E0307, E0314, E0315, E0327, E04xx, and what a
/// scenario's expectations can give.
Outcome<Judgements> read_judgements(const std::string& path, const model::Model& model,
                                    const weights::Group& group, const model::ReadFile& read,
                                    SourceMap& sources);

}  // namespace waystone::fit
