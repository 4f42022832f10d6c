// What every HTML file of ours begins with.
#pragma once
#include <string>
#include <string_view>

namespace waystone::report {

struct HtmlHead {
  std::string title, language;
  std::string_view style, script;  // the file's only ones; "": none
};

/// Doctype, <html> and <head> with the style. Its content security policy lets run what is given
/// and nothing else, and loads nothing.
std::string page_head(const HtmlHead& head);

/// How a policy names a script or style that stands in the file: 'sha256-…'.
std::string policy_hash(std::string_view text);

/// JSON that can stand in a <script> element: no character of it ends the element, opens a comment
/// or turns the direction of writing.
std::string script_json(std::string_view json);

}  // namespace waystone::report
