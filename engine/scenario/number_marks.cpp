#include "scenario/number_marks.hpp"

#include <algorithm>

namespace waystone::scenario {
namespace {

constexpr std::string_view thousands = "numbers have no thousands separators",
                           point_mark = "a point is the decimal mark",
                           no_blanks = "no blanks within a number",
                           whole = "digits stand on both sides of the point";

class MarkReader {
 public:
  explicit MarkReader(const std::function<bool(const std::string&)>& fits) : fits_(fits) {}

  // Several of one mark, or a mark that nothing else can be, part thousands; a last single one of
  // another kind is the decimal mark.
  std::optional<std::string> read(std::string digits) {
    if (!in_threes(digits, " '_")) return std::nullopt;
    strip(digits, ' ', no_blanks);
    strip(digits, '\'', thousands);
    strip(digits, '_', thousands);
    const auto commas = std::count(digits.begin(), digits.end(), ','),
               points = std::count(digits.begin(), digits.end(), '.');
    if (commas > 0 && points > 0) return two_marks(std::move(digits), commas, points);
    if (commas > 1) return grouped(digits, ',');
    if (points > 1) return grouped(digits, '.');
    if (commas == 1) return one_comma(std::move(digits));
    return completed(std::move(digits));
  }

  Unmarked take(std::string numeral) && {
    result_.numeral = std::move(numeral);
    return std::move(result_);
  }

 private:
  void note(std::string_view advice) {
    auto& all = result_.advice;
    if (std::find(all.begin(), all.end(), advice) == all.end()) all.emplace_back(advice);
  }

  // Whether three digits, and no fourth, follow each of the marks.
  static bool in_threes(std::string_view digits, std::string_view marks) {
    for (std::size_t at = 0; (at = digits.find_first_of(marks, at)) != std::string_view::npos;
         ++at) {
      const std::size_t end =
          std::min(digits.find_first_not_of("0123456789", at + 1), digits.size());
      if (at == 0 || end - at - 1 != 3) return false;
    }
    return true;
  }

  void strip(std::string& digits, char mark, std::string_view advice) {
    if (std::erase(digits, mark) > 0) note(advice);
  }

  // A digit on either side of the point, which TOML wants.
  std::optional<std::string> completed(std::string digits) {
    if (digits.starts_with('.'))
      digits.insert(0, "0");
    else if (digits.ends_with('.'))
      digits.pop_back();
    else
      return digits;
    if (result_.advice.empty()) note(whole);
    return digits;
  }

  std::optional<std::string> grouped(std::string digits, char mark) {
    // the last group has three digits, those before two (in India) or three
    const std::size_t last = digits.rfind(mark);
    if (digits.size() - last - 1 != 3 || digits.front() == mark) return std::nullopt;
    strip(digits, mark, thousands);
    return digits;
  }

  std::optional<std::string> two_marks(std::string digits, std::ptrdiff_t commas,
                                       std::ptrdiff_t points) {
    const char decimal = digits.rfind(',') > digits.rfind('.') ? ',' : '.',
               group = decimal == ',' ? '.' : ',';
    if ((decimal == ',' ? commas : points) > 1) return std::nullopt;
    strip(digits, group, thousands);
    if (decimal == ',') {
      note(point_mark);
      std::replace(digits.begin(), digits.end(), ',', '.');
    }
    return completed(std::move(digits));
  }

  std::optional<std::string> one_comma(std::string digits) {
    const std::size_t comma = digits.find(','), after = digits.size() - comma - 1;
    std::string together = digits, decimal = digits;
    together.erase(comma, 1);
    decimal[comma] = '.';
    const bool may_group = after == 3 && comma >= 1 && comma <= 3 && digits[0] != '0';
    const bool groups = may_group && (fits_(together) || !fits_(decimal));
    note(groups ? thousands : point_mark);
    if (!groups) return completed(decimal);
    if (fits_(together) && fits_(decimal)) result_.otherwise = decimal;
    return together;
  }

  const std::function<bool(const std::string&)>& fits_;
  Unmarked result_;
};

}  // namespace

std::optional<Unmarked> without_marks(std::string digits,
                                      const std::function<bool(const std::string&)>& fits) {
  MarkReader reader(fits);
  auto numeral = reader.read(std::move(digits));
  if (!numeral) return std::nullopt;
  return std::move(reader).take(std::move(*numeral));
}

}  // namespace waystone::scenario
