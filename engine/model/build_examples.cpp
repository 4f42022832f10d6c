// Examples: assertions about scenarios in rule files.
#include <fmt/format.h>

#include "model/assertions.hpp"
#include "model/draft.hpp"

namespace waystone::model {
namespace {

// Names of a rule file: those of its own declarations.
class RuleNames : public AssertionNames {
 public:
  RuleNames(Draft& draft, const syntax::Example& example) : draft_(draft), example_(example) {}

  NodeId node(const syntax::Name& name) override { return resolve_node(draft_, name); }
  NodeId target(const syntax::Name& name) override {
    const NodeId id = resolve_node(draft_, name);
    if (!id.valid() || draft_.model[id].is_factor()) return id;
    draft_.say(Code::E0203, name.where,
               fmt::format("a factor or output is wanted here, but '{}' is {}", name.text,
                           kind_text(draft_.model[id].kind)));
    return {};
  }
  NodeId part(const syntax::Name& name) override { return resolve_node(draft_, name); }
  RuleId rule(const syntax::Name& name) override { return resolve_rule(draft_, name); }
  std::optional<std::size_t> tripwire(const syntax::Name& name) override {
    return resolve(draft_, Wanted::tripwire, name);
  }
  void country(const syntax::Name&, bool) override {}  // the scenario says which there are
  void other_scenario(const std::string&, Span) override {}
  std::vector<std::string> suggest(const std::string& name,
                                   const std::vector<std::string>& candidates) override {
    return suggestion(name, candidates);
  }
  const Model& model() const override { return draft_.model; }
  std::string file() const override { return draft_.sources[example_.where.file].path(); }
  Codes codes() const override { return {Code::E0201, Code::E0203, Code::E0201}; }

 private:
  Draft& draft_;
  const syntax::Example& example_;
};

}  // namespace

void build_examples(Draft& draft) {
  for (const syntax::Example* tree : draft.examples) {
    Example example{tree->title.text,
                    text_of(tree->scenario),
                    text_of(tree->because),
                    tree->viewpoint ? tree->viewpoint->text : std::string(),
                    {},
                    tree->title.where};
    RuleNames names(draft, *tree);
    for (const syntax::Expectation& expectation : tree->expectations)
      example.expectations.push_back(resolve(expectation, names, draft.diagnostics));
    draft.model.examples.push_back(std::move(example));
  }
}

}  // namespace waystone::model
