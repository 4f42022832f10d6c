// What values an expression can take over the declared ranges, for finding conditions that decide
// nothing. Sound: never too narrow.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "model/draft.hpp"

namespace waystone::model {

struct Reach {
  double low, high;
  bool is_point() const { return low == high; }
};

struct Truth {
  bool can_hold = true, can_fail = true;
};

/// What a conjunction demands: an interval for each term that is compared, in decimals, and other
/// conditions by their text.
struct Demands {
  struct Interval {
    double low, high;
    bool low_open = false, high_open = false;
    bool empty() const { return low > high || (low == high && (low_open || high_open)); }
    bool within(const Interval& outer) const;
  };
  std::map<std::string, Interval> terms;
  std::set<std::string> others;
  bool impossible() const;
};

/// Values of some names and scores, by whether it is the score.
using Point = std::map<std::pair<bool, NodeId>, double>;

class Reaches {
 public:
  /// Works through the model in its order; anything in a circle can have any value.
  explicit Reaches(const Model& model);
  Reach of(const Expression& expression) const;
  Truth truth(const Expression& condition) const;
  /// What holds wherever `condition` does (or, with `holds` false, wherever it fails), as far as it
  /// is a conjunction.
  Demands demands(const Expression& condition, bool holds = true) const;
  /// True where `a` cannot hold without `b`.
  bool implies(const Demands& a, const Demands& b) const;

  /// From now on names have the values of a point, as far as it gives them, and derived values
  /// follow from these. `of` then gives an expression's value at that point. Null ends this. The
  /// point must outlive that, unchanged.
  void at(const Point* point);

 private:
  void demand(const Expression& condition, bool holds, Demands& demands) const;
  void compare(const Expression& condition, bool holds, Demands& demands) const;
  void narrow(const Expression& term, Op op, const Reach& by, Demands& demands) const;
  Reach of_node(NodeId id) const;
  Reach of_derived(NodeId id) const;
  std::optional<double> at_point(bool score, NodeId id) const;

  const Model& model_;
  const Point* point_ = nullptr;
  mutable std::map<NodeId, Reach> derived_at_point_;  // each worked out once
  std::vector<Reach> derived_;                        // by node
  std::vector<Truth> derived_truth_;
  std::vector<Truth> rules_;
};

/// Canonical text of an expression: equal texts mean equal values.
std::string text_of(const Expression& expression);

}  // namespace waystone::model
