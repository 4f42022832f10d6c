// Diagnostics as JSON; the shape is in docs/schema/check.md.
#pragma once
#include <nlohmann/json.hpp>

#include "diagnose/diagnostic.hpp"

namespace waystone {

/// An array with one object a diagnostic, in their order.
nlohmann::ordered_json render_json(const Diagnostics& diagnostics, const SourceMap& sources);

}  // namespace waystone
