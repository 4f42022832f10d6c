// Codes and names of countries: ISO 3166-1 as of its 2020 edition (249 alpha-3 codes, compared with Debian's iso-codes 4.15), with names shortened to
// what people say. XKX is no ISO code but the user-assigned one that the World Bank and others use for Kosovo.
#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "scenario/scenario.hpp"

namespace waystone::scenario {
namespace {

// in order of code
constexpr std::array<std::pair<std::string_view, std::string_view>, 250> countries{{
    {"ABW", "Aruba"}, {"AFG", "Afghanistan"}, {"AGO", "Angola"}, {"AIA", "Anguilla"}, {"ALA", "Åland Islands"}, {"ALB", "Albania"},
    {"AND", "Andorra"}, {"ARE", "United Arab Emirates"}, {"ARG", "Argentina"}, {"ARM", "Armenia"}, {"ASM", "American Samoa"},
    {"ATA", "Antarctica"}, {"ATF", "French Southern Territories"}, {"ATG", "Antigua and Barbuda"}, {"AUS", "Australia"}, {"AUT", "Austria"},
    {"AZE", "Azerbaijan"}, {"BDI", "Burundi"}, {"BEL", "Belgium"}, {"BEN", "Benin"}, {"BES", "Bonaire, Sint Eustatius and Saba"},
    {"BFA", "Burkina Faso"}, {"BGD", "Bangladesh"}, {"BGR", "Bulgaria"}, {"BHR", "Bahrain"}, {"BHS", "Bahamas"},
    {"BIH", "Bosnia and Herzegovina"}, {"BLM", "Saint Barthélemy"}, {"BLR", "Belarus"}, {"BLZ", "Belize"}, {"BMU", "Bermuda"},
    {"BOL", "Bolivia"}, {"BRA", "Brazil"}, {"BRB", "Barbados"}, {"BRN", "Brunei"}, {"BTN", "Bhutan"}, {"BVT", "Bouvet Island"},
    {"BWA", "Botswana"}, {"CAF", "Central African Republic"}, {"CAN", "Canada"}, {"CCK", "Cocos Islands"}, {"CHE", "Switzerland"},
    {"CHL", "Chile"}, {"CHN", "China"}, {"CIV", "Côte d'Ivoire"}, {"CMR", "Cameroon"}, {"COD", "DR Congo"}, {"COG", "Congo"},
    {"COK", "Cook Islands"}, {"COL", "Colombia"}, {"COM", "Comoros"}, {"CPV", "Cabo Verde"}, {"CRI", "Costa Rica"}, {"CUB", "Cuba"},
    {"CUW", "Curaçao"}, {"CXR", "Christmas Island"}, {"CYM", "Cayman Islands"}, {"CYP", "Cyprus"}, {"CZE", "Czechia"}, {"DEU", "Germany"},
    {"DJI", "Djibouti"}, {"DMA", "Dominica"}, {"DNK", "Denmark"}, {"DOM", "Dominican Republic"}, {"DZA", "Algeria"}, {"ECU", "Ecuador"},
    {"EGY", "Egypt"}, {"ERI", "Eritrea"}, {"ESH", "Western Sahara"}, {"ESP", "Spain"}, {"EST", "Estonia"}, {"ETH", "Ethiopia"},
    {"FIN", "Finland"}, {"FJI", "Fiji"}, {"FLK", "Falkland Islands"}, {"FRA", "France"}, {"FRO", "Faroe Islands"}, {"FSM", "Micronesia"},
    {"GAB", "Gabon"}, {"GBR", "United Kingdom"}, {"GEO", "Georgia"}, {"GGY", "Guernsey"}, {"GHA", "Ghana"}, {"GIB", "Gibraltar"},
    {"GIN", "Guinea"}, {"GLP", "Guadeloupe"}, {"GMB", "Gambia"}, {"GNB", "Guinea-Bissau"}, {"GNQ", "Equatorial Guinea"}, {"GRC", "Greece"},
    {"GRD", "Grenada"}, {"GRL", "Greenland"}, {"GTM", "Guatemala"}, {"GUF", "French Guiana"}, {"GUM", "Guam"}, {"GUY", "Guyana"},
    {"HKG", "Hong Kong"}, {"HMD", "Heard Island and McDonald Islands"}, {"HND", "Honduras"}, {"HRV", "Croatia"}, {"HTI", "Haiti"},
    {"HUN", "Hungary"}, {"IDN", "Indonesia"}, {"IMN", "Isle of Man"}, {"IND", "India"}, {"IOT", "British Indian Ocean Territory"},
    {"IRL", "Ireland"}, {"IRN", "Iran"}, {"IRQ", "Iraq"}, {"ISL", "Iceland"}, {"ISR", "Israel"}, {"ITA", "Italy"}, {"JAM", "Jamaica"},
    {"JEY", "Jersey"}, {"JOR", "Jordan"}, {"JPN", "Japan"}, {"KAZ", "Kazakhstan"}, {"KEN", "Kenya"}, {"KGZ", "Kyrgyzstan"},
    {"KHM", "Cambodia"}, {"KIR", "Kiribati"}, {"KNA", "Saint Kitts and Nevis"}, {"KOR", "South Korea"}, {"KWT", "Kuwait"}, {"LAO", "Laos"},
    {"LBN", "Lebanon"}, {"LBR", "Liberia"}, {"LBY", "Libya"}, {"LCA", "Saint Lucia"}, {"LIE", "Liechtenstein"}, {"LKA", "Sri Lanka"},
    {"LSO", "Lesotho"}, {"LTU", "Lithuania"}, {"LUX", "Luxembourg"}, {"LVA", "Latvia"}, {"MAC", "Macao"}, {"MAF", "Saint Martin"},
    {"MAR", "Morocco"}, {"MCO", "Monaco"}, {"MDA", "Moldova"}, {"MDG", "Madagascar"}, {"MDV", "Maldives"}, {"MEX", "Mexico"},
    {"MHL", "Marshall Islands"}, {"MKD", "North Macedonia"}, {"MLI", "Mali"}, {"MLT", "Malta"}, {"MMR", "Myanmar"}, {"MNE", "Montenegro"},
    {"MNG", "Mongolia"}, {"MNP", "Northern Mariana Islands"}, {"MOZ", "Mozambique"}, {"MRT", "Mauritania"}, {"MSR", "Montserrat"},
    {"MTQ", "Martinique"}, {"MUS", "Mauritius"}, {"MWI", "Malawi"}, {"MYS", "Malaysia"}, {"MYT", "Mayotte"}, {"NAM", "Namibia"},
    {"NCL", "New Caledonia"}, {"NER", "Niger"}, {"NFK", "Norfolk Island"}, {"NGA", "Nigeria"}, {"NIC", "Nicaragua"}, {"NIU", "Niue"},
    {"NLD", "Netherlands"}, {"NOR", "Norway"}, {"NPL", "Nepal"}, {"NRU", "Nauru"}, {"NZL", "New Zealand"}, {"OMN", "Oman"},
    {"PAK", "Pakistan"}, {"PAN", "Panama"}, {"PCN", "Pitcairn"}, {"PER", "Peru"}, {"PHL", "Philippines"}, {"PLW", "Palau"},
    {"PNG", "Papua New Guinea"}, {"POL", "Poland"}, {"PRI", "Puerto Rico"}, {"PRK", "North Korea"}, {"PRT", "Portugal"},
    {"PRY", "Paraguay"}, {"PSE", "Palestine"}, {"PYF", "French Polynesia"}, {"QAT", "Qatar"}, {"REU", "Réunion"}, {"ROU", "Romania"},
    {"RUS", "Russia"}, {"RWA", "Rwanda"}, {"SAU", "Saudi Arabia"}, {"SDN", "Sudan"}, {"SEN", "Senegal"}, {"SGP", "Singapore"},
    {"SGS", "South Georgia"}, {"SHN", "Saint Helena"}, {"SJM", "Svalbard and Jan Mayen"}, {"SLB", "Solomon Islands"},
    {"SLE", "Sierra Leone"}, {"SLV", "El Salvador"}, {"SMR", "San Marino"}, {"SOM", "Somalia"}, {"SPM", "Saint Pierre and Miquelon"},
    {"SRB", "Serbia"}, {"SSD", "South Sudan"}, {"STP", "Sao Tome and Principe"}, {"SUR", "Suriname"}, {"SVK", "Slovakia"},
    {"SVN", "Slovenia"}, {"SWE", "Sweden"}, {"SWZ", "Eswatini"}, {"SXM", "Sint Maarten"}, {"SYC", "Seychelles"}, {"SYR", "Syria"},
    {"TCA", "Turks and Caicos Islands"}, {"TCD", "Chad"}, {"TGO", "Togo"}, {"THA", "Thailand"}, {"TJK", "Tajikistan"}, {"TKL", "Tokelau"},
    {"TKM", "Turkmenistan"}, {"TLS", "Timor-Leste"}, {"TON", "Tonga"}, {"TTO", "Trinidad and Tobago"}, {"TUN", "Tunisia"},
    {"TUR", "Turkey"}, {"TUV", "Tuvalu"}, {"TWN", "Taiwan"}, {"TZA", "Tanzania"}, {"UGA", "Uganda"}, {"UKR", "Ukraine"},
    {"UMI", "US Minor Outlying Islands"}, {"URY", "Uruguay"}, {"USA", "United States"}, {"UZB", "Uzbekistan"}, {"VAT", "Vatican City"},
    {"VCT", "Saint Vincent and the Grenadines"}, {"VEN", "Venezuela"}, {"VGB", "British Virgin Islands"}, {"VIR", "US Virgin Islands"},
    {"VNM", "Vietnam"}, {"VUT", "Vanuatu"}, {"WLF", "Wallis and Futuna"}, {"WSM", "Samoa"}, {"XKX", "Kosovo"}, {"YEM", "Yemen"},
    {"ZAF", "South Africa"}, {"ZMB", "Zambia"}, {"ZWE", "Zimbabwe"},
}};

constexpr auto by_code = [](const auto& a, const auto& b) { return a.first < b.first; };
static_assert(std::is_sorted(countries.begin(), countries.end(), by_code));

const std::pair<std::string_view, std::string_view>* find(std::string_view code) {
  const auto found = std::lower_bound(countries.begin(), countries.end(), std::pair{code, std::string_view{}}, by_code);
  return found != countries.end() && found->first == code ? &*found : nullptr;
}

}  // namespace

bool is_country_code(std::string_view code) { return find(code) != nullptr; }

std::string_view country_name(std::string_view code) {
  const auto* found = find(code);
  return found ? found->second : code;
}

bool named_before(std::string_view code, std::string_view other) {
  return std::pair(country_name(code), code) < std::pair(country_name(other), other);
}

}  // namespace waystone::scenario
