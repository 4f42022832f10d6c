// Names in examples and groups stand for something.
#include <algorithm>

#include <fmt/format.h>

#include "model/assertions.hpp"
#include "model/checks/checks.hpp"
#include "model/units.hpp"
#include "syntax/walk.hpp"

namespace waystone::model {
namespace {

using Kind = syntax::Expectation::Kind;

void check_expression(Draft& draft, const syntax::Expression& whole) {
  using syntax::Operator;
  syntax::for_each_part(whole, [&](const syntax::Expression& e) {
    const bool bare = e.op == Operator::name || (e.op == Operator::score && e.country.text.empty());
    if (e.op != Operator::of_country && e.op != Operator::score && !bare) return;
    if (resolve_node(draft, e.name).valid() && bare)
      draft.say(Code::E0201, e.name.where, fmt::format("'{}' of which country?", e.name.text), {},
                {fmt::format("write: {}(UKR)", e.name.text)});
  });
}

void check_band(Draft& draft, const syntax::Expectation& tree) {
  const NodeId id = resolve_node(draft, tree.name);
  if (!id.valid()) return;
  const Node& node = draft.model[id];
  if (!node.bands)
    return draft.say(Code::E0203, tree.name.where, fmt::format("'{}' has no bands", node.name));
  const auto& names = node.bands->names;
  if (std::find(names.begin(), names.end(), tree.word.text) != names.end()) return;
  auto notes = suggestion(tree.word.text, names);
  notes.push_back(fmt::format("its bands are {}", fmt::join(names, ", ")));
  draft.say(Code::E0201, tree.word.where,
            fmt::format("'{}' has no band '{}'", node.name, tree.word.text), {}, std::move(notes));
}

void check_factor(Draft& draft, const syntax::Name& name) {
  const NodeId id = resolve_node(draft, name);
  if (id.valid() && !draft.model[id].is_factor())
    draft.say(Code::E0203, name.where,
              fmt::format("a factor or output is wanted here, but '{}' is {}", name.text,
                          kind_text(draft.model[id].kind)));
}

void check_one(Draft& draft, const syntax::Expectation& tree) {
  check_assertion(tree, draft.diagnostics);
  if (tree.condition) check_expression(draft, *tree.condition);
  if (tree.other) check_expression(draft, *tree.other);
  if (tree.by) check_expression(draft, *tree.by);
  switch (tree.kind) {
    case Kind::condition:
    case Kind::within: return;
    case Kind::band: return check_band(draft, tree);
    case Kind::rank:
    case Kind::verdict:
    case Kind::largest_part: return check_factor(draft, tree.name);
    case Kind::rule_holds:
    case Kind::rule_binds: resolve_rule(draft, tree.name); return;
    case Kind::tripwire: resolve(draft, Wanted::tripwire, tree.name); return;
  }
}

}  // namespace

void check_examples(Draft& draft) {
  for (const syntax::Example* tree : draft.examples) {
    if (tree->viewpoint) resolve(draft, Wanted::viewpoint, *tree->viewpoint);
    for (const syntax::Expectation& expectation : tree->expectations) check_one(draft, expectation);
  }
  for (const syntax::Group* tree : draft.groups.rows)
    for (const syntax::Group::Value& value : tree->values) {
      const NodeId id = resolve_node(draft, value.indicator);
      if (id.valid() && draft.model[id].kind != NodeKind::indicator)
        draft.say(Code::E0203, value.indicator.where,
                  fmt::format("a group lists indicators, but '{}' is {}", value.indicator.text,
                              kind_text(draft.model[id].kind)));
    }
}

}  // namespace waystone::model
