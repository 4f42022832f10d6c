#include "command/files.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include <fcntl.h>
#include <unistd.h>

#include <fmt/format.h>

#include "command/descriptor.hpp"
#include "command/kinds.hpp"
#include "command/stop.hpp"
#include "source/paths.hpp"

namespace waystone::command {
namespace {

std::string tidy(const std::string& path) { return tidy_path(path); }

Outcome<Bytes> refused(Code code, std::string reason) {
  Outcome<Bytes> outcome;
  outcome.diagnostics.add(code, {}, std::move(reason));
  return outcome;
}

// Whether a path is wrong, which its author mends, rather than the machine.
bool is_wrong_path(int error) {
  return error == ENOENT || error == ENOTDIR || error == ELOOP || error == ENAMETOOLONG ||
         error == EISDIR;
}

[[noreturn]] void cannot_read(const std::string& path, int error) {
  throw Stop{input_output, fmt::format("can't read '{}': {}", path, reason_of(error))};
}

Outcome<Bytes> failed(const std::string& path, int error) {
  if (!is_wrong_path(error)) cannot_read(path, error);
  return refused(Code::E0001, reason_of(error));
}

// Whole databases of publishers are larger than any text by hand.
std::size_t largest_for(const std::string& path) {
  return is_table(path) ? largest_table : largest_file;
}

Outcome<Bytes> too_large(std::size_t size, std::size_t largest) {
  const std::string has = size > largest ? fmt::format("it has {} MB, ", size >> 20) : "";
  return refused(Code::E0002, fmt::format("{}at most {} MB are read", has, largest >> 20));
}

// Without links, "." and "..". Nothing where there is no such file.
std::optional<std::string> real_path(const std::string& path) {
  char* real = nullptr;
  do real = ::realpath(path.c_str(), nullptr);
  while (!real && errno == EINTR);
  if (real) {
    std::string result = real;
    std::free(real);
    return result;
  }
  if (!is_wrong_path(errno)) cannot_read(path, errno);
  return std::nullopt;
}

}  // namespace

Identity identity_of(const struct stat& status) { return {status.st_dev, status.st_ino}; }

void Files::name(const std::string& path) {
  if (named_tidy_.insert(tidy(path)).second) named_.push_back(path);
}

bool Files::is_named(const std::string& path) const { return named_tidy_.contains(tidy(path)); }

void Files::confine(const std::string& folder) {
  const auto real = real_path(folder);
  struct stat status {};
  if (real && retried([&] { return ::stat(real->c_str(), &status); }) != 0)
    cannot_read(folder, errno);
  if (!real || !S_ISDIR(status.st_mode))
    throw Stop{wrong_use, fmt::format("--within wants a folder, and '{}' is none", folder)};
  within_ = *real == "/" ? *real : *real + "/";
  confined_to_ = folder;
}

Outcome<Bytes> Files::read(const std::string& path) {
  const std::string key = tidy(path);
  const auto known = by_path_.find(key);
  return known != by_path_.end() ? known->second
                                 : by_path_.emplace(key, read_anew(path)).first->second;
}

model::ReadFile Files::reader() {
  return [this](const std::string& path) { return read(path); };
}

bool Files::withholds(const std::string& path) const {
  struct stat status {};
  if (descriptor_in(path)) return false;
  if (retried([&] { return ::stat(path.c_str(), &status); }) != 0) {
    if (!is_wrong_path(errno)) cannot_read(path, errno);
    return false;
  }
  if (!S_ISREG(status.st_mode)) return false;
  const auto real = real_path(path);
  return !is_ours(path) || (real && !is_ours(*real));
}

std::vector<std::string> Files::paths() const {
  std::vector<std::string> paths;
  for (const auto& [path, text] : by_path_) paths.push_back(path);
  return paths;
}

std::optional<std::string> Files::read_as(const Identity& file) const {
  const auto found = path_of_.find(file);
  return found == path_of_.end() ? std::nullopt : std::optional(found->second);
}

// Only what is safe to open: a device may act when it is opened, and a pipe may wait.
std::optional<Files::Text> Files::refusal(const std::string& path,
                                          const struct stat& status) const {
  const bool asked = is_named(path);
  if (S_ISDIR(status.st_mode)) return refused(Code::E0001, reason_of(EISDIR));
  if (S_ISFIFO(status.st_mode) && !asked)
    return refused(Code::E0001, "it is a pipe, and only the command line can name one");
  if (!S_ISREG(status.st_mode) && !S_ISFIFO(status.st_mode))
    return refused(Code::E0001, fmt::format("it is {}", kind_of(status)));
  if (asked) return std::nullopt;
  const auto real = real_path(path);
  if (!real) return refused(Code::E0001, reason_of(ENOENT));
  if (!within_.empty() && !real->starts_with(within_))
    return refused(
        Code::E0001,
        fmt::format("it lies outside of '{}', where --within keeps this run", confined_to_));
  if (!is_ours(path))
    return refused(Code::E0001, fmt::format("its name ends in none of {}", our_endings()));
  if (!is_ours(*real)) {
    const std::string target = std::filesystem::path(*real).filename().generic_string();
    return refused(Code::E0001,
                   fmt::format("it is a link to a file called '{}', a name that ends in none of {}",
                               target, our_endings()));
  }
  return std::nullopt;
}

Outcome<Bytes> Files::read_anew(const std::string& path) {
  if (const auto number = descriptor_in(path); number && is_named(path))
    return read_descriptor(*number, path);
  struct stat status {};
  if (retried([&] { return ::stat(path.c_str(), &status); }) != 0) return failed(path, errno);
  if (auto no = refusal(path, status)) return std::move(*no);
  const std::size_t most = is_table(path) ? largest_mapped : largest_file;
  if (S_ISREG(status.st_mode) && std::size_t(status.st_size) > most)
    return too_large(std::size_t(status.st_size), most);
  if (const auto known = path_of_.find(identity_of(status)); known != path_of_.end())
    return by_path_.at(tidy(known->second));
  Descriptor file(
      retried([&] { return ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC); }));
  if (!file) return failed(path, errno);
  if (auto mapped = map_table(file, path, status)) return std::move(*mapped);
  return read_known(file.number(), path, identity_of(status));
}

