#include "scenario/exposures.hpp"

#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "diagnose/diagnostic.hpp"
#include "scenario/notation.hpp"
#include "scenario/pointed_figures.hpp"
#include "scenario/row_filter.hpp"
#include "source/paths.hpp"

namespace waystone::scenario {
namespace {

// ISO 4217, codes in use of countries, unions and of special drawing rights; in order.
constexpr std::string_view currencies =
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD "
    "BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB "
    "EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK "
    "JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA "
    "MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK "
    "PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN "
    "SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV "
    "WST XAF XCD XCG XDR XOF XPF YER ZAR ZMW ZWG ";

bool check_currency(std::string_view code, Span where, const Reading& reading) {
  if (is_currency(code)) return true;
  std::string upper(code);
  for (char& c : upper)
    if (c >= 'a' && c <= 'z') c = char(c - 'a' + 'A');
  std::vector<std::string> notes{"a currency is a code of ISO 4217: USD, EUR, CNY, KZT"};
  if (is_currency(upper)) notes = {fmt::format("write {}", upper)};
  reading.error(Code::E0421, where,
                code.empty() ? std::string("the currency is missing")
                             : fmt::format("'{}' is no currency", code),
                std::move(notes));
  return false;
}

// `what`: "an amount", "a limit".
bool check_amount(double amount, std::string_view what, Span where, const Reading& reading) {
  if (std::isfinite(amount) && amount >= 0 && amount <= largest_amount) return true;
  if (!std::isfinite(amount)) {
    reading.error(Code::E0420, where, fmt::format("{} is a finite number", what),
                  {"where nobody knows it, leave the row out and say so"});
    return false;
  }
  reading.error(Code::E0420, where,
                amount < 0 ? fmt::format("{} can't be negative", what)
                           : fmt::format("{} is a number up to 1e15", what),
                amount < 0 ? std::vector<std::string>{"what is owed to you counts as it is: leave "
                                                      "hedges and collateral out, or net them"}
                           : std::vector<std::string>{"beyond that, units would get lost in sums"});
  return false;
}

struct ExposureColumns {
  std::size_t country = 0, amount = 0, currency = 0;
  std::optional<std::size_t> limit, name;
};

class ExposureReader {
 public:
  ExposureReader(CsvReader& csv, const TableForm& form, const CountryRule& countries,
                 const Reading& reading)
      : csv_(csv), form_(form), countries_(countries), reading_(reading) {}

  std::vector<Exposure> read(Span asked) {
    const std::size_t errors = reading_.diagnostics.errors();
    if (!find_columns(asked)) return {};
    RowFilter filter(form_.where, csv_, reading_);
    if (!filter.good()) return {};
    while (csv_.next())
      if (filter.selects(csv_.row())) read_row();
    pointed_.report(false, reading_);
    if (reading_.diagnostics.errors() == errors) check_totals(asked);
    return std::move(found_);
  }

 private:
  bool find_columns(Span asked) {
    const auto country = find_column(csv_, "country", asked, reading_),
               amount = find_column(csv_, "amount", asked, reading_),
               currency = find_column(csv_, "currency", asked, reading_);
    if (!country || !amount || !currency) return false;
    columns_ = {*country, *amount, *currency, optional_column("limit", asked),
                optional_column("name", asked)};
    return !misnamed_;
  }

  // A column beside those that a table needs. One that only looks like it would be passed over.
  std::optional<std::size_t> optional_column(const std::string& name, Span asked) {
    const auto column = csv_.column(name);
    if (column) return column;
    for (const std::string& header : column_names(csv_)) {
      std::string small;
      for (const char c : header)
        if (c != ' ' && c != '_') small += char(c >= 'A' && c <= 'Z' ? c + 32 : c);
      const bool another = csv_.column(small) && small != header;  // stands beside it
      if (another || (small != name && !nearest(small, {name}))) continue;
      misnamed_ = true;
      reading_.error(Code::E0325, asked,
                     fmt::format("'{}' has a column '{}', which is called '{}' in exposures",
                                 reading_.sources[csv_.file_start().file].path(), header, name));
    }
    return std::nullopt;
  }

