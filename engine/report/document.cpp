#include "report/document.hpp"

namespace waystone::report {

Document& Document::operator+=(const Document& other) {
  blocks_.insert(blocks_.end(), other.blocks_.begin(), other.blocks_.end());
  return *this;
}

Document gap() { return Block{Gap{}}; }

Document document_title(std::string text) { return Block{Heading{std::move(text), "", true}}; }

Document section(std::string text, std::string note) {
  return Block{Heading{std::move(text), std::move(note)}};
}

Document paragraph(std::string text, std::size_t indent, std::size_t hanging) {
  return Block{Paragraph{std::move(text), indent, hanging, "", false}};
}

Document strong(std::string text) { return Block{Paragraph{std::move(text), 0, 0, "", true}}; }

Document labelled(std::string label, std::string text, std::size_t hanging, bool strong) {
  return Block{Paragraph{std::move(text), 0, hanging, std::move(label), strong}};
}

Document inset(Table table, std::size_t indent) { return Block{Inset{std::move(table), indent}}; }

Document stamped(std::string text) { return gap() + Document(Block{Stamp{std::move(text)}}); }

}  // namespace waystone::report
