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
  /// 0, or the error with which the system says that what was written is lost. Nothing where it is
  /// closed already.
  int close();

 private:
  int number_;
};

/// All of it, or the number of the error. Waits where a pipe is full.
int write_all(int descriptor, std::string_view text);

/// What can be read to the end, or the number of the error; EFBIG where it is more than `most`
/// bytes. Of a pipe that nobody writes to ETIMEDOUT after some seconds; a slow writer is waited
/// for.
int read_all(int descriptor, std::size_t most, std::string& text);

/// How long a pipe is waited for that nobody holds the other end of.
inline constexpr int pipe_patience = 3000;  // milliseconds

/// Opens for writing what is no ordinary file. 0 or the number of the error; ETIMEDOUT where nobody
/// reads from a pipe.
int open_to_write(const std::string& path, Descriptor& opened);

}  // namespace waystone::command
