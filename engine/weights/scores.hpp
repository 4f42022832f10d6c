// Scores as a function of the weights of one group, by the one evaluator: candidate weights are
// lanes of a frame, gradients come from its dual numbers. What doesn't depend on the weights is
// computed once and pinned.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "evaluate/assess.hpp"
#include "weights/group.hpp"

namespace waystone::weights {

/// What is scored: a factor or output of one country in one scenario. The case must be of the
/// group's model and outlive its user.
struct Subject {
  const evaluate::Case* scenario_case = nullptr;
  std::string country;
  NodeId node;
};

class Scores {
 public:
  /// `viewpoint` gives the weights of every other node that takes them from viewpoints (and is the
  /// group's own where the group has one).
  Scores(const Group& group, ViewpointId viewpoint, std::vector<Subject> subjects);

  std::size_t subjects() const;
  std::size_t members() const;
  /// `shares`: members x candidates, columns that add up to 1. Result: subjects x candidates,
  /// values of their nodes; NaN where not rated.
  arma::mat at(const arma::mat& shares) const;

  struct Slopes {
    arma::vec value;       // subjects
    arma::mat derivative;  // subjects x members: by the share of each member. At a kink, of the
                           // side that the value comes from
  };
  Slopes slopes(const arma::vec& shares) const;

 private:
  struct Part;
  std::vector<std::shared_ptr<Part>>
      parts_;  // by scenario; never changed once made, so that copies may share them
  std::size_t subjects_ = 0, members_ = 0;
  double written_total_ = 100;
};

/// All results of a case from one viewpoint, with the group's weights at `shares`; bands by plain
/// edges.
evaluate::ViewResult assessed_at(const evaluate::Case& scenario_case, const Group& group,
                                 ViewpointId viewpoint, const arma::vec& shares);

}  // namespace waystone::weights
