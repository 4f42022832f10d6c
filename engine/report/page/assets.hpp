// The page of `waystone report` as the build bundled it from this folder: markup, style and script,
// each one text without any address in it. The script expects a constant `waystoneModel` before it
// (docs/emit.md) and the element `waystone-data` with the payload (docs/schema/report.md).
#pragma once

#include <string_view>

namespace waystone::report::page {

// What stands in <body>, without the scripts.
std::string_view page_markup();

// One classic script. Holds no "</script" and no "<!--", so it can stand in the page as it is.
std::string_view page_script();

// One style sheet. Holds no "</style".
std::string_view page_style();

}  // namespace waystone::report::page
