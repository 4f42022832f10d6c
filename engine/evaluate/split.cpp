#include "evaluate/split.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <set>

#include "base/ties.hpp"
#include "evaluate/bounds.hpp"
#include "evaluate/families.hpp"
#include "evaluate/frame.hpp"

namespace waystone::evaluate {
namespace {

using program::compares;
using program::OpCode;
using program::Operation;
using program::Program;

constexpr std::size_t most_cases = 64;  // combinations of pieces

struct Piece {
  double low, high;
};

double next(double x) { return std::nextafter(x, std::numeric_limits<double>::infinity()); }
double previous(double x) { return std::nextafter(x, -std::numeric_limits<double>::infinity()); }

// The numbers that stand for the same decimal as `at`: comparisons don't tell them apart.
Piece around(double at) {
  if (!std::isfinite(at)) return {at, at};
  const double whole = decimal(at), size = std::fabs(whole);
  double half = 0.5e-9;
  for (double edge = 1e5; size >= edge && edge < 1e22; edge *= 10) half *= 10;
  if (size >= 1e22) return {at, at};
  Piece same{whole - half, whole + half};
  while (decimal(same.low) < whole) same.low = next(same.low);
  while (decimal(previous(same.low)) == whole) same.low = previous(same.low);
  while (decimal(same.high) > whole) same.high = previous(same.high);
  while (decimal(next(same.high)) == whole) same.high = next(same.high);
  return same;
}

// To values that a fact can have; what has none is left out.
void add_piece(std::vector<Piece>& pieces, Piece piece, const program::Input* fact) {
  if (fact && fact->step > 0) {
    const auto on_step = [&](double x, auto round) {
      return std::isfinite(x) ? fact->from + round((x - fact->from) / fact->step) * fact->step : x;
    };
    piece.low = on_step(piece.low, [](double x) { return std::ceil(x - 1e-10); });
    piece.high = on_step(piece.high, [](double x) { return std::floor(x + 1e-10); });
  }
  if (piece.low <= piece.high) pieces.push_back(piece);
}

class Cases {
 public:
  Cases(const Program& program, const Condition& condition,
        const std::function<Possible(std::size_t)>& read)
      : program_(program), condition_(condition) {
    for (std::size_t n = 0; n < condition.reads.size(); ++n) at_[condition.reads[n]] = read(n);
    std::size_t cases = 1;
    for (const std::size_t n : condition.several) {
      const RegisterId reg = condition.reads[n];
      if (!open(at_.at(reg))) continue;
      std::vector<Piece> pieces = pieces_of(reg);
      if (pieces.size() < 2 || cases * pieces.size() > most_cases) continue;
      cases *= pieces.size();
      split_.push_back({reg, std::move(pieces)});
    }
  }

  /// Whether the last operation chooses between numbers.
  bool chooses() const {
    const OpCode code = program_.operations[condition_.operations.back()].code;
    return program::row_of(code).logic == program::Logic::chooses;
  }

  /// What any case has room for.
  std::optional<Possible> all() {
    if (split_.empty()) return std::nullopt;
    constexpr double infinite = std::numeric_limits<double>::infinity();
    Possible hull{unknown_value, infinite, -infinite, 0, 0};
    go(0, hull);
    return hull;
  }

 private:
  struct Split {
    RegisterId reg;
    std::vector<Piece> pieces;
  };

  static bool open(const Possible& here) { return is_unknown(here.value) || here.low < here.high; }

