// Figures of several rows about one country and date, put together: the deaths of each conflict of
// a country, the loans of each project.
#pragma once
#include <map>
#include <unordered_set>
#include <vector>

#include "scenario/row_countries.hpp"
#include "scenario/wide_columns.hpp"

namespace waystone::scenario {

class RowSums {
 public:
  struct Key {
    std::size_t country;  // RowCountries::Country::index
    std::size_t column;   // of the wide columns
    Date valid;
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  struct Sum {
    std::string_view code;  // of the country
    bool asked = false;
    Span first;
    std::vector<double> values, lows, highs;
    std::size_t gaps = 0;  // rows without a figure
    bool spoilt = false;   // a row can't be read
    bool ranged = false;   // a row has a range
  };

  Sum& at(const Key& key, const RowCountries::Country& country, Span where);
  /// Whether this row has not been seen before; the same row twice would count twice.
  bool fresh(std::string_view row) { return rows_.insert(row).second; }
  const std::map<Key, Sum>& all() const { return sums_; }

 private:
  std::map<Key, Sum> sums_;
  std::unordered_set<std::string_view> rows_;
};

/// The figure of a sum and its range, written at its first row.
Quantity quantity_of(const RowSums::Sum& sum, const WideColumn& column);

/// W0310 for the sums of scored countries that leave out rows without a figure.
void warn_of_gaps(const RowSums& sums, const std::vector<WideColumn>& columns,
                  const Reading& reading);

}  // namespace waystone::scenario
