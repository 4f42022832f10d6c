// What a line that is not TOML was meant to say: its writer's slip, and the corrected line.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace waystone::scenario {

/// What a key of facts is measured in, "'growth' is in percent"; "" for any other key.
using DescribeKey = std::function<std::string(std::string_view key)>;

struct Slip {
  std::string message;             // "a point is the decimal mark: 4.5"
  std::string line;                // as it should be; "" where it can't be told
  std::size_t begin = 0, end = 0;  // bytes of the file: what is wrong
  std::size_t from = 0, to = 0;    // the same of what `line` takes the place of
};

/// The slip on the line where a TOML reader stopped at byte `at`; nothing where none is recognised.
std::optional<Slip> slip_at(std::string_view text, std::size_t at, const DescribeKey& describe);

/// The text with the line as it should be.
std::string with_line(std::string_view text, const Slip& slip);

/// One value of TOML as it should be.
struct Mended {
  std::string message, value;
};
/// What is wrong with the text of one value, neither list nor table; nothing if it is correct.
std::optional<Mended> mended_value(std::string_view value, const std::string& unit);

/// The place after the string that begins at `at`, of one line or of several. If the string isn't
/// closed, the end of its line or of the text.
std::size_t behind_string(std::string_view text, std::size_t at);
/// The place after the quote that closes the one at `at`, or the end of the text.
std::size_t behind_quoted(std::string_view text, std::size_t at);

}  // namespace waystone::scenario
