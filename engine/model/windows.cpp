// Windows over past figures: which calls are some, and the indicators that they become.
#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <tuple>

#include <fmt/format.h>

#include "model/translator.hpp"
#include "model/units.hpp"
#include "model/windows.hpp"
#include "syntax/parse.hpp"
#include "syntax/walk.hpp"

namespace waystone::model {
namespace {

using syntax::Operator;

constexpr std::array<std::string_view, 8> window_functions{"lag", "mean", "min",   "max",
                                                           "sum", "sd",   "trend", "count"};

std::optional<WindowFunction> function_of(std::string_view name) {
  if (name == "change") return WindowFunction::lag;  // x - lag(x, …)
  const auto at = std::find(window_functions.begin(), window_functions.end(), name);
  if (at == window_functions.end()) return std::nullopt;
  return WindowFunction(at - window_functions.begin());
}

bool is_time_unit(Unit unit) {
  return unit == Unit::years || unit == Unit::months || unit == Unit::days;
}

bool is_length_of_time(const syntax::Expression& e) {
  return e.op == Operator::number && is_time_unit(e.number.unit);
}

bool says_enough(const syntax::Expression& e) { return e.op == Operator::at_least; }

std::string name_of_window(const WindowTree& tree, const syntax::Number& span) {
  const Window& window = tree.window;
  std::string text = fmt::format("{}({}", name_of(window.function), tree.of.text);
  if (tree.counted)
    text += fmt::format(" {} {}", sign_of(window.counted->first), number_text(*tree.counted));
  text += ", " + number_text(span);
  if (window.function != WindowFunction::lag) text += fmt::format(", at least {}", window.at_least);
  if (window.out_of) text += fmt::format(" of {}", *window.out_of);
  return text + ")";
}

class WindowReader {
 public:
  WindowReader(Draft& draft, const syntax::Expression& call, bool aloud)
      : draft_(draft), call_(call), written_(call.name.text), aloud_(aloud) {
    tree_.window.function = *function_of(written_);
    tree_.name.where = call.where;
  }

  std::optional<WindowTree> read() {
    if (!find_indicator() || !find_span() || !find_enough() || !fits()) return std::nullopt;
    tree_.name.text = name_of_window(tree_, *span_);
    return std::move(tree_);
  }

 private:
  bool say(Code code, Span where, std::string message, std::string note = {}) {
    if (aloud_)
      draft_.say(code, where, std::move(message), {},
                 note.empty() ? std::vector<std::string>{} : std::vector{std::move(note)});
    return false;
  }

  bool is_lag() const { return tree_.window.function == WindowFunction::lag; }
  bool is_count() const { return tree_.window.function == WindowFunction::count; }
  bool wants_all() const { return is_count() || tree_.window.function == WindowFunction::sum; }

  // How the call would be right, as far as it is.
  std::string example() const {
    const std::string of = call_.arguments.empty()
                               ? std::string("x")
                               : std::string(draft_.sources.text(call_.arguments[0].where));
    if (is_lag()) return fmt::format("write {}({}, 1 year)", written_, of);
    return fmt::format("write {}({}, 5 years, at least 3{})", written_, of,
                       wants_all() ? " of 5" : "");
  }

  bool find_indicator() {
    if (call_.arguments.empty())
      return say(Code::E0237, call_.where, fmt::format("'{}' looks back on nothing", written_),
                 example());
    const syntax::Expression* of = &call_.arguments[0];
    if (is_count() && is_comparison(*of)) {
      tree_.counted = constant_of(of->arguments[1]);
      if (!tree_.counted)
        return say(Code::E0237, of->where, "'count' compares an indicator with a number, no more",
                   "write count(x >= 25, 10 years, at least 8 of 10)");
      tree_.window.counted = {comparison_of(of->op), tree_.counted->value};
      of = &of->arguments[0];
    }
    if (of->op != Operator::name)
      return say(Code::E0238, of->where,
                 "only indicators have a history, and this is worked out on the scenario's date",
                 "look back on each of its indicators, and work it out from those");
    tree_.of = of->name;
    const auto found = draft_.nodes.find(of->name.text);
    if (!found) {
      if (aloud_) resolve_node(draft_, of->name);
      return false;
    }
    const NodeTree& declared = draft_.nodes.rows[*found];
    if (const auto* indicator = std::get_if<const syntax::Indicator*>(&declared)) {
      indicator_ = *indicator;
      return true;
    }
    return say(Code::E0238, of->where,
               fmt::format("'{}' is {}; only indicators have a history", of->name.text,
                           kind_text(kind_of(declared))),
               "look back on the indicators that it is worked out from");
  }

