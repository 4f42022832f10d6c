// Countries on two sides that differ in date, scenario or rule file, and what makes the difference.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "explain/difference.hpp"
#include "report/document.hpp"
#include "report/json.hpp"
#include "report/pieces.hpp"
#include "report/results.hpp"

namespace waystone::report {

struct DifferentCountry {
  std::string code;
  std::size_t from = 0, to = 0;              // in ViewResult::countries of either side
  std::optional<explain::Difference> split;  // of the largest; of one country always, where rated
};

struct DifferentView {
  std::string name;
  std::size_t from = 0, to = 0;             // in Assessment::views of either side
  std::vector<DifferentCountry> countries;  // by size of the move; then those not rated on a side,
                                            // by name
  std::size_t rated = 0;                    // on both sides
  std::size_t moved = 0;                    // by more than the last bits of a sum
};

struct Differing {
  enum class What { dates, scenarios, rules };
  What what = What::dates;
  Scored from, to;
  const evaluate::Case *from_by_second = nullptr, *to_by_first = nullptr;  // with two rule files
  NodeId node_from, node_to;
  std::string country;  // code, or "": all
  std::string only;     // which are shown, in words; "": all
  std::size_t top = 10;
  std::vector<DifferentView> views;
  std::vector<std::string> only_from, only_to;  // countries that one side alone scores, by name
  std::vector<std::string> views_of_one;        // viewpoints that one side alone has

  bool two_rule_files() const { return from_by_second != nullptr; }
};

Document difference_text(const Differing& differing);
/// docs/schema/difference.md
Json difference_json(const Differing& differing, const std::string& tool);
/// One row a viewpoint and country, every digit, with the header line.
void put_difference_csv(const Differing& differing, const Put& put);
/// How every table begins that `put_difference_csv` gives.
inline constexpr std::string_view difference_csv_begin =
    "viewpoint,country,country_name,name,from,";

/// "2019" and "2023", or the files by which the sides differ, as short as tells them apart.
std::pair<std::string, std::string> side_names(const Differing& differing);
/// What a mover is, and its values on either side: "inflation in economic crisis, 5.3% to 15%".
std::string mover_words(const explain::DifferenceMover& mover, const Differing& differing);
/// "facts", "data", "rules" or "model".
inline constexpr explain::MoverKind kinds_of_movers[] = {
    explain::MoverKind::facts, explain::MoverKind::data, explain::MoverKind::rules,
    explain::MoverKind::model};

}  // namespace waystone::report
