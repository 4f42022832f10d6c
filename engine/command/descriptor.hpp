// Calls of the operating system that signals may interrupt and pipes may delay.
#pragma once
#include <cerrno>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace waystone::command {

/// Makes a call again as long as a signal interrupts it.
template <class Call>
auto retried(const Call& call) {
  auto result = call();
  while (result < 0 && errno == EINTR) result = call();
  return result;
}

/// Why the operating system refused, in one clause, from errno.
std::string reason_of(int error);

/// An open file, closed with it.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() { close(); }
  int number() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }
  /// 0, or the error with which the system reports that written data is lost. Does nothing if it is
  /// already closed.
  int close();

 private:
  int number_;
};

/// All of it, or the number of the error. Waits where a pipe is full.
int write_all(int descriptor, std::string_view text);

/// All there is to read, or the number of the error; EFBIG if it is more than `most` bytes. A pipe
/// that nobody writes to gives ETIMEDOUT after some seconds; it waits for a slow writer.
int read_all(int descriptor, std::size_t most, std::string& text);

/// How long to wait for a pipe whose other end nobody holds.
inline constexpr int pipe_patience = 3000;  // milliseconds

/// Opens for writing something other than an ordinary file. 0 or the number of the error; ETIMEDOUT
/// if nobody reads from a pipe.
int open_to_write(const std::string& path, Descriptor& opened);

}  // namespace waystone::command
