// The only place that reads files. Each is read once a run; all messages and stamps rest on that
// one text.
#pragma once
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <sys/stat.h>

#include "command/mapped.hpp"
#include "model/read_file.hpp"

namespace waystone::command {

inline constexpr std::size_t largest_file = 64u << 20;    // bytes
inline constexpr std::size_t largest_table = 512u << 20;  // of a file called as a table is
/// Larger ones of these are mapped if they are ordinary files: their text doesn't lie in memory.
inline constexpr std::size_t least_mapped = 16u << 20;
/// Places in a text are counted in 32 bits.
inline constexpr std::size_t largest_mapped = std::numeric_limits<std::uint32_t>::max();

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
  /// something that no file may name; E0002 if it is larger than `largest_file`
  /// or, called as a table is, `largest_mapped` (`largest_table` where it can't be mapped).
  /// Stop{input_output} where the system fails or refuses.
  Outcome<Bytes> read(const std::string& path);
  /// Where the progress of long readings is told.
  void tell_progress(std::function<void(const Progress&)> tell) { tell_ = std::move(tell); }
  /// Stop{input_output} if a mapped file has changed since it was opened.
  void require_unchanged() const;
  /// The same as a function; refers to this.
  model::ReadFile reader();

  /// Whether a file is an ordinary one that neither its name nor that of what it links to says to
  /// be one of ours: the command line may name it, and no message shows what stands in it.
  bool withholds(const std::string& path) const;

  /// Paths that were asked for, those that could not be read among them.
  std::vector<std::string> paths() const;
  /// The path under which this file was read.
  std::optional<std::string> read_as(const Identity& file) const;

 private:
  using Text = Outcome<Bytes>;
  Text read_anew(const std::string& path);
  Text read_descriptor(int number, const std::string& path);
  std::optional<Text> refusal(const std::string& path, const struct stat& status) const;
  Text read_known(int descriptor, const std::string& path, const Identity& file);
  std::optional<Text> map_table(Descriptor& file, const std::string& path,
                                const struct stat& status);

  std::function<void(const Progress&)> tell_;
  std::vector<std::shared_ptr<const MappedFile>> mapped_;
  std::vector<std::string> named_;
  std::set<std::string> named_tidy_;
  std::string within_,
      confined_to_;  // its real path with a slash at the end, or ""; as it was given
  std::map<std::string, Text> by_path_;
  std::map<Identity, std::string> path_of_;  // the first under which it was read
};

}  // namespace waystone::command
