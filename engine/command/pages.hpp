// The pages of docs/diagnostics, compiled into the binary (script/embed_pages.cmake).
#pragma once
#include <string_view>

namespace waystone::command {

/// Markdown; "" where a code has no page.
std::string_view page_of(std::string_view code);

}  // namespace waystone::command
