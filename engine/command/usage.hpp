// What is wrong with a command line, in our own words.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include <CLI/CLI.hpp>

namespace waystone::command {

/// What an option of whole numbers takes.
struct OptionRange {
  std::string_view option;
  std::uint64_t low = 0, high = 0;
};
const OptionRange& range_of(std::string_view option);

/// Has every option and word of every verb refuse an empty value, as a shell makes of a variable
/// that isn't set; words that name files refuse facts, too.
void refuse_empty_values(CLI::App& app);

/// One sentence, and the nearest option or verb if one is near. `app` as parsing left it.
std::string usage_error(const CLI::App& app, const CLI::ParseError& error);

/// One sentence where a word gives a value to an option that takes none, "--csv=yes"; or "".
std::string flag_with_value(const CLI::App& app, int argc, char** argv);

/// "no verb 'scor'; did you mean 'score'?"
std::string no_verb(const CLI::App& app, const std::string& word);

}  // namespace waystone::command
