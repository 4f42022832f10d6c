// Indicators, parameters, derived values and factors from their trees, as far as no expression or
// member is concerned.
#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "model/curves.hpp"
#include "model/units.hpp"
#include "syntax/walk.hpp"

namespace waystone::model {
namespace {

bool has_level_values(const syntax::Indicator& tree) {
  return tree.levels && std::any_of(tree.levels->levels.begin(), tree.levels->levels.end(),
                                    [](const auto& level) { return level.value.has_value(); });
}

Unit unit_of(const syntax::Indicator& tree) {
  if (tree.unit) return tree.unit->unit;
  return has_level_values(tree) ? Unit::level : Unit::none;  // none: said by its check
}

void build_range(Draft& draft, Node& node, const std::optional<syntax::Range>& range) {
  if (!range) return;
  const Unit unit = is_number(node.unit) ? node.unit : Unit::none;
  node.low = in_unit(draft, range->low, unit).value;
  node.high = in_unit(draft, range->high, unit).value;
}

// Whole numbers, each above the one before; what is wrong with others is said by their check, and
// nothing is concluded from them.
bool ascend(const std::vector<syntax::Level>& levels) {
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const auto& value = levels[i].value;
    if (!value || std::floor(value->value) != value->value ||
        (i > 0 && value->value <= levels[i - 1].value->value))
      return false;
  }
  return levels.size() >= 2;
}

void build_levels(const syntax::Indicator& tree, Node& node, Indicator& indicator) {
  const auto& codes = tree.unit ? tree.unit->codes : std::vector<syntax::Name>{};
  if (node.unit == Unit::level && tree.levels) {
    for (const syntax::Level& level : tree.levels->levels)
      indicator.levels.push_back({level.value ? level.value->value : 0, "", level.anchor.text});
    if (ascend(tree.levels->levels)) {
      node.low = indicator.levels.front().value;
      node.high = indicator.levels.back().value;
    }
    node.curve = build_level_curve(*tree.levels);
  } else if (node.unit == Unit::code) {
    std::unordered_map<std::string_view, std::string_view> anchors;
    if (tree.levels)
      for (const syntax::Level& level : tree.levels->levels)
        if (level.code) anchors.emplace(level.code->text, level.anchor.text);
    for (std::size_t i = 0; i < codes.size(); ++i) {
      const auto anchor = anchors.find(codes[i].text);
      indicator.levels.push_back(
          {double(i), codes[i].text, anchor == anchors.end() ? "" : std::string(anchor->second)});
    }
    node.low = 0;
    node.high = codes.empty() ? 0 : double(codes.size() - 1);
    if (tree.levels) node.curve = build_code_curve(*tree.levels, codes);
  }
}

Missing build_missing(Draft& draft, const syntax::Indicator& tree, const Node& node) {
  Missing missing;
  if (!tree.missing) return missing;
  const syntax::Missing& written = *tree.missing;
  const Unit unit = is_number(node.unit) ? node.unit : Unit::none;
  missing.kind = written.kind;
  missing.where = written.where;
  missing.because = text_of(written.because);
  if (written.value) missing.value = in_unit(draft, *written.value, unit).value;
  if (written.yes) missing.value = *written.yes ? 1 : 0;
  if (written.low) missing.low = in_unit(draft, *written.low, unit).value;
  if (written.high) missing.high = in_unit(draft, *written.high, unit).value;
  if (written.limit) missing.limit = time_span(draft, *written.limit);
  if (written.kind_of_groups) missing.its = written.kind_of_groups->text;
  if (written.at_least) missing.at_least = int(std::clamp(written.at_least->value, 1.0, 1000.0));
  if (!written.group) return missing;
  missing.group = written.group->text;
  if (!resolve(draft, Wanted::group, *written.group)) return missing;
  if (const auto* value = find_group_value(draft, missing.group, node.name))
    missing.value = in_unit(draft, value->value, unit).value;
  else
    draft.say(Code::E0254, written.group->where,
              "the group '" + missing.group + "' has no value for '" + node.name + "'");
  return missing;
}

void build(Draft& draft, const syntax::Indicator& tree, Node& node) {
  Indicator indicator;
  node.label = text_of(tree.label);
  node.unit = unit_of(tree);
  indicator.half_steps = tree.half_steps;
  build_range(draft, node, tree.range);
  if (node.unit == Unit::yes_no) {
    node.low = 0;
    node.high = 1;
  }
  if (node.unit == Unit::date) node.low = node.high = std::nullopt;
  build_levels(tree, node, indicator);
  if (tree.curve && !node.curve) node.curve = build_curve(draft, *tree.curve, node.unit);
  indicator.missing = build_missing(draft, tree, node);
  if (tree.stale) {
    Stale stale{time_span(draft, tree.stale->after, true), 0};
    if (tree.stale->widen)
      stale.widen_per_year = in_unit(draft, *tree.stale->widen, Unit::percent).value / 100;
    indicator.stale = stale;
  }
  node.detail = std::move(indicator);
}

void build(Draft&, const WindowTree&, Node& node) { node.detail = Indicator{}; }
void build(Draft&, const OverTree&, Node& node) { node.detail = Indicator{}; }

void build(Draft& draft, const syntax::Parameter& tree, Node& node) {
  Parameter parameter;
  node.label = text_of(tree.label);
  node.unit = tree.unit ? tree.unit->unit : Unit::none;
  for (const syntax::Parameter::Entry& entry : tree.entries) {
    const Date always{-719162};  // 0001-01-01, the earliest date there is
    parameter.entries.push_back({entry.from ? entry.from->date : always,
                                 entry.expected,
                                 in_unit(draft, entry.value, node.unit),
                                 entry.where,
                                 {},
                                 {}});
  }
  std::stable_sort(parameter.entries.begin(), parameter.entries.end(),
                   [](const auto& a, const auto& b) { return a.from < b.from; });
  for (const syntax::DateText& end :
       tree.ends) {  // of the value in force that day; out of order is said by a check
    const auto later =
        std::upper_bound(parameter.entries.begin(), parameter.entries.end(), end.date,
                         [](Date day, const auto& e) { return day < e.from; });
    if (later == parameter.entries.begin()) continue;
    std::prev(later)->until = end.date;
    std::prev(later)->until_where = end.where;
  }
  if (tree.plausible)
    parameter.plausible = {in_unit(draft, tree.plausible->low, node.unit).value,
                           in_unit(draft, tree.plausible->high, node.unit).value};
  node.detail = std::move(parameter);
}

std::optional<int> digits_of(const std::optional<syntax::Number>& declared) {
  return declared ? std::optional(int(declared->value)) : std::nullopt;
}

void build(Draft&, const syntax::Derived& tree, Node& node) {
  node.label = text_of(tree.label);
  node.unit = tree.unit ? tree.unit->unit
                        : Unit::none;  // without a unit: the expression's, see build_values
  node.digits = digits_of(tree.digits);
  node.detail = Derived{};
}

WorseWords worse_words(const std::optional<syntax::Worse>& tree) {
  if (!tree) return {};
  return {.more = tree->more.text, .most = text_of(tree->most), .plain = text_of(tree->plain)};
}

void build(Draft&, const syntax::Factor& tree, Node& node) {
  node.label = text_of(tree.label);
  node.unit = Unit::points;
  node.low = 0;
  node.high = 100;
  node.digits = digits_of(tree.digits);
  Factor factor;
  factor.higher_is_better = tree.scale && tree.scale->higher_is_better;
  factor.worse = worse_words(tree.worse);
  node.detail = std::move(factor);
}

// Calls `use` for every name that an expression reads as a value.
template <class Use>
void names_read(const syntax::Expression& whole, Use use) {
  syntax::for_each_part(whole, [&](const syntax::Expression& part) {
    if (part.op == syntax::Operator::name) use(part.name.text);
  });
}

class Values {
 public:
  explicit Values(Draft& draft)
      : draft_(draft),
        done_(draft.nodes.rows.size(), false),
        open_(draft.nodes.rows.size(), false) {}

