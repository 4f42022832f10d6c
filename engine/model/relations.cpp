// Relations between countries, and values over the partners of one.
#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "model/translator.hpp"
#include "model/units.hpp"
#include "model/windows.hpp"
#include "syntax/parse.hpp"

namespace waystone::model {
namespace {

using syntax::Operator;

constexpr double most_partners = 300;
constexpr std::string_view ending = " over";

std::optional<WindowFunction> function_over(std::string_view name) {
  name.remove_suffix(ending.size());
  for (const WindowFunction function :
       {WindowFunction::mean, WindowFunction::minimum, WindowFunction::maximum, WindowFunction::sum,
        WindowFunction::count})
    if (name == name_of(function)) return function;
  return std::nullopt;
}

class OverReader {
 public:
  OverReader(Draft& draft, const syntax::Expression& call, bool aloud)
      : draft_(draft), call_(call), aloud_(aloud) {
    tree_.name.where = call.where;
  }

  std::optional<OverTree> read() {
    if (!find_function() || !find_relation() || !find_values() || !find_options() || !fits())
      return std::nullopt;
    tree_.name.text = canonical();
    return std::move(tree_);
  }

 private:
  bool say(Code code, Span where, std::string message, std::string note = {}) {
    if (aloud_)
      draft_.say(code, where, std::move(message), {},
                 note.empty() ? std::vector<std::string>{} : std::vector{std::move(note)});
    return false;
  }

  bool is_count() const { return tree_.over.function == WindowFunction::count; }

  bool find_function() {
    const auto function = function_over(call_.name.text);
    if (!function)
      return say(Code::E0239, call_.where,
                 fmt::format("'{}' does not go over a relation",
                             call_.name.text.substr(0, call_.name.text.size() - ending.size())),
                 "mean, min, max, sum and count do");
    tree_.over.function = *function;
    return true;
  }

  bool find_relation() {
    tree_.relation = call_.arguments[0].name;
    const auto found = draft_.relations.find(tree_.relation.text);
    if (found) relation_ = draft_.relations.rows[*found];
    if (!found && aloud_) resolve(draft_, Wanted::relation, tree_.relation);
    return found.has_value();
  }

  bool find_values() {
    const syntax::Expression* of = &call_.arguments[1];
    if (is_count() && is_comparison(*of)) {
      tree_.counted = constant_of(of->arguments[1]);
      if (!tree_.counted)
        return say(Code::E0239, of->where, "'count over' compares with a number, no more",
                   "write count over borders of (x >= 25)");
      tree_.over.counted = {comparison_of(of->op), tree_.counted->value};
      of = &of->arguments[0];
    }
    if (is_window(*of) && of->name.text != "change") return find_window(*of);
    if (of->op != Operator::name)
      return say(Code::E0238, of->where,
                 "only indicators and windows over them are read of other countries",
                 "go over the relation with each indicator, and work it out from those");
    return find_indicator(*of);
  }

  bool find_window(const syntax::Expression& call) {
    const auto window = read_window(draft_, call, aloud_);
    if (!window) return false;
    tree_.of = window->name;
    const NodeTree& of = draft_.nodes.rows[*draft_.nodes.find(window->of.text)];
    unit_ = unit_of_window(window->window.function,
                           declared_unit(*std::get<const syntax::Indicator*>(of)));
    return true;
  }

  bool find_indicator(const syntax::Expression& of) {
    tree_.of = of.name;
    const auto found = draft_.nodes.find(of.name.text);
    if (!found) {
      if (aloud_) resolve_node(draft_, of.name);
      return false;
    }
    const NodeTree& declared = draft_.nodes.rows[*found];
    const auto* indicator = std::get_if<const syntax::Indicator*>(&declared);
    if (!indicator)
      return say(Code::E0238, of.where,
                 fmt::format("'{}' is {}; only indicators are read of other countries",
                             of.name.text, kind_text(kind_of(declared))),
                 "go over the relation with the indicators that it is worked out from");
    unit_ = declared_unit(**indicator);
    return true;
  }

  bool find_options() {
    for (std::size_t i = 2; i < call_.arguments.size(); ++i) {
      const syntax::Expression& option = call_.arguments[i];
      if (option.op == Operator::without_partners) {
        tree_.without = option.number;
        tree_.over.without = option.number.value;
        continue;
      }
      const syntax::Number& share = option.number;
      const bool percent = share.unit == Unit::percent;
      if (!percent || share.value <= 0 || share.value > 100)
        return say(Code::E0239, share.where,
                   "a share of the partners is wanted here, above 0% and up to 100%",
                   "write 'known for 80%'");
      tree_.known_for = share;
      tree_.over.known_for = share.value / 100;
    }
    return true;
  }

