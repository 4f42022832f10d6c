// What nothing scores, watches or expects need not be declared. What is read only by something
// unused is not said again.
#include <fmt/format.h>

#include "model/checks/checks.hpp"
#include "model/dependencies.hpp"

namespace waystone::model {
namespace {

class Use {
 public:
  explicit Use(Draft& draft)
      : draft_(draft),
        model_(draft.model),
        nodes_(model_.nodes.size()),
        rules_(model_.rules.size()),
        read_(model_.nodes.size()),
        dependencies_(model_) {}

  void run() {
    for (std::size_t i = 0; i < model_.nodes.size(); ++i)
      if (model_.nodes[i].kind == NodeKind::output) reach(NodeId{i});
    for (std::size_t r = 0; r < model_.rules.size(); ++r)
      if (!model_.rules[r].flags.empty()) reach(RuleId{r});
    for (const Tripwire& tripwire : model_.tripwires) reach(tripwire.when);
    for (const Example& example : model_.examples)
      for (const Assertion& assertion : example.expectations) reach(assertion);
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
  void reach(const Reads& reads) {
    for (const NodeId node : reads.nodes) reach(node);
    for (const RuleId rule : reads.rules) reach(rule);
    for (const RuleId rule : reads.switches) reach(rule);
  }
  void reach(const Expression& e) {
    for_each_part(e, [&](const Expression& part) {
      reach(part.node);
      reach(part.rule);
    });
  }
  void reach(const Assertion& assertion) {
    for (const Assertion::Operand& operand : assertion.operands) reach(operand.node);
    std::visit([&](const auto& form) { reach_named(form); }, assertion.form);
  }
  void reach_named(const Assertion::Condition&) {}
  void reach_named(const Assertion::Within&) {}
  void reach_named(const Assertion::TripwireFired&) {}
  void reach_named(const Assertion::InBand& form) { reach(form.output); }
  void reach_named(const Assertion::Ranked& form) { reach(form.node); }
  void reach_named(const Assertion::RuleActs& form) { reach(form.rule); }
  void reach_named(const Assertion::LargestPart& form) { reach(form.target); }
  void reach_named(const Assertion::OverViewpoints& form) { reach(form.target); }

  void follow(NodeId id) {
    if (const Node& node = model_[id]; node.kind == NodeKind::indicator && !node.is_given())
      reach(node.source_of_values());
    reach(dependencies_.of(id));
    for (const RuleId rule : dependencies_.acting_on(id)) reach(rule);
  }
  void follow(RuleId id) { reach(dependencies_.of(id)); }

  void mark_read() {
    const auto mark = [&](const Reads& reads) {
      for (const NodeId node : reads.nodes) read_[node.index] = true;
    };
    for (std::size_t i = 0; i < model_.nodes.size(); ++i) mark(dependencies_.of(NodeId{i}));
    for (std::size_t r = 0; r < model_.rules.size(); ++r) mark(dependencies_.of(RuleId{r}));
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
    std::vector<bool> gone_over(model_.relations.size(), false);
    for (const Node& node : model_.nodes)
      if (node.kind == NodeKind::indicator && node.indicator().over)
        gone_over[node.indicator().over->relation.index] = true;
    for (std::size_t r = 0; r < gone_over.size(); ++r)
      if (!gone_over[r])
        say(model_.relations[r].where,
            fmt::format("nothing goes over the relation '{}'", model_.relations[r].name));
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
  std::vector<bool> nodes_, rules_;  // used
  std::vector<bool> read_;           // by anything, used or not
  Dependencies dependencies_;
  std::vector<Step> waiting_;
};

}  // namespace

void check_unused(Draft& draft) {
  // Where something is missing or unknown, what would have used the rest may be missing too.
  if (draft.partial() || draft.diagnostics.has_errors()) return;
  Use(draft).run();
}

}  // namespace waystone::model
