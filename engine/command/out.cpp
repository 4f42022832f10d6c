#include "command/out.hpp"

#include <filesystem>
#include <set>

#include <fcntl.h>
#include <unistd.h>

#include <fmt/format.h>

#include "command/descriptor.hpp"
#include "command/folders.hpp"
#include "command/kinds.hpp"
#include "command/replacement.hpp"
#include "command/stop.hpp"
#include "report/difference.hpp"
#include "report/score.hpp"
#include "report/track.hpp"
#include "scenario/scenario.hpp"
#include "source/paths.hpp"

namespace waystone::command {
namespace {

[[noreturn]] void refuse_target(const std::string& path, const std::string& why) {
  throw Stop{wrong_use, fmt::format("--out would write over '{}', {}", path, why)};
}

// Nothing where there is none.
std::optional<struct stat> status_of(const std::string& path) {
  struct stat status {};
  if (retried([&] { return ::stat(path.c_str(), &status); }) == 0) return status;
  if (errno != ENOENT && errno != ENOTDIR)
    throw Stop{input_output, fmt::format("can't look at '{}': {}", path, reason_of(errno))};
  return std::nullopt;
}

std::string input_in_words(const std::string& path) {
  return is_rules(path) ? "which is a rule file" : "which is a scenario or judgement file";
}

std::string folder_of_file(const std::string& path) {
  return folder_for(path).empty() ? "." : std::string(folder_for(path));
}

// The folders asked about: those named, and those of the files named. The one that `target` lies in
// is looked at, too: whoever keeps scenarios there takes figures from beside them.
std::set<std::pair<std::string, Depth>> folders_of(const Files& files, const std::string& target) {
  std::set<std::pair<std::string, Depth>> folders{{folder_of_file(target), Depth::shallow}};
  for (const std::string& path : files.named()) {
    if (is_folder(path))
      folders.emplace(path, Depth::deep);
    else if (!descriptor_in(path))
      folders.emplace(folder_of_file(path), Depth::shallow);
  }
  return folders;
}

class Inputs {
 public:
  Inputs(const Identity& out, Files& files) : out_(out), files_(files) {}

  void refuse_any_in(const std::string& folder, Depth depth) const {
    for (const std::string& path : files_in(folder, depth)) {
      if (!is_table(path) && is_out(path)) refuse_target(path, input_in_words(path));
      if (is_settings(path)) refuse_tables_of(path);
    }
  }

 private:
  void refuse_tables_of(const std::string& path) const {
    for (const std::string& table : scenario::tables_of(path, files_.reader()))
      if (is_out(table)) refuse_target(table, fmt::format("from which '{}' takes figures", path));
  }

  bool is_out(const std::string& path) const {
    const auto status = status_of(path);
    return status && identity_of(*status) == out_;
  }

  Identity out_;
  Files& files_;
};

constexpr std::string_view own_tables[] = {report::score_csv_begin, report::ranking_csv_begin,
                                           report::groups_csv_begin, report::track_csv_begin,
                                           report::difference_csv_begin};

// Whether an existing table is one that a verb wrote with --csv, or empty. Any other
// may hold figures that exist nowhere else, whether a scenario names it or not.
bool is_result(const std::string& path) {
  const Descriptor file(
      retried([&] { return ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC); }));
  if (!file) throw Stop{input_output, fmt::format("can't read '{}': {}", path, reason_of(errno))};
  std::size_t longest = 0;
  for (const std::string_view table : own_tables) longest = std::max(longest, table.size());
  std::string begin(longest, '\0');
  std::size_t size = 0;
  while (size < begin.size()) {
    const ssize_t got =
        retried([&] { return ::read(file.number(), begin.data() + size, begin.size() - size); });
    if (got < 0)
      throw Stop{input_output, fmt::format("can't read '{}': {}", path, reason_of(errno))};
    if (got == 0) break;
    size += std::size_t(got);
  }
  begin.resize(size);
  return size == 0 || std::any_of(std::begin(own_tables), std::end(own_tables),
                                  [&](std::string_view table) { return begin.starts_with(table); });
}

void write_special(const std::string& path, const std::string& target,
                   const report::Pieces& pieces) {
  Descriptor file;
  if (const int error = open_to_write(target, file)) cannot_write(path, reason_of(error));
  pieces([&](const std::string& text) {
    const int error = write_all(file.number(), text);
    if (error == EPIPE) throw Stop{done, ""};
    if (error != 0) cannot_write(path, reason_of(error));
  });
  if (const int error = file.close()) cannot_write(path, reason_of(error));
}

}  // namespace

void refuse_over_inputs(const std::string& path, Files& files) {
  const std::string target = target_of(path);
  const auto status = descriptor_in(target) ? std::nullopt : status_of(target);
  if (!status || !S_ISREG(status->st_mode)) return;
  if (const auto read = files.read_as(identity_of(*status)))
    refuse_target(*read, "which the result rests on");
  if (is_rules(target) || is_settings(target)) refuse_target(target, input_in_words(target));
  if (!is_table(target) && status->st_nlink == 1) return;  // no scenario can name it
  const Inputs inputs(identity_of(*status), files);
  for (const auto& [folder, depth] : folders_of(files, target)) inputs.refuse_any_in(folder, depth);
  if (is_table(target) && !is_result(target))
    refuse_target(target, "a table that no 'score --csv' wrote; name another file, or delete it");
}

void put_gathered(const report::Pieces& pieces, const report::Put& put) {
  constexpr std::size_t enough = 1u << 18;
  std::string gathered;
  pieces([&](const std::string& piece) {
    if (gathered.empty() && piece.size() >= enough) return put(piece);
    gathered += piece;
    if (gathered.size() < enough) return;
    put(gathered);
    gathered.clear();
  });
  if (!gathered.empty()) put(gathered);
}

void write_out(const std::string& path, const report::Pieces& pieces, const Console& console) {
  const std::string target = target_of(path);
  if (const auto number = descriptor_in(target))
    return pieces([&](const std::string& text) { console.write_to(*number, path, text); });
  const auto status = status_of(target);
  if (!status || S_ISREG(status->st_mode)) return Replacement(path, pieces).commit();
  if (S_ISFIFO(status->st_mode) || S_ISCHR(status->st_mode))
    return write_special(path, target, pieces);
  cannot_write(path, fmt::format("it is {}", kind_of(*status)));
}

}  // namespace waystone::command