// Nothing where it is to be read into memory: it is small, or can't be mapped.
std::optional<Files::Text> Files::map_table(Descriptor& file, const std::string& path,
                                            const struct stat& status) {
  if (!is_table(path) || !S_ISREG(status.st_mode) || std::size_t(status.st_size) < least_mapped)
    return std::nullopt;
  auto mapped = MappedFile::of(file, path, tell_);
  if (!mapped) return std::nullopt;
  path_of_.emplace(identity_of(status), path);
  mapped_.push_back(mapped);
  Text text;
  text.value.emplace(mapped->view(), mapped);
  return text;
}

void Files::require_unchanged() const {
  for (const auto& file : mapped_)
    if (file->has_changed())
      throw Stop{input_output, fmt::format("'{}' changed while it was read", file->path())};
}

// Not opened anew but read from where it stands: what it is about may have no name any more.
Outcome<Bytes> Files::read_descriptor(int number, const std::string& path) {
  struct stat status {};
  if (retried([&] { return ::fstat(number, &status); }) != 0) cannot_read(path, errno);
  if (S_ISDIR(status.st_mode)) return refused(Code::E0001, reason_of(EISDIR));
  if (const auto known = path_of_.find(identity_of(status)); known != path_of_.end())
    return by_path_.at(tidy(known->second));
  return read_known(number, path, identity_of(status));
}

Outcome<Bytes> Files::read_known(int descriptor, const std::string& path, const Identity& file) {
  std::string text;
  const int error = read_all(descriptor, largest_for(path), text);
  if (error == EFBIG) return too_large(0, largest_for(path));
  if (error != 0) cannot_read(path, error);
  path_of_.emplace(file, path);
  Outcome<Bytes> outcome;
  outcome.value.emplace(std::move(text));
  return outcome;
}

}  // namespace waystone::command
