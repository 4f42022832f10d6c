#include "command/folder_replacement.hpp"

#include <algorithm>
#include <cstdio>
#include <set>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <fmt/format.h>

#include "command/kinds.hpp"
#include "command/replacement.hpp"
#include "command/stop.hpp"

namespace waystone::command {
namespace {

constexpr std::size_t largest_manifest = 1u << 20;  // bytes

std::string parent_of(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  return slash == std::string::npos ? "." : path.substr(0, std::max<std::size_t>(slash, 1));
}

// The names in a folder; the number of the error, or 0.
int names_in(const std::string& folder, std::set<std::string>& names) {
  DIR* const open = ::opendir(folder.c_str());
  if (!open) return errno;
  errno = 0;
  while (const dirent* const entry = ::readdir(open)) {
    const std::string name = entry->d_name;
    if (name != "." && name != "..") names.insert(name);
    errno = 0;
  }
  const int error = errno;
  ::closedir(open);
  return error;
}

class FolderReplacement {
 public:
  FolderReplacement(const std::string& path, const std::vector<FolderFile>& files,
                    const std::string& manifest, std::string_view mark)
      : path_(path), target_(path), files_(files), manifest_(manifest), mark_(mark) {
    while (target_.size() > 1 && target_.ends_with('/')) target_.pop_back();
    look_at_target();
  }

  void write() {
    const SignalsHeld held;  // what is beside must not outlive the run
    create_beside();
    for (const FolderFile& file : files_) fill(file);
    sync(beside_);
    put_in_place();
    sync(parent_of(target_));
  }

 private:
  [[noreturn]] void refuse(const std::string& why) const {
    throw Stop{wrong_use, fmt::format("--out would write over '{}', {}", path_, why)};
  }

  void look_at_target() {
    struct stat status {};
    if (retried([&] { return ::lstat(target_.c_str(), &status); }) != 0) {
      if (errno != ENOENT) cannot_write(path_, reason_of(errno));
      return;
    }
    if (!S_ISDIR(status.st_mode))
      refuse(S_ISLNK(status.st_mode) ? "a link: name the folder itself"
                                     : fmt::format("which is {}, not a folder", kind_of(status)));
    exists_ = true;
    if (const int error = names_in(target_, old_names_)) cannot_write(path_, reason_of(error));
    if (old_names_.empty()) return;
    const std::set<std::string> own = names_of_manifest();
    for (const std::string& name : old_names_)
      if (name != manifest_ && !own.contains(name))
        refuse(fmt::format("a folder that holds something else, '{}'; name a new one", name));
  }

  // The files that a pack at the target says it has; refuses where there is no such pack.
  std::set<std::string> names_of_manifest() const {
    const std::string name = target_ + "/" + manifest_;
    const Descriptor file(
        retried([&] { return ::open(name.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC); }));
    std::string text;
    if (file && read_all(file.number(), largest_manifest, text) != 0) text.clear();
    if (!text.starts_with(mark_)) refuse("a folder that is not empty and no pack; name a new one");
    std::set<std::string> names;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      const std::string_view line = std::string_view(text).substr(at, end - at);
      if (line.size() > 66 && line[0] != '#') names.emplace(line.substr(66));
      at = end + 1;
    }
    return names;
  }

  void create_beside() {
    const std::string parent = parent_of(target_);
    for (int number = 0; beside_.empty(); ++number) {
      const std::string name = fmt::format("{}/.waystone-{}-{}", parent, ::getpid(), number);
      if (retried([&] { return ::mkdir(name.c_str(), 0777); }) == 0)
        beside_ = name;
      else if (errno == ENOENT)
        cannot_write(path_, "no such folder to put it in");
      else if (errno != EEXIST)
        cannot_write(path_, reason_of(errno));
    }
  }

  void fill(const FolderFile& file) {
    const std::string name = beside_ + "/" + file.name;
    Descriptor fresh(retried(
        [&] { return ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666); }));
    if (!fresh) fail(errno);
    if (const int error = write_all(fresh.number(), file.text)) fail(error);
    if (retried([&] { return ::fsync(fresh.number()); }) != 0) fail(errno);
    if (const int error = fresh.close()) fail(error);
  }

  void sync(const std::string& folder) {
    const Descriptor open(
        retried([&] { return ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); }));
    if (!open) fail(errno);
    if (retried([&] { return ::fsync(open.number()); }) != 0 && errno != EINVAL) fail(errno);
  }

  // An empty folder gives way to a rename; a full one is exchanged, so that no moment is without.
  void put_in_place() {
    if (!exists_ || old_names_.empty()) {
      if (retried([&] { return ::rename(beside_.c_str(), target_.c_str()); }) != 0) fail(errno);
      beside_.clear();
      return;
    }
    constexpr unsigned exchange = 2;  // RENAME_EXCHANGE
    if (::syscall(SYS_renameat2, AT_FDCWD, beside_.c_str(), AT_FDCWD, target_.c_str(), exchange) !=
        0)
      fail(errno);
    const std::string old = std::exchange(beside_, "");
    for (const std::string& name : old_names_) ::unlink((old + "/" + name).c_str());
    if (::rmdir(old.c_str()) != 0)
      throw Stop{input_output,
                 fmt::format("'{}' is written; the old one is left behind as '{}' ({})", path_, old,
                             reason_of(errno))};
  }

  // Takes away what is beside; says why it can't be written.
  [[noreturn]] void fail(int error) {
    if (!beside_.empty()) {
      for (const FolderFile& file : files_) ::unlink((beside_ + "/" + file.name).c_str());
      ::rmdir(beside_.c_str());
    }
    cannot_write(path_, reason_of(error));
  }

  std::string path_, target_, beside_;
  const std::vector<FolderFile>& files_;
  std::string manifest_;
  std::string_view mark_;
  bool exists_ = false;
  std::set<std::string> old_names_;
};

}  // namespace

void write_folder(const std::string& path, const std::vector<FolderFile>& files,
                  const std::string& manifest, std::string_view mark) {
  FolderReplacement(path, files, manifest, mark).write();
}

}  // namespace waystone::command
