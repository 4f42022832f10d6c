// Figures in other notations: what stands around the digits is taken off, sign by sign, then the
// marks within them are read.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "scenario/figure_words.hpp"
#include "scenario/notation.hpp"
#include "scenario/number_marks.hpp"

namespace waystone::scenario {
namespace {

constexpr std::string_view blank_within = "no blanks within a number",
                           spelled_out = "write the number out",
                           as_decimal = "write a decimal number";

// Reads one figure from a plain text.
class Reader {
 public:
  Reader(std::string_view text, const std::function<bool(double)>& fits) : fits_(fits) {
    text_.rest = text;
    text_.trim();
  }

  std::optional<Figure> read() {
    take_parentheses();
    const bool approximate = text_.take_any_front(about);
    const bool less = text_.take_any_front(under), more = !less && text_.take_any_front(over);
    take_signs();
    take_ends();
    if (!read_range() && !read_spread() && !read_fraction() && !read_number()) return std::nullopt;
    if (approximate) note("give an approximate value with its range, low and high");
    if (less || more) bound(less);
    return std::move(figure_);
  }

 private:
  void note(std::string_view advice) {
    auto& all = figure_.advice;
    if (std::find(all.begin(), all.end(), advice) == all.end()) all.emplace_back(advice);
  }

  void take_parentheses() {
    if (text_.rest.size() < 3 || text_.rest.front() != '(' || text_.rest.back() != ')') return;
    text_.rest = text_.rest.substr(1, text_.rest.size() - 2);
    text_.trim();
    negate("a negative number has a minus sign, no parentheses");
  }

  void negate(std::string_view advice) {
    negative_ = !negative_;
    if (!advice.empty()) note(advice);
  }

  // Signs and currencies in front of the digits, in any order.
  void take_signs() {
    for (bool more = true; more;) {
      const std::size_t size = text_.rest.size();
      if (text_.rest.size() > 1 && (text_.rest[0] == '-' || text_.rest[0] == '+')) {
        if (text_.rest[1] == ' ') note(blank_within);
        if (text_.take_front("-"))
          negate("");
        else
          text_.take_front("+");
      } else if (text_.take_any_front(other_currencies)) {
        figure_.alone = figure_.foreign = true;
      } else if (text_.take_any_front(us_dollars)) {
        figure_.alone = true;
      }
      more = text_.rest.size() < size;
    }
  }

  // Units, currencies, footnote marks and words for thousands behind the digits, in any order.
  void take_ends() {
    for (bool more = true; more;) {
      const std::size_t size = text_.rest.size();
      if (text_.take_any_back(percents))
        figure_.alone = figure_.percent = true;
      else if (text_.take_any_back(other_currencies))
        figure_.alone = figure_.foreign = true;
      else if (text_.take_any_back(units) || text_.take_any_back(us_dollars) || take_price())
        figure_.alone = true;
      else if (!take_multiplier() && !take_footnote() && text_.rest.size() > 1 &&
               text_.rest.back() == '-') {
        text_.rest.remove_suffix(1);
        text_.trim();
        negate("the minus sign stands in front");
      }
      more = text_.rest.size() < size;
    }
  }

  // "15700.-", as prices without cents are written
  bool take_price() {
    const std::string_view rest = text_.rest;
    if (rest.size() < 3 || !(rest.ends_with(".-") || rest.ends_with(",-"))) return false;
    text_.rest.remove_suffix(2);
    text_.trim();
    return true;
  }

  bool take_multiplier() {
    for (const Multiplier& multiplier : multipliers) {
      if (power_ > 0 || !text_.take_back(multiplier.word)) continue;
      power_ = multiplier.power;
      letter_ = multiplier.word.size() == 1;
      return true;
    }
    return false;
  }

  // "15.7*", "15.7^1", "15.7 [b]", "15.7(a)", "15.7a", "15.7 ep"
  bool take_footnote() {
    const std::string_view rest = text_.rest;
    if (take_raised() || take_bracketed()) return true;
    const std::size_t last_digit = rest.find_last_of("0123456789.");
    if (last_digit == std::string_view::npos || last_digit + 1 == rest.size()) return false;
    std::string_view tail = rest.substr(last_digit + 1);
    const std::size_t mark = tail.find_first_not_of(' ');
    if (mark == std::string_view::npos) return false;
    tail.remove_prefix(mark);
    const bool stars = tail.find_first_not_of("*^#!") == std::string_view::npos;
    const bool letters = tail.size() <= 2 && std::all_of(tail.begin(), tail.end(), is_letter);
    if (!stars && !letters) return false;
    return cut(last_digit + 1);
  }

  // "[1]", "(a)"
  bool take_bracketed() {
    constexpr std::size_t longest_mark = 6;
    const std::string_view rest = text_.rest;
    const std::size_t open = rest.find_last_of("[(");
    if (open == std::string_view::npos || open == 0 || rest.size() - open > longest_mark)
      return false;
    if (rest.back() != (rest[open] == '[' ? ']' : ')')) return false;
    return cut(open);
  }

  // A raised numeral that is no power of ten.
  bool take_raised() {
    const std::string_view rest = text_.rest;
    const std::size_t raised = rest.rfind('^');
    if (raised == std::string_view::npos || raised == 0 || rest.substr(0, raised).ends_with("x10"))
      return false;
    if (!std::all_of(rest.begin() + std::ptrdiff_t(raised) + 1, rest.end(), is_digit)) return false;
    return cut(raised);
  }

  bool cut(std::size_t size) {
    text_.rest = text_.rest.substr(0, size);
    text_.trim();
    note("a footnote mark is no part of a number");
    return true;
  }

  // ---- what is left

