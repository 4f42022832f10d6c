// Reading files from disk: the only place that does.
#pragma once
#include "model/check.hpp"

namespace waystone::command {

inline constexpr std::size_t largest_file = 64u << 20;  // bytes

/// The bytes of a file. What can't be read is E0001, what is larger than `largest_file` E0002, each with the reason in one clause; nothing of a file
/// that is too large is read.
Outcome<std::string> read_file(const std::string& path);

/// Why the operating system refused, in one clause, from errno.
std::string reason_of(int error);

}  // namespace waystone::command