  // A derived value without a unit has its expression's, so those it reads come first. In a circle,
  // which build_order reports, the unit of one is left unknown.
  void run() {
    for (std::size_t i = 0; i < draft_.nodes.rows.size(); ++i) visit(i);
  }

 private:
  const syntax::Derived* tree(std::size_t i) const {
    const auto* derived = std::get_if<const syntax::Derived*>(&draft_.nodes.rows[i]);
    return derived ? *derived : nullptr;
  }

  void visit(std::size_t first) {
    std::vector<std::size_t> stack{first};
    while (!stack.empty()) {
      const std::size_t i = stack.back();
      if (done_[i] || !tree(i)) {
        stack.pop_back();
        continue;
      }
      const std::size_t size = stack.size();
      if (!open_[i]) {
        open_[i] = true;
        names_read(tree(i)->value, [&](const std::string& name) {
          const auto read = draft_.nodes.find(name);
          if (read && !done_[*read] && !open_[*read] && tree(*read)) stack.push_back(*read);
        });
      }
      if (stack.size() > size) continue;
      build(i);
      done_[i] = true;
      stack.pop_back();
    }
  }

  void build(std::size_t i) {
    const syntax::Derived& derived = *tree(i);
    Node& node = draft_.model.nodes[i];
    Expression value = translate(draft_, derived.value);
    if (!derived.unit)
      node.unit = value.unit;
    else
      value = in_declared_unit(std::move(value), *derived.unit);
    build_range(draft_, node, derived.range);
    if (derived.curve) node.curve = build_curve(draft_, *derived.curve, node.unit);
    node.detail = Derived{std::move(value)};
  }

  Expression in_declared_unit(Expression value, const syntax::UnitField& declared) {
    if (value.unit == Unit::none || value.unit == declared.unit) return value;
    if (is_number(value.unit) && is_number(declared.unit))
      if (const auto factor = conversion(value.unit, declared.unit))
        return times(std::move(value), *factor, declared.unit);
    Diagnostic unlike{Code::E0230,
                      declared.where,
                      "the unit is declared as " + in_words(declared.unit) +
                          ", but the expression gives " + in_words(value.unit),
                      {},
                      {},
                      {}};
    unlike.others.push_back({value.where, "this gives " + in_words(value.unit)});
    unlike.notes.push_back("without the line 'unit', its unit is that of the expression");
    draft_.diagnostics.add(std::move(unlike));
    value.unit = Unit::none;
    return value;
  }

  Draft& draft_;
  std::vector<bool> done_, open_;
};

}  // namespace

void build_nodes(Draft& draft) {
  draft.model.nodes.resize(draft.nodes.rows.size());
  for (std::size_t i = 0; i < draft.nodes.rows.size(); ++i) {
    const NodeTree& tree = draft.nodes.rows[i];
    Node& node = draft.model.nodes[i];
    node.name = name_of(tree).text;
    node.where = name_of(tree).where;
    node.kind = kind_of(tree);
    std::visit([&](const auto* t) { build(draft, *t, node); }, tree);
    node.provenance = build_provenance(draft, provenance_of(tree));
    draft.model.by_name.emplace(node.name, NodeId{i});
  }
  build_windows(draft);
  build_overs(draft);
}

void build_values(Draft& draft) { Values(draft).run(); }

}  // namespace waystone::model
