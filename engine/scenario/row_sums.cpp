#include "scenario/row_sums.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

namespace waystone::scenario {
namespace {

// Added from the smallest on, so that the order of the rows changes no digit.
double together(std::vector<double> numbers, Combine how) {
  std::sort(numbers.begin(), numbers.end());
  switch (how) {
    case Combine::max: return numbers.back();
    case Combine::min: return numbers.front();
    case Combine::count: return double(numbers.size());
    default: return std::accumulate(numbers.begin(), numbers.end(), 0.0);
  }
}

}  // namespace

RowSums::Sum& RowSums::at(const Key& key, const RowCountries::Country& country, Span where) {
  const auto [place, fresh] = sums_.try_emplace(key);
  if (fresh) {
    place->second.code = country.code;
    place->second.asked = country.asked;
    place->second.first = where;
  }
  return place->second;
}

Quantity quantity_of(const RowSums::Sum& sum, const WideColumn& column) {
  const auto written_at = [&](double number) {
    Written result;
    result.kind = Written::Kind::number;
    result.number = number;
    result.text = "together";  // it stands nowhere, so that no slip of the pen is looked for
    result.where = sum.first;
    return result;
  };
  Quantity quantity;
  quantity.value = written_at(together(sum.values, column.combine));
  if (sum.ranged) {
    quantity.low = written_at(together(sum.lows, column.combine));
    quantity.high = written_at(together(sum.highs, column.combine));
  }
  quantity.unit = column.unit;
  return quantity;
}

void warn_of_gaps(const RowSums& sums, const std::vector<WideColumn>& columns,
                  const Reading& reading) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    std::vector<std::string> where;
    Span first;
    for (const auto& [key, sum] : sums.all()) {
      if (key.column != i || sum.gaps == 0 || sum.values.empty() || !sum.asked) continue;
      if (where.empty()) first = sum.first;
      where.push_back(fmt::format("{} {}", sum.code, to_string(key.valid)));
    }
    if (where.empty()) continue;
    reading.error(
        Code::W0310, first,
        fmt::format("{} of '{}' {} out rows without a figure: {}",
                    where.size() == 1 ? "1 figure" : fmt::format("{} figures", where.size()),
                    reading.model[columns[i].indicator].name,
                    where.size() == 1 ? "leaves" : "leave", listed(where)));
  }
}

}  // namespace waystone::scenario
