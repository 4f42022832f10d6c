#include "report/results.hpp"

#include <fmt/format.h>

namespace waystone::report {
std::string stamp_of_files(const Scored& scored) {
  return fmt::format("{} · rules {} · facts {}", scored.tool, scored.model.hash.substr(0, 12),
                     scored.hash.substr(0, 12));
}

std::string stamp(const Scored& scored) {
  return fmt::format("{} · as of {} · rules {} · facts {}", scored.tool,
                     to_string(scored.now->scenario.as_of), scored.model.hash.substr(0, 12),
                     scored.hash.substr(0, 12));
}

}  // namespace waystone::report
