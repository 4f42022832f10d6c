// Values: from what was written to a number in the indicator's unit.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "base/decimal.hpp"
#include "base/ties.hpp"
#include "scenario/facts.hpp"
#include "scenario/notation.hpp"
#include "syntax/parse.hpp"

namespace waystone::scenario {
namespace {

using model::Unit;
constexpr double infinity = std::numeric_limits<double>::infinity();

// "-1.5e3", "+2", ".5"; names such as nan and inf are numbers here so that they can be refused as
// such.
std::optional<double> parse_number(std::string_view text) {
  const bool plus = text.starts_with('+');
  const std::string_view digits = plus ? text.substr(1) : text;
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error == std::errc::result_out_of_range && end == digits.data() + digits.size())
    return infinity;
  if (error != std::errc{} || end != digits.data() + digits.size() ||
      (plus && digits.starts_with('-')))
    return std::nullopt;
  return value;
}

// x times 10^power, rounded once: 7% is the double 0.07 and back.
double shifted(double x, int power) {
  if (power == 0 || !std::isfinite(x)) return x;
  char digits[64];
  const auto end =
      std::to_chars(digits, digits + sizeof digits, x, std::chars_format::scientific).ptr;
  const std::string_view text(digits, std::size_t(end - digits));
  const std::size_t e = text.find('e');
  const std::string moved =
      fmt::format("{}e{}", text.substr(0, e), std::stoi(std::string(text.substr(e + 1))) + power);
  return parse_number(moved).value_or(x);
}

std::string_view what_is_wanted(Unit unit) {
  switch (unit) {
    case Unit::yes_no: return "true or false";
    case Unit::date: return "a date or \"never\"";
    case Unit::code: return "one of its codes";
    case Unit::level: return "a level";
    default: return "a number";
  }
}

std::string_view kind_word(Written::Kind kind) {
  switch (kind) {
    case Written::Kind::number: return "a number";
    case Written::Kind::yes_no: return "true or false";
    case Written::Kind::date: return "a date";
    case Written::Kind::text: return "text";
    case Written::Kind::other: return "something else";
  }
  return "";
}

std::string shown(double value, Unit unit) {
  if (unit == Unit::date)
    return std::isfinite(value) ? to_string(Date{std::int32_t(value)}) : "never";
  return fmt::format("{}{}", value, unit == Unit::percent ? "%" : "");
}

// Turns single written values into numbers of one indicator.
class Quantifier {
 public:
  Quantifier(const model::Node& node, const Reading& reading) : node_(node), reading_(reading) {}

  // E0318 where the unit said does not fit the indicator's.
  bool take_unit(const Said<std::string_view>& said) {
    if (said.value == syntax::name_of(node_.unit)) return true;
    if (node_.unit == Unit::percent && said.value == syntax::name_of(Unit::share))
      shift_ = 2;
    else if (node_.unit == Unit::share && said.value == syntax::name_of(Unit::percent))
      shift_ = -2;
    else {
      std::vector<std::string> notes = hints_for_unit(said.value, node_);
      if (notes.empty() && (node_.unit == Unit::percent || node_.unit == Unit::share))
        notes.push_back("percent and share convert, nothing else does");
      reading_.error(Code::E0318, said.where,
                     fmt::format("{}, not in {}", in_unit(node_), said.value), std::move(notes));
      return false;
    }
    return true;
  }

  std::optional<double> read(const Written& written) const {
    switch (node_.unit) {
      case Unit::yes_no:
        return written.kind == Written::Kind::yes_no ? std::optional<double>(written.yes ? 1 : 0)
                                                     : refuse(written);
      case Unit::date:
        if (written.kind == Written::Kind::date) return in_range(written.date.days, written);
        return written.kind == Written::Kind::text && written.text == "never"
                   ? std::optional<double>(-infinity)
                   : refuse(written);
      case Unit::code: return written.kind == Written::Kind::text ? code(written) : refuse(written);
      default: return written.kind == Written::Kind::number ? number(written) : refuse(written);
    }
  }

  std::optional<double> read_sd(const Written& written) const {
    if (written.kind != Written::Kind::number) return refuse(written);
    if (!std::isfinite(written.number)) return not_finite(written);
    if (written.number >= 0) return shifted(written.number, shift_);
    reading_.error(Code::E0317, written.where, "a standard deviation can't be negative");
    return std::nullopt;
  }

 private:
  std::optional<double> refuse(const Written& written) const {
    if (const auto level = level_called(written)) {
      reading_.error(
          Code::E0304, written.where,
          fmt::format("'{}' wants the number of a level, this is '{}'", node_.name, written.text),
          {fmt::format("write {}: that level is called so", *level)});
      return std::nullopt;
    }
    const std::string found = written.kind == Written::Kind::text
                                  ? fmt::format("'{}'", written.text)
                                  : std::string(kind_word(written.kind));
    reading_.error(
        Code::E0304, written.where,
        fmt::format("'{}' wants {}, this is {}", node_.name, what_is_wanted(node_.unit), found),
        hints_for(written, node_, [this](double value) { return fits(shifted(value, shift_)); }));
    return std::nullopt;
  }