  std::vector<Piece> pieces_of(RegisterId reg) const {
    const Possible whole = at_.at(reg);
    std::vector<double> marks;
    for (const std::uint32_t index : condition_.operations) {
      const Operation& op = program_.operations[index];
      if (std::find(op.in.begin(), op.in.end(), reg) == op.in.end()) continue;
      const bool truth = whole.low >= 0 && whole.high <= 1;  // else a number that is chosen
      if (!compares(op.code) && op.code != OpCode::known && truth)
        marks.insert(marks.end(), {0.0, 1.0});
      if (!compares(op.code)) continue;
      for (const RegisterId other : op.in) {
        const auto found = at_.find(other);
        if (other != reg && found != at_.end() && !open(found->second))
          marks.push_back(found->second.value);
      }
    }
    std::sort(marks.begin(), marks.end());
    const Operation& op = program_.operations[reg.index];
    const program::Input* fact =
        op.code == OpCode::input ? &program_.inputs[op.input.index] : nullptr;
    std::vector<Piece> pieces;
    double from = whole.low;
    for (const double mark : marks) {
      const Piece same = around(mark);
      if (same.high < from || same.low > whole.high) continue;
      if (from < same.low) add_piece(pieces, {from, previous(same.low)}, fact);
      add_piece(pieces, {std::max(from, same.low), std::min(same.high, whole.high)}, fact);
      from = next(same.high);
    }
    if (from <= whole.high) add_piece(pieces, {from, whole.high}, fact);
    return pieces;
  }

  // False once nothing is left to be told.
  bool go(std::size_t depth, Possible& hull) {
    if (depth == split_.size()) {
      const Possible one = judged();
      hull.low = std::min(hull.low, one.low);
      hull.high = std::max(hull.high, one.high);
      hull.gap = std::max(hull.gap, one.gap);
      hull.absent = std::max(hull.absent, one.absent);
      return chooses() || !(hull.low < hull.high);
    }
    Possible& here = at_.at(split_[depth].reg);
    const Possible whole = here;
    bool more = true;
    for (const Piece& piece : split_[depth].pieces) {
      here.low = piece.low;
      here.high = piece.high;
      here.value = whole.absent == 0 && piece.low == piece.high ? piece.low : unknown_value;
      if (!(more = go(depth + 1, hull))) break;
    }
    here = whole;
    return more;
  }

  Possible judged() {
    for (const std::uint32_t index : condition_.operations) {
      const Operation& op = program_.operations[index];
      in_.clear();
      for (const RegisterId in : op.in) in_.push_back(&at_.at(in));
      at_[op.out] = one(op);
    }
    return at_.at(program_.operations[condition_.operations.back()].out);
  }

  Possible one(const Operation& op) {
    std::vector<const double*> value, low, high, gap, absent;
    for (const Possible* in : in_) {
      value.push_back(&in->value);
      low.push_back(&in->low);
      high.push_back(&in->high);
      gap.push_back(&in->gap);
      absent.push_back(&in->absent);
    }
    Possible out{unknown_value, 0, 0, 0, 0};
    run(op, {value.data(), nullptr, &out.value, 1});
    bound(op, {value.data(), low.data(), high.data(), gap.data(), absent.data(), nullptr,
               &out.value, &out.low, &out.high, &out.gap, &out.absent, 1});
    return out;
  }

  const Program& program_;
  const Condition& condition_;
  std::map<RegisterId, Possible> at_;
  std::vector<Split> split_;
  std::vector<const Possible*> in_;
};

}  // namespace

std::vector<Condition> conditions_to_split(const Program& program, const std::vector<char>& needed,
                                           const std::vector<char>& pinned) {
  std::vector<Condition> found;
  if (program.rereading.empty()) return found;
  const std::vector<char> conditions = program::conditions_in(program, pinned);
  for (const std::uint32_t index : program.rereading)
    if (needed[index])
      if (auto condition = program::condition_at(program, index, conditions))
        found.push_back(std::move(*condition));
  return found;
}

Possible narrowed(const Program& program, const Condition& condition,
                  const std::function<Possible(std::size_t)>& read, const Possible& found) {
  Cases cases(program, condition, read);
  const auto all = cases.all();
  if (!all || (all->low < all->high && !cases.chooses())) return found;
  Possible result = found;
  result.low = std::max(found.low, all->low);
  result.high = std::min(found.high, all->high);
  result.gap = std::min(found.gap, all->gap);
  result.absent = std::min(found.absent, all->absent);
  if (!is_unknown(found.value)) {
    result.low = std::min(result.low, found.value);
    result.high = std::max(result.high, found.value);
    if (result.low == result.high && result.gap == 0) result.absent = 0;
  } else if (result.low == result.high && result.gap == 0) {
    result.value = result.low;
    result.absent = 0;
  }
  return result;
}

}  // namespace waystone::evaluate
