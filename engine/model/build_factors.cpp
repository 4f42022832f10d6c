// The tree: members, weights, strengths and bands of factors and outputs.
#include <algorithm>
#include <map>
#include <numeric>
#include <unordered_map>

#include "model/units.hpp"

namespace waystone::model {
namespace {

Numeral weight_of(const syntax::Member& line) {
  return {line.weight.value, line.weight.numeral_where};
}

// Members by name, each once; a second line is reported by its check.
std::vector<const syntax::Member*> by_name(const std::vector<syntax::Member>& lines) {
  std::vector<const syntax::Member*> sorted;
  for (const syntax::Member& line : lines) sorted.push_back(&line);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto* a, const auto* b) { return a->name.text < b->name.text; });
  sorted.erase(
      std::unique(sorted.begin(), sorted.end(),
                  [](const auto* a, const auto* b) { return a->name.text == b->name.text; }),
      sorted.end());
  return sorted;
}

void build_members(Draft& draft, Factor& factor, const std::vector<const syntax::Member*>& lines) {
  for (const syntax::Member* line : lines) {
    Member member{resolve_node(draft, line->name), false, line->where};
    if (member.node.valid())
      member.flip = factor.higher_is_better && !draft.model[member.node].is_factor();
    factor.members.push_back(member);
    factor.percent = factor.percent || line->kind == syntax::WeightKind::percent;
  }
}

// Sets of member indices from `tied` lines; lines that share a member make one set. Names that are
// no members are said by a check.
std::vector<std::vector<std::size_t>> build_ties(
    const std::vector<syntax::Tie>& lines, const std::vector<const syntax::Member*>& members) {
  std::vector<std::size_t> towards(members.size());  // the first member of each set leads to itself
  std::iota(towards.begin(), towards.end(), std::size_t{0});
  const auto first_of = [&](std::size_t m) {
    while (towards[m] != m) m = towards[m] = towards[towards[m]];
    return m;
  };
  for (const syntax::Tie& line : lines) {
    std::optional<std::size_t> first;
    for (const syntax::Name& name : line.members) {
      const auto at =
          std::lower_bound(members.begin(), members.end(), name.text,
                           [](const auto* m, const auto& text) { return m->name.text < text; });
      if (at == members.end() || (*at)->name.text != name.text) continue;
      const std::size_t one = first_of(std::size_t(at - members.begin())),
                        other = first ? first_of(*first) : one;
      towards[std::max(one, other)] = std::min(one, other);
      first = std::min(one, other);
    }
  }
  std::map<std::size_t, std::vector<std::size_t>> sets;
  for (std::size_t m = 0; m < members.size(); ++m) sets[first_of(m)].push_back(m);
  std::vector<std::vector<std::size_t>> ties;
  for (auto& [first, set] : sets)
    if (set.size() > 1) ties.push_back(std::move(set));
  return ties;
}

void build_combination(Draft& draft, Factor& factor, const syntax::Combine& tree) {
  factor.combination = tree.kind;
  factor.weights_from_viewpoint = tree.weights_from_viewpoint;
  if (tree.order) factor.order = in_unit(draft, *tree.order, Unit::plain);
  if (tree.floor) factor.floor = in_unit(draft, *tree.floor, Unit::points);
  if (tree.expression)
    factor.expression = translate_number(draft, *tree.expression, Unit::points, "a score");
}

void build_own_members(Draft& draft, Factor& factor, const syntax::Factor& tree) {
  const auto lines = by_name(tree.members);
  build_members(draft, factor, lines);
  const bool weighted = std::any_of(lines.begin(), lines.end(), [](const auto* line) {
    return line->kind != syntax::WeightKind::none;
  });
  if (!weighted) return;
  factor.weights.emplace_back();
  factor.limits.emplace_back();
  for (const syntax::Member* line : lines) {
    factor.weights.back().push_back(weight_of(*line));
    factor.limits.back().push_back(limits_of(draft, *line));
  }
  factor.ties.push_back(build_ties(tree.ties, lines));
}

void build_strengths(Draft& draft, Factor& factor, const syntax::Factor& tree) {
  for (const syntax::Strength& line : tree.strengths) {
    Strength strength{
        resolve_node(draft, line.name), in_unit(draft, line.points, Unit::points), {}, line.where};
    for (const syntax::Name& rule : line.unless)
      strength.unless.push_back(resolve_rule(draft, rule));
    std::sort(strength.unless.begin(), strength.unless.end());
    factor.strengths.push_back(std::move(strength));
  }
  std::stable_sort(factor.strengths.begin(), factor.strengths.end(),
                   [](const auto& a, const auto& b) { return a.node < b.node; });
}

Bands build_bands(Draft& draft, const syntax::Bands& tree) {
  Bands bands;
  bands.names.push_back(tree.lowest.text);
  for (const syntax::Bands::Edge& edge : tree.edges) {
    bands.names.push_back(edge.name.text);
    bands.edges.push_back(in_unit(draft, edge.from, Unit::points).value);
  }
  if (tree.margin) bands.margin = in_unit(draft, *tree.margin, Unit::points).value;
  return bands;
}

