// The kind of a file, by its name and its first words.
#pragma once
#include <string>
#include <string_view>

#include <sys/stat.h>

namespace waystone::command {

bool is_rules(std::string_view path);     // .risk
bool is_settings(std::string_view path);  // .toml: scenarios and judgements
bool is_table(std::string_view path);  // .csv, .tsv, .tab, and workbooks, which are refused with a
                                       // word of advice
/// Any of these: the only files that a file may name, so that no scenario reaches other people's
/// letters.
bool is_ours(std::string_view path);
/// ".risk, .toml, …"
std::string our_endings();

/// Whether the text of a file without a telling name (a pipe) is a scenario and not rules: its
/// first meaningful line sets a key or opens a table.
bool reads_as_scenario(std::string_view text);

/// Whether the text of a .toml file is a map of a publisher's tables, which only scenarios read:
/// the first key is `map`.
bool reads_as_map(std::string_view text);

/// "a pipe", "a socket", "a device" …
std::string_view kind_of(const struct stat& status);

}  // namespace waystone::command
