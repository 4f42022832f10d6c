// The countries that the rows of one table name: whose figures are kept, and which rows are left
// out.
#pragma once
#include <map>
#include <set>
#include <unordered_map>
#include <vector>

#include "scenario/crosswalk.hpp"
#include "scenario/figures.hpp"

namespace waystone::scenario {

class RowCountries {
 public:
  struct Country {
    std::string_view code;   // alpha-3 (or one of the scenario's own), "" where the text means none
    Facts* facts = nullptr;  // null: no country's code, the rows are left out
    std::size_t index = 0;   // from 0, in order of the table, of those with facts
    bool asked = false;      // the scenario scores it
    Span first;              // where it is first named
    std::size_t rows = 0;
  };

  RowCountries(CsvReader& csv, const FigureTarget& target, const TableForm& form,
               const Reading& reading);

  /// The column of codes. From now on the reader skips rows that are too short or too long if they
  /// are about no country that is asked for.
  void set_column(std::size_t column);
  /// The country that the reader's row names; null if it names none, and then the row is left out.
  const Country* of_row();
  /// A filter drops the reader's row. If its country occurs nowhere else, that is reported.
  void drop_row();
  /// Rows that are dropped are about other things than what is asked for, and not told.
  void drop_in_silence() { silent_ = true; }
  /// All codes or names read so far, in order.
  std::vector<std::string> codes() const { return {order_.begin(), order_.end()}; }

  /// If rows can't be left out silently, E0303, E0307 and E0351, one for all rows. Otherwise the
  /// scenario gets the rows left out, with those of countries that it does not score.
  void finish();

 private:
  using Codes = std::vector<std::pair<std::string_view, const Country*>>;
  std::string_view code_of(std::string_view text) const;
  void refuse_names_in(Codes& codes) const;
  void refuse_doubtful(Codes& codes) const;
  bool may_be_scored(const CountryMatch& match) const;
  void check_stranger(std::string_view text, Span where, const Reading& apart) const;
  std::optional<CountryMatch> misspelt(std::string_view text) const;
  bool would_vanish(std::string_view text, const CountryMatch& match) const;
  void refuse_codes(const Codes& codes) const;
  Country& find(const CsvCell& code);
  bool passes_over();
  void tell_dropped() const;

  CsvReader& csv_;
  const FigureTarget& target_;
  const TableForm& form_;
  bool lenient_;  // rows of no country are left out
  const Reading& reading_;
  std::unordered_map<std::string_view, Country> countries_;
  std::size_t column_ = 0;
  std::vector<std::string_view> order_;
  std::set<std::string_view> with_rows_;  // codes of countries
  std::size_t with_facts_ = 0;
  bool silent_ = false;
  std::vector<Span> without_code_;
  std::map<std::string_view, std::pair<Span, std::size_t>> dropped_;  // first place, rows
};

}  // namespace waystone::scenario
