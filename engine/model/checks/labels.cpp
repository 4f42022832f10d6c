// One label for each language.
#include <map>

#include <fmt/format.h>

#include "model/checks/checks.hpp"

namespace waystone::model {
namespace {

void check_one(Draft& draft, const syntax::Provenance& provenance) {
  std::map<std::string_view, Span> first;
  for (const syntax::Translation& label : provenance.labels) {
    const auto [at, fresh] = first.emplace(label.language.text, label.language.where);
    if (fresh) continue;
    Diagnostic twice{
        Code::E0207,
        label.language.where,
        fmt::format("this declaration has two labels in language '{}'", label.language.text),
        {},
        {},
        {}};
    twice.others.push_back({at->second, "the first"});
    draft.diagnostics.add(std::move(twice));
  }
}

}  // namespace

void check_labels(Draft& draft) {
  for (const syntax::File& file : draft.files)
    for (const syntax::Declaration& declaration : file.declarations)
      std::visit(
          [&](const auto& tree) {
            if constexpr (requires { tree.provenance; }) check_one(draft, tree.provenance);
          },
          declaration);
}

}  // namespace waystone::model
