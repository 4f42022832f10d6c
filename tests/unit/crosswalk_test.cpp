// Countries by what publishers call them.
#include <array>

#include "catch.hpp"
#include "scenario/crosswalk.hpp"
#include "scenario/scenario.hpp"

using namespace waystone::scenario;

namespace {

std::string codes_of(std::string_view text) {
  const auto match = recognise_country(text);
  std::string codes;
  for (const std::string_view code : match ? match->codes : std::vector<std::string_view>{})
    codes += (codes.empty() ? "" : " ") + std::string(code);
  return codes;
}

}  // namespace

TEST_CASE("a name means one country, whatever its accents, order and abbreviations") {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 28> names{{
      {"Poland", "POL"},
      {"POLAND", "POL"},
      {"Korea, Rep.", "KOR"},
      {"Republic of Korea", "KOR"},
      {"Korea, Dem. People's Rep.", "PRK"},
      {"Viet Nam", "VNM"},
      {"Vietnam", "VNM"},
      {"Türkiye", "TUR"},
      {"Turkiye", "TUR"},
      {"Turkey", "TUR"},
      {"Czechia", "CZE"},
      {"Czech Republic", "CZE"},
      {"Congo, Dem. Rep.", "COD"},
      {"Democratic Republic of the Congo", "COD"},
      {"Congo, Rep.", "COG"},
      {"Egypt, Arab Rep.", "EGY"},
      {"Côte d'Ivoire", "CIV"},
      {"Cote d’Ivoire", "CIV"},
      {"Ivory Coast", "CIV"},
      {"Bahamas, The", "BHS"},
      {"St. Lucia", "LCA"},
      {"Trinidad & Tobago", "TTO"},
      {"Hong Kong SAR, China", "HKG"},
      {"Iran (Islamic Republic of)", "IRN"},
      {"U.S.A.", "USA"},
      {"Curac\u0327ao", "CUW"},
      {"Swaziland", "SWZ"},
      {"North Macedonia", "MKD"},
  }};
  for (const auto& [name, code] : names) {
    INFO(name);
    CHECK(codes_of(name) == code);
  }
}

TEST_CASE("other codes mean the countries of today, several where there are several") {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 28> others{{
      {"PL", "POL"},
      {"pl", "POL"},
      {"pol", "POL"},
      {"616", "POL"},
      {"4", "AFG"},
      {"004", "AFG"},
      {"UK", "GBR"},
      {"EL", "GRC"},
      {"NA", "NAM"},
      {"ROM", "ROU"},
      {"ZAR", "COD"},
      {"TMP", "TLS"},
      {"ADO", "AND"},
      {"WBG", "PSE"},
      {"KSV", "XKX"},
      {"PSG", "PSE"},
      {"YMD", "YEM"},
      {"DDR", "DEU"},
      {"YUG", "BIH HRV MKD MNE SRB SVN XKX"},
      {"CSK", "CZE SVK"},
      {"GER", "DEU"},
      {"NIG", "NER NGA"},
      {"Korea", "KOR PRK"},
      {"Congo", "COD COG"},
      {"WLD", ""},
      {"EU27_2020", ""},
      {"OECD", ""},
      {"G20", ""},
  }};
  for (const auto& [text, codes] : others) {
    INFO(text);
    CHECK(recognise_country(text));
    CHECK(codes_of(text) == codes);
  }
  for (const std::string_view text : {"", "UKX", "999", "Atlantis", "12345"})
    CHECK_FALSE(recognise_country(text));
}

TEST_CASE(
    "every code of today is recognised as itself and by its name, and every code that is named is "
    "one") {
  for (int a = 'A'; a <= 'Z'; ++a)
    for (int b = 'A'; b <= 'Z'; ++b)
      for (int c = 'A'; c <= 'Z'; ++c) {
        const std::string code{char(a), char(b), char(c)};
        const auto match = recognise_country(code);
        for (const std::string_view meant : match ? match->codes : std::vector<std::string_view>{})
          CHECK(is_country_code(meant));
        if (!is_country_code(code)) continue;
        CHECK(match->naming == Naming::code);
        const std::string_view both = "COD COG";  // of the name Congo
        CHECK(codes_of(country_name(code)) == (code == "COG" ? both : code));
      }
}
