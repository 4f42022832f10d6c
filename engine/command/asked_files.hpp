// Scenarios and rule files named on the command line, or found in the folders named there.
#pragma once
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "command/session.hpp"

namespace waystone::command {

struct AskedFile {
  std::string path;
  bool found = false;  // in a folder; else named
  bool is_scenario() const { return path.ends_with(".toml"); }
};

/// Files as they are named, folders as the sorted .toml and .risk files anywhere in them. Stop{input_output} where a folder can't be searched.
std::vector<AskedFile> asked_files(const std::vector<std::string>& paths);
/// Stop{input_output} where --rules or a file named can't be read.
void require_asked_files(const Session& session, const Options& options);
/// Rule files found that another one found includes: parts, not models of their own.
std::set<std::string> parts_of(const std::vector<AskedFile>& all);
/// Whether a file was named, or holds the word without which it can't be what is looked for.
bool worth_opening(const AskedFile& file, std::string_view word);

}  // namespace waystone::command
