// What is wrong with a command line, in our own words.
#pragma once
#include <string>

#include <CLI/CLI.hpp>

namespace waystone::command {

/// One sentence, and the nearest option or verb if one is near. `app` as parsing left it.
std::string usage_error(const CLI::App& app, const CLI::ParseError& error);

/// "no verb 'scor'; did you mean 'score'?"
std::string no_verb(const CLI::App& app, const std::string& word);

}  // namespace waystone::command
