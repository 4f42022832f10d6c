// Marks among the digits of a number: which parts thousands, which is the decimal mark. Private to
// this room.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace waystone::scenario {

struct Unmarked {
  std::string numeral;    // digits, and at most one point
  std::string otherwise;  // the other reading of a mark that has two, mostly ""
  std::vector<std::string>
      advice;  // what the marks should have been, "a point is the decimal mark"
};

/// Digits with commas, points, blanks, apostrophes and low lines among them; nothing if one is in
/// an impossible place. `fits` tells whether a numeral is possible there.
std::optional<Unmarked> without_marks(std::string digits,
                                      const std::function<bool(const std::string&)>& fits);

}  // namespace waystone::scenario
