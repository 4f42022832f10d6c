// Options that several verbs have, as the command line shows them. Private to this room.
#pragma once
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "command/session.hpp"

namespace waystone::command {

/// `examples`: lines that can be run as they stand, for the verb's help.
CLI::App* add_verb(CLI::App& app, const std::string& name, const std::string& help,
                   const std::string& examples);
/// `shown`: what stands for the value in the help.
void add_text(CLI::App& verb, const std::string& name, std::string& target, const std::string& help,
              const std::string& shown);
void add_list(CLI::App& verb, const std::string& name, std::vector<std::string>& target,
              const std::string& help, const std::string& shown);
/// --rules, --viewpoint, --set, --as-of, --known-by and --within.
void add_scenario_options(CLI::App& verb, Options& options);
void add_within(CLI::App& verb, Options& options);
/// --json and --out.
void add_output_options(CLI::App& verb, Options& options);
/// --markdown and --html.
void add_renderings(CLI::App& verb, Options& options);

}  // namespace waystone::command
