#include "command/descriptor.hpp"

#include <algorithm>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace waystone::command {
namespace {

// True where it is ready or its other end is gone, false where the time is up.
bool wait_for(int descriptor, short events, int milliseconds) {
  pollfd asked{descriptor, events, 0};
  return retried([&] { return ::poll(&asked, 1, milliseconds); }) != 0;
}

bool would_block(int error) { return error == EAGAIN || error == EWOULDBLOCK; }

ssize_t read_some(int descriptor, std::string& text, std::size_t used) {
  return retried([&] { return ::read(descriptor, text.data() + used, text.size() - used); });
}

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
    case EIO: return "the device failed";
    case EMFILE: return "too many files are open";
    case EFBIG: return "it would be larger than files may be";
    case ETIMEDOUT: return "nobody is at the other end of the pipe";
    default: return std::strerror(error);
  }
}

int Descriptor::close() {
  if (number_ < 0) return 0;
  // interrupted, it is closed all the same: a second call could close another file
  const bool failed = ::close(std::exchange(number_, -1)) != 0 && errno != EINTR;
  return failed ? errno : 0;
}

int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = retried([&] { return ::write(descriptor, text.data(), text.size()); });
    if (written >= 0)
      text.remove_prefix(std::size_t(written));
    else if (would_block(errno))
      wait_for(descriptor, POLLOUT, -1);
    else
      return errno;
  }
  return 0;
}

int read_all(int descriptor, std::size_t most, std::string& text) {
  struct stat status {};
  if (retried([&] { return ::fstat(descriptor, &status); }) != 0) return errno;
  bool somebody_writes = !S_ISFIFO(status.st_mode), waited = false;
  text.resize(S_ISREG(status.st_mode) ? std::min(std::size_t(status.st_size), most) + 1 : 1u << 16);
  std::size_t used = 0;
  while (true) {
    if (used == text.size()) text.resize(2 * text.size());
    const ssize_t got = read_some(descriptor, text, used);
    if (got < 0 && would_block(errno)) {
      somebody_writes = true;
      wait_for(descriptor, POLLIN, -1);
    } else if (got < 0) {
      return errno;
    } else if (got > 0) {
      somebody_writes = true;
      used += std::size_t(got);
      if (used > most) return EFBIG;
    } else if (somebody_writes) {
      break;
    } else if (waited) {
      return ETIMEDOUT;
    } else {
      // A pipe reads as ended before its writer comes and after it went; the wait ends at once
      // where one went.
      somebody_writes = wait_for(descriptor, POLLIN, pipe_patience);
      waited = true;
    }
  }
  text.resize(used);
  return 0;
}

int open_to_write(const std::string& path, Descriptor& opened) {
  constexpr int step = 50;  // milliseconds
  for (int waited = 0;; waited += step) {
    // without O_NONBLOCK a pipe that nobody reads would hold the program for ever
    opened = Descriptor(retried(
        [&] { return ::open(path.c_str(), O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC); }));
    if (opened) return 0;
    if (errno != ENXIO) return errno;
    if (waited >= pipe_patience) return ETIMEDOUT;
    ::poll(nullptr, 0, step);
  }
}

}  // namespace waystone::command
