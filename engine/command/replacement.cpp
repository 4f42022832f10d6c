#include "command/replacement.hpp"

#include <algorithm>

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <unistd.h>

#include <fmt/format.h>

#include "command/attributes.hpp"
#include "command/kinds.hpp"
#include "command/stop.hpp"
#include "source/paths.hpp"

namespace waystone::command {
namespace {

constexpr int lock_patience = 10'000;  // milliseconds

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  return slash == std::string::npos ? "." : path.substr(0, std::max<std::size_t>(slash, 1));
}

// 0, or the number of the error; EWOULDBLOCK where another holds the lock all the time.
int lock(int folder) {
  constexpr int step = 50;  // milliseconds
  for (int waited = 0;; waited += step) {
    if (retried([&] { return ::flock(folder, LOCK_EX | LOCK_NB); }) == 0) return 0;
    if (errno != EWOULDBLOCK || waited >= lock_patience) return errno;
    ::poll(nullptr, 0, step);
  }
}

}  // namespace

void cannot_write(const std::string& path, const std::string& reason) {
  throw Stop{input_output, fmt::format("can't write '{}': {}", path, reason)};
}

std::string target_of(const std::string& path) {
  constexpr int most_links = 40;
  std::string target = path;
  for (int links = 0; links <= most_links; ++links) {
    struct stat status {};
    if (descriptor_in(target)) return target;
    if (retried([&] { return ::lstat(target.c_str(), &status); }) != 0) {
      if (errno == ENOENT) return target;
      cannot_write(path, reason_of(errno));
    }
    if (!S_ISLNK(status.st_mode)) return target;
    std::string link(4096, '\0');
    const ssize_t length =
        retried([&] { return ::readlink(target.c_str(), link.data(), link.size()); });
    if (length < 0) cannot_write(path, reason_of(errno));
    link.resize(std::size_t(length));
    target = link.starts_with('/') ? link : folder_of(target) + "/" + link;
  }
  cannot_write(path, reason_of(ELOOP));
}

Replacement::Replacement(const std::string& path, const report::Pieces& pieces)
    : path_(path), target_(target_of(path)), folder_(folder_of(target_)) {
  if (descriptor_in(target_)) fail("it is an open descriptor, not a file");
  folder_file_ = Descriptor(
      retried([&] { return ::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); }));
  if (!folder_file_)
    fail(errno == ENOENT
             ? "no such folder"
             : fmt::format("its folder '{}' can't be opened ({})", folder_, reason_of(errno)));
  open_existing();
  create_beside();
  fill(pieces);
}

Replacement::~Replacement() { discard(); }

void Replacement::open_existing() {
  existing_file_ = Descriptor(retried(
      [&] { return ::open(target_.c_str(), O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC); }));
  if (!existing_file_ && errno == ENOENT) return;
  if (!existing_file_ && errno == EACCES)
    fail(fmt::format("the file is not to be written to ({})", reason_of(errno)));
  if (!existing_file_ || retried([&] { return ::fstat(existing_file_.number(), &existing_); }) != 0)
    fail(reason_of(errno));
  if (!S_ISREG(existing_.st_mode)) fail(fmt::format("it is {}", kind_of(existing_)));
  if (existing_.st_nlink > 1)
    fail(fmt::format("it has {} names (hard links), of which only this one would get the new text",
                     existing_.st_nlink));
}

void Replacement::create_beside() {
  const mode_t mode = existing_file_ ? 0600 : 0666;
  const SignalsHeld held;  // between the file and what takes it away
  for (int number = 0; !fresh_file_; ++number) {
    const std::string name = fmt::format("{}/.waystone-{}-{}", folder_, ::getpid(), number);
    fresh_file_ = Descriptor(retried(
        [&] { return ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode); }));
    if (fresh_file_)
      beside_.emplace(name);
    else if (errno == EACCES)
      fail(fmt::format("its folder '{}' is not to be written to ({})", folder_, reason_of(errno)));
    else if (errno != EEXIST)
      fail(reason_of(errno));
  }
}

void Replacement::fill(const report::Pieces& pieces) {
  const int fresh = fresh_file_.number();
  pieces([&](const std::string& text) {
    if (const int error = write_all(fresh, text)) fail(reason_of(error));
  });
  if (existing_file_)
    if (const std::string lost = keep_attributes(existing_file_.number(), existing_, fresh);
        !lost.empty())
      fail(lost);
  if (retried([&] { return ::fsync(fresh); }) != 0) fail(reason_of(errno));
  if (const int error = fresh_file_.close()) fail(reason_of(error));
  existing_file_.close();  // nothing was written to it
}

void Replacement::require_unchanged(std::string_view text) {
  if (const int error = lock(folder_file_.number()))
    fail(error == EWOULDBLOCK
             ? fmt::format("another run is writing in its folder '{}'", folder_)
             : fmt::format("its folder '{}' can't be locked ({})", folder_, reason_of(error)));
  Descriptor now(retried(
      [&] { return ::open(target_.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC); }));
  std::string held;
  const int error =
      now ? read_all(now.number(), std::max<std::size_t>(text.size(), 1), held) : errno;
  if (error != 0 && error != EFBIG && error != ENOENT) fail(reason_of(error));
  if (error != 0 || held != text) fail("it has changed since it was read; run the command again");
}

void Replacement::commit() {
  if (retried([&] { return ::rename(beside_->path().c_str(), target_.c_str()); }) != 0)
    fail(reason_of(errno));
  beside_.reset();
  if (retried([&] { return ::fsync(folder_file_.number()); }) != 0 &&
      errno != EINVAL)  // not every file system can
    cannot_write(
        path_,
        fmt::format("it has the new text, but a failure of power might bring the old one back ({})",
                    reason_of(errno)));
}

// "" or what is left behind.
std::string Replacement::discard() {
  if (!beside_) return "";
  const SignalsHeld held;
  const bool left =
      retried([&] { return ::unlink(beside_->path().c_str()); }) != 0 && errno != ENOENT;
  const std::string words =
      left ? fmt::format("; '{}' is left behind ({})", beside_->path(), reason_of(errno)) : "";
  beside_.reset();
  return words;
}

void Replacement::fail(std::string reason) { cannot_write(path_, reason + discard()); }

}  // namespace waystone::command
