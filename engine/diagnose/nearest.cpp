#include <algorithm>

#include <fmt/format.h>

#include "diagnose/diagnostic.hpp"

namespace waystone {
namespace {

// Optimal string alignment distance (Levenshtein with adjacent transpositions), cut off above
// `limit`.
std::size_t distance(std::string_view a, std::string_view b, std::size_t limit) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > limit) return limit + 1;
  std::vector<std::size_t> before(a.size() + 1), last(a.size() + 1), row(a.size() + 1);
  for (std::size_t i = 0; i <= a.size(); ++i) last[i] = i;
  for (std::size_t j = 1; j <= b.size(); ++j) {
    row[0] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
      row[i] =
          std::min({last[i] + 1, row[i - 1] + 1, last[i - 1] + (a[i - 1] == b[j - 1] ? 0u : 1u)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[i] = std::min(row[i], before[i - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[a.size()];
}

bool same_but_for_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

std::optional<std::string> nearest(std::string_view name,
                                   const std::vector<std::string>& candidates) {
  constexpr std::size_t longest = 64;  // a longer word is no slip of the finger, and costs time
  if (name.size() > longest) return std::nullopt;
  std::size_t limit = std::max<std::size_t>(1, name.size() / 3);
  std::optional<std::string> best;
  for (const std::string& candidate : candidates) {
    if (candidate == name) continue;
    if (same_but_for_case(candidate, name)) return candidate;
    const std::size_t d = distance(name, candidate, limit);
    const bool better = d < limit || (d == limit && (!best || candidate < *best));
    if (d <= limit && better) {
      best = candidate;
      limit = d;
    }
  }
  return best;
}

bool one_slip_apart(std::string_view a, std::string_view b) {
  return a != b && distance(a, b, 1) <= 1;
}

std::vector<std::string> suggestion(std::string_view name,
                                    const std::vector<std::string>& candidates) {
  if (const auto found = nearest(name, candidates))
    return {fmt::format("did you mean '{}'?", *found)};
  return {};
}

}  // namespace waystone
