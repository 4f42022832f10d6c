// What a text says of a country: one table of all names and codes, made when the first text is
// looked up.
#include "scenario/crosswalk.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_map>

#include <fmt/format.h>

#include "scenario/countries.hpp"
#include "scenario/scenario.hpp"

namespace waystone::scenario {
namespace {

struct Former {
  std::string_view code, short_code;
  int number;
  std::string_view name;
  int until;
  std::string_view codes;
};
constexpr Former formers[] = {
#define WAYSTONE_FORMER(code, short_code, number, name, until, codes) \
  {code, short_code, number, name, until, codes},
#include "scenario/other_countries.def"
};

// A code, or a name, with what it means: `whose` code it is, or what a group is.
struct Other {
  std::string_view text, whose, codes;
};
constexpr Other other_codes[] = {
#define WAYSTONE_OTHER_CODE(code, whose, codes) {code, whose, codes},
#include "scenario/other_countries.def"
};
constexpr Other shared_names[] = {
#define WAYSTONE_SHARED_NAME(name, codes) {name, "", codes},
#include "scenario/other_countries.def"
};
constexpr Other groups_of_countries[] = {
#define WAYSTONE_GROUP(code, name) {code, name, ""},
#include "scenario/other_countries.def"
};

// What one country is called in other languages, in the order of `languages`.
struct Foreign {
  std::string_view code;
  std::array<std::string_view, 5> names;
};
constexpr std::array<std::string_view, 5> languages{"German", "French", "Spanish", "Russian",
                                                    "Chinese"};
constexpr Foreign foreign_names[] = {
#define WAYSTONE_FOREIGN_NAMES(code, german, french, spanish, russian, chinese) \
  {code, {german, french, spanish, russian, chinese}},
#include "scenario/foreign_names.def"
#undef WAYSTONE_FOREIGN_NAMES
};

// ---- text without accents

struct Fold {
  char32_t first, last;
  std::string_view plain;
};
// Letters of Latin-1 and Latin Extended-A, as far as names of countries have them in any spelling.
constexpr std::array folds{
    Fold{0xC0, 0xC5, "a"},   Fold{0xC6, 0xC6, "ae"},  Fold{0xC7, 0xC7, "c"},
    Fold{0xC8, 0xCB, "e"},   Fold{0xCC, 0xCF, "i"},   Fold{0xD1, 0xD1, "n"},
    Fold{0xD2, 0xD6, "o"},   Fold{0xD8, 0xD8, "o"},   Fold{0xD9, 0xDC, "u"},
    Fold{0xDD, 0xDD, "y"},   Fold{0xDF, 0xDF, "ss"},  Fold{0xE0, 0xE5, "a"},
    Fold{0xE6, 0xE6, "ae"},  Fold{0xE7, 0xE7, "c"},   Fold{0xE8, 0xEB, "e"},
    Fold{0xEC, 0xEF, "i"},   Fold{0xF1, 0xF1, "n"},   Fold{0xF2, 0xF6, "o"},
    Fold{0xF8, 0xF8, "o"},   Fold{0xF9, 0xFC, "u"},   Fold{0xFD, 0xFD, "y"},
    Fold{0x100, 0x105, "a"}, Fold{0x106, 0x10D, "c"}, Fold{0x112, 0x11B, "e"},
    Fold{0x11E, 0x11F, "g"}, Fold{0x12A, 0x131, "i"}, Fold{0x141, 0x142, "l"},
    Fold{0x143, 0x148, "n"}, Fold{0x15A, 0x161, "s"}, Fold{0x16A, 0x173, "u"},
    Fold{0x179, 0x17E, "z"},
};

// Small ASCII letters, digits and points; a blank for all else that parts words. Apostrophes part
// nothing.
std::string folded(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0x80) {
      const char c = text[at++];
      if (c >= 'A' && c <= 'Z')
        result += char(c - 'A' + 'a');
      else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.')
        result += c;
      else if (c != '\'' && c != '`')
        result += ' ';
      continue;
    }
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    char32_t point = lead & (0x7Fu >> length);
    for (std::size_t i = 1; i < length && at + i < text.size(); ++i)
      point = (point << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3F);
    at += length;
    const auto fold = std::find_if(folds.begin(), folds.end(), [&](const Fold& f) {
      return point >= f.first && point <= f.last;
    });
    const bool joins = (point >= 0x300 && point <= 0x36F) || point == 0x2019 || point == 0x2018 ||
                       point == 0x2BC;  // accents apart, apostrophes
    if (fold != folds.end())
      result += fold->plain;
    else if (!joins)
      result += ' ';
  }
  return result;
}

