// Rows of comma-separated values, RFC 4180 with line feeds.
#pragma once
#include <string>
#include <vector>

namespace waystone::report {

std::string csv_row(const std::vector<std::string>& cells);

}  // namespace waystone::report
