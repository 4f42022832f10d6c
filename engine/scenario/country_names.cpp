// Countries by the list that a table declares. Nothing is guessed: a number or name that has meant
// several countries means none here.
#include "scenario/country_names.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "scenario/scenario.hpp"

namespace waystone::scenario {
namespace {

struct ListWord {
  std::string_view word, told;
};
// In the order of CountryBy.
constexpr std::array<ListWord, 6> list_words{{{"iso3", "a code of ISO 3166-1 of three letters"},
                                              {"iso2", "a code of ISO 3166-1 of two letters"},
                                              {"name", "a country's name"},
                                              {"worldbank", "a code of the World Bank"},
                                              {"cow", "a number of the Correlates of War"},
                                              {"gw", "a number of Gleditsch and Ward"}}};

struct StateNumbers {
  std::string_view code;
  int cow, gw;
};
constexpr StateNumbers states[] = {
#define WAYSTONE_STATE(code, cow, gw) {code, cow, gw},
#include "scenario/state_numbers.def"
};

struct DoubtfulState {
  int number;
  std::string_view lists, about, codes;
};
constexpr DoubtfulState doubtful_states[] = {
#define WAYSTONE_DOUBTFUL_STATE(number, lists, about, codes) {number, lists, about, codes},
#include "scenario/state_numbers.def"
};

struct CodePair {
  std::string_view text, code;
};
// Beside ISO 3166-1: what the World Bank writes, or wrote for a country that has one code today.
// CHI, the Channel Islands, is two territories.
constexpr std::array<CodePair, 7> world_bank_codes{{{"ADO", "AND"},
                                                    {"IMY", "IMN"},
                                                    {"KSV", "XKX"},
                                                    {"ROM", "ROU"},
                                                    {"TMP", "TLS"},
                                                    {"WBG", "PSE"},
                                                    {"ZAR", "COD"}}};

std::optional<int> whole_number(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string_view state_of(std::string_view text, CountryBy by) {
  const auto number = whole_number(text);
  if (!number || *number <= 0) return {};
  const auto found = std::find_if(std::begin(states), std::end(states), [&](const auto& state) {
    return (by == CountryBy::cow ? state.cow : state.gw) == *number;
  });
  return found == std::end(states) ? std::string_view{} : found->code;
}

std::vector<std::string_view> codes_in(std::string_view list) {
  std::vector<std::string_view> codes;
  for (; !list.empty(); list.remove_prefix(std::min<std::size_t>(list.size(), 4)))
    codes.push_back(list.substr(0, 3));
  return codes;
}

// A number of today that only the other list has, or one that has stood for several states.
std::optional<CountryMatch> doubtful_number(std::string_view text, CountryBy by) {
  const auto number = whole_number(text);
  if (!number) return std::nullopt;
  const bool cow = by == CountryBy::cow;
  for (const DoubtfulState& state : doubtful_states)
    if (state.number == *number && state.lists.find(cow ? "cow" : "gw") != std::string_view::npos)
      return CountryMatch{Naming::former, codes_in(state.codes), std::string(state.about)};
  const CountryBy other = cow ? CountryBy::gw : CountryBy::cow;
  const std::string_view code = state_of(text, other);
  if (code.empty()) return std::nullopt;
  return CountryMatch{Naming::other_code,
                      {code},
                      fmt::format("{} to {}", country_name(code),
                                  cow ? "Gleditsch and Ward" : "the Correlates of War")};
}

// "645, 652": a row about several countries, whose figure belongs to none alone.
std::optional<CountryMatch> several_in(std::string_view text, CountryBy by) {
  const std::size_t mark = text.find_first_of(",;|");
  if (mark == std::string_view::npos) return std::nullopt;
  CountryMatch all{Naming::several, {}, {}, true};
  std::size_t parts = 0;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t end = std::min(rest.find_first_of(",;|"), rest.size());
    std::string_view part = rest.substr(0, end);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    ++parts;
    const std::string_view code = country_of(part, by);
    const auto doubt = code.empty() ? doubt_about(part, by) : std::nullopt;
    if (!code.empty())
      all.codes.push_back(code);
    else if (doubt)
      all.codes.insert(all.codes.end(), doubt->codes.begin(), doubt->codes.end());
  }
  if (parts < 2 || all.codes.empty()) return std::nullopt;
  std::sort(all.codes.begin(), all.codes.end());
  all.codes.erase(std::unique(all.codes.begin(), all.codes.end()), all.codes.end());
  all.about = "several countries in one row";
  return all;
}

}  // namespace

std::optional<CountryBy> country_by_of(std::string_view word) {
  for (std::size_t i = 0; i < list_words.size(); ++i)
    if (list_words[i].word == word) return CountryBy(i);
  return std::nullopt;
}

std::string_view words_for(CountryBy by) { return list_words[std::size_t(by)].told; }

std::string_view country_of(std::string_view text, CountryBy by) {
  switch (by) {
    case CountryBy::cow:
    case CountryBy::gw: return state_of(text, by);
    case CountryBy::name: {
      const auto match = country_named(text);
      return match && match->naming == Naming::name ? match->codes.front() : std::string_view{};
    }
    case CountryBy::iso2: {
      const auto match = text.size() == 2 ? recognise_country(text) : std::nullopt;
      return match && match->naming == Naming::two_letters ? match->codes.front()
                                                           : std::string_view{};
    }
    case CountryBy::worldbank:
      for (const CodePair& pair : world_bank_codes)
        if (pair.text == text) return pair.code;
      [[fallthrough]];
    case CountryBy::iso3: break;
  }
  const auto match = text.size() == 3 ? recognise_country(text) : std::nullopt;
  return match && match->naming == Naming::code ? match->codes.front() : std::string_view{};
}

std::optional<CountryMatch> doubt_about(std::string_view text, CountryBy by) {
  if (by == CountryBy::iso3) return recognise_country(text);
  if (by == CountryBy::cow || by == CountryBy::gw) {
    if (auto doubt = doubtful_number(text, by)) return doubt;
    if (auto several = several_in(text, by)) return several;
    return whole_number(text) ? std::nullopt : recognise_country(text);
  }
  if (by == CountryBy::name) {
    if (auto named = country_named(text)) return named;
    // "Iran, Islamic Republic of" is one name; only what is none may be a list of them.
    if (auto several = several_in(text, by)) return several;
    return recognise_country(text);
  }
  if (auto several = several_in(text, by)) return several;
  return recognise_country(text);
}

}  // namespace waystone::scenario
