// A page in one file: markup, payload, model and script, style.
#include <algorithm>
#include <stdexcept>

#include "report/html.hpp"
#include "report/page.hpp"
#include "report/page/assets.hpp"

namespace waystone::report {
namespace {

// Whether a script can stand in a page as it is. What comes from rule files is escaped by whoever
// wrote the script, so this is never false.
bool stands_in_page(std::string_view script) {
  const auto holds = [&](std::string_view word) {
    const auto alike = [](char a, char b) { return a == b || (a | 0x20) == b; };
    return std::search(script.begin(), script.end(), word.begin(), word.end(), alike) !=
           script.end();
  };
  return !holds("</script") && !holds("<script") && !holds("<!--");
}

}  // namespace

std::string page_file(const PageFile& file) {
  if (!stands_in_page(file.model)) throw std::logic_error("a model that ends its own script");
  std::string script = file.model;
  script.append("\n").append(page::page_script());
  HtmlHead head{file.title, "en", page::page_style(), script};
  std::string text = page_head(head);
  text += "<body>\n";
  text.append(page::page_markup());
  text += "\n<script type=\"application/json\" id=\"waystone-data\">";
  text += file.payload;
  text += "</script>\n<script>";
  text += script;
  return text + "</script>\n</body>\n</html>\n";
}

}  // namespace waystone::report
