// The page of `report`, for verbs that make it. Private to this room.
#pragma once
#include <string>

#include "command/session.hpp"
#include "command/verbs.hpp"

namespace waystone::command {

/// The HTML file, or what it holds as JSON if the options ask for it. Stop where something is wrong
/// with what they name.
std::string page_text(const ReportOptions& options, Session& session);

}  // namespace waystone::command
