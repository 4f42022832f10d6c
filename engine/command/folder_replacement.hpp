// A folder of files written whole or not at all.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace waystone::command {

struct FolderFile {
  std::string name, text;  // name without folders
};

/// Puts a folder with these files, and no other, at `path`. It must not exist, be empty, or be one
/// that this function wrote: then it has a file `manifest` that begins with `mark`, and nothing
/// that the manifest does not name (as `sha256sum` does, a file a line). `files` hold the manifest,
/// too. A stop at any moment leaves the old folder or the new one, whole; a killed run may leave
/// the unfinished one beside it, `.waystone-…`. Stop{wrong_use} where something else is there,
/// Stop{input_output} where it can't be written.
void write_folder(const std::string& path, const std::vector<FolderFile>& files,
                  const std::string& manifest, std::string_view mark);

}  // namespace waystone::command
