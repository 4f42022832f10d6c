// A document as plain text, as a terminal shows it.
#include "report/document.hpp"
#include "source/source.hpp"
#include "source/visible.hpp"

namespace waystone::report {
namespace {

class TextWriter {
 public:
  explicit TextWriter(const Style& style) : style_(style) {}

  std::string operator()(const Gap&) const { return "\n"; }
  std::string operator()(const Heading& heading) const {
    return wrapped(strong(heading.text) + heading.note);
  }
  std::string operator()(const Paragraph& paragraph) const {
    const auto& [text, indent, hanging, label, weighty] = paragraph;
    if (label.empty()) return wrapped(weighty ? strong(text) : text, indent, hanging);
    const std::size_t used = display_width(label);
    return (weighty ? strong(label) : label) + wrapped(text, used, hanging).substr(used);
  }
  std::string operator()(const Inset& inset) const { return inset.table.text(inset.indent); }
  std::string operator()(const Stamp& stamp) const { return painted("2", stamp.text) + "\n"; }

 private:
  std::string strong(std::string_view text) const { return painted("1", text); }
  std::string painted(std::string_view codes, std::string_view text) const {
    return style_.color ? styled(codes, text) : std::string(text);
  }

  const Style& style_;
};

}  // namespace

std::string to_text(const Document& document, const Style& style) {
  std::string text;
  const Document plain = document.without_links();
  for (const Block& block : plain.blocks()) text += std::visit(TextWriter(style), block);
  return text;
}

}  // namespace waystone::report
