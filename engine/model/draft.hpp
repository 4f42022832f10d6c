// A model under construction: the trees by name, what is known of each, and the model as far as it
// could be built. Checks read it. Private to this room.
#pragma once
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <variant>
#include <vector>

#include "diagnose/diagnostic.hpp"
#include "model/model.hpp"
#include "syntax/tree.hpp"

namespace waystone::model {

/// Declarations of one kind in name order. If two have one name, the first in the text.
template <class Tree>
struct Table {
  std::vector<Tree> rows;
  std::unordered_map<std::string_view, std::size_t> index;
  std::optional<std::size_t> find(std::string_view name) const {
    const auto at = index.find(name);
    return at == index.end() ? std::nullopt : std::optional(at->second);
  }
};

/// A window over the past of an indicator, such as `mean(inflation, 5 years, at least 3)`. All that
/// are written alike are one node.
struct WindowTree {
  syntax::Name name;  // as in `window_name`; where: its first place
  syntax::Name of;
  Window window;                          // but for `of`, and the unit of what is counted
  std::optional<syntax::Number> counted;  // what a count compares with
  syntax::Provenance provenance;          // none: it has that of the indicator
};

/// A value over the partners of a country, such as `max over borders of deaths`. All that are
/// written alike are one node.
struct OverTree {
  syntax::Name name;  // in one spelling; where: its first place
  syntax::Name relation;
  syntax::Name of;                                            // a node: an indicator or a window
  Over over;                                                  // but for ids and units
  std::optional<syntax::Number> counted, known_for, without;  // as written
  syntax::Provenance provenance;                              // none: it has that of the indicator
};

using NodeTree =
    std::variant<const syntax::Indicator*, const syntax::Parameter*, const syntax::Derived*,
                 const syntax::Factor*, const WindowTree*, const OverTree*>;

struct Draft {
  const std::vector<syntax::File>& files;
  const SourceMap& sources;
  Diagnostics& diagnostics;

  // All of these begin empty.
  Table<NodeTree> nodes{};  // row i is NodeId i, and so on for the others
  Table<const syntax::Rule*> rules{};
  Table<const syntax::Source*> source_rows{};
  Table<const syntax::Viewpoint*> viewpoints{};
  Table<const syntax::Group*> groups{};
  Table<const syntax::Relation*> relations{};
  Table<const syntax::Tripwire*> tripwires{};
  std::deque<WindowTree> windows{};                // in no order; `nodes` has them by name
  std::deque<OverTree> overs{};                    // the same
  std::vector<const syntax::Example*> examples{};  // by title
  const syntax::ModelDefaults* defaults = nullptr;
  std::vector<const syntax::Reserved*> reserved{};
  std::unordered_set<std::string_view> broken{};  // names of declarations that could not be read
  bool incomplete =
      false;  // a file or declaration is missing: nothing is unknown or unused for certain
  bool outputless = false;  // all was read and no output is among it: a check says so

  /// The model so far. Unresolved ids are invalid; an expression with Unit::none has had its
  /// diagnostic and means nothing.
  Model model{};
  std::size_t suggestions_left =
      1'000'000;  // names that may still be compared in search of the nearest
  std::unordered_map<std::string, std::vector<std::string>>
      candidates{};  // by kind, made when first needed

  /// Values of the groups, by group and indicator.
  std::unordered_map<std::string_view,
                     std::unordered_map<std::string_view, const syntax::Group::Value*>>
      group_values{};

  /// Adds a diagnostic.
  void say(Code code, Span where, std::string message, std::string label = {},
           std::vector<std::string> notes = {}) {
    diagnostics.add(code, where, std::move(message), std::move(label), std::move(notes));
  }
  /// True if a piece of the model is missing, so that absence proves nothing.
  bool partial() const { return incomplete || !broken.empty(); }
};

/// Whether a call is a window over past figures, if perhaps a faulty one. `min` and `max` are with
/// `at least N`, `mean`, `sum` and `count` also with a length of time.
bool is_window(const syntax::Expression& call);
/// The window that a call describes; of `change(x, T)` that of `lag(x, T)`. None if it is faulty;
/// if `aloud`, it has reported E0237, E0238, E0255 or an unknown name then.
std::optional<WindowTree> read_window(Draft& draft, const syntax::Expression& call, bool aloud);
/// Whether a call goes over a relation, if perhaps a faulty one.
bool is_over_relation(const syntax::Expression& call);
/// What it describes. None if it is faulty; if `aloud`, it has reported E0238, E0239 or an unknown
/// name then, or what `read_window` says of a window within.
std::optional<OverTree> read_over(Draft& draft, const syntax::Expression& call, bool aloud);
/// Adds the windows of all expressions, and what goes over relations, to the nodes.
void collect_windows(Draft& draft);
/// Their units, ranges and labels, from the indicators that they look back on, and from windows for
/// what goes over a relation.
void build_windows(Draft& draft);
void build_overs(Draft& draft);

enum class Wanted { node, rule, source, viewpoint, group, tripwire, relation };

/// The value that a group has for an indicator; none where it has none.
const syntax::Group::Value* find_group_value(const Draft& draft, std::string_view group,
                                             std::string_view indicator);

/// Fills the tables from the files; says what is declared twice.
void collect(Draft& draft);

/// The declaration of a name, or an invalid id. In that case it has reported E0201 or E0203, unless
/// the declaration is broken or may be in a missing file.
NodeId resolve_node(Draft& draft, const syntax::Name& name);
RuleId resolve_rule(Draft& draft, const syntax::Name& name);
SourceId resolve_source(Draft& draft, const syntax::Name& name);
std::optional<std::size_t> resolve(Draft& draft, Wanted wanted, const syntax::Name& name);

/// Name, place and kind of a node's tree.
const syntax::Name& name_of(const NodeTree& tree);
NodeKind kind_of(const NodeTree& tree);
const syntax::Provenance& provenance_of(const NodeTree& tree);

/// Sources, nodes, rules and the rest from their trees.
void build_sources(Draft& draft);
void build_relations(Draft& draft);
void build_nodes(
    Draft& draft);  // names, kinds, units, ranges, curves; everything but expressions and members
void build_values(Draft& draft);   // expressions of derived values
void build_factors(Draft& draft);  // members, weights, strengths, bands
void build_rules(Draft& draft);    // rules and tripwires
void build_rest(Draft& draft);     // defaults, viewpoints
void build_examples(Draft& draft);
Provenance build_provenance(Draft& draft, const syntax::Provenance& tree);

/// The order in which the model can be computed; says E0206 for every circle.
void build_order(Draft& draft);
/// Node::rounding of all nodes. Call after `build_order`, since a value keeps the digits of those
/// it reads.
void settle_rounding(Model& model);
/// Node::compared of all nodes.
void settle_compared(Model& model);

/// "" where a declaration doesn't say.
inline std::string text_of(const std::optional<syntax::Text>& text) {
  return text ? text->text : std::string();
}

}  // namespace waystone::model
