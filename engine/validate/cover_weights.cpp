// Weights that never mattered, by trying: each numeral doubled and halved, every lane beside itself
// in one frame.
#include <algorithm>

#include "validate/coverage.hpp"

namespace waystone::validate {
namespace {

using evaluate::Frame;
using evaluate::SlotColumn;

// What is compared: a factor's combination, its value, then every output.
std::vector<RegisterId> watched(const model::Model& model, const program::Program& program,
                                NodeId node) {
  std::vector<RegisterId> registers{program[node].base, program[node].value};
  for (const NodeId output : model.outputs()) registers.push_back(program[output].value);
  return registers;
}

Frame twice(const Frame& frame) {
  std::vector<arma::uword> rows;
  for (int time = 0; time < 2; ++time)
    for (std::size_t lane = 0; lane < frame.lanes(); ++lane) rows.push_back(lane);
  return select_lanes(frame, rows);
}

// A column that stands in for the slot while it lives.
class Changed {
 public:
  Changed(Frame& frame, SlotId slot) : frame_(frame), added_(false) {
    auto at = std::find_if(frame.slot_columns.begin(), frame.slot_columns.end(),
                           [&](const SlotColumn& c) { return c.slot == slot; });
    if (at == frame.slot_columns.end()) {
      frame.slot_columns.push_back(
          {slot, arma::vec(frame.lanes(), arma::fill::value(frame.slots[slot.index]))});
      at = std::prev(frame.slot_columns.end());
      added_ = true;
    }
    at_ = std::size_t(at - frame.slot_columns.begin());
    before_ = at->values;
    const std::size_t half = frame.lanes() / 2;
    for (std::size_t lane = 0; lane < frame.lanes(); ++lane)
      at->values[lane] *= lane < half ? 2 : 0.5;
  }
  ~Changed() {
    if (added_)
      frame_.slot_columns.pop_back();
    else
      frame_.slot_columns[at_].values = before_;
  }
  Changed(const Changed&) = delete;
  Changed& operator=(const Changed&) = delete;

 private:
  Frame& frame_;
  std::size_t at_ = 0;
  arma::vec before_;
  bool added_;
};

// One entry a viewpoint where the weight is a viewpoint's, else one.
std::vector<WeightCoverage> entries_of(const model::Model& model, const program::Program& program,
                                       const Lanes& lanes, NodeId node, std::size_t member) {
  const model::Factor& factor = model[node].factor();
  const SlotId slot = program.weights[node.index][member];
  WeightCoverage entry;
  entry.node = node;
  entry.member = member;
  entry.where = program.slots[slot.index].where;
  entry.alone = factor.members.size() == 1 && factor.combination != model::Combination::sum;
  if (!factor.weights_from_viewpoint) return {entry};
  std::vector<WeightCoverage> entries;
  for (std::size_t v = 0; v < model.viewpoints.size(); ++v) {
    if (std::find(lanes.viewpoints.begin(), lanes.viewpoints.end(), ViewpointId{v}) ==
        lanes.viewpoints.end())
      continue;
    entry.viewpoint = ViewpointId{v};
    for (const program::ProfileValue& weight : program.profiles[v])
      if (weight.slot == slot) entry.where = weight.where;
    entries.push_back(entry);
  }
  return entries;
}

void count_changes(std::vector<WeightCoverage>& entries, const Lanes& lanes, const arma::mat& as_is,
                   const arma::mat& changed) {
  const std::size_t count = lanes.frame.lanes();
  for (std::size_t lane = 0; lane < count; ++lane) {
    const auto differs = [&](std::size_t w) {
      return evaluate::differs(changed(lane, w), as_is(lane, w)) ||
             evaluate::differs(changed(lane + count, w), as_is(lane, w));
    };
    bool outputs = false;
    for (std::size_t w = 2; w < as_is.n_cols; ++w) outputs = outputs || differs(w);
    for (WeightCoverage& entry : entries) {
      if (entry.viewpoint.valid() && entry.viewpoint != lanes.viewpoints[lane]) continue;
      ++entry.lanes;
      entry.combination += differs(0);
      entry.value += differs(1);
      entry.outputs += outputs;
    }
  }
}

}  // namespace

std::vector<WeightCoverage> cover_weights(const model::Model& model,
                                          const program::Program& program, const Lanes& lanes) {
  std::vector<WeightCoverage> covered;
  Frame frame = twice(lanes.frame);
  for (std::size_t n = 0; n < model.nodes.size(); ++n) {
    if (program.weights[n].empty()) continue;
    const std::vector<RegisterId> wanted = watched(model, program, NodeId{n});
    const evaluate::Plan plan(program, wanted);
    const arma::mat as_is = evaluate::evaluate(plan, lanes.frame);
    for (std::size_t m = 0; m < program.weights[n].size(); ++m) {
      auto entries = entries_of(model, program, lanes, NodeId{n}, m);
      const Changed changed(frame, program.weights[n][m]);
      count_changes(entries, lanes, as_is, evaluate::evaluate(plan, frame));
      covered.insert(covered.end(), entries.begin(), entries.end());
    }
  }
  return covered;
}

}  // namespace waystone::validate
