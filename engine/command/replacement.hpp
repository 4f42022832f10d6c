// Files written whole or not at all.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include <sys/stat.h>

#include "command/descriptor.hpp"
#include "command/unfinished.hpp"
#include "report/pieces.hpp"

namespace waystone::command {

/// The file that a path means, through symbolic links, whether it exists or not. Stop{input_output}
/// where they go in a circle.
std::string target_of(const std::string& path);

/// Stop{input_output}: "can't write 'path': reason".
[[noreturn]] void cannot_write(const std::string& path, const std::string& reason);

/// New content of an ordinary file, complete on the disk but beside it: a stop at any moment leaves
/// the old file or the new one, whole, and nothing else. A symbolic link stays, and what it points
/// to is replaced. What exists keeps its owner, mode, access list and extended attributes. Each
/// member throws Stop{input_output} with the reason, and then nothing has changed unless it says
/// so.
class Replacement {
 public:
  Replacement(const std::string& path, const report::Pieces& pieces);
  ~Replacement();
  Replacement(const Replacement&) = delete;
  Replacement& operator=(const Replacement&) = delete;

  /// Locks the folder against others that do the same while this lives, and refuses if the file no
  /// longer holds `text`.
  void require_unchanged(std::string_view text);
  /// Puts the new content in place.
  void commit();

 private:
  void open_existing();
  void create_beside();
  void fill(const report::Pieces& pieces);
  [[noreturn]] void fail(std::string reason);
  std::string discard();

  std::string path_, target_, folder_;
  Descriptor folder_file_, existing_file_, fresh_file_;
  struct stat existing_ {};
  std::optional<Unfinished> beside_;
};

}  // namespace waystone::command