  bool find_span() {
    const std::size_t count = call_.arguments.size();
    if (count < 2 || says_enough(call_.arguments[1]))
      return say(Code::E0237, call_.where,
                 fmt::format("'{}' does not say how far back it looks", written_), example());
    const syntax::Expression& span = call_.arguments[1];
    if (span.op != Operator::number)
      return say(
          Code::E0237, span.where,
          fmt::format("how far '{}' looks back is a length of time, written as a number", written_),
          example());
    if (!is_time_unit(span.number.unit) || span.number.value <= 0) {
      if (aloud_) time_span(draft_, span.number);
      return false;
    }
    span_ = &span.number;
    tree_.window.span = time_span(draft_, span.number);
    return true;
  }

  bool find_enough() {
    const std::size_t count = call_.arguments.size();
    if (is_lag())
      return count == 2 ||
             say(Code::E0237, call_.arguments[2].where,
                 fmt::format("'{}' takes an indicator and a length of time, no more", written_),
                 example());
    if (count < 3 || !says_enough(call_.arguments[2]))
      return say(Code::E0237, call_.where,
                 fmt::format("'{}' does not say how few figures are enough", written_), example());
    if (count > 3)
      return say(Code::E0237, call_.arguments[3].where,
                 fmt::format("'{}' ends with 'at least'", written_), example());
    const syntax::Expression& enough = call_.arguments[2];
    const bool spread = tree_.window.function == WindowFunction::deviation ||
                        tree_.window.function == WindowFunction::trend;
    if (!whole(enough.number, spread ? 2 : 1)) return false;
    tree_.window.at_least = int(enough.number.value);
    if (!enough.arguments.empty()) return find_all(enough);
    return !wants_all() || say(Code::E0237, enough.where,
                               fmt::format("'{}' does not say how many figures there are if none "
                                           "is missing",
                                           written_),
                               example());
  }

  bool find_all(const syntax::Expression& enough) {
    const syntax::Number& all = enough.arguments[0].number;
    if (tree_.window.function == WindowFunction::trend)
      return say(Code::E0237, all.where, "a trend can't tell when figures that are missing were",
                 "leave 'of' out");
    if (!whole(all, tree_.window.at_least)) return false;
    tree_.window.out_of = int(all.value);
    return true;
  }

  bool whole(const syntax::Number& number, int least) {
    constexpr int most = 10'000;
    const bool fits = number.unit == Unit::none && number.value == std::floor(number.value) &&
                      number.value >= least && number.value <= most;
    return fits || say(Code::E0237, number.where,
                       fmt::format("a number of figures is wanted here, {} to {}", least, most));
  }

  // Whether the function makes sense of values of that unit.
  bool fits() {
    const Unit unit = declared_unit(*indicator_);
    if (unit == Unit::none) return false;  // said by its check
    const bool lags = is_lag() && written_ == "lag" && unit != Unit::code;
    const bool counts = is_count() && (tree_.counted ? is_number(unit) : unit == Unit::yes_no);
    const bool averages = tree_.window.function == WindowFunction::mean && unit == Unit::yes_no;
    if (lags || counts || averages || (!is_count() && is_number(unit))) return true;
    if (is_count() && is_number(unit))
      return say(Code::E0238, tree_.of.where,
                 fmt::format("'count' asks which figures of '{}' count", tree_.of.text),
                 fmt::format("write count({} > 0, …)", tree_.of.text));
    return say(
        Code::E0238, tree_.of.where,
        fmt::format("'{}' makes no sense of a value that is {}", written_, in_words(unit)),
        unit == Unit::yes_no ? "'count' says how often it was yes, 'mean' in what share" : "");
  }

