#include "command/folders.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <memory>

#include <dirent.h>
#include <sys/stat.h>

#include <fmt/format.h>

#include "command/descriptor.hpp"
#include "command/kinds.hpp"
#include "command/stop.hpp"

namespace waystone::command {
namespace {

[[noreturn]] void cannot_search(const std::string& folder, int error) {
  throw Stop{input_output, fmt::format("can't search '{}': {}", folder, reason_of(error))};
}

struct Close {
  void operator()(DIR* folder) const { ::closedir(folder); }
};
using Folder = std::unique_ptr<DIR, Close>;

Folder opened(const std::string& folder) {
  DIR* found = nullptr;
  do found = ::opendir(folder.c_str());
  while (!found && errno == EINTR);
  if (!found) cannot_search(folder, errno);
  return Folder(found);
}

// The next entry, null after the last.
const dirent* next_of(const Folder& open, const std::string& folder) {
  while (true) {
    errno = 0;
    const dirent* entry = ::readdir(open.get());
    if (entry || errno == 0) return entry;
    if (errno != EINTR) cannot_search(folder, errno);
  }
}

mode_t kind_at(const std::string& path, bool through_links) {
  struct stat status {};
  const auto ask = [&] {
    return through_links ? ::stat(path.c_str(), &status) : ::lstat(path.c_str(), &status);
  };
  if (retried(ask) == 0) return status.st_mode & S_IFMT;
  if (errno != ENOENT && errno != ENOTDIR && errno != ELOOP) cannot_search(path, errno);
  return 0;  // a link to nothing is said by who reads it
}

}  // namespace

std::vector<std::string> files_in(const std::string& folder, Depth depth) {
  std::vector<std::string> files, folders{folder};
  while (!folders.empty()) {
    const std::string here = std::move(folders.back());
    folders.pop_back();
    const Folder open = opened(here);
    while (const dirent* entry = next_of(open, here)) {
      const std::string name = entry->d_name;
      if (name == "." || name == "..") continue;
      const std::string path = (std::filesystem::path(here) / name).generic_string();
      const mode_t kind = kind_at(path, false);
      if (kind == S_IFDIR && depth == Depth::deep)
        folders.push_back(path);
      else if (kind != S_IFDIR && is_ours(name) &&
               (kind != S_IFLNK || kind_at(path, true) != S_IFDIR))
        files.push_back(std::filesystem::path(path).lexically_normal().generic_string());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

bool is_folder(const std::string& path) {
  struct stat status {};
  if (retried([&] { return ::stat(path.c_str(), &status); }) == 0) return S_ISDIR(status.st_mode);
  if (errno != ENOENT && errno != ENOTDIR && errno != ELOOP && errno != ENAMETOOLONG)
    cannot_search(path, errno);
  return false;
}

}  // namespace waystone::command
