// What a score rests on: the shares of its weight on known data and on judgement (docs/method,
// section 5).
#pragma once
#include <functional>
#include <optional>
#include <set>
#include <vector>

#include "data/choose.hpp"
#include "program/program.hpp"

namespace waystone::evaluate {

struct KnownShare {
  double known = 0, judged = 0;  // shares, 0..1
};

/// What an expression reads for one country: names that count as they are, and names that it
/// replaced by something else, which count as judged and not as known.
struct Read {
  std::set<NodeId> names, filled;
};

/// The value of a register for one country; NaN where it is unknown.
using ValueOf = std::function<double(RegisterId)>;

/// What the registers of a program mean, by RegisterId.
struct Registers {
  explicit Registers(const program::Program& program);
  std::vector<std::optional<NodeId>> node;  // whose value or score it is
  std::vector<bool> rule;                   // whether it is the truth of a rule
  std::vector<bool> asks_known;  // whether `known` is asked in what it is worked out from
};

/// Of one viewpoint, for one country after another. Refers to the model and the program.
class Shares {
 public:
  Shares(const model::Model& model, const program::Program& program, ViewpointId viewpoint);
  /// By NodeId. `facts`: in the order of data::indicators. `value`: of each register in `deciding`.
  std::vector<KnownShare> of(const std::vector<data::Chosen>& facts, const ValueOf& value) const;
  /// By NodeId: the share of the weight of `output` that lies on each node, 0..1, by the same rule.
  /// Over the indicators that are known it adds up to the output's coverage, but for what
  /// parameters and constants carry.
  std::vector<double> weights_in(NodeId output, const ValueOf& value) const;

 private:
  Read read_by(NodeId node, const ValueOf& value) const;

  const model::Model* model_;
  const program::Program* program_;
  std::vector<NodeId> indicators_;
  Registers registers_;
  std::vector<std::optional<Read>> fixed_;  // by NodeId: of expressions that read the same always
  std::size_t profile_;
};

/// Registers that decide which branches expressions take, and why.
std::vector<RegisterId> deciding(const program::Program& program);

}  // namespace waystone::evaluate
