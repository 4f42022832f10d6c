// The verbs that take a rating to a board: their options on the command line. Private to this room.
#pragma once
#include <optional>

#include <CLI/CLI.hpp>

#include "command/verbs.hpp"

namespace waystone::command {

struct BoardOptions {
  CountriesOptions sources, assumptions;
  MemoOptions memo;
  PortfolioOptions portfolio;
  PackOptions pack;
  ReportOptions report, watch;
};

void add_board_verbs(CLI::App& app, BoardOptions& options);
/// The exit code of the one that was asked for; nothing where it is none of them.
std::optional<int> run_board_verb(const CLI::App& app, const BoardOptions& options,
                                  const Console& console);

}  // namespace waystone::command
