#include "program/conditions.hpp"

#include <algorithm>

namespace waystone::program {
namespace {

constexpr char truth = 1, number = 2;

bool joins(OpCode code) {
  const Logic logic = row_of(code).logic;
  return logic == Logic::both || logic == Logic::either || logic == Logic::negates;
}

// The parts of one condition, from its own operation down.
class Parts {
 public:
  Parts(const Program& program, const std::vector<char>& conditions)
      : program_(program), conditions_(conditions) {}

  /// False where they are too many.
  bool collect(std::uint32_t index) {
    auto& found = condition_.operations;
    if (std::find(found.begin(), found.end(), index) != found.end()) return true;
    if (found.size() == Condition::most_operations) return false;
    found.push_back(index);
    const Operation& op = program_.operations[index];
    for (std::size_t n = 0; n < op.in.size(); ++n)
      if (!conditions_[op.in[n].index])
        read(op.in[n], {index, n});
      else if (!collect(std::uint32_t(op.in[n].index)))
        return false;
    return true;
  }

  Condition condition() {
    std::sort(condition_.operations.begin(), condition_.operations.end());
    for (std::size_t n = 0; n < times_.size(); ++n)
      if (times_[n] > 1) condition_.several.push_back(n);
    return std::move(condition_);
  }

 private:
  void read(RegisterId reg, std::pair<std::size_t, std::size_t> place) {
    auto& reads = condition_.reads;
    const auto found = std::find(reads.begin(), reads.end(), reg);
    if (found != reads.end()) {
      ++times_[std::size_t(found - reads.begin())];
      return;
    }
    times_.push_back(1);
    reads.push_back(reg);
    condition_.places.push_back(place);
  }

  const Program& program_;
  const std::vector<char>& conditions_;
  Condition condition_;
  std::vector<std::size_t> times_;  // by place in Condition::reads
};

}  // namespace

bool compares(OpCode code) { return row_of(code).logic == Logic::compares; }

// A choice tells what is true where both branches do; between numbers it is judged with the
// conditions that it hangs on.
std::vector<char> conditions_in(const Program& program, const std::vector<char>& pinned) {
  std::vector<char> is(program.operations.size(), 0);
  for (const Operation& op : program.operations) {
    if (!pinned.empty() && pinned[op.out.index]) continue;
    const Logic logic = row_of(op.code).logic;
    const auto tells = [&](std::size_t n) { return is[op.in[n].index] == truth; };
    const bool chooses = logic == Logic::chooses;
    const bool tells_itself = (logic == Logic::passes && tells(0)) ||
                              (chooses && tells(1) && tells(2)) || compares(op.code) ||
                              joins(op.code) || logic == Logic::asks_known;
    is[op.out.index] = tells_itself ? truth : chooses ? number : char{0};
  }
  return is;
}

std::optional<Condition> condition_at(const Program& program, std::uint32_t operation,
                                      const std::vector<char>& conditions) {
  Parts parts(program, conditions);
  if (!conditions[operation] || !parts.collect(operation)) return std::nullopt;
  Condition condition = parts.condition();
  return condition.several.empty() ? std::nullopt : std::optional(std::move(condition));
}

std::vector<std::uint32_t> rereading_conditions(const Program& program) {
  const std::vector<char> conditions = conditions_in(program);
  std::vector<std::uint32_t> found;
  for (std::uint32_t i = 0; i < program.operations.size(); ++i) {
    const OpCode code = program.operations[i].code;
    if ((joins(code) || row_of(code).logic == Logic::chooses) &&
        condition_at(program, i, conditions))
      found.push_back(i);
  }
  return found;
}

}  // namespace waystone::program