// One diagnostic for all of them: the cause is mostly one node that was added to another.
void say_for_which(Draft& draft, const std::vector<Span>& profiles) {
  if (profiles.empty()) return;
  constexpr std::size_t most_labels = 6;
  Diagnostic several{Code::E0218,
                     profiles.front(),
                     "several nodes take weights from viewpoints; say for which these are",
                     {},
                     {},
                     {"write 'for NODE { 22% security … }'"}};
  for (std::size_t i = 1; i < profiles.size() && i <= most_labels; ++i)
    several.others.push_back({profiles[i], "and these"});
  draft.diagnostics.add(std::move(several));
}

/// Which viewpoint's profile belongs to which node: node -> viewpoint -> profile. Says where a
/// profile belongs to none.
std::map<std::size_t, std::map<std::size_t, const syntax::Viewpoint::Profile*>> assign_profiles(
    Draft& draft) {
  std::map<std::size_t, std::map<std::size_t, const syntax::Viewpoint::Profile*>> assigned;
  std::vector<std::size_t> takers;
  std::vector<Span> for_any;  // without a node, though several take weights
  for (std::size_t i = 0; i < draft.model.nodes.size(); ++i)
    if (draft.model.nodes[i].is_factor() && draft.model.nodes[i].factor().weights_from_viewpoint)
      takers.push_back(i);
  for (std::size_t v = 0; v < draft.viewpoints.rows.size(); ++v) {
    for (const syntax::Viewpoint::Profile& profile : draft.viewpoints.rows[v]->profiles) {
      if (profile.node) {
        const NodeId node = resolve_node(draft, *profile.node);
        if (!node.valid()) continue;
        if (!std::binary_search(takers.begin(), takers.end(), node.index)) {
          draft.say(Code::E0218, profile.node->where,
                    "'" + profile.node->text + "' does not take its weights from viewpoints", {},
                    {"it would say 'combine …, weights from viewpoint'"});
        } else if (!assigned[node.index].emplace(v, &profile).second) {
          Diagnostic twice{Code::E0202,
                           profile.node->where,
                           "this viewpoint gives weights for '" + profile.node->text + "' twice",
                           {},
                           {},
                           {}};
          draft.diagnostics.add(std::move(twice));
        }
      } else if (takers.size() == 1) {
        if (!assigned[takers[0]].emplace(v, &profile).second)
          draft.say(Code::E0202, profile.where, "this viewpoint gives these weights twice");
      } else if (takers.empty() && !draft.partial() && !draft.outputless) {
        draft.say(Code::E0218, draft.viewpoints.rows[v]->name.where,
                  "no output or factor takes its weights from viewpoints", {},
                  {"one would say 'combine …, weights from viewpoint'"});
      } else if (takers.size() > 1) {
        for_any.push_back(profile.where);
      }
    }
  }
  say_for_which(draft, for_any);
  return assigned;
}

void build_profiles(Draft& draft, Factor& factor,
                    const std::map<std::size_t, const syntax::Viewpoint::Profile*>& profiles) {
  if (profiles.empty()) return;
  // the members are those of the first viewpoint; that the others list the same is a check of its
  // own
  const auto first = by_name(profiles.begin()->second->members);
  build_members(draft, factor, first);
  for (std::size_t v = 0; v < draft.viewpoints.rows.size(); ++v) {
    factor.weights.emplace_back(first.size());
    factor.limits.emplace_back(first.size());
    factor.ties.emplace_back();
    const auto profile = profiles.find(v);
    if (profile == profiles.end()) continue;
    std::unordered_map<std::string_view, const syntax::Member*> lines;
    for (const syntax::Member& line : profile->second->members)
      lines.emplace(line.name.text, &line);
    for (std::size_t m = 0; m < first.size(); ++m)
      if (const auto line = lines.find(first[m]->name.text); line != lines.end()) {
        factor.weights.back()[m] = weight_of(*line->second);
        factor.limits.back()[m] = limits_of(draft, *line->second);
      }
    factor.ties.back() = build_ties(profile->second->ties, first);
  }
}

}  // namespace

void build_factors(Draft& draft) {
  for (std::size_t i = 0; i < draft.nodes.rows.size(); ++i) {
    const auto* tree = std::get_if<const syntax::Factor*>(&draft.nodes.rows[i]);
    if (!tree) continue;
    Node& node = draft.model.nodes[i];
    Factor factor = node.factor();
    if ((*tree)->combine) build_combination(draft, factor, *(*tree)->combine);
    build_own_members(draft, factor, **tree);
    if ((*tree)->reweight) {
      factor.reweight = in_unit(draft, *(*tree)->reweight, Unit::percent);
      factor.reweight->value /= 100;
    }
    build_strengths(draft, factor, **tree);
    if ((*tree)->bands) node.bands = build_bands(draft, *(*tree)->bands);
    node.detail = std::move(factor);
  }
  for (const auto& [index, profiles] : assign_profiles(draft)) {
    Factor factor = draft.model.nodes[index].factor();
    if (!factor.members.empty()) continue;  // members in two places: said by its check
    build_profiles(draft, factor, profiles);
    draft.model.nodes[index].detail = std::move(factor);
  }
}

}  // namespace waystone::model
