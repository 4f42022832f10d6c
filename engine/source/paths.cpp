#include "source/paths.hpp"

#include <charconv>
#include <filesystem>

namespace waystone {

std::optional<int> descriptor_in(std::string_view path) {
  if (path == "/dev/stdin") return 0;
  if (path == "/dev/stdout") return 1;
  if (path == "/dev/stderr") return 2;
  for (const std::string_view folder : {"/dev/fd/", "/proc/self/fd/"}) {
    if (!path.starts_with(folder)) continue;
    const char* const end = path.data() + path.size();
    int number = 0;
    const auto [stop, error] = std::from_chars(path.data() + folder.size(), end, number);
    if (error == std::errc() && stop == end && number >= 0) return number;
  }
  return std::nullopt;
}

std::string_view folder_for(std::string_view path) {
  if (descriptor_in(path)) return {};
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash + 1);
}

std::string tidy_path(std::string_view path) {
  return std::filesystem::path(path).lexically_normal().generic_string();
}

std::string path_from(std::string_view file, std::string_view path) {
  if (path.starts_with('/')) return tidy_path(path);
  return tidy_path(std::string(folder_for(file)) + std::string(path));
}

}  // namespace waystone
