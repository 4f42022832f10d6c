#include "command/read_file.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

namespace waystone::command {
namespace {

Outcome<std::string> refused(Code code, std::string reason) {
  Outcome<std::string> outcome;
  outcome.diagnostics.add(code, {}, std::move(reason));
  return outcome;
}

struct Descriptor {
  int number;
  ~Descriptor() {
    if (number >= 0) ::close(number);
  }
};

}  // namespace

std::string reason_of(int error) {
  switch (error) {
    case ENOENT: return "no such file";
    case EACCES: return "permission denied";
    case EISDIR: return "it is a directory";
    case ENOTDIR: return "a part of the path is not a directory";
    case EROFS: return "the file system is read-only";
    case ELOOP: return "its symbolic links go in a circle";
    case ENOSPC: return "no space is left";
    case ENAMETOOLONG: return "the path is too long";
    default: return std::strerror(error);
  }
}

Outcome<std::string> read_file(const std::string& path) {
  if (path.find('\0') != std::string::npos) return refused(Code::E0001, "the path holds a zero byte");
  const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.number < 0) return refused(Code::E0001, reason_of(errno));
  struct stat status {};
  if (::fstat(file.number, &status) != 0) return refused(Code::E0001, reason_of(errno));
  if (S_ISDIR(status.st_mode)) return refused(Code::E0001, reason_of(EISDIR));
  const auto too_large = [](std::size_t size) {
    return refused(Code::E0002, fmt::format("it has {} MB, at most {} MB are read", size >> 20, largest_file >> 20));
  };
  const auto size = static_cast<std::size_t>(status.st_size);
  if (S_ISREG(status.st_mode) && size > largest_file) return too_large(size);
  std::string text;
  text.resize(S_ISREG(status.st_mode) ? size + 1 : 1u << 16);
  std::size_t used = 0;
  while (true) {
    if (used == text.size()) text.resize(2 * text.size());
    const ssize_t got = ::read(file.number, text.data() + used, text.size() - used);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return refused(Code::E0001, reason_of(errno));
    if (got == 0) break;
    used += std::size_t(got);
    if (used > largest_file) return too_large(used);  // a pipe, or a file that grows
  }
  text.resize(used);
  Outcome<std::string> outcome;
  outcome.value = std::move(text);
  return outcome;
}

}  // namespace waystone::command
