#include "command/console.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "command/read_file.hpp"

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

[[noreturn]] void cannot_write(const std::string& path, int error) {
  throw Stop{input_output, fmt::format("can't write '{}': {}", path, error == ENOENT ? "no such folder" : reason_of(error))};
}

}  // namespace

Console::Console(ColorChoice choice) : color_out_(wants_color(choice, STDOUT_FILENO)), color_err_(wants_color(choice, STDERR_FILENO)) {}

void Console::out(const std::string& text) const {
  const int error = write_all(STDOUT_FILENO, text);
  if (error == EPIPE) throw Stop{done, ""};  // the reader has had enough
  if (error != 0) throw Stop{input_output, fmt::format("can't write to standard output: {}", reason_of(error))};
}

void Console::say(const std::string& text) const { write_all(STDERR_FILENO, text + "\n"); }

void Console::diagnostics(const Diagnostics& diagnostics, const SourceMap& sources) const {
  write_all(STDERR_FILENO, render_text(diagnostics, sources, diagnostic_style()));
}

void write_file(const std::string& path, const std::string& text) {
  struct stat existing {};
  const bool exists = ::stat(path.c_str(), &existing) == 0;
  if (exists && S_ISDIR(existing.st_mode)) cannot_write(path, EISDIR);
  if (exists && !S_ISREG(existing.st_mode)) {  // a device or pipe can't be replaced
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    const int error = descriptor < 0 ? errno : write_all(descriptor, text);
    if (descriptor >= 0) ::close(descriptor);
    if (error != 0) cannot_write(path, error);
    return;
  }
  if (exists && ::access(path.c_str(), W_OK) != 0) cannot_write(path, errno);
  std::string beside = path + ".XXXXXX";
  const int descriptor = ::mkstemp(beside.data());
  if (descriptor < 0) cannot_write(path, errno);
  int error = write_all(descriptor, text);
  const mode_t mask = ::umask(0);
  ::umask(mask);
  if (error == 0 && ::fchmod(descriptor, exists ? existing.st_mode & 07777 : 0666 & ~mask) != 0) error = errno;
  if (error == 0 && ::fsync(descriptor) != 0) error = errno;
  if (::close(descriptor) != 0 && error == 0) error = errno;
  if (error == 0 && ::rename(beside.c_str(), path.c_str()) != 0) error = errno;
  if (error == 0) return;
  ::unlink(beside.c_str());
  cannot_write(path, error);
}

}  // namespace waystone::command