  bool fits() {
    if (unit_ == Unit::none) return false;  // said by its check
    const bool counts = is_count() && (tree_.counted ? is_number(unit_) : unit_ == Unit::yes_no);
    const bool averages = tree_.over.function == WindowFunction::mean && unit_ == Unit::yes_no;
    if (!counts && !averages && (is_count() || !is_number(unit_))) {
      if (is_count() && is_number(unit_))
        return say(
            Code::E0238, call_.arguments[1].where, "'count over' asks which values count",
            fmt::format("write count over {} of ({} > 0)", tree_.relation.text, tree_.of.text));
      return say(Code::E0238, call_.arguments[1].where,
                 fmt::format("'{}' makes no sense of a value that is {}", call_.name.text,
                             in_words(unit_)));
    }
    const Unit weight = relation_->weight.value_or(Unit::share);
    const bool is_part = weight == Unit::share || weight == Unit::percent || weight == Unit::plain;
    if (tree_.over.function == WindowFunction::sum && !is_part)
      return say(Code::E0239, call_.where,
                 fmt::format("the weights of '{}' are in {}, so a sum by them has no unit",
                             tree_.relation.text, in_words(weight)),
                 "'mean over' takes each weight as a part of their sum");
    return true;
  }

  std::string canonical() const {
    std::string of = tree_.of.text;
    if (tree_.counted)
      of = fmt::format("({} {} {})", of, sign_of(tree_.over.counted->first),
                       number_text(*tree_.counted));
    std::string text =
        fmt::format("{} over {} of {}", name_of(tree_.over.function), tree_.relation.text, of);
    if (tree_.known_for) text += " known for " + number_text(*tree_.known_for);
    if (tree_.without) text += " without partners " + number_text(*tree_.without);
    return text;
  }

  Draft& draft_;
  const syntax::Expression& call_;
  const bool aloud_;
  OverTree tree_;
  const syntax::Relation* relation_ = nullptr;
  Unit unit_ = Unit::none;
};

void settle_over_range(const Over& over, const Relation& relation, const Node& of, Node& node) {
  if (over.function == WindowFunction::count) {
    node.low = 0;
    node.high = most_partners;
    return;
  }
  if (!of.low || !of.high) return;
  node.low = *of.low;
  node.high = *of.high;
  if (over.function == WindowFunction::sum) {
    // shares of one whole add up to it at most; other weights may be anything
    const bool parts = relation.weight == Unit::share || relation.weight == Unit::percent;
    const double most = parts ? 1 : most_partners;
    node.low = std::min(0.0, *of.low * most);
    node.high = std::max(0.0, *of.high * most);
  }
}

}  // namespace

bool is_over_relation(const syntax::Expression& call) {
  return call.op == Operator::call && call.name.text.ends_with(ending);
}

std::optional<OverTree> read_over(Draft& draft, const syntax::Expression& call, bool aloud) {
  return OverReader(draft, call, aloud).read();
}

void build_relations(Draft& draft) {
  for (const syntax::Relation* tree : draft.relations.rows) {
    Relation relation{tree->name.text,
                      text_of(tree->label),
                      tree->symmetric,
                      tree->weight,
                      build_provenance(draft, tree->provenance),
                      tree->name.where};
    const bool sound = !tree->weight || *tree->weight == Unit::share ||
                       *tree->weight == Unit::percent || *tree->weight == Unit::plain ||
                       *tree->weight == Unit::count || *tree->weight == Unit::usd;
    if (!sound)
      draft.say(Code::E0240, tree->name.where,
                fmt::format("the weights of '{}' are in {}, which weighs nothing", relation.name,
                            in_words(*tree->weight)),
                {}, {"weights are in share, percent, plain, count or USD"});
    draft.model.relations.push_back(std::move(relation));
  }
}

void build_overs(Draft& draft) {
  for (const OverTree& tree : draft.overs) {
    Node& node = draft.model.nodes[*draft.nodes.find(tree.name.text)];
    Over over_relation = tree.over;
    over_relation.of = NodeId{*draft.nodes.find(tree.of.text)};
    over_relation.relation = RelationId{*draft.relations.find(tree.relation.text)};
    const Node& of = draft.model[over_relation.of];
    const Relation& relation = draft.model[over_relation.relation];
    if (tree.counted) over_relation.counted->second = in_unit(draft, *tree.counted, of.unit).value;
    node.unit = unit_of_window(over_relation.function, of.unit);
    if (tree.without) over_relation.without = in_unit(draft, *tree.without, node.unit).value;
    node.label = of.label.empty() ? ""
                                  : fmt::format("{}, {} over {}", of.label,
                                                name_of(over_relation.function), relation.name);
    node.provenance = of.provenance;
    settle_over_range(over_relation, relation, of, node);
    if (over_relation.without && node.low && node.high) {
      node.low = std::min(*node.low, *over_relation.without);
      node.high = std::max(*node.high, *over_relation.without);
    }
    Indicator indicator;
    if (node.unit == Unit::level) {
      indicator.levels = of.indicator().levels;
      indicator.half_steps = of.indicator().half_steps;
    }
    indicator.over = std::move(over_relation);
    node.detail = std::move(indicator);
  }
}

}  // namespace waystone::model
