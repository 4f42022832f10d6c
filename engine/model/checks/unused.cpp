// What nothing scores, watches or expects need not be declared. What is read only by something
// unused is not said again.
#include <fmt/format.h>

#include "model/checks/checks.hpp"

namespace waystone::model {
namespace {

class Use {
 public:
  explicit Use(Draft& draft)
      : draft_(draft),
        model_(draft.model),
        nodes_(model_.nodes.size()),
        rules_(model_.rules.size()),
        acting_(model_.nodes.size()),
        read_(model_.nodes.size()) {
    for (std::size_t r = 0; r < model_.rules.size(); ++r)
      for (const Effect& effect : model_.rules[r].effects)
        if (effect.target.valid()) acting_[effect.target.index].push_back(RuleId{r});
  }

  void run() {
    for (std::size_t i = 0; i < model_.nodes.size(); ++i)
      if (model_.nodes[i].kind == NodeKind::output) reach(NodeId{i});
    for (std::size_t r = 0; r < model_.rules.size(); ++r)
      if (!model_.rules[r].flags.empty()) reach(RuleId{r});
    for (const Tripwire& tripwire : model_.tripwires) reach(tripwire.when);
    for (const Example& example : model_.examples)
      for (const syntax::Expectation& expectation : example.expectations) reach(expectation);
    while (!waiting_.empty()) {
      const Step step = waiting_.back();
      waiting_.pop_back();
      std::visit([&](auto id) { follow(id); }, step);
    }
    mark_read();
    for (std::size_t i = 0; i < model_.nodes.size(); ++i) {
      if (nodes_[i] || read_[i]) continue;
      std::string_view kind = kind_text(model_.nodes[i].kind);
      kind.remove_prefix(kind.find(' ') + 1);  // without its article
      say(model_.nodes[i].where,
          fmt::format("{} '{}' is used by no output, rule, tripwire or example", kind,
                      model_.nodes[i].name));
    }
    say_rest();
  }

 private:
  void say(Span where, std::string message,
           std::string note = "leave it out, or read it somewhere") {
    draft_.say(Code::W0201, where, std::move(message), {}, {std::move(note)});
  }

  void reach(NodeId id) {
    if (!id.valid() || nodes_[id.index]) return;
    nodes_[id.index] = true;
    waiting_.emplace_back(id);
  }
  void reach(RuleId id) {
    if (!id.valid() || rules_[id.index]) return;
    rules_[id.index] = true;
    waiting_.emplace_back(id);
  }
  void reach(const Expression& e) {
    reach(e.node);
    reach(e.rule);
    for (const Expression& argument : e.arguments) reach(argument);
  }
  void reach(const syntax::Name& name) {
    if (const auto node = draft_.nodes.find(name.text)) reach(NodeId{*node});
  }
  void reach(const syntax::Expression& root) {
    std::vector<const syntax::Expression*> left{&root};
    while (!left.empty()) {
      const syntax::Expression* e = left.back();
      left.pop_back();
      if (!e->name.text.empty()) reach(e->name);
      for (const syntax::Expression& argument : e->arguments) left.push_back(&argument);
    }
  }
  void reach(const syntax::Expectation& tree) {
    if (tree.condition) reach(*tree.condition);
    if (tree.other) reach(*tree.other);
    using Kind = syntax::Expectation::Kind;
    if (tree.kind == Kind::rule_holds || tree.kind == Kind::rule_binds) {
      if (const auto rule = draft_.rules.find(tree.name.text)) reach(RuleId{*rule});
    } else if (tree.kind != Kind::tripwire) {
      reach(tree.name);
    }
  }

  template <class Visit>
  void visit_reads(const Node& node, Visit visit) const {
    if (node.kind == NodeKind::derived) visit(node.derived().value);
    if (!node.is_factor()) return;
    for (const model::Member& member : node.factor().members) visit(member.node);
    for (const model::Strength& strength : node.factor().strengths) {
      visit(strength.node);
      for (const RuleId rule : strength.unless) visit(rule);
    }
    if (node.factor().expression) visit(*node.factor().expression);
  }

  void follow(NodeId id) {
    visit_reads(model_[id], [&](const auto& read) { reach(read); });
    for (const RuleId rule : acting_[id.index]) reach(rule);
  }
  void follow(RuleId id) {
    reach(model_[id].when);
    for (const Effect& effect : model_[id].effects) reach(effect.amount);
  }

  void mark(NodeId id) {
    if (id.valid()) read_[id.index] = true;
  }
  void mark(RuleId) {}
  void mark(const Expression& e) {
    mark(e.node);
    for (const Expression& argument : e.arguments) mark(argument);
  }
  void mark_read() {
    for (const Node& node : model_.nodes) visit_reads(node, [&](const auto& read) { mark(read); });
    for (const Rule& rule : model_.rules) {
      mark(rule.when);
      for (const Effect& effect : rule.effects) mark(effect.amount);
    }
  }

  void say_rest() {
    std::vector<bool> cited(model_.sources.size(), false);
    const auto cite = [&](const syntax::Provenance& provenance) {
      for (const syntax::Name& key : provenance.cites)
        if (const auto source = draft_.source_rows.find(key.text)) cited[*source] = true;
    };
    for (const syntax::File& file : draft_.files)
      for (const syntax::Declaration& declaration : file.declarations)
        std::visit(
            [&](const auto& tree) {
              if constexpr (requires { tree.provenance; }) cite(tree.provenance);
            },
            declaration);
    // A publication lag says that facts come from it: scenarios cite it.
    for (std::size_t s = 0; s < cited.size(); ++s)
      if (!cited[s] && !draft_.source_rows.rows[s]->lag)
        say(model_.sources[s].where,
            fmt::format("source '{}' is cited by nothing in the rules", model_.sources[s].name),
            "leave it out, unless facts of scenarios come from it");
    std::vector<bool> typical(draft_.groups.rows.size(), false);
    for (const Node& node : model_.nodes)
      if (node.kind == NodeKind::indicator && !node.indicator().missing.group.empty())
        if (const auto group = draft_.groups.find(node.indicator().missing.group))
          typical[*group] = true;
    for (std::size_t g = 0; g < typical.size(); ++g)
      if (!typical[g])
        say(draft_.groups.rows[g]->name.where,
            fmt::format("group '{}' is typical of nothing", draft_.groups.rows[g]->name.text));
  }

  Draft& draft_;
  const Model& model_;
  std::vector<bool> nodes_, rules_;          // used
  std::vector<std::vector<RuleId>> acting_;  // by node
  std::vector<bool> read_;                   // by anything, used or not
  std::vector<Step> waiting_;
};

}  // namespace

void check_unused(Draft& draft) {
  // Where something is missing or unknown, what would have used the rest may be missing too.
  if (draft.partial() || draft.diagnostics.has_errors()) return;
  Use(draft).run();
}

}  // namespace waystone::model
