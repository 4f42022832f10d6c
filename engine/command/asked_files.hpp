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
/// readable. Stop{input_output} if --rules, a folder or a file of it can't be read, since a file
/// left out would pass for sound.
std::vector<AskedFile> asked_files(const Options& options, Session& session);
/// Rule files found that another found file includes: parts, not models of their own.
std::set<std::string> parts_of(const std::vector<AskedFile>& all, Session& session);
/// Whether a file was named, or contains the word that every file of the wanted kind contains.
bool worth_opening(const AskedFile& file, std::string_view word, Session& session);

}  // namespace waystone::command