  // The level whose description a text is.
  std::optional<double> level_called(const Written& written) const {
    if (node_.unit != Unit::level || written.kind != Written::Kind::text ||
        marks_absence(written.text))  // "none" may be either
      return std::nullopt;
    const std::string said = plain(written.text);
    std::optional<double> found;
    for (const model::Level& level : node_.indicator().levels)
      if (!said.empty() && plain(level.anchor) == said) {
        if (found) return std::nullopt;
        found = level.value;
      }
    return found;
  }

  bool fits(double value) const {
    return !(node_.low && below(value, *node_.low)) && !(node_.high && below(*node_.high, value));
  }

  std::optional<double> not_finite(const Written& written) const {
    reading_.error(Code::E0315, written.where,
                   fmt::format("'{}' must be a finite number", node_.name),
                   {absence_hint(written)});
    return std::nullopt;
  }

  std::optional<double> code(const Written& written) const {
    std::vector<std::string> codes;
    for (const model::Level& level : node_.indicator().levels) {
      if (level.code == written.text) return level.value;
      codes.push_back(level.code);
    }
    auto notes = marks_absence(written.text)
                     ? std::vector<std::string>{absence_hint(written)}
                     : reading_.suggest(written.text, [&] { return codes; });
    if (notes.empty()) notes.push_back(fmt::format("its codes are {}", fmt::join(codes, ", ")));
    reading_.error(Code::E0321, written.where,
                   fmt::format("'{}' has no code '{}'", node_.name, written.text),
                   std::move(notes));
    return std::nullopt;
  }

  std::optional<double> number(const Written& written) const {
    if (!std::isfinite(written.number)) return not_finite(written);
    const double value = shifted(written.number, shift_);
    const auto result = in_range(value, written);
    if (!result || node_.unit != Unit::level) return result;
    const double steps = node_.indicator().half_steps ? value * 2 : value;
    if (steps == std::floor(steps)) return value;
    reading_.error(
        Code::E0319, written.where,
        fmt::format("{} is no level of '{}', which has {}", value, node_.name,
                    node_.indicator().half_steps ? "whole and half steps" : "whole steps"),
        {fmt::format("a range says that the level is uncertain: low = {}, high = {}",
                     std::floor(steps) / (node_.indicator().half_steps ? 2 : 1),
                     std::ceil(steps) / (node_.indicator().half_steps ? 2 : 1))});
    return std::nullopt;
  }

  std::optional<double> in_range(double value, const Written& written) const {
    if (fits(value)) return value;
    const std::string low = node_.low ? shown(*node_.low, node_.unit) : "any",
                      high = node_.high ? shown(*node_.high, node_.unit) : "any";
    reading_.error(Code::E0316, written.where,
                   fmt::format("'{}' lies between {} and {}, {} is outside", node_.name, low, high,
                               shown(value, node_.unit)),
                   meant_instead(value, written));
    return std::nullopt;
  }

  // What a number outside the range may be in another notation.
  std::vector<std::string> meant_instead(double value, const Written& written) const {
    if (node_.unit == Unit::date) return {};
    const double said = shifted(value, -shift_);
    if (written.where.valid() && stands_for_none(said)) return {absence_hint(written)};
    const std::string_view numeral =
        written.text.empty() ? reading_.sources.text(written.where) : written.text;
    const auto larger = without_point(numeral);
    const auto number = larger ? parse_number(*larger) : std::nullopt;
    if (number && fits(shifted(*number, shift_)))
      return {fmt::format("a point is the decimal mark: is {} meant?", *larger)};
    if (node_.unit == Unit::share && shift_ == 0 && value > 1 && fits(shifted(value, -2)))
      return {fmt::format("{} percent is {} as a share; unit = \"percent\" says so", value,
                          shifted(value, -2))};
    return {};
  }

