// The table of countries (countries.def), by code.
#include <algorithm>
#include <iterator>

#include "scenario/countries.hpp"
#include "scenario/scenario.hpp"

namespace waystone::scenario {
namespace {

constexpr Country country_table[] = {
#define WAYSTONE_COUNTRY(code, short_code, number, name, other_names) \
  {code, short_code, number, name, other_names},
#include "scenario/countries.def"
#undef WAYSTONE_COUNTRY
};

constexpr auto in_order = [](const Country& a, const Country& b) { return a.code < b.code; };
static_assert(std::is_sorted(std::begin(country_table), std::end(country_table), in_order));

const Country* country_of_code(std::string_view code) {
  const auto found =
      std::lower_bound(std::begin(country_table), std::end(country_table), code,
                       [](const Country& a, std::string_view b) { return a.code < b; });
  return found != std::end(country_table) && found->code == code ? found : nullptr;
}

}  // namespace

std::span<const Country> countries() { return country_table; }

bool is_country_code(std::string_view code) { return country_of_code(code) != nullptr; }

std::string_view country_name(std::string_view code) {
  const Country* found = country_of_code(code);
  return found ? found->name : code;
}

bool named_before(std::string_view code, std::string_view other) {
  return std::pair(country_name(code), code) < std::pair(country_name(other), other);
}

}  // namespace waystone::scenario
