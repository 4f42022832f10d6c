// How scores did, told.
#pragma once
#include <string>

#include "backtest/backtest.hpp"
#include "report/document.hpp"
#include "report/json.hpp"
#include "report/pieces.hpp"
#include "report/results.hpp"

namespace waystone::report {

struct BackTested {
  Scored last;  // the newest year's end, for names and hashes
  const scenario::Tested* tested = nullptr;
  std::string viewpoint;             // "" where the model has none
  std::size_t other_viewpoints = 0;  // of the scenario, not tested
  backtest::BackTest result;

  const model::Model& rules() const { return last.rules(); }
};

struct BackTestStyle {
  bool all = false;  // tables of every horizon
};

Document backtest_text(const BackTested& tested, const BackTestStyle& style);
/// docs/schema/backtest.md
Json backtest_json(const BackTested& tested, const std::string& tool);
/// One row an outcome, horizon and subject, with the header line.
void put_backtest_csv(const BackTested& tested, const Put& put);
inline constexpr std::string_view backtest_csv_begin = "scenario,viewpoint,outcome,horizon,kind,";

/// "power_transit", "no change".
std::string subject_name(const backtest::Subject& subject, const model::Model& model);

}  // namespace waystone::report