// The words of a name in order of the alphabet, short forms written out: "Korea, Dem. People's
// Rep." is "democratic korea peoples republic".
std::string key_of(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> in_full{
      {{"rep", "republic"},
       {"dem", "democratic"},
       {"st", "saint"},
       {"is", "islands"},
       {"isl", "islands"},
       {"fed", "federal"}}};
  const std::string text = folded(name);
  std::vector<std::string> words(1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool letter = text[i] != ' ' && text[i] != '.';
    const bool behind_one = i == 1 || (i > 1 && (text[i - 2] == '.' || text[i - 2] == ' '));
    if (letter)
      words.back() += text[i];
    else if (text[i] == ' ' || !behind_one)
      words.emplace_back();  // the points of "U.S.A." part nothing
  }
  std::erase_if(words, [](const std::string& word) {
    return word.empty() || word == "the" || word == "of" || word == "and";
  });
  for (std::string& word : words)
    for (const auto& [abbreviated, full] : in_full)
      if (word == abbreviated) word = full;
  std::sort(words.begin(), words.end());
  return fmt::format("{}", fmt::join(words, " "));
}

std::vector<std::string_view> parts_of(std::string_view text, char mark) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(mark), text.size());
    parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

std::string joined(const std::vector<std::string_view>& codes, std::string_view last) {
  std::string result;
  for (std::size_t i = 0; i < codes.size(); ++i)
    result += fmt::format("{}{}",
                          i == 0                 ? ""
                          : i + 1 < codes.size() ? ", "
                                                 : fmt::format(" {} ", last),
                          codes[i]);
  return result;
}

// ---- the table

class Crosswalk {
 public:
  Crosswalk() {
    for (const Country& country : countries()) {
      by_code_[country.code] = {Naming::code, {country.code}, std::string(country.name)};
      by_code_[country.short_code] = {
          Naming::two_letters, {country.code}, std::string(country.name)};
      if (country.number > 0)
        by_number_[country.number] = {Naming::number, {country.code}, std::string(country.name)};
      add_name(country.name, {Naming::name, {country.code}, ""});
      for (const std::string_view name : parts_of(country.other_names, '|'))
        add_name(name, {Naming::name, {country.code}, ""});
    }
    for (const Foreign& foreign : foreign_names) add_foreign(foreign);
    for (const Former& former : formers) add_former(former);
    for (const Other& other : other_codes) add_other(other);
    for (const Other& shared : shared_names) add_shared(shared);
    for (const Other& group : groups_of_countries) {
      by_code_[group.text] = {Naming::group, {}, std::string(group.whose), false};
      add_name(group.whose, {Naming::group, {}, "", false});
    }
  }

