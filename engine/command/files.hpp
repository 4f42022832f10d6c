// The only place that reads files. Each is read once a run; all messages and stamps rest on that
// one text.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <sys/stat.h>

#include "model/read_file.hpp"

namespace waystone::command {

inline constexpr std::size_t largest_file = 64u << 20;  // bytes

/// What makes two names the same file.
using Identity = std::pair<dev_t, ino_t>;
Identity identity_of(const struct stat& status);

class Files {
 public:
  /// A path of the command line. It may be a pipe, be called as it likes and lie anywhere.
  void name(const std::string& path);
  const std::vector<std::string>& named() const { return named_; }
  bool is_named(const std::string& path) const;
  /// From now on, files that only other files name, or that are found in folders, must lie in this
  /// folder, after following links. Stop{wrong_use} if it is not a folder.
  void confine(const std::string& folder);

  /// The bytes of a file. E0001 with the reason in one clause if it is not there, is no file, or is
  /// something that no file may name; E0002 if it is larger than `largest_file`. Stop{input_output}
  /// where the system fails or refuses.
  Outcome<std::string> read(const std::string& path);
  /// The same as a function; refers to this.
  model::ReadFile reader();

  /// Whether a file is an ordinary one that neither its name nor that of what it links to says to
  /// be one of ours: the command line may name it, and no message shows what stands in it.
  bool withholds(const std::string& path) const;

  /// The path under which this file was read.
  std::optional<std::string> read_as(const Identity& file) const;

 private:
  using Text = Outcome<std::string>;
  Text read_anew(const std::string& path);
  Text read_descriptor(int number, const std::string& path);
  std::optional<Text> refusal(const std::string& path, const struct stat& status) const;
  Text read_known(int descriptor, const std::string& path, const Identity& file);

  std::vector<std::string> named_;
  std::set<std::string> named_tidy_;
  std::string within_,
      confined_to_;  // its real path with a slash at the end, or ""; as it was given
  std::map<std::string, Text> by_path_;
  std::map<Identity, std::string> path_of_;  // the first under which it was read
};

}  // namespace waystone::command
