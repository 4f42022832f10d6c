#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

#include "waystone/files.hpp"

namespace waystone {
namespace {

constexpr std::size_t largest_on_disk = 64u << 20;  // bytes

FileText not_read(std::string why) { return {std::nullopt, std::move(why)}; }

// Not opened unless it is an ordinary file: a device may act, and a pipe may wait.
FileText from_disk(const std::string& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) return not_read("no such file");
  if (!std::filesystem::is_regular_file(status)) return not_read("it is no ordinary file");
  const auto size = std::filesystem::file_size(path, error);
  if (error) return not_read(error.message());
  if (size > largest_on_disk) return not_read("at most 64 MB are read");
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"),
                                                             std::fclose);
  if (!file) return not_read(std::strerror(errno));
  std::string text(std::size_t(size), '\0');
  text.resize(std::fread(text.data(), 1, text.size(), file.get()));
  if (std::ferror(file.get())) return not_read("reading it fails");
  return {std::move(text), ""};
}

}  // namespace

ReadFile disk() { return from_disk; }

}  // namespace waystone