  void give(std::string numeral) { figure_.numeral = std::move(numeral); }
  std::string signed_numeral(std::string numeral) const {
    const bool minus = numeral.starts_with('-');
    if (!negative_) return numeral;
    return minus ? numeral.substr(1) : "-" + numeral;
  }

  // "3-5", "3 to 5", "3...5"
  bool read_range() {
    for (const std::string_view sign : {"-", " to ", "..."}) {
      const std::size_t at = text_.rest.find(sign);
      if (at == std::string_view::npos || at == 0 || power_ > 0) continue;
      const auto low = plain_part(text_.rest.substr(0, at)),
                 high = plain_part(text_.rest.substr(at + sign.size()));
      if (!low || !high) continue;
      note("write a range as low and high");
      give(fmt::format("low = {}, high = {}", signed_numeral(*low), *high));
      return true;
    }
    return false;
  }

  // "4.5+-0.3"
  bool read_spread() {
    const std::size_t at = text_.rest.find("+-");
    if (at == std::string_view::npos || at == 0) return false;
    const auto middle = plain_part(text_.rest.substr(0, at)),
               half = plain_part(text_.rest.substr(at + 2));
    const auto m = middle ? value_of(signed_numeral(*middle)) : std::nullopt,
               h = half ? value_of(*half) : std::nullopt;
    if (!m || !h) return false;
    note("write a range as low and high");
    give(fmt::format("{}, low = {:.10g}, high = {:.10g}", signed_numeral(*middle), *m - *h,
                     *m + *h));
    return true;
  }

  // A part of a range or fraction, in whatever notation: its numeral.
  std::optional<std::string> plain_part(std::string_view part) const {
    Text text{part};
    text.trim();
    if (text.rest.empty() || (!is_digit(text.rest[0]) && text.rest[0] != '-')) return std::nullopt;
    if (value_of(text.rest)) return std::string(text.rest);
    Reader reader(text.rest, fits_);
    reader.take_signs();
    reader.take_ends();
    if (!reader.read_number()) return std::nullopt;
    return reader.figure_.numeral;
  }

  // "1/2", "2 1/2"
  bool read_fraction() {
    const std::size_t slash = text_.rest.find('/');
    if (slash == std::string_view::npos) return false;
    std::string_view front = text_.rest.substr(0, slash);
    double units_before = 0;
    if (const std::size_t blank = front.find(' '); blank != std::string_view::npos) {
      const auto before = value_of(front.substr(0, blank));
      if (!before) return false;
      units_before = *before;
      front.remove_prefix(blank + 1);
    }
    const auto above_line = value_of(front), below_line = value_of(text_.rest.substr(slash + 1));
    if (!above_line || !below_line || *below_line == 0) return false;
    note(as_decimal);
    give(signed_numeral(fmt::format("{:.6g}", units_before + *above_line / *below_line)));
    return true;
  }

  bool read_number() {
    std::string body(text_.rest), exponent;
    if (!take_exponent(body, exponent)) return false;
    if (body.empty() || !std::any_of(body.begin(), body.end(), is_digit)) return false;
    if (body.find_first_not_of("0123456789,.' _") != std::string::npos) return false;
    const auto unmarked =
        without_marks(body, [this](const std::string& numeral) { return fits(numeral); });
    if (!unmarked) return false;
    for (const std::string& advice : unmarked->advice) note(advice);
    give(signed_numeral(unmarked->numeral + exponent));
    if (!unmarked->otherwise.empty())
      figure_.otherwise = signed_numeral(unmarked->otherwise + exponent);
    if (power_ > 0) write_out();
    return value_of(figure_.numeral).has_value();
  }

  // "e3", "x10^3", "x 10^-3", off the end of the digits.
  bool take_exponent(std::string& body, std::string& exponent) {
    std::size_t at = body.find('e');
    std::size_t length = 1;
    if (at == std::string::npos) {
      at = body.find('x');
      if (at == std::string::npos) return true;
      const std::size_t ten = body.find("10^", at);
      if (ten == std::string::npos || body.find_first_not_of("x *", at) != ten) return false;
      length = ten + 3 - at;
      note("a power of ten is written with e");
    }
    exponent = body.substr(at + length);
    const std::string_view digits =
        std::string_view(exponent).substr(exponent.starts_with('-') || exponent.starts_with('+'));
    if (digits.empty() || !std::all_of(digits.begin(), digits.end(), is_digit)) return false;
    exponent = "e" + exponent;
    body.resize(at);
    while (body.ends_with(' ')) body.pop_back();
    return true;
  }

  bool fits(const std::string& numeral) const {
    const auto value = value_of(signed_numeral(numeral));
    return value && fits_(*value);
  }

  // One letter may be a footnote mark as well: what can stand there decides.
  void write_out() {
    const auto value = value_of(figure_.numeral + "e" + std::to_string(power_));
    const auto small = value_of(figure_.numeral);
    if (!value || !small) return;
    if (letter_ && !fits_(*value) && fits_(*small))
      return note("a footnote mark is no part of a number");
    note(spelled_out);
    if (std::abs(*value) < 1e15)
      give(fmt::format("{:.15g}", *value));
    else
      give(fmt::format("{}e{}", figure_.numeral, power_));
  }

  void bound(bool less) {
    figure_.advice.insert(figure_.advice.begin(),
                          "a value of which only a limit is known is unknown, with a range");
    figure_.numeral = fmt::format("{} = {}", less ? "high" : "low", figure_.numeral);
  }

  const std::function<bool(double)>& fits_;
  Text text_;
  Figure figure_;
  bool negative_ = false, letter_ = false;
  int power_ = 0;
};

}  // namespace

std::optional<Figure> read_figure(std::string_view plain, const std::function<bool(double)>& fits) {
  return Reader(plain, fits).read();
}

}  // namespace waystone::scenario
