#include "emit/backend.hpp"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

namespace waystone::emit {
namespace {

using program::OpCode;
using program::Operation;

// What a phrase may ask for, of one operation.
class Parts {
 public:
  Parts(const Backend& backend, const Operation& operation, std::span<const program::Slot> slots)
      : backend_(backend), op_(operation), slots_(slots) {
    next_ = program::row_of(op_.code).numerals == program::Numerals::weights ? op_.in.size() : 0;
    if (op_.has_floor) floor_ = numeral(next_++);
    if (op_.code == OpCode::power_mean) order_ = numeral(next_++);
    if (op_.has_reweight) least_ = numeral(next_++);
  }

  std::string of(std::string_view name) const {
    if (name == "in") return registers();
    if (std::isdigit(name[0])) return fmt::format("{}", op_.in[index(name)].index);
    if (name == "column") return fmt::format("{}", op_.input.index);
    if (name[0] == 'n' && name.size() == 2) return numeral(index(name.substr(1)));
    if (name == "numerals") return numerals(0, op_.slots.size(), 1);
    if (name == "weights") return numerals(0, op_.in.size(), 1);
    if (name == "at") return numerals(0, op_.slots.size(), 2);
    if (name == "scores") return numerals(1, op_.slots.size(), 2);
    if (name == "floor") return or_nothing(floor_);
    if (name == "order") return or_nothing(order_);
    if (name == "least") return or_nothing(least_);
    if (name == "plus") return op_.from_one_plus ? "1" : "0";
    if (name == "from") return numbers(op_.dates);
    if (name == "until") return numbers(op_.last_days);
    if (name == "low") return backend_.number(op_.low);
    if (name == "high") return backend_.number(op_.high);
    return kinds();
  }

 private:
  static std::size_t index(std::string_view digit) { return std::size_t(digit[0] - '1'); }

  template <class Item>
  static std::string listed(std::size_t from, std::size_t to, std::size_t step, Item item) {
    std::string list;
    for (std::size_t k = from; k < to; k += step) list += (list.empty() ? "" : ", ") + item(k);
    return list;
  }
  std::string registers() const {
    return listed(0, op_.in.size(), 1,
                  [&](std::size_t k) { return fmt::format("{}", op_.in[k].index); });
  }
  std::string numeral(std::size_t k) const {
    return backend_.number(slots_[op_.slots[k].index].value);
  }
  std::string numerals(std::size_t from, std::size_t to, std::size_t step) const {
    return listed(from, to, step, [&](std::size_t k) { return numeral(k); });
  }
  std::string numbers(const std::vector<double>& of) const {
    return listed(0, of.size(), 1, [&](std::size_t k) { return backend_.number(of[k]); });
  }
  std::string kinds() const {
    return listed(0, op_.effects.size(), 1,
                  [&](std::size_t k) { return backend_.text(name_of(op_.effects[k])); });
  }
  std::string or_nothing(const std::string& extra) const {
    return extra.empty() ? std::string(backend_.nothing) : extra;
  }

  const Backend& backend_;
  const Operation& op_;
  std::span<const program::Slot> slots_;
  std::size_t next_ = 0;
  std::string floor_, order_, least_;
};

}  // namespace

std::string_view name_of(model::EffectKind kind) {
  static constexpr std::string_view names[] = {"scale", "add", "at_most", "at_least"};
  return names[std::size_t(kind)];
}

Diagnostics unsaid(const Backend& backend, const program::Program& program) {
  Diagnostics diagnostics;
  std::vector<OpCode> told;
  for (const Operation& op : program.operations) {
    if (!(*backend.phrases)[std::size_t(op.code)].empty()) continue;
    if (std::find(told.begin(), told.end(), op.code) != told.end()) continue;
    told.push_back(op.code);
    diagnostics.add(
        Code::E0430, op.where,
        fmt::format("'{}' can't be said in {}", program::name_of(op.code), backend.name),
        "needs it", {"nothing is written: a model without it would give other scores"});
  }
  return diagnostics;
}

std::string said(const Backend& backend, const Operation& operation,
                 std::span<const program::Slot> slots) {
  const Parts parts(backend, operation, slots);
  const std::string_view phrase = (*backend.phrases)[std::size_t(operation.code)];
  std::string text;
  for (std::size_t at = 0; at < phrase.size();) {
    const std::size_t mark = std::min(phrase.find('$', at), phrase.size());
    text += phrase.substr(at, mark - at);
    if (mark == phrase.size()) break;
    std::size_t end = mark + 1;
    while (end < phrase.size() && std::isalnum(static_cast<unsigned char>(phrase[end]))) ++end;
    text += parts.of(phrase.substr(mark + 1, end - mark - 1));
    at = end;
  }
  return text;
}

}  // namespace waystone::emit
