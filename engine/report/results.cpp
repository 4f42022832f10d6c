#include "report/results.hpp"

#include <fmt/format.h>

#include "source/visible.hpp"

namespace waystone::report {
namespace {

std::string painted(bool color, std::string_view codes, std::string_view text) {
  return color ? styled(codes, text) : std::string(text);
}

}  // namespace

std::string Style::strong(std::string_view text) const { return painted(color, "1", text); }
std::string Style::faint(std::string_view text) const { return painted(color, "2", text); }

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