  const model::Node& node_;
  const Reading& reading_;
  int shift_ = 0;  // power of ten from the unit as written to the indicator's
};

bool is_unknown(const Written& written) {
  return written.kind == Written::Kind::text && written.text == "unknown";
}

// Whether low, high and sd can stand together and with this indicator.
bool range_makes_sense(const Quantity& quantity, const model::Node& node, const Reading& reading) {
  const auto refuse = [&](const Written& at, std::string message) {
    reading.error(Code::E0317, at.where, std::move(message));
    return false;
  };
  const Written* first = quantity.low    ? &*quantity.low
                         : quantity.high ? &*quantity.high
                         : quantity.sd   ? &*quantity.sd
                                         : nullptr;
  if (!first) return true;
  if (node.unit == Unit::code || node.unit == Unit::yes_no)
    return refuse(*first, fmt::format("'{}' has no range: it is {}, or \"unknown\"", node.name,
                                      what_is_wanted(node.unit)));
  if (quantity.low.has_value() != quantity.high.has_value())
    return refuse(
        *first,
        fmt::format("'{}' has only one end of its range; give low and high, or none", node.name));
  if (quantity.sd && quantity.low)
    return refuse(*quantity.sd,
                  fmt::format("'{}' has both a range and a standard deviation", node.name));
  if (quantity.sd && node.unit == Unit::date)
    return refuse(
        *quantity.sd,
        fmt::format("the date '{}' has no standard deviation; give low and high", node.name));
  if (quantity.sd && is_unknown(*quantity.value))
    return refuse(*quantity.sd, "what is unknown has no standard deviation; give low and high");
  return true;
}

bool take_range(const Quantity& quantity, const Quantifier& quantifier, const model::Node& node,
                const Reading& reading, Datum& datum) {
  if (quantity.low) {
    datum.low = quantifier.read(*quantity.low);
    datum.high = quantifier.read(*quantity.high);
    if (!datum.low || !datum.high) return false;
    if (*datum.low <= *datum.high &&
        (!datum.value || (*datum.low <= *datum.value && *datum.value <= *datum.high)))
      return true;
    const std::string range =
        fmt::format("{} to {}", shown(*datum.low, node.unit), shown(*datum.high, node.unit));
    reading.error(Code::E0317, quantity.low->where,
                  *datum.low > *datum.high
                      ? fmt::format("the range of '{}' runs backwards: {}", node.name, range)
                      : fmt::format("the value of '{}', {}, is not within its range {}", node.name,
                                    shown(*datum.value, node.unit), range));
    return false;
  }
  if (quantity.sd) {
    const auto sd = quantifier.read_sd(*quantity.sd);
    if (!sd) return false;
    datum.low = std::max(*datum.value - 2 * *sd, node.low.value_or(-infinity));
    datum.high = std::min(*datum.value + 2 * *sd, node.high.value_or(infinity));
  }
  return true;
}

}  // namespace

double scaled(double number, double factor) {
  char digits[64];
  const auto end =
      std::to_chars(digits, digits + sizeof digits, std::abs(factor), std::chars_format::scientific)
          .ptr;
  const std::string_view text(digits, std::size_t(end - digits));
  if (!text.starts_with("1e")) return number * factor;
  return shifted(factor < 0 ? -number : number, std::stoi(std::string(text.substr(2))));
}

Written written(const Value& value) {
  Written result;
  result.in_toml = true;
  result.where = value.where;
  switch (value.kind) {
    case Value::Kind::number:
      result.kind = Written::Kind::number;
      result.number = value.number;
      break;
    case Value::Kind::yes_no:
      result.kind = Written::Kind::yes_no;
      result.yes = value.yes;
      break;
    case Value::Kind::date:
      result.kind = Written::Kind::date;
      result.date = value.date;
      break;
    case Value::Kind::text:
      result.kind = Written::Kind::text;
      result.text = value.text;
      break;
    default: result.kind = Written::Kind::other;
  }
  return result;
}

Written written(std::string_view text, model::Unit unit, Span where) {
  Written result;
  result.where = where;
  result.text = text;
  if (unit == Unit::yes_no) {
    const bool yes = text == "true" || text == "yes" || text == "1";
    if (yes || text == "false" || text == "no" || text == "0") {
      result.kind = Written::Kind::yes_no;
      result.yes = yes;
    }
  } else if (unit == Unit::date) {
    if (const auto date = parse_date(text)) {
      result.kind = Written::Kind::date;
      result.date = *date;
    }
  } else if (unit != Unit::code) {
    if (const auto number = parse_number(text)) {
      result.kind = Written::Kind::number;
      result.number = *number;
    }
  }
  return result;
}

bool unit_fits(const Said<std::string_view>& unit, const model::Node& node,
               const Reading& reading) {
  return Quantifier(node, reading).take_unit(unit);
}

bool quantify(const Quantity& quantity, const model::Node& node, const Reading& reading,
              Datum& datum) {
  Quantifier quantifier(node, reading);
  if (quantity.unit && !quantifier.take_unit(*quantity.unit)) return false;
  if (!range_makes_sense(quantity, node, reading)) return false;
  if (!is_unknown(*quantity.value)) {
    datum.value = quantifier.read(*quantity.value);
    if (!datum.value) return false;
  }
  if (!take_range(quantity, quantifier, node, reading, datum)) return false;
  // What can have one value only is known to have it.
  if (!datum.value && datum.low && datum.low == datum.high) datum.value = datum.low;
  return true;
}

}  // namespace waystone::scenario