  Draft& draft_;
  const syntax::Expression& call_;
  const std::string& written_;
  const bool aloud_;
  WindowTree tree_;
  const syntax::Indicator* indicator_ = nullptr;
  const syntax::Number* span_ = nullptr;
};

// ---- the nodes

template <class Use>
void use_expressions(const syntax::Derived& tree, Use use) {
  use(tree.value);
}
template <class Use>
void use_expressions(const syntax::Factor& tree, Use use) {
  if (tree.combine && tree.combine->expression) use(*tree.combine->expression);
}
template <class Use>
void use_expressions(const syntax::Rule& tree, Use use) {
  if (tree.when) use(*tree.when);
  for (const syntax::Effect& effect : tree.effects) {
    if (effect.amount) use(*effect.amount);
    if (!effect.decay) continue;
    for (const auto* part : {&effect.decay->to, &effect.decay->months, &effect.decay->since})
      use(*part);
  }
}
template <class Use>
void use_expressions(const syntax::Tripwire& tree, Use use) {
  if (tree.when) use(*tree.when);
}
template <class Tree, class Use>
void use_expressions(const Tree&, Use) {}

// Each name once, with the first of its places, among the nodes.
template <class Tree>
void add_nodes(std::deque<Tree>& trees, Draft& draft) {
  std::sort(trees.begin(), trees.end(), [](const Tree& a, const Tree& b) {
    return std::tie(a.name.text, a.name.where) < std::tie(b.name.text, b.name.where);
  });
  const auto same = [](const Tree& a, const Tree& b) { return a.name.text == b.name.text; };
  trees.erase(std::unique(trees.begin(), trees.end(), same), trees.end());
  for (const Tree& tree : trees) draft.nodes.rows.emplace_back(&tree);
}

// The largest deviation of so many figures: half of them at either end. It falls with their number.
double largest_deviation(int figures, double width) {
  const double n = figures, half = std::floor(n / 2);
  return width * std::sqrt(half * (n - half) / (n * (n - 1)));
}

void settle_window_range(const Window& window, const Node& of, Node& node) {
  const double fewest = window.at_least, all = window.out_of.value_or(window.at_least);
  if (window.function == WindowFunction::count) {
    node.low = 0;
    node.high = all;
    return;
  }
  if (!of.low || !of.high) return;
  const double low = *of.low, high = *of.high;
  switch (window.function) {
    case WindowFunction::sum:
      node.low = std::min(fewest * low, all * low);
      node.high = std::max(fewest * high, all * high);
      return;
    case WindowFunction::deviation:
      node.low = 0;
      node.high = largest_deviation(window.at_least, high - low);
      return;
    case WindowFunction::trend:
      node.low = low - high;
      node.high = high - low;
      return;
    default: node.low = low; node.high = high;
  }
}

std::string label_of(const WindowTree& tree, const std::string& of) {
  if (of.empty()) return "";
  const std::string inside =
      tree.name.text.substr(tree.name.text.find(", ") + 2);  // "5 years, at least 3)"
  const std::string span = inside.substr(0, inside.find_first_of(",)"));
  switch (tree.window.function) {
    case WindowFunction::lag: return fmt::format("{}, {} before", of, span);
    case WindowFunction::mean: return fmt::format("{}, mean of {}", of, span);
    case WindowFunction::minimum: return fmt::format("{}, least of {}", of, span);
    case WindowFunction::maximum: return fmt::format("{}, most of {}", of, span);
    case WindowFunction::sum: return fmt::format("{}, sum of {}", of, span);
    case WindowFunction::deviation: return fmt::format("{}, standard deviation of {}", of, span);
    case WindowFunction::trend: return fmt::format("{}, trend a year over {}", of, span);
    case WindowFunction::count: break;
  }
  if (!tree.counted) return fmt::format("{}, how often in {}", of, span);
  return fmt::format("{}, how often {} {} in {}", of, sign_of(tree.window.counted->first),
                     number_text(*tree.counted), span);
}

}  // namespace

std::string_view name_of(WindowFunction function) {
  return window_functions[std::size_t(function)];
}

std::string_view sign_of(Op op) {
  switch (op) {
    case Op::less: return "<";
    case Op::less_equal: return "<=";
    case Op::greater: return ">";
    case Op::greater_equal: return ">=";
    case Op::equal: return "=";
    default: return "!=";
  }
}

std::string number_text(const syntax::Number& number) {
  if (number.unit == Unit::none) return fmt::format("{}", number.value);
  if (number.unit == Unit::percent) return fmt::format("{}%", number.value);
  std::string unit(syntax::name_of(number.unit));
  if (is_time_unit(number.unit) && number.value == 1) unit.pop_back();
  return fmt::format("{} {}", number.value, unit);
}

Unit declared_unit(const syntax::Indicator& tree) {
  if (tree.unit) return tree.unit->unit;
  return tree.levels ? Unit::level : Unit::none;
}

std::optional<syntax::Number> constant_of(const syntax::Expression& e) {
  if (e.op == Operator::number) return e.number;
  if (e.op != Operator::negate || e.arguments[0].op != Operator::number) return std::nullopt;
  syntax::Number number = e.arguments[0].number;
  number.value = -number.value;
  return number;
}

Unit unit_of_window(WindowFunction function, Unit unit) {
  if (function == WindowFunction::count) return Unit::count;
  if (function == WindowFunction::mean && unit == Unit::yes_no) return Unit::share;
  const bool in_steps = function == WindowFunction::lag || function == WindowFunction::minimum ||
                        function == WindowFunction::maximum;
  return unit == Unit::level && !in_steps ? Unit::plain : unit;  // between levels, too
}

bool is_comparison(const syntax::Expression& e) {
  return e.op >= Operator::less && e.op <= Operator::not_equal;
}

bool is_window(const syntax::Expression& call) {
  const std::string& name = call.name.text;
  if (call.op != Operator::call || !function_of(name)) return false;
  if (name == "lag" || name == "change" || name == "sd" || name == "trend") return true;
  const bool over_time = name != "min" && name != "max";  // of which one may be of lengths of time
  return std::any_of(call.arguments.begin(), call.arguments.end(), [&](const auto& argument) {
    return says_enough(argument) || (over_time && is_length_of_time(argument));
  });
}

std::optional<WindowTree> read_window(Draft& draft, const syntax::Expression& call, bool aloud) {
  return WindowReader(draft, call, aloud).read();
}

void collect_windows(Draft& draft) {
  const auto collect = [&](const syntax::Expression& whole) {
    syntax::for_each_part(whole, [&](const syntax::Expression& part) {
      if (is_window(part)) {
        if (auto window = read_window(draft, part, false))
          draft.windows.push_back(std::move(*window));
      } else if (is_over_relation(part)) {
        if (auto over = read_over(draft, part, false)) draft.overs.push_back(std::move(*over));
      }
    });
  };
  for (const syntax::File& file : draft.files)
    for (const syntax::Declaration& declaration : file.declarations)
      std::visit([&](const auto& tree) { use_expressions(tree, collect); }, declaration);
  add_nodes(draft.windows, draft);
  add_nodes(draft.overs, draft);
  std::sort(draft.nodes.rows.begin(), draft.nodes.rows.end(),
            [](const NodeTree& a, const NodeTree& b) { return name_of(a).text < name_of(b).text; });
  draft.nodes.index.clear();
  for (std::size_t i = 0; i < draft.nodes.rows.size(); ++i)
    draft.nodes.index.emplace(name_of(draft.nodes.rows[i]).text, i);
}

void build_windows(Draft& draft) {
  for (const WindowTree& tree : draft.windows) {
    Node& node = draft.model.nodes[*draft.nodes.find(tree.name.text)];
    Window window = tree.window;
    window.of = NodeId{*draft.nodes.find(tree.of.text)};
    const Node& of = draft.model[window.of];
    if (tree.counted) window.counted->second = in_unit(draft, *tree.counted, of.unit).value;
    node.unit = unit_of_window(window.function, of.unit);
    node.label = label_of(tree, of.label);
    node.provenance = of.provenance;
    settle_window_range(window, of, node);
    Indicator indicator;
    if (node.unit == Unit::level) {
      indicator.levels = of.indicator().levels;
      indicator.half_steps = of.indicator().half_steps;
    }
    indicator.stale = of.indicator().stale;
    indicator.window = std::move(window);
    node.detail = std::move(indicator);
  }
}

}  // namespace waystone::model
