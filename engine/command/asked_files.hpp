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
  bool found = false;     // in a folder; else named
  bool scenario = false;  // else rules
};

/// Files as they are named, folders as the sorted .toml and .risk files anywhere in them, each
/// readable. Stop{input_output} where
/// --rules, a folder or a file of it can't be read: what is left out would be taken for sound.
std::vector<AskedFile> asked_files(const Options& options, Session& session);
/// Rule files found that another one found includes: parts, not models of their own.
std::set<std::string> parts_of(const std::vector<AskedFile>& all, Session& session);
/// Whether a file was named, or holds the word without which it can't be what is looked for.
bool worth_opening(const AskedFile& file, std::string_view word, Session& session);

}  // namespace waystone::command
