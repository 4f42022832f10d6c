#include "scenario/row_countries.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "scenario/country_column.hpp"

namespace waystone::scenario {

bool Asked::contains(std::string_view code) const {
  return !listed ||
         std::binary_search(codes.begin(), codes.end(), code, std::less<std::string_view>{});
}

RowCountries::RowCountries(CsvReader& csv, const FigureTarget& target, const TableForm& form,
                           const Reading& reading)
    : csv_(csv),
      target_(target),
      form_(form),
      lenient_(form.skip_others || target.asked.listed),
      reading_(reading) {}

void RowCountries::set_column(std::size_t column) {
  column_ = column;
  csv_.set_pass_over([this] { return passes_over(); });
}

std::string_view RowCountries::code_of(std::string_view text) const {
  return country_in(text, form_, target_.countries);
}

RowCountries::Country& RowCountries::find(const CsvCell& code) {
  const auto [place, fresh] = countries_.try_emplace(code.text);
  Country& country = place->second;
  ++country.rows;
  if (!fresh) return country;
  order_.push_back(code.text);
  country.first = csv_.span(code);
  country.code = code_of(code.text);
  if (country.code.empty()) return country;
  with_rows_.insert(country.code);
  const std::string name(country.code);
  country.index = with_facts_++;
  country.asked = target_.asked.contains(country.code);
  country.facts = &target_.facts[name];
  target_.named.try_emplace(name, country.first);
  return country;
}

const RowCountries::Country* RowCountries::of_row() {
  if (column_ >= csv_.row().size() || csv_.row()[column_].text.empty()) {
    without_code_.push_back(csv_.span(csv_.row().front()));
    return nullptr;
  }
  const Country& country = find(csv_.row()[column_]);
  return country.facts ? &country : nullptr;
}

void RowCountries::drop_row() {
  if (silent_) return;
  const CsvCell& cell = csv_.row()[column_];
  ++dropped_.try_emplace(cell.text, csv_.span(cell), 0).first->second.second;
}

// One entry a country that is dropped with all its rows; those that stand elsewhere are settled
// when all is read. Of a list each country without a fact is told, so it counts among the others.
void RowCountries::tell_dropped() const {
  LeftOut others{LeftOut::Reason::filtered, 0, {}, {}};
  for (const auto& [text, rows] : dropped_) {
    const std::string_view code = code_of(text);
    const bool alone = !target_.asked.listed && !code.empty() && !with_rows_.contains(code);
    if (alone) {
      target_.left_out.push_back(
          {LeftOut::Reason::filtered, rows.second, {std::string(code)}, rows.first});
      continue;
    }
    if (others.rows == 0 || rows.first < others.first) others.first = rows.first;
    others.rows += rows.second;
    if (!code.empty()) others.partly.emplace_back(code);
  }
  if (others.rows > 0) target_.left_out.push_back(std::move(others));
}

// Nearly as long as the others, a row that names no country is no line after the table: its cells
// may have moved, and it may be about any country.
bool RowCountries::passes_over() {
  if (!lenient_) return false;
  const std::string_view text =
      column_ < csv_.row().size() ? csv_.row()[column_].text : std::string_view{};
  const std::string_view code = code_of(text);
  const bool moved = code.empty() && 2 * csv_.row().size() > csv_.header().size();
  if (moved || (!code.empty() && target_.asked.contains(code))) return false;
  of_row();
  return true;
}

void RowCountries::finish() {
  Codes no_country;
  LeftOut unknown{LeftOut::Reason::no_country, 0, {}, {}},
      others{LeftOut::Reason::not_asked, 0, {}, {}};
  for (const std::string_view code : order_) {
    const Country& country = countries_.at(code);
    if (country.facts && country.asked) continue;
    if (!country.facts && !form_.country_is.contains(code)) no_country.emplace_back(code, &country);
    LeftOut& out = country.facts ? others : unknown;
    if (out.codes.empty()) out.first = country.first;
    out.codes.emplace_back(code);
    out.rows += country.rows;
  }
  if (form_.country_by == CountryBy::iso3)
    refuse_names_in(no_country);
  else
    refuse_doubtful(no_country);
  if (lenient_) {
    if (!without_code_.empty())
      target_.left_out.push_back(
          {LeftOut::Reason::no_code, without_code_.size(), {}, without_code_.front()});
    if (unknown.rows > 0) target_.left_out.push_back(std::move(unknown));
  } else {
    if (!without_code_.empty()) {
      Diagnostic diagnostic{Code::E0303, without_code_.front(), "this row has no country", {}, {},
                            {}};
      if (const std::size_t more = without_code_.size() - 1; more > 0)
        diagnostic.message += fmt::format(", and {} more like it", more);
      diagnostic.notes.emplace_back("others = \"skip\" leaves out rows that are about no country");
      reading_.diagnostics.add(std::move(diagnostic));
    }
    refuse_codes(no_country);
  }
  if (others.rows > 0) target_.left_out.push_back(std::move(others));
  tell_dropped();
}

// What means a country is told with its code, and taken out of `codes`.
void RowCountries::refuse_names_in(Codes& codes) const {
  if (target_.countries.own) return;
  std::vector<NamedCountry> names;
  std::erase_if(codes, [&](const auto& code) {
    auto match = recognise_country(code.first);
    if (!match && lenient_) match = misspelt(code.first);
    if (match && !match->codes.empty()) names.push_back({code.first, code.second->first, *match});
    return match && !match->codes.empty();
  });
  const auto kind = with_facts_ == 0 ? common_kind(names) : std::nullopt;
  if (lenient_ && !kind)
    std::erase_if(names,
                  [&](const NamedCountry& one) { return !would_vanish(one.text, one.match); });
  refuse_names(names, kind, csv_.header()[column_].text, target_.countries, reading_);
}

// What may mean a country that is scored is told, all in one, and taken out of `codes`; so is a
// column of which most texts mean nothing, since it has another list then.
void RowCountries::refuse_doubtful(Codes& codes) const {
  const std::string_view kind = words_for(form_.country_by);
  std::vector<std::string> strange;
  std::vector<std::pair<std::string_view, CountryMatch>> doubtful;
  Span where;
  std::erase_if(codes, [&](const auto& code) {
    const auto match = doubt_about(code.first, form_.country_by);
    if (match && match->naming == Naming::group) return false;
    if (!match || match->codes.empty()) {
      strange.push_back(fmt::format("'{}'", code.first));
      return false;
    }
    if (!may_be_scored(*match)) return false;
    if (doubtful.empty()) where = code.second->first;
    doubtful.emplace_back(code.first, *match);
    return true;
  });
  const std::string_view column = csv_.header()[column_].text;
  if (strange.size() > 2 && strange.size() > with_rows_.size()) {
    codes.clear();
    return reading_.error(
        Code::E0351, csv_.span(csv_.header()[column_]),
        fmt::format("most of the column '{}' is not {}: {}", column, kind, listed(strange)),
        {"'country_by' says what names the countries: iso3, iso2, name, worldbank, cow or gw"});
  }
  if (doubtful.empty()) return;
  std::vector<std::string> names, notes;
  for (const auto& [text, match] : doubtful) {
    names.push_back(fmt::format("'{}'", text));
    const bool number = form_.country_by == CountryBy::cow || form_.country_by == CountryBy::gw;
    notes.push_back(
        number && !match.about.empty()
            ? fmt::format("{}: {}; today {}", text, match.about, fmt::join(match.codes, ", "))
            : country_hint(text, match));
  }
  constexpr std::size_t most = 12;
  if (notes.size() > most) {
    notes.resize(most);
    notes.push_back(fmt::format("{} more are not shown", names.size() - most));
  }
  const auto& [text, match] = doubtful.front();
  notes.push_back(fmt::format(
      "say which it is, or \"none\" to leave its rows out: country_is = {{ \"{}\" = \"{}\" }}",
      text, match.codes.size() == 1 ? match.codes.front() : "…"));
  reading_.error(Code::E0351, where,
                 fmt::format("the column '{}' doesn't say for certain which country {} {}", column,
                             listed(names), names.size() == 1 ? "is" : "are"),
                 std::move(notes));
}

// A former country, or a part of one, beside the country itself concerns that only if it has no
// row.
bool RowCountries::may_be_scored(const CountryMatch& match) const {
  return std::any_of(match.codes.begin(), match.codes.end(), [&](std::string_view code) {
    return target_.asked.contains(code) &&
           !((match.naming == Naming::former || match.codes.size() == 1) &&
             with_rows_.contains(code));
  });
}

// A name with a slip, where that name is of one country alone, and this has no row.
std::optional<CountryMatch> RowCountries::misspelt(std::string_view text) const {
  auto codes = countries_near(text);
  if (codes.size() != 1 || with_rows_.contains(codes.front())) return std::nullopt;
  return CountryMatch{Naming::marked, std::move(codes), {}};
}

// Whether leaving out the rows that name a scored country in this way would lose its figures.
// Tables of many years have former codes and those of other publishers beside today's; losing those
// counts only if today's code has no row.
bool RowCountries::would_vanish(std::string_view text, const CountryMatch& match) const {
  if (!match.single) return false;
  const bool old = match.naming == Naming::former || match.naming == Naming::other_code ||
                   match.naming == Naming::marked ||
                   (match.naming == Naming::several && text.size() == 3);
  const auto asked = [&](std::string_view code) { return target_.asked.contains(code); };
  const auto has_rows = [&](std::string_view code) { return with_rows_.contains(code); };
  return std::any_of(match.codes.begin(), match.codes.end(), asked) &&
         !(old && std::any_of(match.codes.begin(), match.codes.end(), has_rows));
}

namespace {

// Of several codes, each once: what the first few of them are, and what is said of any.
std::vector<std::string> notes_of(const std::vector<Diagnostic>& strangers) {
  constexpr std::size_t most = 4;
  std::vector<std::string> notes;
  for (const Diagnostic& stranger : strangers)
    for (const std::string& note : stranger.notes)
      if (notes.size() < most && std::find(notes.begin(), notes.end(), note) == notes.end())
        notes.push_back(note);
  return notes;
}

}  // namespace

void RowCountries::check_stranger(std::string_view text, Span where, const Reading& apart) const {
  if (form_.country_by == CountryBy::iso3) {
    target_.countries.check(std::string(text), where, apart);
    return;
  }
  auto notes =
      form_.country_by == CountryBy::name ? country_hints(text) : std::vector<std::string>{};
  if (form_.country_by == CountryBy::name && doubt_about(text, form_.country_by) == std::nullopt)
    notes.pop_back();  // of codes
  apart.error(Code::E0307, where, fmt::format("'{}' is not {}", text, words_for(form_.country_by)),
              std::move(notes));
}

// A code for which another can be suggested is a slip and told alone. The rest, regions and sums of
// a publisher most likely, are told together.
void RowCountries::refuse_codes(const Codes& codes) const {
  const auto is_slip = [](const Diagnostic& diagnostic) {
    return std::any_of(diagnostic.notes.begin(), diagnostic.notes.end(),
                       [](const std::string& note) { return note.starts_with("did you mean"); });
  };
  std::vector<Diagnostic> strangers;
  Diagnostics found;
  const Reading apart = reading_.into(found);
  for (const auto& [code, country] : codes) {
    found = {};
    check_stranger(code, country->first, apart);
    for (const Diagnostic& diagnostic : found.list()) {
      if (is_slip(diagnostic))
        reading_.diagnostics.add(diagnostic);
      else
        strangers.push_back(diagnostic);
    }
  }
  if (strangers.empty()) return;
  Diagnostic diagnostic = strangers.front();
  if (strangers.size() > 1) {
    std::vector<std::string> names;
    for (const Diagnostic& stranger : strangers)
      names.push_back(
          fmt::format("{} (line {})", reading_.sources.text(stranger.where),
                      reading_.sources[stranger.where.file].place(stranger.where.begin).line));
    diagnostic.message = fmt::format("{} codes of {} are no country's: {}", names.size(),
                                     reading_.sources[diagnostic.where.file].path(), listed(names));
    diagnostic.notes = notes_of(strangers);
  }
  diagnostic.notes.emplace_back("others = \"skip\" leaves out rows that are about no country");
  reading_.diagnostics.add(std::move(diagnostic));
}

}  // namespace waystone::scenario