  void read_row() {
    const auto& row = csv_.row();
    const CsvCell& code = row[columns_.country];
    const std::string country(country_in(code.text, form_, countries_));
    if (country.empty() && form_.skip_others) return;
    Exposure one;
    one.country = country;
    one.where = csv_.span(row[columns_.amount]);
    bool good = !country.empty();
    if (!good) countries_.check(std::string(code.text), csv_.span(code), reading_);
    if (columns_.name) one.name = row[*columns_.name].text;
    one.currency = row[columns_.currency].text;
    good = check_currency(one.currency, csv_.span(row[columns_.currency]), reading_) && good;
    if (!form_.marks.declared()) pointed_.add(0, row[columns_.amount].text, one.where);
    const auto amount = number_in(row[columns_.amount], "an amount");
    good = amount && good;
    one.amount = amount.value_or(0);
    if (columns_.limit && form_.has_value(row[*columns_.limit].text)) {
      if (!form_.marks.declared())
        pointed_.add(1, row[*columns_.limit].text, csv_.span(row[*columns_.limit]));
      one.limit = number_in(row[*columns_.limit], "a limit");
      good = one.limit && good;
    }
    if (good) add(std::move(one), csv_.span(code));
  }

  std::optional<double> number_in(const CsvCell& cell, std::string_view what) const {
    const auto numeral = form_.marks.declared() ? plain_numeral(cell.text, form_.marks)
                                                : std::optional(std::string(cell.text));
    const Written written =
        scenario::written(numeral ? *numeral : "", model::Unit::plain, csv_.span(cell));
    if (numeral && written.kind == Written::Kind::number) {
      if (!check_amount(written.number, what, csv_.span(cell), reading_)) return std::nullopt;
      return written.number;
    }
    std::vector<std::string> notes;
    if (const auto figure = figure_in(cell.text)) notes.push_back(figure->hint());
    reading_.error(Code::E0420, csv_.span(cell),
                   form_.has_value(cell.text) ? fmt::format("'{}' is not {}", cell.text, what)
                                              : fmt::format("{} is missing", what),
                   std::move(notes));
    return std::nullopt;
  }

  void add(Exposure one, Span where) {
    const auto [first, fresh] = seen_.try_emplace({one.country, one.name, one.currency}, one.where);
    if (fresh) return found_.push_back(std::move(one));
    reading_.diagnostics.add(
        {Code::E0422,
         where,
         one.name.empty()
             ? fmt::format("{} stands twice in {}", one.country, one.currency)
             : fmt::format("'{}' of {} stands twice in {}", one.name, one.country, one.currency),
         {},
         {{first->second, "the other"}},
         {"add the rows up, or tell them apart in a column 'name'"}});
  }

  void check_totals(Span asked) const {
    if (found_.empty())
      return reading_.error(Code::E0423, asked, "the table has no exposure",
                            {"a row is a country, an amount and its currency"});
    std::map<std::string, double> totals;
    for (const Exposure& one : found_) totals[one.currency] += one.amount;
    for (const auto& [currency, total] : totals)
      if (total == 0)
        reading_.error(Code::E0423, asked,
                       fmt::format("nothing is at stake in {}: its amounts add up to 0", currency));
  }

