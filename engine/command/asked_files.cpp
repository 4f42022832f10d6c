#include "command/asked_files.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "command/read_file.hpp"

namespace waystone::command {
namespace {

namespace files = std::filesystem;

bool has_ending(const files::path& path, std::string_view ending) { return path.extension() == ending; }

}  // namespace

std::vector<AskedFile> asked_files(const std::vector<std::string>& paths) {
  std::vector<AskedFile> result;
  for (const std::string& path : paths) {
    std::error_code error;
    if (!files::is_directory(path, error)) {
      result.push_back({path, false});
      continue;
    }
    std::vector<std::string> inside;
    for (files::recursive_directory_iterator at(path, files::directory_options::skip_permission_denied, error), end; at != end; at.increment(error)) {
      if (error) throw Stop{input_output, fmt::format("can't search '{}': {}", path, error.message())};
      if (at->is_regular_file(error) && (has_ending(at->path(), ".toml") || has_ending(at->path(), ".risk")))
        inside.push_back(at->path().lexically_normal().generic_string());
    }
    if (error) throw Stop{input_output, fmt::format("can't search '{}': {}", path, error.message())};
    std::sort(inside.begin(), inside.end());
    for (std::string& file : inside) result.push_back({std::move(file), true});
  }
  return result;
}

void require_asked_files(const Session& session, const Options& options) {
  if (!options.rules.empty()) session.require_readable(options.rules);
  for (const std::string& path : options.files) {
    std::error_code error;
    if (!files::is_directory(path, error)) session.require_readable(path);
  }
}

std::set<std::string> parts_of(const std::vector<AskedFile>& all) {
  std::set<std::string> parts;
  for (const AskedFile& candidate : all) {
    if (!candidate.found || !candidate.path.ends_with(".risk")) continue;
    SourceMap sources;
    Diagnostics ignored;
    const auto loaded = model::load(candidate.path, read_file, sources, ignored);
    for (std::size_t i = 1; i < loaded.size(); ++i) parts.insert(files::path(sources[loaded[i].file].path()).lexically_normal().generic_string());
  }
  return parts;
}

bool worth_opening(const AskedFile& candidate, std::string_view word) {
  if (!candidate.found) return true;
  const auto text = read_file(candidate.path);
  return !text || text.value->find(word) != std::string::npos;
}

}  // namespace waystone::command
