// Pages made of the verbs and options themselves, so that none of them can be out of date.
#pragma once
#include <string>

#include <CLI/CLI.hpp>

namespace waystone::command {

/// Verbs that help lists, in its order.
std::vector<const CLI::App*> public_verbs(const CLI::App& app);

/// The manual page of section 1, for man.
std::string man_page(const CLI::App& app);
/// What a shell completes after `waystone`. `shell`: "bash", "zsh" or "fish".
std::string completion(const CLI::App& app, const std::string& shell);

}  // namespace waystone::command
