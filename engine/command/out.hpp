// Where --out goes.
#pragma once
#include <string>

#include "command/console.hpp"
#include "command/files.hpp"
#include "report/pieces.hpp"

namespace waystone::command {

/// Stop{wrong_use} where `path` is an existing scenario, rule file or judgement file, or a data
/// file of a scenario in the folders that the command line names or has files of, or in that of
/// `path`, read or not, under whatever name; or any table that no `score --csv` wrote.
void refuse_over_inputs(const std::string& path, Files& files);

/// Whether there is anything under a path, through links. Stop{input_output} where the system can't
/// say.
bool is_there(const std::string& path);

/// Collects small pieces of a text, so that each system call writes many.
void put_gathered(const report::Pieces& pieces, const report::Put& put);

/// Replaces an ordinary file whole; writes into a pipe, a device or an open descriptor
/// (/dev/stdout). A pipe whose reader has gone ends the verb quietly, as standard output does.
/// Stop{input_output} where it can't be written.
void write_out(const std::string& path, const report::Pieces& pieces, const Console& console);

}  // namespace waystone::command
