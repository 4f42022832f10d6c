#include "weights/scores.hpp"

#include <algorithm>

namespace waystone::weights {
namespace {

using evaluate::Case;
using evaluate::Frame;
using evaluate::Plan;
using program::Operation;
using program::Program;

// Registers that depend on the group's weights.
std::vector<char> dependent(const Program& program, const std::vector<SlotId>& slots) {
  std::vector<char> moving(program.slots.size(), 0), result(program.operations.size(), 0);
  for (const SlotId slot : slots) moving[slot.index] = 1;
  for (std::size_t i = 0; i < program.operations.size(); ++i) {
    const Operation& op = program.operations[i];
    result[i] =
        std::any_of(op.slots.begin(), op.slots.end(), [&](SlotId s) { return moving[s.index]; }) ||
        std::any_of(op.in.begin(), op.in.end(), [&](RegisterId in) { return result[in.index]; });
  }
  return result;
}

// Registers that don't depend on the weights and are read by those that do, or are wanted
// themselves.
std::vector<RegisterId> frontier(const Program& program, const std::vector<RegisterId>& wanted,
                                 const std::vector<char>& moves) {
  std::vector<char> found(program.operations.size(), 0);
  for (const RegisterId reg : wanted) found[reg.index] = !moves[reg.index];
  const Plan plan(program, wanted);
  for (const std::uint32_t index : plan.operations())
    if (moves[index])
      for (const RegisterId in : program.operations[index].in) found[in.index] |= !moves[in.index];
  std::vector<RegisterId> result;
  for (std::size_t i = 0; i < found.size(); ++i)
    if (found[i]) result.push_back(RegisterId{i});
  return result;
}

}  // namespace

// The subjects of one scenario.
struct Scores::Part {
  struct Place {
    std::size_t subject, country,
        wanted;  // indices: of the subject, into `rows`, into the plan's wanted registers
  };
  const Case* scenario_case;
  std::vector<arma::uword> rows;  // lanes of the case that are scored
  std::vector<RegisterId> wanted;
  std::vector<Place> places;
  std::vector<double> slots;    // of the viewpoint
  std::vector<SlotId> weights;  // of the group, by member
  std::vector<RegisterId> pinned;
  evaluate::Bounds pinned_values;  // rows x pinned
  std::unique_ptr<Plan> plan;      // from what is pinned to what is wanted

  Part(const Case& of, const Group& group) : scenario_case(&of), weights(group.slots) {}

  void add(std::size_t subject, const Subject& of) {
    const auto index_in = [](auto& list, const auto& item) {
      const auto at = std::find(list.begin(), list.end(), item);
      if (at != list.end()) return std::size_t(at - list.begin());
      list.push_back(item);
      return list.size() - 1;
    };
    const std::size_t country = index_in(rows, arma::uword(scenario_case->lane_of(of.country)));
    places.push_back(
        {subject, country, index_in(wanted, (*scenario_case->program)[of.node].value)});
  }

  void prepare(ViewpointId viewpoint) {
    const Program& program = *scenario_case->program;
    const Frame frame = evaluate::select_lanes(evaluate::frame_of(*scenario_case, viewpoint), rows);
    slots = frame.slots;
    pinned = frontier(program, wanted, dependent(program, weights));
    pinned_values = evaluate::evaluate_bounds(Plan(program, pinned), frame);
    plan = std::make_unique<Plan>(program, wanted, pinned);
  }

  // Lanes: the countries for the first candidate, for the second, … Inputs are not filled in: all
  // that reads them is pinned.
  Frame frame(std::size_t candidates) const {
    Frame result;
    result.value.set_size(rows.size() * candidates, 0);
    result.slots = slots;
    for (std::size_t p = 0; p < pinned.size(); ++p) result.pins.push_back(pin(p, candidates));
    return result;
  }

