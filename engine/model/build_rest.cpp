// Sources, defaults and viewpoints.
#include <algorithm>

#include <fmt/format.h>

#include "model/units.hpp"

namespace waystone::model {
namespace {

// The output that is scored where none is named.
NodeId main_output(const Model& model) {
  NodeId first;
  for (std::size_t i = 0; i < model.nodes.size(); ++i) {
    if (model.nodes[i].kind != NodeKind::output) continue;
    if (model.nodes[i].factor().weights_from_viewpoint) return NodeId{i};
    if (!first.valid()) first = NodeId{i};
  }
  return first;
}

void build_defaults(Draft& draft) {
  Model& model = draft.model;
  model.main = main_output(model);
  if (!draft.defaults) return;
  const syntax::ModelDefaults& tree = *draft.defaults;
  model.title = tree.title.text;
  model.version = text_of(tree.version);
  if (tree.horizon) model.horizon_years = in_days(draft, *tree.horizon) / days_per_year;
  if (tree.horizon && tree.horizon->unit == Unit::years) model.horizon_years = tree.horizon->value;
  if (tree.horizon && tree.horizon->unit == Unit::months)
    model.horizon_years = tree.horizon->value / 12;
  if (tree.level_margin)
    model.level_margin = in_unit(draft, *tree.level_margin, Unit::points).value;
  if (!tree.main) return;
  const NodeId named = resolve_node(draft, *tree.main);
  if (!named.valid()) return;
  if (model[named].kind == NodeKind::output)
    model.main = named;
  else
    draft.say(Code::E0203, tree.main->where,
              fmt::format("'{}' is {}; the main output must be an output", tree.main->text,
                          kind_text(model[named].kind)));
}

}  // namespace

Provenance build_provenance(Draft& draft, const syntax::Provenance& tree) {
  Provenance result;
  for (const syntax::Name& key : tree.cites)
    if (const SourceId source = resolve_source(draft, key); source.valid())
      result.cites.push_back(source);
  std::sort(result.cites.begin(), result.cites.end());
  result.cites.erase(std::unique(result.cites.begin(), result.cites.end()), result.cites.end());
  if (tree.judged)
    result.judged =
        Judgement{tree.judged->by.text, tree.judged->because.text, tree.judged->on.date};
  for (const syntax::Translation& label : tree.labels)
    result.labels.emplace_back(label.language.text, label.text.text);
  std::sort(result.labels.begin(), result.labels.end());
  return result;
}

void build_sources(Draft& draft) {
  for (const syntax::Source* tree : draft.source_rows.rows) {
    Source source{tree->name.text,
                  tree->title.text,
                  text_of(tree->publisher),
                  text_of(tree->licence),
                  text_of(tree->url),
                  std::nullopt,
                  {},
                  tree->name.where};
    if (tree->published) source.published = tree->published->date;
    if (tree->lag) source.lag = time_span(draft, *tree->lag, true);
    draft.model.sources.push_back(std::move(source));
  }
}

void build_rest(Draft& draft) {
  build_defaults(draft);
  for (const syntax::Viewpoint* tree : draft.viewpoints.rows)
    draft.model.viewpoints.push_back({tree->name.text, text_of(tree->label),
                                      build_provenance(draft, tree->provenance), tree->name.where});
  for (const syntax::Group* tree : draft.groups.rows)
    build_provenance(draft, tree->provenance);  // for its names only
  if (draft.defaults) build_provenance(draft, draft.defaults->provenance);
}

}  // namespace waystone::model
