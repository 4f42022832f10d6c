// Everything after `read` is in whole units of the last digit, "1" being the least that can be
// written.
#include "base/apportion.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>

#include "base/decimal.hpp"

namespace waystone {
namespace {

constexpr int most_decimals = 9;
constexpr std::size_t most_shares = 1000;
constexpr std::int64_t unit_parts =
    4096;  // remainders are kept to this part of a unit; squares of all of them fit 64 bits
constexpr double rounding =
    4e-15;  // relative, of a limit that has been a percentage and comes as a share

/// Shares that get one numeral.
struct Group {
  std::vector<std::size_t> members;
  std::int64_t size = 0;
  double share = 0;                      // mean of the members
  double low_share = 0, high_share = 1;  // what all their limits allow
  std::int64_t low = 0, high = 0;        // the same in units
  std::int64_t aim = 0;                  // in fractions of a unit
  std::int64_t units = 0;                // what is written
  std::optional<std::string> fixed;
};

std::int64_t power_of_ten(int exponent) {
  std::int64_t power = 1;
  while (exponent-- > 0) power *= 10;
  return power;
}

std::vector<std::size_t> first_of_sets(std::size_t count,
                                       const std::vector<std::vector<std::size_t>>& ties) {
  std::vector<std::size_t> first(count);
  std::iota(first.begin(), first.end(), std::size_t{0});
  for (const auto& tie : ties)
    for (std::size_t k = 1; k < tie.size(); ++k) {
      const auto [to, from] = std::minmax(first[tie[0]], first[tie[k]]);
      std::replace(first.begin(), first.end(), std::size_t(from), std::size_t(to));
    }
  return first;
}

/// Groups in the order of their first members.
std::vector<Group> make_groups(std::span<const double> shares,
                               std::span<const ApportionLimit> limits,
                               const std::vector<std::vector<std::size_t>>& ties) {
  const auto first = first_of_sets(shares.size(), ties);
  std::vector<Group> groups;
  std::vector<std::size_t> group_of(shares.size());
  for (std::size_t i = 0; i < shares.size(); ++i) {
    if (first[i] == i) {
      group_of[i] = groups.size();
      groups.emplace_back();
    }
    Group& group = groups[group_of[first[i]]];
    group.members.push_back(i);
    group.size += 1;
    group.share += (std::clamp(shares[i], 0.0, 1.0) - group.share) / double(group.size);
    if (limits.empty()) continue;
    group.low_share = std::max(group.low_share, limits[i].low);
    group.high_share = std::min(group.high_share, limits[i].high);
  }
  return groups;
}

/// Gives a group the numeral of its fixed members; false where they differ or it breaks the group's
/// limits.
bool fix(Group& group, std::span<const ApportionLimit> limits, double whole) {
  std::optional<Decimal> value;
  for (const std::size_t i : group.members) {
    if (limits.empty() || !limits[i].fixed) continue;
    const auto read = parse_decimal(*limits[i].fixed);
    if (!read || read->mantissa <= 0 || (value && !equal(*value, *read))) return false;
    if (!value) group.fixed = limits[i].fixed;
    value = read;
  }
  if (!value) return true;
  const double share = value->value() / whole;
  return share >= group.low_share * (1 - rounding) && share <= group.high_share * (1 + rounding);
}

/// The whole (in units) less what is fixed; nothing where that is no whole number of them.
std::optional<std::int64_t> units_left(const std::vector<Group>& groups, std::int64_t whole,
                                       int decimals) {
  std::vector<Decimal> fixed;
  for (const Group& group : groups)
    if (group.fixed)
      fixed.insert(fixed.end(), std::size_t(group.size), *parse_decimal(*group.fixed));
  const auto total = sum(fixed);
  if (!total) return std::nullopt;
  const Decimal plain = *parse_decimal(total->text());  // without trailing zeros
  if (plain.scale > decimals) return std::nullopt;
  if (plain.mantissa > whole / power_of_ten(decimals - plain.scale)) return std::nullopt;
  return whole - plain.mantissa * power_of_ten(decimals - plain.scale);
}

/// The whole in units; nothing where it is not above 0, has more digits than `decimals`, or is too
/// large.
std::optional<std::int64_t> units_of(std::string_view whole, int decimals) {
  constexpr std::int64_t most = 1'000'000'000'000;
  const auto read = parse_decimal(whole);
  if (!read || read->mantissa <= 0) return std::nullopt;
  const Decimal plain = *parse_decimal(read->text());
  if (plain.scale > decimals || plain.mantissa > most / power_of_ten(decimals - plain.scale))
    return std::nullopt;
  return plain.mantissa * power_of_ten(decimals - plain.scale);
}

/// Shares moved by one and the same amount, each up to its limits, until they add up to `total`
/// units: the nearest in least squares.
void aim_groups(std::vector<Group>& groups, std::int64_t total, double units_of_whole) {
  const auto moved = [&](const Group& group, double by) {
    return std::clamp(group.share * units_of_whole + by, double(group.low), double(group.high));
  };
  const auto falls_short = [&](double by) {
    double sum = 0;
    for (const Group& group : groups) sum += double(group.size) * moved(group, by);
    return sum < double(total);
  };
  double below = -2 * units_of_whole, above = 2 * units_of_whole, by = 0;
  for (int step = 0; step < 200 && below < by && by < above; ++step) {
    (falls_short(by) ? below : above) = by;
    by = (below + above) / 2;
  }
  for (Group& group : groups) group.aim = std::llround(moved(group, by) * double(unit_parts));
}

/// Sets `units` of every group, none more than `window` whole units away from its aim rounded up or
/// down, so that they add up to `total`: of all ways the one of least squares, and of several those
/// that give more to groups that stand earlier. False where there is none. Groups are taken from
/// the last to the first; cost[i][s] is the least that groups i and later cost if they get s more
/// than least.
bool hand_out_within(std::vector<Group>& groups, std::int64_t total, std::int64_t window) {
  constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();
  const std::size_t count = groups.size();
  std::vector<std::int64_t> least(count), most(count);
  std::int64_t rest = total;
  for (std::size_t i = 0; i < count; ++i) {
    least[i] = std::max(groups[i].low, groups[i].aim / unit_parts - window);
    most[i] = std::min(groups[i].high, (groups[i].aim + unit_parts - 1) / unit_parts + window);
    rest -= groups[i].size * least[i];
  }
  if (rest < 0) return false;
  std::vector<std::vector<std::int64_t>> cost(count + 1);
  cost[count] = {0};
  const auto cost_of = [&](std::size_t i, std::int64_t extra) {
    const std::int64_t off = (least[i] + extra) * unit_parts - groups[i].aim;
    return groups[i].size * off * off;
  };
  for (std::size_t i = count; i-- > 0;) {
    const std::int64_t size = groups[i].size,
                       reach = std::min<std::int64_t>(rest, std::int64_t(cost[i + 1].size()) - 1 +
                                                                size * (most[i] - least[i]));
    cost[i].assign(std::size_t(reach) + 1, never);
    for (std::int64_t extra = 0; extra <= most[i] - least[i] && size * extra <= reach; ++extra)
      for (std::size_t s = 0; s < cost[i + 1].size() && std::int64_t(s) + size * extra <= reach;
           ++s)
        if (cost[i + 1][s] != never) {
          auto& here = cost[i][s + std::size_t(size * extra)];
          here = std::min(here, cost[i + 1][s] + cost_of(i, extra));
        }
  }
  if (rest >= std::int64_t(cost[0].size()) || cost[0][std::size_t(rest)] == never) return false;
  for (std::size_t i = 0; i < count; ++i) {
    std::int64_t extra = std::min(most[i] - least[i], rest / groups[i].size);
    const auto leads_on = [&] {
      const auto after = std::size_t(rest - groups[i].size * extra);
      return after < cost[i + 1].size() && cost[i + 1][after] != never &&
             cost[i + 1][after] + cost_of(i, extra) == cost[i][std::size_t(rest)];
    };
    while (!leads_on()) --extra;
    groups[i].units = least[i] + extra;
    rest -= groups[i].size * extra;
  }
  return true;
}

/// False where limits, or sizes with a common divisor, already rule out that the groups add up to
/// `total`.
bool could_add_up(const std::vector<Group>& groups, std::int64_t total) {
  std::int64_t divisor = 0, low = 0, high = 0;
  for (const Group& group : groups) {
    if (group.low > group.high) return false;
    low += group.size * group.low;
    high += group.size * group.high;
    divisor = std::gcd(divisor, group.size);
  }
  return total >= low && total <= high && (divisor == 0 || total % divisor == 0);
}

/// The narrowest window that will do is looked for by doubling. Beyond `widest` nothing can be
/// gained: from aims rounded to the nearest, at most half a unit a member is to be handed out, by
/// moves of one unit of one group. Taken in an order that keeps their sum between -k and that
/// amount + k (k the largest group), no sum comes twice, else the moves between could be left out;
/// so there are no more moves than sums.
bool hand_out(std::vector<Group>& groups, std::int64_t total) {
  std::int64_t members = 0, largest = 0;
  for (const Group& group : groups) {
    members += group.size;
    largest = std::max(largest, group.size);
  }
  const std::int64_t widest = members / 2 + 2 * largest + 2;
  for (std::int64_t window = 0;; window = std::max<std::int64_t>(1, 2 * window)) {
    if (hand_out_within(groups, total, window)) return true;
    if (window >= widest) return false;
  }
}

}  // namespace

std::optional<std::vector<std::string>> apportion(std::span<const double> shares,
                                                  std::span<const ApportionLimit> limits,
                                                  const std::vector<std::vector<std::size_t>>& ties,
                                                  int decimals, std::string_view whole) {
  if (decimals < 0 || decimals > most_decimals || shares.empty() || shares.size() > most_shares)
    return std::nullopt;
  if (!std::all_of(shares.begin(), shares.end(), [](double share) { return std::isfinite(share); }))
    return std::nullopt;
  const auto all = units_of(whole, decimals);
  if (!all) return std::nullopt;
  const double units_of_whole = double(*all);
  std::vector<Group> groups = make_groups(shares, limits, ties), open;
  for (Group& group : groups) {
    if (!fix(group, limits, units_of_whole / double(power_of_ten(decimals)))) return std::nullopt;
    group.low =
        std::max<std::int64_t>(1, std::int64_t(std::ceil(std::clamp(group.low_share, 0.0, 1.0) *
                                                         units_of_whole * (1 - rounding))));
    group.high = std::int64_t(
        std::floor(std::clamp(group.high_share, 0.0, 1.0) * units_of_whole * (1 + rounding)));
    if (!group.fixed) open.push_back(group);
  }
  const auto total = units_left(groups, *all, decimals);
  if (!total) return std::nullopt;
  if (!could_add_up(open, *total)) return std::nullopt;
  aim_groups(open, *total, units_of_whole);
  if (!hand_out(open, *total)) return std::nullopt;

  std::vector<std::string> numerals(shares.size());
  for (const Group& group : groups)
    if (group.fixed)
      for (const std::size_t i : group.members)
        numerals[i] = limits[i].fixed.value_or(*group.fixed);
  for (const Group& group : open)
    for (const std::size_t i : group.members) numerals[i] = Decimal{group.units, decimals}.text();
  return numerals;
}

}  // namespace waystone