  std::optional<CountryMatch> find(std::string_view text) const {
    if (text.empty() || text.size() > longest) return std::nullopt;
    if (const auto found = by_code_.find(text); found != by_code_.end()) return found->second;
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc{} && end == text.data() + text.size() && text.size() <= 3) {
      const auto found = by_number_.find(number);
      return found == by_number_.end() ? std::nullopt : std::optional(found->second);
    }
    if (const auto found = by_name_.find(key_of(text)); found != by_name_.end())
      return found->second;
    if (auto match = in_capitals(text)) return match;
    if (auto match = in_full_form(text)) return match;
    if (const auto found = by_foreign_.find(foreign_key(text)); found != by_foreign_.end())
      return found->second;
    return without_marks(text);
  }

  std::vector<std::string_view> near(std::string_view text) const {
    std::vector<std::string_view> codes;
    for (const Country& country : countries())
      if (one_slip_apart(text, country.name)) codes.push_back(country.code);
    return codes;
  }

  std::optional<CountryMatch> named(std::string_view text) const {
    if (text.empty() || text.size() > longest) return std::nullopt;
    const auto found = by_name_.find(key_of(text));
    return found == by_name_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  static constexpr std::size_t longest = 120;  // bytes; no name is longer

  void add_name(std::string_view name, CountryMatch match) {
    by_name_.emplace(key_of(name), std::move(match));
  }

  // Letters that have no equal among ours are compared as they stand.
  static std::string foreign_key(std::string_view name) {
    std::string key = key_of(name);
    return key.empty() ? std::string(name) : key;
  }

  // "刚果" is the short name of two countries.
  void add_foreign(const Foreign& foreign) {
    for (std::size_t i = 0; i < languages.size(); ++i)
      for (const std::string_view name : parts_of(foreign.names[i], '|')) {
        const auto [found, fresh] = by_foreign_.try_emplace(
            foreign_key(name),
            CountryMatch{Naming::foreign, {foreign.code}, std::string(languages[i])});
        CountryMatch& match = found->second;
        if (fresh || match.codes.back() == foreign.code) continue;
        match.codes.push_back(foreign.code);  // the file is in order of code
        match.naming = Naming::several;
        match.about = joined(match.codes, "or");
      }
  }

  // A name that is also one country's short name is asked about all the same.
  void add_shared(const Other& shared) {
    const auto codes = parts_of(shared.codes, ' ');
    by_name_[key_of(shared.text)] = {Naming::several, codes, joined(codes, "or")};
  }

  void add_former(const Former& former) {
    CountryMatch match{Naming::former, parts_of(former.codes, ' '),
                       fmt::format("{} until {}", former.name, former.until)};
    match.single = match.codes.size() == 1;
    add_name(former.name, match);
    // a code that is in use again stays what it is
    for (const std::string_view code : {former.code, former.short_code})
      if (!code.empty()) by_code_.emplace(code, match);
    if (former.number > 0) by_number_.emplace(former.number, match);
  }

  void add_other(const Other& other) {
    const auto codes = parts_of(other.codes, ' ');
    if (other.text.size() == 2) {
      const std::string about =
          fmt::format("{} in lists of {}", country_name(codes.front()), other.whose);
      by_code_[other.text] = {Naming::two_letters, codes, about};
      return;
    }
    const auto [found, fresh] = by_code_.try_emplace(
        other.text,
        CountryMatch{Naming::other_code, codes, std::string(other.whose), codes.size() == 1});
    if (fresh) return;
    CountryMatch& match = found->second;
    match.single = match.single && codes.size() == 1;
    if (match.naming != Naming::several)
      match.about = fmt::format("{} ({})", joined(match.codes, "and"), match.about);
    match.about += fmt::format(" or {} ({})", joined(codes, "and"), other.whose);
    match.naming = Naming::several;
    match.codes.insert(match.codes.end(), codes.begin(), codes.end());
    std::sort(match.codes.begin(), match.codes.end());
    match.codes.erase(std::unique(match.codes.begin(), match.codes.end()), match.codes.end());
  }

  // "Republic of Hungary": the name is what is left of the words of a state's form.
  std::optional<CountryMatch> in_full_form(std::string_view text) const {
    constexpr std::array<std::string_view, 20> forms{
        "republic",     "kingdom",   "state",         "federal",      "federation",
        "democratic",   "islamic",   "arab",          "peoples",      "socialist",
        "commonwealth", "grand",     "duchy",         "principality", "sultanate",
        "emirate",      "hashemite", "plurinational", "bolivarian",   "independent"};
    std::string rest;
    const std::string key = key_of(text);
    for (const std::string_view word : parts_of(key, ' '))
      if (std::find(forms.begin(), forms.end(), word) == forms.end())
        rest += fmt::format("{}{}", rest.empty() ? "" : " ", word);
    if (rest.empty() || rest.size() == key.size()) return std::nullopt;
    const auto found = by_name_.find(rest);
    // "Republic of China" is not what is left of it
    const bool sure = found != by_name_.end() && found->second.naming == Naming::name &&
                      found->second.codes != std::vector<std::string_view>{"CHN"};
    return sure ? std::optional(found->second) : std::nullopt;
  }

  // "HUN*", "Hungary 1)", "HUN;2019;4": what is left of it without marks and blanks, or before a
  // separator.
  std::optional<CountryMatch> without_marks(std::string_view text) const {
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    std::string_view rest = text.substr(0, text.find_first_of(";,|\t"));
    for (const std::string_view front : {"\xEF\xBB\xBF", "\xC2\xA0", "\xE2\x80\x8B"})
      if (rest.starts_with(front)) rest.remove_prefix(front.size());
    while (!rest.empty() && letters.find(rest.back()) == std::string_view::npos)
      rest.remove_suffix(1);
    if (rest.size() == text.size() || rest.size() < 3) return std::nullopt;
    const auto code = by_code_.find(rest);
    const auto name = by_name_.find(key_of(rest));
    if (code != by_code_.end() && code->second.naming == Naming::code)
      return CountryMatch{Naming::marked, code->second.codes, code->second.about};
    if (rest.size() > 3 && name != by_name_.end() && name->second.naming == Naming::name)
      return CountryMatch{Naming::marked, name->second.codes, name->second.about};
    return std::nullopt;
  }

  std::optional<CountryMatch> in_capitals(std::string_view text) const {
    if (text.size() > 3) return std::nullopt;
    std::string capitals(text);
    for (char& c : capitals)
      if (c >= 'a' && c <= 'z') c = char(c - 'a' + 'A');
    const auto found = by_code_.find(capitals);
    if (found == by_code_.end()) return std::nullopt;
    CountryMatch match = found->second;
    if (match.naming == Naming::code) match.naming = Naming::small_letters;
    return match;
  }

  std::unordered_map<std::string_view, CountryMatch> by_code_;
  std::unordered_map<int, CountryMatch> by_number_;
  std::unordered_map<std::string, CountryMatch> by_name_, by_foreign_;
};

}  // namespace

