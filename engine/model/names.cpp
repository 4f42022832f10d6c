// The symbol table: which name stands for which declaration.
#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "model/draft.hpp"
#include "syntax/foreign.hpp"

namespace waystone::model {
namespace {

std::string_view noun(Wanted wanted) {
  switch (wanted) {
    case Wanted::node: return "indicator, parameter, derived value, factor or output";
    case Wanted::rule: return "rule";
    case Wanted::source: return "source";
    case Wanted::viewpoint: return "viewpoint";
    case Wanted::group: return "group";
    case Wanted::tripwire: return "tripwire";
    case Wanted::relation: return "relation";
  }
  return "";
}

const syntax::Name& name_in(const NodeTree& tree) { return name_of(tree); }
template <class Tree>
const syntax::Name& name_in(const Tree* tree) {
  return tree->name;
}

// Sorts by name and place, and keeps the first of each name.
template <class Tree>
void settle(Table<Tree>& table, Draft& draft) {
  std::sort(table.rows.begin(), table.rows.end(), [](const Tree& a, const Tree& b) {
    return std::tie(name_in(a).text, name_in(a).where) <
           std::tie(name_in(b).text, name_in(b).where);
  });
  std::vector<Tree> kept;
  kept.reserve(table.rows.size());
  for (const Tree& tree : table.rows) {
    const syntax::Name& name = name_in(tree);
    if (kept.empty() || name_in(kept.back()).text != name.text) {
      table.index.emplace(name.text, kept.size());
      kept.push_back(tree);
      continue;
    }
    Diagnostic twice{Code::E0202,  name.where, fmt::format("'{}' is declared twice", name.text),
                     "again here", {},         {}};
    twice.others.push_back({name_in(kept.back()).where, "first declared here"});
    draft.diagnostics.add(std::move(twice));
  }
  table.rows = std::move(kept);
}

struct Collector {
  Draft& draft;
  void operator()(const syntax::Include&) {}
  void operator()(const syntax::ModelDefaults& tree) {
    if (!draft.defaults) {
      draft.defaults = &tree;
      return;
    }
    Diagnostic twice{
        Code::E0202, tree.title.where, "the model has two 'model' declarations", "again here", {},
        {}};
    twice.others.push_back({draft.defaults->title.where, "first declared here"});
    draft.diagnostics.add(std::move(twice));
  }
  void operator()(const syntax::Source& tree) { draft.source_rows.rows.push_back(&tree); }
  void operator()(const syntax::Factor& tree) { draft.nodes.rows.emplace_back(&tree); }
  void operator()(const syntax::Viewpoint& tree) { draft.viewpoints.rows.push_back(&tree); }
  void operator()(const syntax::Indicator& tree) { draft.nodes.rows.emplace_back(&tree); }
  void operator()(const syntax::Group& tree) { draft.groups.rows.push_back(&tree); }
  void operator()(const syntax::Parameter& tree) { draft.nodes.rows.emplace_back(&tree); }
  void operator()(const syntax::Derived& tree) { draft.nodes.rows.emplace_back(&tree); }
  void operator()(const syntax::Rule& tree) { draft.rules.rows.push_back(&tree); }
  void operator()(const syntax::Tripwire& tree) { draft.tripwires.rows.push_back(&tree); }
  void operator()(const syntax::Example& tree) { draft.examples.push_back(&tree); }
  void operator()(const syntax::Relation& tree) { draft.relations.rows.push_back(&tree); }
  void operator()(const syntax::Reserved& tree) {
    draft.reserved.push_back(&tree);
    draft.broken.insert(tree.name.text);
  }
};

void settle_examples(Draft& draft) {
  auto& examples = draft.examples;
  std::sort(examples.begin(), examples.end(), [](const auto* a, const auto* b) {
    return std::tie(a->title.text, a->where) < std::tie(b->title.text, b->where);
  });
  for (std::size_t i = 1; i < examples.size(); ++i) {
    if (examples[i]->title.text != examples[i - 1]->title.text) continue;
    Diagnostic twice{Code::E0202,
                     examples[i]->title.where,
                     fmt::format("two examples are called '{}'", examples[i]->title.text),
                     "again here",
                     {},
                     {}};
    twice.others.push_back({examples[i - 1]->title.where, "first declared here"});
    draft.diagnostics.add(std::move(twice));
  }
}

// What `name` is, if it is something.
std::optional<std::string> other_kind(const Draft& draft, std::string_view name) {
  if (const auto node = draft.nodes.find(name))
    return std::string(kind_text(kind_of(draft.nodes.rows[*node])));
  if (draft.rules.find(name)) return "a rule";
  if (draft.source_rows.find(name)) return "a source";
  if (draft.viewpoints.find(name)) return "a viewpoint";
  if (draft.groups.find(name)) return "a group";
  if (draft.tripwires.find(name)) return "a tripwire";
  if (draft.relations.find(name)) return "a relation";
  return std::nullopt;
}

template <class Tree>
std::vector<std::string> names_of(const Table<Tree>& table) {
  std::vector<std::string> names;
  names.reserve(table.rows.size());
  for (const Tree& tree : table.rows) names.push_back(name_in(tree).text);
  return names;
}

// Comparing names costs time in proportion to their number, so that there is a budget for a whole
// run.
std::vector<std::string> suggest(Draft& draft, Wanted wanted, std::string_view name) {
  if (std::string instead = wanted == Wanted::node ? syntax::instead_of_name(name) : "";
      !instead.empty())
    return {std::move(instead)};
  auto [at, fresh] = draft.candidates.try_emplace(std::string(noun(wanted)));
  if (fresh) {
    switch (wanted) {
      case Wanted::node: at->second = names_of(draft.nodes); break;
      case Wanted::rule: at->second = names_of(draft.rules); break;
      case Wanted::source: at->second = names_of(draft.source_rows); break;
      case Wanted::viewpoint: at->second = names_of(draft.viewpoints); break;
      case Wanted::group: at->second = names_of(draft.groups); break;
      case Wanted::tripwire: at->second = names_of(draft.tripwires); break;
      case Wanted::relation: at->second = names_of(draft.relations); break;
    }
  }
  if (at->second.size() > draft.suggestions_left) return {};
  draft.suggestions_left -= at->second.size();
  return suggestion(name, at->second);
}

std::optional<std::size_t> find(const Draft& draft, Wanted wanted, std::string_view name) {
  switch (wanted) {
    case Wanted::node: return draft.nodes.find(name);
    case Wanted::rule: return draft.rules.find(name);
    case Wanted::source: return draft.source_rows.find(name);
    case Wanted::viewpoint: return draft.viewpoints.find(name);
    case Wanted::group: return draft.groups.find(name);
    case Wanted::tripwire: return draft.tripwires.find(name);
    case Wanted::relation: return draft.relations.find(name);
  }
  return std::nullopt;
}

}  // namespace

const syntax::Name& name_of(const NodeTree& tree) {
  return std::visit([](const auto* t) -> const syntax::Name& { return t->name; }, tree);
}

NodeKind kind_of(const NodeTree& tree) {
  if (std::holds_alternative<const syntax::Indicator*>(tree) ||
      std::holds_alternative<const WindowTree*>(tree) ||
      std::holds_alternative<const OverTree*>(tree))
    return NodeKind::indicator;
  if (std::holds_alternative<const syntax::Parameter*>(tree)) return NodeKind::parameter;
  if (std::holds_alternative<const syntax::Derived*>(tree)) return NodeKind::derived;
  return std::get<const syntax::Factor*>(tree)->is_output ? NodeKind::output : NodeKind::factor;
}

const syntax::Provenance& provenance_of(const NodeTree& tree) {
  return std::visit([](const auto* t) -> const syntax::Provenance& { return t->provenance; }, tree);
}

void collect(Draft& draft) {
  for (const syntax::File& file : draft.files) {
    for (const syntax::Broken& broken : file.broken) {
      if (broken.name.empty())
        draft.incomplete = true;
      else
        draft.broken.insert(broken.name);
    }
    for (const syntax::Declaration& declaration : file.declarations)
      std::visit(Collector{draft}, declaration);
  }
  settle(draft.nodes, draft);
  settle(draft.rules, draft);
  settle(draft.source_rows, draft);
  settle(draft.viewpoints, draft);
  settle(draft.groups, draft);
  settle(draft.relations, draft);
  settle(draft.tripwires, draft);
  settle_examples(draft);
  collect_windows(draft);
  const auto is_output = [](const NodeTree& tree) { return kind_of(tree) == NodeKind::output; };
  draft.outputless =
      !draft.partial() && std::none_of(draft.nodes.rows.begin(), draft.nodes.rows.end(), is_output);
  for (const syntax::Group* group : draft.groups.rows)
    for (const syntax::Group::Value& value : group->values)
      draft.group_values[group->name.text].emplace(value.indicator.text, &value);
}

const syntax::Group::Value* find_group_value(const Draft& draft, std::string_view group,
                                             std::string_view indicator) {
  const auto values = draft.group_values.find(group);
  if (values == draft.group_values.end()) return nullptr;
  const auto value = values->second.find(indicator);
  return value == values->second.end() ? nullptr : value->second;
}

std::optional<std::size_t> resolve(Draft& draft, Wanted wanted, const syntax::Name& name) {
  if (const auto found = find(draft, wanted, name.text)) return found;
  if (draft.incomplete || draft.broken.contains(name.text)) return std::nullopt;
  if (const auto other = other_kind(draft, name.text)) {
    draft.say(Code::E0203, name.where,
              fmt::format("'{}' is {}; the name of {} {} is wanted here", name.text, *other,
                          wanted == Wanted::node ? "an" : "a", noun(wanted)));
    return std::nullopt;
  }
  auto notes = suggest(draft, wanted, name.text);
  const bool may_be_output = wanted == Wanted::node && draft.outputless &&
                             notes.empty();  // the one that is missing, and said to be
  if (!may_be_output)
    draft.say(Code::E0201, name.where, fmt::format("there is no {} '{}'", noun(wanted), name.text),
              {}, std::move(notes));
  return std::nullopt;
}

NodeId resolve_node(Draft& draft, const syntax::Name& name) {
  const auto found = resolve(draft, Wanted::node, name);
  return found ? NodeId{*found} : NodeId{};
}

RuleId resolve_rule(Draft& draft, const syntax::Name& name) {
  const auto found = resolve(draft, Wanted::rule, name);
  return found ? RuleId{*found} : RuleId{};
}

SourceId resolve_source(Draft& draft, const syntax::Name& name) {
  const auto found = resolve(draft, Wanted::source, name);
  return found ? SourceId{*found} : SourceId{};
}

}  // namespace waystone::model
