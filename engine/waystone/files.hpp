/// \file
/// Where files come from.
#pragma once
#include <functional>
#include <optional>
#include <string>

namespace waystone {

/// The bytes of a file, or nothing and the reason.
struct FileText {
  std::optional<std::string> text;  ///< All of it.
  std::string why;                  ///< Without a text, the reason in one clause: "no such file".
};

/// Gives the file of a path. Paths are those that the caller names, and those that files name,
/// taken relative to the folder of the file that names them. Each path is asked for once a call.
/// The function may be called later, by \ref waystone::Situation "situations" that read other
/// files, and then from their threads. What it throws passes through to the caller.
using ReadFile = std::function<FileText(const std::string& path)>;

/// Reads ordinary files of up to 64 MB from the disk, wherever a path leads. Files from somebody
/// else may name any file that this process can read: confine them with a function of your own.
ReadFile disk();

}  // namespace waystone
