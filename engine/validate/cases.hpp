// The cases that assertions are about, assessed; each opened once however often it is named.
// Private to this room.
#pragma once
#include <map>
#include <optional>
#include <string>

#include "validate/expectations.hpp"

namespace waystone::validate {

struct AssessedCase {
  evaluate::Case scenario_case;
  evaluate::Assessment assessment;
};

class CaseLibrary {
 public:
  CaseLibrary(const OpenCase& open, Diagnostics& diagnostics)
      : open_(open), diagnostics_(diagnostics) {}
  /// Null where it can't be opened, which is said once.
  const AssessedCase* open(const std::string& path);
  /// With the bands that a previous rating holds, as `score` gives them.
  evaluate::Assessment assess(const evaluate::Case& scenario_case);
  /// The rating whose bands that case holds; null where it has none.
  const evaluate::Assessment* before() const { return before_ ? &*before_ : nullptr; }

 private:
  const OpenCase& open_;
  Diagnostics& diagnostics_;
  std::map<std::string, std::optional<AssessedCase>> cases_;
  std::optional<evaluate::Assessment> before_;
};

}  // namespace waystone::validate
