// What a file has besides its bytes.
#pragma once
#include <string>

#include <sys/stat.h>

namespace waystone::command {

/// Gives the open file `fresh` the owner, mode, access lists and extended attributes of the open
/// file `old`, whose `status` that is.
/// "" or, in one clause, what can't be kept and why.
std::string keep_attributes(int old, const struct stat& status, int fresh);

}  // namespace waystone::command
