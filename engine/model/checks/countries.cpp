// A fact that is true of one country only is that country's name in disguise.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "model/checks/checks.hpp"

namespace waystone::model {
namespace {

// English short names of states, as names of the language would be written.
constexpr auto countries = std::to_array<std::string_view>({"afghanistan",
                                                            "albania",
                                                            "algeria",
                                                            "andorra",
                                                            "angola",
                                                            "argentina",
                                                            "armenia",
                                                            "australia",
                                                            "austria",
                                                            "azerbaijan",
                                                            "bahamas",
                                                            "bahrain",
                                                            "bangladesh",
                                                            "barbados",
                                                            "belarus",
                                                            "belgium",
                                                            "belize",
                                                            "benin",
                                                            "bhutan",
                                                            "bolivia",
                                                            "bosnia",
                                                            "botswana",
                                                            "brazil",
                                                            "brunei",
                                                            "bulgaria",
                                                            "burkina_faso",
                                                            "burundi",
                                                            "cambodia",
                                                            "cameroon",
                                                            "canada",
                                                            "cape_verde",
                                                            "chad",
                                                            "chile",
                                                            "china",
                                                            "colombia",
                                                            "comoros",
                                                            "congo",
                                                            "costa_rica",
                                                            "croatia",
                                                            "cuba",
                                                            "cyprus",
                                                            "czechia",
                                                            "denmark",
                                                            "djibouti",
                                                            "dominica",
                                                            "ecuador",
                                                            "egypt",
                                                            "el_salvador",
                                                            "eritrea",
                                                            "estonia",
                                                            "eswatini",
                                                            "ethiopia",
                                                            "fiji",
                                                            "finland",
                                                            "france",
                                                            "gabon",
                                                            "gambia",
                                                            "georgia",
                                                            "germany",
                                                            "ghana",
                                                            "greece",
                                                            "grenada",
                                                            "guatemala",
                                                            "guinea",
                                                            "guyana",
                                                            "haiti",
                                                            "honduras",
                                                            "hungary",
                                                            "iceland",
                                                            "india",
                                                            "indonesia",
                                                            "iran",
                                                            "iraq",
                                                            "ireland",
                                                            "israel",
                                                            "italy",
                                                            "ivory_coast",
                                                            "jamaica",
                                                            "japan",
                                                            "jordan",
                                                            "kazakhstan",
                                                            "kenya",
                                                            "kiribati",
                                                            "kosovo",
                                                            "kuwait",
                                                            "kyrgyzstan",
                                                            "laos",
                                                            "latvia",
                                                            "lebanon",
                                                            "lesotho",
                                                            "liberia",
                                                            "libya",
                                                            "liechtenstein",
                                                            "lithuania",
                                                            "luxembourg",
                                                            "madagascar",
                                                            "malawi",
                                                            "malaysia",
                                                            "maldives",
                                                            "mali",
                                                            "malta",
                                                            "mauritania",
                                                            "mauritius",
                                                            "mexico",
                                                            "micronesia",
                                                            "moldova",
                                                            "monaco",
                                                            "mongolia",
                                                            "montenegro",
                                                            "morocco",
                                                            "mozambique",
                                                            "myanmar",
                                                            "namibia",
                                                            "nauru",
                                                            "nepal",
                                                            "netherlands",
                                                            "new_zealand",
                                                            "nicaragua",
                                                            "niger",
                                                            "nigeria",
                                                            "north_korea",
                                                            "north_macedonia",
                                                            "norway",
                                                            "oman",
                                                            "pakistan",
                                                            "palau",
                                                            "palestine",
                                                            "panama",
                                                            "papua_new_guinea",
                                                            "paraguay",
                                                            "peru",
                                                            "philippines",
                                                            "poland",
                                                            "portugal",
                                                            "qatar",
                                                            "romania",
                                                            "russia",
                                                            "rwanda",
                                                            "samoa",
                                                            "san_marino",
                                                            "saudi_arabia",
                                                            "senegal",
                                                            "serbia",
                                                            "seychelles",
                                                            "sierra_leone",
                                                            "singapore",
                                                            "slovakia",
                                                            "slovenia",
                                                            "somalia",
                                                            "south_africa",
                                                            "south_korea",
                                                            "south_sudan",
                                                            "spain",
                                                            "sri_lanka",
                                                            "sudan",
                                                            "suriname",
                                                            "sweden",
                                                            "switzerland",
                                                            "syria",
                                                            "taiwan",
                                                            "tajikistan",
                                                            "tanzania",
                                                            "thailand",
                                                            "timor_leste",
                                                            "togo",
                                                            "tonga",
                                                            "trinidad_and_tobago",
                                                            "tunisia",
                                                            "turkey",
                                                            "turkmenistan",
                                                            "tuvalu",
                                                            "uganda",
                                                            "ukraine",
                                                            "united_arab_emirates",
                                                            "united_kingdom",
                                                            "united_states",
                                                            "uruguay",
                                                            "uzbekistan",
                                                            "vanuatu",
                                                            "venezuela",
                                                            "vietnam",
                                                            "yemen",
                                                            "zambia",
                                                            "zimbabwe"});

bool is_country(std::string_view name) {
  return std::binary_search(countries.begin(), countries.end(), name);
}

// "belarus", "is_belarus", "in_belarus", "country_belarus"
bool names_country(std::string_view name) {
  for (const std::string_view lead : {"is_", "in_", "country_", "not_"})
    if (name.starts_with(lead) && is_country(name.substr(lead.size()))) return true;
  return is_country(name);
}

}  // namespace

void check_countries(Draft& draft) {
  for (const NodeTree& row : draft.nodes.rows) {
    const auto* tree = std::get_if<const syntax::Indicator*>(&row);
    if (!tree) continue;
    const std::vector<std::string> note{
        "say what it is about the country that matters, so that it can be true of others"};
    if (names_country((*tree)->name.text)) {
      draft.say(Code::E0204, (*tree)->name.where,
                fmt::format("'{}' is a country in disguise; rules can't name countries",
                            (*tree)->name.text),
                {}, note);
      continue;
    }
    if (!(*tree)->unit) continue;
    for (const syntax::Name& code : (*tree)->unit->codes)
      if (is_country(code.text)) {
        draft.say(Code::E0204, code.where,
                  fmt::format("the code '{}' is a country; rules can't name countries", code.text),
                  {}, note);
        break;
      }
  }
}

}  // namespace waystone::model
