#include "command/console.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "command/read_file.hpp"
#include "source/visible.hpp"

namespace waystone::command {
namespace {

bool wants_color(ColorChoice choice, int descriptor) {
  if (choice != ColorChoice::automatic) return choice == ColorChoice::always;
  const char* no_color = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  if (no_color && *no_color) return false;
  if (!terminal || std::string_view(terminal) == "dumb") return false;
  return isatty(descriptor) == 1;
}

// All of it, or the number of the error.
int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(std::size_t(written));
  }
  return 0;
}

[[noreturn]] void cannot_write(const std::string& path, const std::string& reason) {
  throw Stop{input_output, fmt::format("can't write '{}': {}", path, reason)};
}
[[noreturn]] void cannot_write(const std::string& path, int error) { cannot_write(path, error == ENOENT ? "no such folder" : reason_of(error)); }

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  return slash == std::string::npos ? "." : path.substr(0, std::max<std::size_t>(slash, 1));
}

// The file that a path stands for, through symbolic links, whether it exists or not.
std::string target_of(const std::string& path) {
  constexpr int most_links = 40;
  std::string target = path;
  for (int links = 0; links <= most_links; ++links) {
    struct stat status {};
    if (::lstat(target.c_str(), &status) != 0 || !S_ISLNK(status.st_mode)) return target;
    std::string link(4096, '\0');
    const ssize_t length = ::readlink(target.c_str(), link.data(), link.size());
    if (length < 0) cannot_write(path, errno);
    link.resize(std::size_t(length));
    target = link.starts_with('/') ? link : folder_of(target) + "/" + link;
  }
  cannot_write(path, ELOOP);
}

// To a new file in the same folder, which then takes the place of the old one. 0 or the number of the error; then nothing is left behind.
int replace_whole(const std::string& path, const std::string& text, const struct stat* existing) {
  std::string beside = folder_of(path) + "/.waystone-XXXXXX";
  const int descriptor = ::mkstemp(beside.data());
  if (descriptor < 0) return errno;
  int error = write_all(descriptor, text);
  const mode_t mask = ::umask(0);
  ::umask(mask);
  if (existing && ::fchown(descriptor, existing->st_uid, existing->st_gid) != 0) errno = 0;  // only root may; the mode is what counts
  if (error == 0 && ::fchmod(descriptor, existing ? existing->st_mode & 07777 : 0666 & ~mask) != 0) error = errno;
  if (error == 0 && ::fsync(descriptor) != 0) error = errno;
  if (::close(descriptor) != 0 && error == 0) error = errno;
  if (error == 0 && ::rename(beside.c_str(), path.c_str()) != 0) error = errno;
  if (error != 0) ::unlink(beside.c_str());
  return error;
}

}  // namespace

Console::Console(ColorChoice choice) : color_out_(wants_color(choice, STDOUT_FILENO)), color_err_(wants_color(choice, STDERR_FILENO)) {}

void Console::out(const std::string& text) const { out_raw(visible(text, color_out_)); }

void Console::out_raw(const std::string& text) const {
  const int error = write_all(STDOUT_FILENO, text);
  if (error == EPIPE) throw Stop{done, ""};  // the reader has had enough
  if (error != 0) throw Stop{input_output, fmt::format("can't write to standard output: {}", reason_of(error))};
}

void Console::say(const std::string& text) const { write_all(STDERR_FILENO, visible(text, color_err_) + "\n"); }

void Console::diagnostics(const Diagnostics& diagnostics, const SourceMap& sources) const {
  write_all(STDERR_FILENO, visible(render_text(diagnostics, sources, diagnostic_style()), color_err_));
}

void require_writable(const std::string& path) {
  const std::string target = target_of(path), folder = folder_of(target);
  struct stat existing {};
  const bool exists = ::stat(target.c_str(), &existing) == 0;
  if (exists && S_ISDIR(existing.st_mode)) cannot_write(path, EISDIR);
  if (exists && ::access(target.c_str(), W_OK) != 0) cannot_write(path, fmt::format("the file is not to be written to ({})", reason_of(errno)));
  if (exists && !S_ISREG(existing.st_mode)) return;
  struct stat place {};
  if (::stat(folder.c_str(), &place) != 0) cannot_write(path, errno);
  if (!S_ISDIR(place.st_mode)) cannot_write(path, ENOTDIR);
  if (::access(folder.c_str(), W_OK | X_OK) != 0) cannot_write(path, fmt::format("its folder '{}' is not to be written to ({})", folder, reason_of(errno)));
}

void write_file(const std::string& path, const std::string& text) {
  require_writable(path);
  const std::string target = target_of(path);
  struct stat existing {};
  const bool exists = ::stat(target.c_str(), &existing) == 0;
  if (exists && !S_ISREG(existing.st_mode)) {  // a device or pipe can't be replaced
    const int descriptor = ::open(target.c_str(), O_WRONLY | O_CLOEXEC);
    const int error = descriptor < 0 ? errno : write_all(descriptor, text);
    if (descriptor >= 0) ::close(descriptor);
    if (error != 0) cannot_write(path, error);
    return;
  }
  if (const int error = replace_whole(target, text, exists ? &existing : nullptr)) cannot_write(path, error);
}

}  // namespace waystone::command
