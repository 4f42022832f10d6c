// The files of engine/emit/runtime, compiled in.
#pragma once
#include <string_view>

namespace waystone::emit {

/// All of them, one after another: what an emitted program runs on.
std::string_view javascript_runtime();

}  // namespace waystone::emit