  evaluate::Pin pin(std::size_t p, std::size_t candidates) const {
    const auto repeated = [&](const arma::vec& column) {
      return arma::vec(arma::repmat(column, candidates, 1));
    };
    const arma::vec values = pinned_values.value.col(p);
    if (!values.has_nan()) return {pinned[p], repeated(values), {}, {}};
    arma::vec low = pinned_values.low.col(p), high = pinned_values.high.col(p);
    const arma::uvec none =
        arma::find(pinned_values.gap.col(p) != 0);  // no value at all, whatever becomes known
    low.elem(none).fill(evaluate::unknown_value);
    high.elem(none).fill(evaluate::unknown_value);
    return {pinned[p], repeated(values), repeated(low), repeated(high)};
  }
};

Scores::Scores(const Group& group, ViewpointId viewpoint, std::vector<Subject> subjects)
    : subjects_(subjects.size()), members_(group.size()), written_total_(group.written_total) {
  for (std::size_t s = 0; s < subjects.size(); ++s) {
    const auto of_case = [&](const auto& part) {
      return part->scenario_case == subjects[s].scenario_case;
    };
    auto part = std::find_if(parts_.begin(), parts_.end(), of_case);
    if (part == parts_.end())
      part = parts_.insert(part, std::make_shared<Part>(*subjects[s].scenario_case, group));
    (*part)->add(s, subjects[s]);
  }
  for (const auto& part : parts_)
    part->prepare(group.viewpoint.valid() ? group.viewpoint : viewpoint);
}

std::size_t Scores::subjects() const { return subjects_; }
std::size_t Scores::members() const { return members_; }

arma::mat Scores::at(const arma::mat& shares) const {
  constexpr std::size_t most_candidates = 2048, most_numbers = 1 << 22;  // of a frame
  std::size_t lanes = 1;
  for (const auto& part : parts_) lanes = std::max(lanes, part->rows.size());
  const std::size_t batch =
      std::clamp<std::size_t>(most_numbers / (lanes * members_), 1, most_candidates);
  arma::mat result(subjects_, shares.n_cols);
  for (std::size_t start = 0; start < shares.n_cols; start += batch) {
    const std::size_t count = std::min<std::size_t>(batch, shares.n_cols - start);
    for (const auto& part : parts_) {
      Frame frame = part->frame(count);
      for (std::size_t m = 0; m < members_; ++m) {
        const arma::rowvec row = shares(m, arma::span(start, start + count - 1)) * written_total_;
        frame.slot_columns.push_back(
            {part->weights[m], arma::vectorise(arma::repmat(row, part->rows.size(), 1))});
      }
      const arma::mat values = evaluate::evaluate(*part->plan, frame);
      for (const Part::Place& place : part->places)
        for (std::size_t k = 0; k < count; ++k)
          result(place.subject, start + k) =
              values(k * part->rows.size() + place.country, place.wanted);
    }
  }
  return result;
}

Scores::Slopes Scores::slopes(const arma::vec& shares) const {
  Slopes result{arma::vec(subjects_, arma::fill::zeros),
                arma::mat(subjects_, members_, arma::fill::zeros)};
  for (const auto& part : parts_) {
    Frame frame = part->frame(1);
    std::vector<evaluate::Tangent> directions(members_);
    for (std::size_t m = 0; m < members_; ++m) {
      frame.slots[part->weights[m].index] = shares[m] * written_total_;
      directions[m].slots = {{part->weights[m], written_total_}};
    }
    const evaluate::Duals duals = evaluate::evaluate_duals(*part->plan, frame, directions);
    for (const Part::Place& place : part->places) {
      result.value[place.subject] = duals.value(place.country, place.wanted);
      for (std::size_t m = 0; m < members_; ++m)
        result.derivative(place.subject, m) = duals.derivative(place.country, place.wanted, m);
    }
  }
  return result;
}

evaluate::ViewResult assessed_at(const Case& scenario_case, const Group& group,
                                 ViewpointId viewpoint, const arma::vec& shares) {
  model::Model model = *scenario_case.model;
  model::Factor& factor = std::get<model::Factor>(model.nodes[group.node.index].detail);
  auto& weights = factor.weights[group.viewpoint.valid() ? group.viewpoint.index : 0];
  for (std::size_t m = 0; m < weights.size(); ++m)
    weights[m].value = shares[m] * group.written_total;
  const Program program = program::compile(model);
  Case varied = scenario_case;
  varied.model = &model;
  varied.program = &program;
  varied.frame.slots = evaluate::empty_frame(program, 0).slots;
  varied.scenario.viewpoints = {viewpoint};
  return std::move(evaluate::assess(varied).views[0]);
}

}  // namespace waystone::weights
