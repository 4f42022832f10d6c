#include "scenario/pointed_figures.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>
#include <string>

#include <fmt/format.h>

namespace waystone::scenario {
namespace {

// "12.346", "1.000"; not "0.346", "12.34".
bool looks_grouped(std::string_view digits, std::size_t point) {
  return point >= 1 && point <= 3 && digits.size() == point + 4 && digits[0] != '0';
}

}  // namespace

void PointedFigures::add(std::size_t series, std::string_view text, Span where) {
  constexpr std::size_t most = 4096;  // figures with points: more tell nothing new
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  std::string without_commas;
  if (text.find(',') != std::string_view::npos) {
    std::copy_if(text.begin(), text.end(), std::back_inserter(without_commas),
                 [](char c) { return c != ','; });
    text = without_commas;
  }
  double number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number, std::chars_format::fixed);
  if (error != std::errc{} || stop != end || !std::isfinite(number)) return;
  Series& found = series_[series];
  const std::size_t point = text.find('.');
  if (point != std::string_view::npos && looks_grouped(text, point)) {
    if (found.pointed.size() < most) found.pointed.push_back({number, where});
    return;
  }
  ++found.others;
  found.low = std::min(found.low, number);
  found.high = std::max(found.high, number);
  found.with_decimals = found.with_decimals || point != std::string_view::npos;
}

std::vector<PointedFigures::Pointed> PointedFigures::Series::in_doubt() const {
  constexpr std::size_t enough = 4;   // figures: fewer have three digits by chance
  if (!with_decimals && high < 1000)  // beside whole numbers one is enough
    return others == 0 && pointed.size() < enough ? decltype(pointed){} : pointed;
  std::vector<Pointed> below;
  for (const Pointed& one : pointed)
    if (one.number < low && 1000 * one.number >= low / 2 && 1000 * one.number <= 2 * high)
      below.push_back(one);
  return below.size() >= enough ? below : decltype(below){};
}

void PointedFigures::report(bool mapped, const Reading& reading) const {
  for (const auto& [key, series] : series_) {
    const std::vector<Pointed> found = series.in_doubt();
    if (found.empty()) continue;
    const Span where = found.front().where;
    reading.error(
        mapped ? Code::E0370 : Code::W0322, where,
        found.size() == 1
            ? fmt::format("'{}' has a point and three digits behind it: if the point parts "
                          "thousands, it is a thousandth of what it should be",
                          reading.sources.text(where))
            : fmt::format(
                  "{} figures have a point and three digits behind it, such as '{}': if the points "
                  "part thousands, they are a thousandth of what they should be",
                  found.size(), reading.sources.text(where)),
        {"decimal = \",\" and thousands = \".\" read them as thousands",
         "decimal = \".\" says that they are decimals"});
    return;
  }
}

}  // namespace waystone::scenario