namespace {

const Crosswalk& the_crosswalk() {
  static const Crosswalk crosswalk;
  return crosswalk;
}

}  // namespace

std::optional<CountryMatch> recognise_country(std::string_view text) {
  return the_crosswalk().find(text);
}

std::optional<CountryMatch> country_named(std::string_view name) {
  return the_crosswalk().named(name);
}

std::vector<std::string_view> countries_near(std::string_view text) {
  constexpr std::size_t shortest = 4;
  return text.size() < shortest ? std::vector<std::string_view>{} : the_crosswalk().near(text);
}

std::string country_hint(std::string_view text, const CountryMatch& match) {
  const std::string codes = joined(match.codes, "and");
  const bool one = match.codes.size() == 1;
  switch (match.naming) {
    case Naming::code:
    case Naming::small_letters: return fmt::format("did you mean '{}'?", codes);
    case Naming::name: return fmt::format("{} is {}", text, codes);
    case Naming::foreign:
      return fmt::format("{} is {} for {}: {}", text, match.about,
                         country_name(match.codes.front()), codes);
    case Naming::marked:
      return text.find_first_of(";,|\t") == std::string_view::npos
                 ? fmt::format("write {} alone, without marks or blanks of another kind", codes)
                 : fmt::format(
                       "this is {} and more of its row, which is not parted as the others are",
                       codes);
    case Naming::two_letters:
      return fmt::format("{} is the two-letter code of {}: {}", text, match.about, codes);
    case Naming::number: return fmt::format("{} is the number of {}: {}", text, match.about, codes);
    case Naming::former:
      if (!one)
        return fmt::format("{} has several successors; say which is meant: {}", match.about, codes);
      return text.size() <= 3
                 ? fmt::format("{} was the code of {}; today it is {}", text, match.about, codes)
                 : fmt::format("{} is {} today", match.about, codes);
    case Naming::other_code: return fmt::format("{} is a code of {}: {}", text, match.about, codes);
    case Naming::several: return fmt::format("{} may be {}; say which is meant", text, match.about);
    case Naming::group:
      return fmt::format("{} is a group of countries{}", text,
                         match.about.empty() ? "" : fmt::format(": {}", match.about));
  }
  return {};
}

std::optional<std::string> scored_country(std::string_view text,
                                          const std::vector<std::string>& codes) {
  const auto match = recognise_country(text);
  std::optional<std::string> meant;
  for (const std::string_view code : match ? match->codes : std::vector<std::string_view>{}) {
    if (code == text || !std::binary_search(codes.begin(), codes.end(), code)) continue;
    if (meant) return std::nullopt;
    meant = code;
  }
  return meant;
}

}  // namespace waystone::scenario
