// Where paths written in a file start from.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace waystone {

/// The number in "/dev/stdin" (0), "/dev/stdout" (1), "/dev/stderr" (2), "/dev/fd/63",
/// "/proc/self/fd/63": a text handed over through a descriptor, as a shell does for `<(…)`.
std::optional<int> descriptor_in(std::string_view path);

/// The folder of a file with its slash, from which relative paths in it start; "" for the working
/// directory, from which they start too where the text came through a descriptor and so has no
/// folder of its own.
std::string_view folder_for(std::string_view path);

/// "rules/./a.risk" as "rules/a.risk": one way to write each path. The file system is not asked, so
/// symbolic links are taken as they are written.
std::string tidy_path(std::string_view path);

/// The tidy path of what `file` calls `path`: "rules/a.risk" and "../x/./b.risk" give "x/b.risk".
std::string path_from(std::string_view file, std::string_view path);

}  // namespace waystone
