// What a report is made from: results of earlier rooms, and the stamps that say where they come
// from.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "evaluate/assess.hpp"
#include "explain/branches.hpp"
#include "source/source.hpp"

namespace waystone::report {

struct ModelStamp {
  std::string path, hash;
};

using explain::BranchResult;

/// Something that the command line put in place of the scenario's own.
struct Replaced {
  enum class Kind { as_of, known_by, rules, viewpoint, fact };
  Kind kind = Kind::as_of;
  std::string option;  // "--as-of"
  std::string asked,
      own;  // dates as ISO 8601, paths, names; own: "" where the scenario says nothing
};

/// One scenario's results; `before` is null unless facts were set on the command line.
struct Scored {
  const SourceMap* sources = nullptr;
  std::string tool;  // "waystone 0.1.0"
  ModelStamp model;
  std::string path, hash;             // of the scenario
  std::vector<std::string> settings;  // as on the command line
  const evaluate::Case* now = nullptr;
  const evaluate::Assessment* assessment = nullptr;
  const evaluate::Case* before = nullptr;
  const evaluate::Assessment* assessment_before = nullptr;
  std::vector<BranchResult> branches;
  Date own_date;  // the scenario's, whatever was asked for
  std::vector<Replaced> replaced;
  std::vector<int> digits;  // after the point, of the scores of every node

  int digits_of(NodeId node) const { return digits[node.index]; }
  const model::Model& rules() const { return *now->model; }
};

/// "waystone 0.1.0 · as of 2015-06-30 · rules 1a2b3c4d5e6f · facts 0f1e2d3c4b5a"
std::string stamp(const Scored& scored);
/// The same without the date.
std::string stamp_of_files(const Scored& scored);

}  // namespace waystone::report
