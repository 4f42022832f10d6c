#include "scenario/precedence.hpp"

#include <tuple>

namespace waystone::scenario {
namespace {

// What the scenario itself says counts before tables, whatever their sources; of those the order of
// sources decides before nearness, since somebody stated it.
auto rank(const Datum& datum) {
  return std::tuple(datum.valid, datum.distance == 0, -datum.preference, -datum.distance,
                    datum.known);
}

}  // namespace

bool outranks(const Datum& a, const Datum& b) { return rank(b) < rank(a); }

const Datum* latest(const std::vector<Datum>& data, Date as_of, Date known_by) {
  const auto best_of = [&](const auto& may_count) {
    const Datum* best = nullptr;
    for (const Datum& datum : data)
      if (datum.known <= known_by && may_count(datum) && (!best || outranks(datum, *best)))
        best = &datum;
    return best;
  };
  const Datum* const first = best_of([&](const Datum& datum) { return datum.valid <= as_of; });
  // Where sources have an order, one that says it does not know leaves the word to the next; what
  // a scenario itself says is an answer.
  const Datum* counting = first;
  while (counting && !counting->value && counting->distance % 2 == 1) {
    const Datum& unknown = *counting;
    counting = best_of([&](const Datum& datum) {
      return datum.valid == unknown.valid && datum.preference > unknown.preference;
    });
  }
  return counting ? counting : first;
}

}  // namespace waystone::scenario
