#include "command/attributes.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include <sys/xattr.h>
#include <unistd.h>

#include <fmt/format.h>

#include "command/descriptor.hpp"

namespace waystone::command {
namespace {

// Attributes and their names have no size known beforehand, and may grow between two calls.
template <class Call>
std::optional<std::string> sized(const Call& call) {
  std::string buffer(256, '\0');
  while (true) {
    const ssize_t size = retried([&] { return call(buffer.data(), buffer.size()); });
    if (size >= 0) {
      buffer.resize(std::size_t(size));
      return buffer;
    }
    if (errno != ERANGE) return std::nullopt;
    buffer.resize(4 * buffer.size());
  }
}

// Nothing where the system can't say; a file system without attributes has none.
std::optional<std::vector<std::string>> names_of(int file) {
  const auto all =
      sized([&](char* buffer, std::size_t size) { return ::flistxattr(file, buffer, size); });
  if (!all) return errno == ENOTSUP ? std::optional(std::vector<std::string>()) : std::nullopt;
  std::vector<std::string> names;
  for (std::size_t at = 0; at < all->size(); at = all->find('\0', at) + 1)
    names.emplace_back(all->c_str() + at);
  return names;
}

std::optional<std::string> value_of(int file, const std::string& name) {
  return sized([&](char* buffer, std::size_t size) {
    return ::fgetxattr(file, name.c_str(), buffer, size);
  });
}

std::string attribute_in_words(const std::string& name) {
  return name.starts_with("system.posix_acl_") ? "its access control list"
                                               : fmt::format("its extended attribute '{}'", name);
}

std::string lost(const std::string& what) {
  return fmt::format("{} can't be kept ({})", what, reason_of(errno));
}

std::string keep_extended(int old, int fresh) {
  const auto wanted = names_of(old);
  if (!wanted) return lost("its extended attributes");
  for (const std::string& name : *wanted) {
    const auto value = value_of(old, name);
    if (!value) return lost(attribute_in_words(name));
    const auto given = value_of(fresh, name);
    if (!given && errno != ENODATA) return lost(attribute_in_words(name));
    if (value == given) continue;  // a security label, which the system sees to itself
    if (retried(
            [&] { return ::fsetxattr(fresh, name.c_str(), value->data(), value->size(), 0); }) != 0)
      return lost(attribute_in_words(name));
  }
  // a folder may give new files an access list that the old one lacks
  const auto extra = names_of(fresh);
  if (!extra) return lost("its extended attributes");
  for (const std::string& name : *extra) {
    if (std::find(wanted->begin(), wanted->end(), name) != wanted->end()) continue;
    if (retried([&] { return ::fremovexattr(fresh, name.c_str()); }) != 0)
      return lost(attribute_in_words(name));
  }
  return "";
}

}  // namespace

std::string keep_attributes(int old, const struct stat& status, int fresh) {
  struct stat now {};
  if (retried([&] { return ::fstat(fresh, &now); }) != 0) return lost("its mode");
  if ((now.st_uid != status.st_uid || now.st_gid != status.st_gid) &&
      retried([&] { return ::fchown(fresh, status.st_uid, status.st_gid); }) != 0)
    return lost("its owner");
  if (retried([&] { return ::fchmod(fresh, status.st_mode & 07777); }) != 0)
    return lost("its mode");
  return keep_extended(old, fresh);
}

}  // namespace waystone::command
