// What the limits of scales and ranges hide: each step of a node once more without them.
#pragma once
#include "evaluate/assess.hpp"

namespace waystone::evaluate {

/// A program with the steps of each node that a limit may cut, one by one, with the limit and
/// without it, on everything else as it is. Refers to nothing.
class Uncut {
 public:
  /// `with_overrides`: whether any override acts, which can leave the scale, too.
  Uncut(const program::Program& program, bool with_overrides);
  /// Fills in NodeResult::uncut and cut_before of all nodes of the countries from `from` on, one a
  /// lane of the frame; their values are there.
  void mark(const Frame& frame, std::size_t from, ViewResult& view) const;

 private:
  struct Step {
    CutStep kind = CutStep::combination;
    std::size_t before = 0, raw = 0, after = 0;  // columns
  };
  struct Steps {
    NodeId node;
    std::vector<Step> steps;
  };
  void add_step(Steps& to, CutStep kind, program::Operation operation, RegisterId& at);
  void add_effects(Steps& to, const program::Operation& operation, RegisterId& at);
  std::size_t column(RegisterId reg);

  program::Program program_;
  std::vector<Steps> nodes_;
  std::vector<RegisterId> wanted_;
};

}  // namespace waystone::evaluate
