// Countries by what publishers call them: names, two letters, numbers, former codes, codes of their
// own.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace waystone::scenario {

/// How a text names a country.
enum class Naming {
  code,           // alpha-3, as scenarios want it
  small_letters,  // alpha-3 in small letters
  name,
  two_letters,  // alpha-2
  number,       // of ISO 3166-1, leading zeros or not
  former,       // a code or name that is no longer in use
  other_code,   // a publisher's own code
  several,      // a code or name that stands for different countries
  group,        // several countries at once: the world, the euro area
  foreign,      // a name in another language; never taken for a country, only told
  marked,       // a code or name with a footnote's mark, an odd blank, or more of its row
};

struct CountryMatch {
  Naming naming = Naming::code;
  std::vector<std::string_view>
      codes;           // alpha-3, in order: of a former country its successors; of a group none
  std::string about;   // "Yugoslavia until 2003"; "the World Bank"
  bool single = true;  // false where it may mean several countries at once, as a group does
};

/// The country, or the countries, that a text may mean. Names are compared without accents, case,
/// order of words, and "the". Nothing if no table of this program has it.
std::optional<CountryMatch> recognise_country(std::string_view text);

/// Codes of the countries whose names a text is one slip of the finger away from ("Hungray"), in
/// order; more than one where it can't be told which is meant ("Irak").
std::vector<std::string_view> countries_near(std::string_view text);

/// The same for a text that is a name, even where it has the form of a code ("USA", "UK").
std::optional<CountryMatch> country_named(std::string_view name);

/// One note on a text that is no code: "Poland is POL". `text` as it was written.
std::string country_hint(std::string_view text, const CountryMatch& match);

/// The one of `codes`, which are in order, that a text means, "Poland" or "PL"; nothing where it
/// may mean several or none of them.
std::optional<std::string> scored_country(std::string_view text,
                                          const std::vector<std::string>& codes);

}  // namespace waystone::scenario