  CsvReader& csv_;
  const TableForm& form_;
  const CountryRule& countries_;
  const Reading& reading_;
  ExposureColumns columns_;
  PointedFigures pointed_;  // amounts, limits
  bool misnamed_ = false;
  std::map<std::tuple<std::string, std::string, std::string>, Span> seen_;
  std::vector<Exposure> found_;
};

std::vector<Exposure> exposures_in(const std::string& path, const TableForm& form, Span asked,
                                   const CountryRule& countries, const Reading& reading,
                                   std::vector<FileId>& files) {
  const auto id = open_table(path, form, asked, files, reading);
  const std::vector<std::string> names{"country", "amount", "currency"};
  if (!id || header_is_elsewhere(*id, form, names, asked, reading)) return {};
  CsvReader csv(reading.sources, *id, reading.diagnostics, form.skip, form.semicolons());
  if (!csv.good()) {
    if (!reading.diagnostics.has_errors())
      reading.error(Code::E0423, asked, "the table has no exposure",
                    {"its first row names the columns: country,amount,currency"});
    return {};
  }
  // A table that the command line names has no place in another file: its own begin stands for it.
  const Span at = asked.file.valid() ? asked : csv.file_start();
  return ExposureReader(csv, form, countries, reading).read(at);
}

void read_rates(const Value& table, const Reading& reading, Portfolio& portfolio) {
  Keys keys(table, "[rates]", reading);
  if (keys.need("currency"))
    if (const auto common = keys.text("currency");
        common && check_currency(common->value, common->where, reading))
      portfolio.currency = common->value;
  for (const Entry& entry : table.entries) {
    if (entry.key == "currency") continue;
    if (entry.value.kind != Value::Kind::table) {
      if (is_currency(entry.key)) {
        keys.take(entry.key);
        reading.error(Code::E0424, entry.value.where,
                      fmt::format("the rate of {} has neither date nor source", entry.key),
                      {fmt::format("write {} = {{ rate = …, date = 2024-12-31, source = \"…\" }}",
                                   entry.key)});
      }
      continue;
    }
    keys.take(entry.key);
    if (!check_currency(entry.key, entry.where, reading)) continue;
    Keys inner(entry.value, fmt::format("the rate of {}", entry.key), reading);
    Rate rate;
    rate.currency = entry.key;
    rate.where = entry.where;
    const auto number = inner.need("rate") ? inner.number("rate") : std::nullopt;
    const auto date = inner.need("date") ? inner.date("date") : std::nullopt;
    const auto source = inner.need("source") ? inner.line("source") : std::nullopt;
    const bool known = inner.finish();
    if (number && !(number->value > 0 && number->value <= 1e9)) {
      reading.error(Code::E0424, number->where,
                    fmt::format("a rate is above 0: what one {} is worth in {}", entry.key,
                                portfolio.currency.empty() ? "the other" : portfolio.currency));
      continue;
    }
    if (entry.key == portfolio.currency) {
      reading.error(Code::E0424, entry.where,
                    fmt::format("{} is what the others are turned into", entry.key));
      continue;
    }
    if (!number || !date || !source || !known) continue;
    rate.rate = number->value;
    rate.on = date->value;
    rate.source = source->value;
    portfolio.rates.push_back(std::move(rate));
  }
  keys.finish();
}

// E0425 where a name is not among those there are.
bool check_limited(const Said<std::string>& said, std::string_view what,
                   const std::vector<std::string>& names, const Reading& reading) {
  if (!reading.knows_model || std::find(names.begin(), names.end(), said.value) != names.end())
    return true;
  std::vector<std::string> notes = reading.suggest(said.value, [&] { return names; });
  if (notes.empty() && !names.empty())
    notes.push_back(fmt::format("there {} {}", names.size() == 1 ? "is" : "are", listed(names)));
  reading.error(Code::E0425, said.where, fmt::format("there is no {} '{}'", what, said.value),
                std::move(notes));
  return false;
}

void read_limit(const Value& table, const Reading& reading, const Scenario& scenario,
                Portfolio& portfolio) {
  Keys keys(table, "[[limit]]", reading);
  ExposureLimit limit;
  limit.where = table.where;
  const auto band = keys.text("band"), group = keys.text("group");
  const auto amount = keys.need("amount") ? keys.number("amount") : std::nullopt;
  const auto currency = keys.need("currency") ? keys.text("currency") : std::nullopt;
  if (const auto because = keys.line("because")) limit.because = because->value;
  bool good = keys.finish() && amount && currency;
  if (band.has_value() == group.has_value()) {
    reading.error(Code::E0425, table.where,
                  band ? "a limit is on a band or on a group, not on both"
                       : "a limit names a band or a group");
    return;
  }
  if (band) {
    std::vector<std::string> names;
    if (reading.knows_model && reading.model.main.valid() &&
        reading.model[reading.model.main].bands)
      names = reading.model[reading.model.main].bands->names;
    good = check_limited(*band, "band", names, reading) && good;
    limit.band = band->value;
  } else {
    std::vector<std::string> names;
    for (const Group& one : scenario.groups) names.push_back(one.name);
    good = check_limited(*group, "group", names, reading) && good;
    limit.group = group->value;
  }
  if (amount) good = check_amount(amount->value, "a limit", amount->where, reading) && good;
  if (currency) good = check_currency(currency->value, currency->where, reading) && good;
  if (!good) return;
  limit.amount = amount->value;
  limit.currency = currency->value;
  portfolio.limits.push_back(std::move(limit));
}

// E0424 for the first amount of each currency that [rates] can't add up; W0323 for a limit that
// sees nothing, since currencies are not added up and nothing is at stake in its own.
void check_currencies(const Portfolio& portfolio, const Reading& reading) {
  std::set<std::string> known{portfolio.currency}, at_stake;
  for (const Rate& rate : portfolio.rates) known.insert(rate.currency);
  const auto check = [&](const std::string& currency, Span where) {
    if (portfolio.currency.empty() || !known.insert(currency).second) return;
    reading.error(
        Code::E0424, where,
        fmt::format("[rates] adds up in {} and has no rate of {}", portfolio.currency, currency),
        {fmt::format("add {} = {{ rate = …, date = …, source = \"…\" }}", currency)});
  };
  for (const Exposure& one : portfolio.exposures) {
    check(one.currency, one.where);
    at_stake.insert(one.currency);
  }
  for (const ExposureLimit& limit : portfolio.limits) {
    check(limit.currency, limit.where);
    if (!portfolio.currency.empty() || at_stake.empty() || at_stake.contains(limit.currency))
      continue;
    reading.diagnostics.add(
        Code::W0323, limit.where,
        fmt::format("nothing is at stake in {}, so this limit sees nothing", limit.currency), {},
        {fmt::format("at stake {} {}; [rates] would turn the amounts into one currency",
                     at_stake.size() == 1 ? "is" : "are",
                     listed({at_stake.begin(), at_stake.end()}))});
  }
}

}  // namespace

bool is_currency(std::string_view code) {
  if (code.size() != 3 || code.find(' ') != std::string_view::npos) return false;
  for (std::size_t at = 0; at < currencies.size(); at += 4)
    if (currencies.substr(at, 3) == code) return true;
  return false;
}

void read_portfolio(Keys& keys, const CountryRule& countries, const Reading& reading,
                    Scenario& scenario) {
  Portfolio& portfolio = scenario.portfolio;
  if (const Entry* entry = keys.take("exposure")) {
    std::optional<Said<std::string>> file;
    TableForm form;
    if (entry->value.kind == Value::Kind::table) {
      Keys inner(entry->value, "'exposure'", reading);
      if (inner.need("file")) file = inner.text("file");
      form = read_form(inner, countries, reading);
      if (!inner.finish() || form.broken) file.reset();
    } else {
      file = keys.text("exposure");
    }
    if (file) {
      portfolio.path = path_from(scenario.path, file->value);
      portfolio.exposures =
          exposures_in(portfolio.path, form, file->where, countries, reading, scenario.files);
    }
  }
  const std::size_t errors = reading.diagnostics.errors();
  if (const Value* rates = keys.table("rates")) read_rates(*rates, reading, portfolio);
  for (const Value* table : keys.tables("limit")) read_limit(*table, reading, scenario, portfolio);
  if (reading.diagnostics.errors() == errors) check_currencies(portfolio, reading);
}

Outcome<std::vector<Exposure>> read_exposures(const std::string& path, const model::Model& model,
                                              const model::ReadFile& read, SourceMap& sources,
                                              Scenario& scenario) {
  Outcome<std::vector<Exposure>> outcome;
  const Reading reading{model, read, sources, outcome.diagnostics};
  CountryRule rule;
  rule.own = std::any_of(scenario.countries.begin(), scenario.countries.end(),
                         [](const std::string& code) { return !is_country_code(code); });
  outcome.value = exposures_in(path, {}, {}, rule, reading, scenario.files);
  if (!outcome.diagnostics.has_errors()) {
    scenario.portfolio.exposures = *outcome.value;
    check_currencies(scenario.portfolio, reading);
  }
  if (outcome.diagnostics.has_errors()) outcome.value.reset();
  outcome.diagnostics.sort();
  return outcome;
}

}  // namespace waystone::scenario
