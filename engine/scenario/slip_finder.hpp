// Examines a line that is not TOML. Private to this room.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "scenario/toml_slips.hpp"

namespace waystone::scenario {

std::string_view without_blanks(std::string_view text);  // at its ends
bool is_bare_key(std::string_view key);                  // letters, digits, '_', '-' and points
/// The first of some signs outside quotes and, unless `nested`, outside brackets.
std::size_t find_outside(std::string_view text, std::string_view signs, std::size_t from = 0,
                         bool nested = false);
/// The length of a sign that opens comments elsewhere; 0 where there is none.
std::size_t comment_sign(std::string_view text);

/// Looks at one line: toml_slips.cpp at headers, keys and ends, toml_lists.cpp at what stands in
/// braces and brackets.
class SlipFinder {
 public:
  SlipFinder(std::string_view text, std::size_t at, const DescribeKey& describe);
  std::optional<Slip> find() const;

 private:
  /// A part of a line: the value of `outer`.
  SlipFinder(const SlipFinder& line, std::string_view outer) : SlipFinder(line) { outer_ = outer; }
  /// `part` is a view into the line; `mended` takes its place.
  Slip slip(std::string_view part, std::string message,
            const std::optional<std::string>& mended) const;
  static std::string_view without_comment(std::string_view line);

  // the line and its place
  std::size_t last_sign_before(std::size_t at) const;
  std::optional<std::size_t> open_bracket() const;
  std::optional<Slip> within(std::size_t opened, std::string_view whole) const;
  std::optional<Slip> open_string() const;
  std::optional<Slip> comma_above() const;
  std::optional<Slip> odd_blank() const;
  std::optional<Slip> header(std::string_view whole) const;
  std::optional<Slip> behind_header(std::string_view whole) const;
  static std::optional<std::string> country_header(std::string_view name);

  // key = value
  std::optional<Slip> pair(std::string_view whole, bool line) const;
  Slip joined(std::string_view whole, std::string_view key, std::string_view value) const;
  std::optional<Slip> without_equals(std::string_view whole, bool line) const;
  std::optional<Slip> bound(std::string_view whole) const;
  std::optional<Slip> long_text(std::string_view value) const;
  std::optional<Slip> several(std::string_view key, std::string_view value,
                              std::string_view whole) const;
  std::optional<Slip> value_of(std::string_view key, std::string_view value, std::string_view whole,
                               bool line) const;
  std::string describe(std::string_view key) const;
  static std::string_view last_part(std::string_view key) { return key.substr(key.rfind('.') + 1); }
  std::optional<Slip> behind_value(std::string_view value, std::string_view whole) const;

  // { … } and [ … ]
  std::optional<Slip> table(std::string_view key, std::string_view value) const;
  std::optional<Slip> open_table(std::string_view key, std::string_view value) const;
  static std::string tidy(std::string_view text);
  static std::vector<std::string_view> parts_of(std::string_view inside);
  std::optional<Slip> keys_apart(std::string_view value) const;
  std::optional<Slip> behind_bracket(std::string_view rest) const;
  std::optional<Slip> without_commas(std::string_view item) const;
  std::optional<Slip> list(std::string_view value) const;
  std::optional<Slip> item_of(std::string_view item) const;
  std::optional<Slip> turned_pair(const std::vector<std::string_view>& items,
                                  std::string_view whole) const;

  std::string_view text_, line_, outer_;
  std::size_t at_ = 0, begin_ = 0;
  bool at_end_ = false;  // nothing but blanks follows
  const DescribeKey& describe_;
};

}  // namespace waystone::scenario
