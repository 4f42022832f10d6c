// How tests get files: from the disk, or from memory.
#pragma once
#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include "diagnose/diagnostic.hpp"
#include "model/read_file.hpp"

namespace waystone::tests {

inline Outcome<std::string> read_file(const std::string& path) {
  Outcome<std::string> text;
  std::ifstream in(path, std::ios::binary);
  if (in)
    text.value = std::string(std::istreambuf_iterator<char>(in), {});
  else
    text.diagnostics.add(Code::E0001, {}, "no such file");
  return text;
}

/// Files by path; everything else does not exist.
using Files = std::map<std::string, std::string>;

inline model::ReadFile reader_of(const Files& files) {
  return [files](const std::string& path) {
    Outcome<std::string> outcome;
    if (const auto found = files.find(path); found != files.end())
      outcome.value = found->second;
    else
      outcome.diagnostics.add(Code::E0001, {}, "no such file");
    return outcome;
  };
}

}  // namespace waystone::tests
