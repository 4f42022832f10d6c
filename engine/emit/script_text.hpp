// Numbers, texts and remarks as JavaScript has them. Nothing that a rule file contains ends a
// string, a remark or the <script> element that the text may stand in.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace waystone::emit {

/// The shortest text that reads back to the same double: 0.1, -0, NaN, Infinity.
std::string script_number(double value);
/// "null" where there is none.
std::string script_number(const std::optional<double>& value);
/// Between double quotes. `<`, what steers a terminal or an eye, and line ends are escaped.
std::string script_string(std::string_view text);
/// What follows `// `: one line.
std::string script_remark(std::string_view text);
/// "[a, b]"
std::string script_list(const std::vector<std::string>& items);

}  // namespace waystone::emit
