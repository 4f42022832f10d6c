#include "command/asked_files.hpp"

#include <filesystem>

#include "command/folders.hpp"
#include "command/kinds.hpp"
#include "model/check.hpp"

namespace waystone::command {

std::vector<AskedFile> asked_files(const Options& options, Session& session) {
  std::vector<AskedFile> result;
  if (!options.rules.empty()) session.require_named(options.rules);
  for (const std::string& path : options.files) {
    // A folder that is named as a file is what the reader of that file says it is.
    if (is_ours(path) || !is_folder(path)) {
      session.require_named(path);
      result.push_back({path, false, session.is_scenario(path)});
      continue;
    }
    session.files().name(path);
    for (const std::string& file : files_in(path, Depth::deep)) {
      if (is_table(file)) continue;
      session.require_readable(file);
      if (is_settings(file) && reads_as_map(session.files().read(file).value.value_or(Bytes())))
        continue;  // a part of the scenarios that name it
      result.push_back({file, true, is_settings(file)});
    }
  }
  return result;
}

std::set<std::string> parts_of(const std::vector<AskedFile>& all, Session& session) {
  std::set<std::string> parts;
  for (const AskedFile& candidate : all) {
    if (!candidate.found || candidate.scenario) continue;
    SourceMap sources;
    Diagnostics ignored;
    const auto loaded = model::load(candidate.path, session.files().reader(), sources, ignored);
    for (std::size_t i = 1; i < loaded.size(); ++i)
      parts.insert(std::filesystem::path(sources[loaded[i].file].path())
                       .lexically_normal()
                       .generic_string());
  }
  return parts;
}

bool worth_opening(const AskedFile& candidate, std::string_view word, Session& session) {
  return !candidate.found ||
         session.files().read(candidate.path).value.value_or(Bytes()).view().find(word) !=
             std::string_view::npos;
}

}  // namespace waystone::command
