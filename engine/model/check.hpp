// Trees to checked model.
#pragma once
#include <string>
#include <vector>

#include "diagnose/diagnostic.hpp"
#include "model/model.hpp"
#include "model/read_file.hpp"
#include "syntax/tree.hpp"

namespace waystone::model {

/// A rule file and all it includes, each once, parsed. Paths of includes are taken relative to the
/// including file.
std::vector<syntax::File> load(const std::string& path, const ReadFile& read, SourceMap& sources,
                               Diagnostics& diagnostics);

/// Checks the declarations of all files together. Diagnostics are complete (a check hides another's
/// finding only if that finding follows from its own) and sorted by place. Returns no model if
/// there is an error.
Outcome<Model> check(const std::vector<syntax::File>& files, const SourceMap& sources);

/// load, then check.
Outcome<Model> read_model(const std::string& path, const ReadFile& read, SourceMap& sources);

}  // namespace waystone::model
