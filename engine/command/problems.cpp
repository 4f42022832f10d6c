#include "command/problems.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "report/words.hpp"

namespace waystone::command {

Problems::Key Problems::key_of(const Diagnostic& diagnostic) const {
  return {diagnostic.code, diagnostic.where.valid() ? sources_.where(diagnostic.where) : "",
          diagnostic.message};
}

void Problems::add(const std::string& file, const Diagnostics& diagnostics) {
  for (const Diagnostic& diagnostic : diagnostics.list()) {
    std::vector<std::string>& files = files_[key_of(diagnostic)];
    if (files.empty()) ++(diagnostic.severity() == Severity::error ? errors_ : warnings_);
    if (std::find(files.begin(), files.end(), file) == files.end()) files.push_back(file);
  }
  // those of a file with too many to keep were only counted
  const std::size_t all = diagnostics.errors() + diagnostics.warnings();
  if (all > diagnostics.list().size()) errors_ += all - diagnostics.list().size();
}

Diagnostics Problems::fresh(const Diagnostics& diagnostics) {
  constexpr std::size_t most_named = 6;
  Diagnostics result;
  for (Diagnostic diagnostic : diagnostics.list()) {
    const Key key = key_of(diagnostic);
    if (!told_.insert(key).second) continue;
    const std::vector<std::string>& files = files_[key];
    if (files.size() > 1 && diagnostic.severity() == Severity::error)
      diagnostic.notes.push_back(fmt::format("this stops {} files: {}", files.size(),
                                             report::joined_up_to(files, most_named)));
    result.add(std::move(diagnostic));
  }
  return result;
}

}  // namespace waystone::command
