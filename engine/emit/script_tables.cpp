#include "emit/script_tables.hpp"

#include <set>

#include <fmt/format.h>

#include "emit/backend.hpp"
#include "emit/script_text.hpp"
#include "program/conditions.hpp"

namespace waystone::emit {
namespace {

using model::Factor;
using model::Node;
using model::NodeKind;

template <class Items, class Text>
std::string list_of(const Items& items, Text text) {
  std::vector<std::string> list;
  for (const auto& item : items) list.push_back(text(item));
  return script_list(list);
}

std::string index(std::uint32_t index) { return fmt::format("{}", index); }
std::string register_or_null(RegisterId reg) { return reg.valid() ? index(reg.index) : "null"; }

// A key of the tables, a row a line.
std::string rows(std::string_view key, const std::vector<std::string>& lines) {
  std::string text = fmt::format("  {}: [\n", key);
  for (const std::string& line : lines) text += fmt::format("    {{ {} }},\n", line);
  return text + "  ],\n";
}

class Tables {
 public:
  explicit Tables(const Emitted& emitted)
      : emitted_(emitted), model_(*emitted.model), program_(*emitted.program) {}

  std::string all() {
    std::string text = "{\n";
    text += fmt::format("  tool: {},\n", script_string(emitted_.tool));
    text += fmt::format("  rules: {{ title: {}, file: {}, version: {}, hash: {}, files: {} }},\n",
                        script_string(model_.title), script_string(emitted_.path),
                        script_string(model_.version), script_string(emitted_.hash),
                        list_of(files(), script_string));
    text += fmt::format("  main: {}, horizon: {}, levelMargin: {},\n", model_.main.index,
                        script_number(model_.horizon_years), script_number(model_.level_margin));
    text += rows("viewpoints", viewpoints());
    text += rows("facts", facts());
    text += rows("weights", weights());
    text += rows("nodes", nodes());
    text += rows("conditions", conditions());
    text += rows("tripwires", tripwires());
    text += fmt::format("  order: {},\n", order());
    text += rows("rereading", rereading());
    return text + "}";
  }

 private:
  std::vector<std::string> files() const {
    std::vector<std::string> paths;
    for (const FileId file : model_.files) paths.push_back((*emitted_.sources)[file].path());
    return paths;
  }

  static std::string labels(const model::Provenance& provenance) {
    return list_of(provenance.labels, [](const auto& label) {
      return script_list({script_string(label.first), script_string(label.second)});
    });
  }

  // name, label, labels
  template <class Declared>
  static std::string named(const Declared& declared) {
    return fmt::format("name: {}, label: {}, labels: {}", script_string(declared.name),
                       script_string(declared.label), labels(declared.provenance));
  }
  std::string where(const Span& span) const {
    return fmt::format("where: {}", script_string(line_of(emitted_, span)));
  }

  std::vector<std::string> viewpoints() const {
    std::vector<std::string> lines;
    for (const model::Viewpoint& viewpoint : model_.viewpoints)
      lines.push_back(named(viewpoint) + ", " + where(viewpoint.where));
    return lines;
  }

  std::vector<std::string> facts() const {
    std::vector<std::string> lines;
    for (const program::Input& input : program_.inputs) {
      if (input.kind != program::InputKind::fact) continue;
      const Node& node = model_[input.node];
      const model::Indicator& indicator = node.indicator();
      const auto level = [](const model::Level& one) {
        return fmt::format("{{ value: {}, code: {}, anchor: {} }}", script_number(one.value),
                           script_string(one.code), script_string(one.anchor));
      };
      lines.push_back(fmt::format(
          "{}, unit: {}, low: {}, high: {}, step: {}, from: {}, levels: {}, workedOut: {}, "
          "node: {}, {}",
          named(node), unit(node), script_number(node.low), script_number(node.high),
          script_number(input.step), script_number(input.from), list_of(indicator.levels, level),
          indicator.window ? "\"window\""
          : indicator.over ? "\"relation\""
                           : "null",
          input.node.index, where(node.where)));
    }
    return lines;
  }

  static std::string unit(const Node& node) {
    const bool plain = node.unit == model::Unit::plain || node.unit == model::Unit::none;
    return script_string(plain ? std::string_view() : syntax::name_of(node.unit));
  }

  std::vector<std::string> weights() const {
    std::vector<std::string> lines;
    for (std::size_t n = 0; n < model_.nodes.size(); ++n) {
      if (program_.weights[n].empty()) continue;
      const Factor& factor = model_.nodes[n].factor();
      for (std::size_t m = 0; m < factor.members.size(); ++m) lines.push_back(weight(n, factor, m));
    }
    return lines;
  }

  std::string weight(std::size_t node, const Factor& factor, std::size_t member) const {
    std::vector<std::string> values, limits, ties;
    for (std::size_t v = 0; v < factor.weights.size(); ++v) {
      values.push_back(script_number(factor.weights[v][member].value));
      limits.push_back(limit(factor, v, member));
      ties.push_back(tie(factor, v, member));
    }
    return fmt::format(
        "node: {}, member: {}, values: {}, percent: {}, limits: {}, ties: {}, register: {}, at: "
        "{}, {}",
        node, factor.members[member].node.index, script_list(values), factor.percent,
        script_list(limits), script_list(ties), program_.nodes[node].base.index, member,
        where(factor.weights[0][member].where));
  }

  static std::string limit(const Factor& factor, std::size_t view, std::size_t member) {
    const model::WeightLimits limits =
        view < factor.limits.size() && member < factor.limits[view].size()
            ? factor.limits[view][member]
            : model::WeightLimits{};
    return fmt::format("{{ low: {}, high: {}, locked: {} }}", script_number(limits.low),
                       script_number(limits.high), limits.locked);
  }

  static std::string tie(const Factor& factor, std::size_t view, std::size_t member) {
    if (view >= factor.ties.size()) return "null";
    for (std::size_t t = 0; t < factor.ties[view].size(); ++t)
      for (const std::size_t tied : factor.ties[view][t])
        if (tied == member) return fmt::format("{}", t);
    return "null";
  }

  std::vector<std::string> nodes() const {
    std::vector<std::string> lines;
    for (std::size_t n = 0; n < model_.nodes.size(); ++n) {
      const Node& node = model_.nodes[n];
      const program::NodeRegisters& registers = program_.nodes[n];
      lines.push_back(fmt::format(
          "{}, kind: {}, unit: {}, low: {}, high: {}, {}, bands: {}, digits: {}, rounding: {}, {}, "
          "registers: {{ value: {}, base: {}, score: {} }}",
          named(node), script_string(word_of(node.kind)), unit(node), script_number(node.low),
          script_number(node.high), made_of(node), bands(node), whole(node.digits),
          whole(node.rounding), where(node.where), registers.value.index, registers.base.index,
          register_or_null(registers.score)));
    }
    return lines;
  }

  static std::string_view word_of(NodeKind kind) {
    switch (kind) {
      case NodeKind::indicator: return "indicator";
      case NodeKind::parameter: return "parameter";
      case NodeKind::derived: return "derived";
      case NodeKind::factor: return "factor";
      case NodeKind::output: break;
    }
    return "output";
  }

  static std::string made_of(const Node& node) {
    const bool written = node.kind == NodeKind::derived ||
                         (node.is_factor() && node.factor().expression.has_value());
    if (!node.is_factor())
      return fmt::format("higherIsBetter: false, worse: null, members: [], written: {}", written);
    const Factor& factor = node.factor();
    const auto member = [](const model::Member& one) {
      return fmt::format("{{ node: {}, flip: {} }}", one.node.index, one.flip);
    };
    return fmt::format(
        "higherIsBetter: {}, worse: {{ more: {}, most: {}, plain: {} }}, members: {}, written: {}",
        factor.higher_is_better, script_string(factor.worse.more), script_string(factor.worse.most),
        script_string(factor.worse.plain), list_of(factor.members, member), written);
  }

  static std::string bands(const Node& node) {
    if (!node.bands) return "null";
    return fmt::format("{{ names: {}, edges: {}, margin: {} }}",
                       list_of(node.bands->names, script_string),
                       list_of(node.bands->edges, [](double edge) { return script_number(edge); }),
                       script_number(node.bands->margin));
  }

  static std::string whole(const std::optional<int>& number) {
    return number ? fmt::format("{}", *number) : "null";
  }

  std::vector<std::string> conditions() const {
    std::vector<std::string> lines;
    for (std::size_t r = 0; r < model_.rules.size(); ++r) {
      const model::Rule& rule = model_.rules[r];
      const auto effect = [](const model::Effect& one) {
        return fmt::format("{{ kind: {}, node: {} }}", script_string(name_of(one.kind)),
                           one.target.index);
      };
      lines.push_back(fmt::format("{}, because: {}, effects: {}, {}, registers: {{ truth: {} }}",
                                  named(rule), script_string(rule.because),
                                  list_of(rule.effects, effect), where(rule.where),
                                  program_.rules[r].truth.index));
    }
    return lines;
  }

  std::vector<std::string> tripwires() const {
    std::vector<std::string> lines;
    for (std::size_t t = 0; t < model_.tripwires.size(); ++t) {
      const model::Tripwire& tripwire = model_.tripwires[t];
      lines.push_back(fmt::format(
          "{}, owner: {}, review: {}, because: {}, {}, registers: {{ truth: {} }}", named(tripwire),
          script_string(tripwire.owner),
          tripwire.review ? script_string(to_string(*tripwire.review)) : "null",
          script_string(tripwire.because), where(tripwire.where), program_.tripwires[t].index));
    }
    return lines;
  }

  std::string order() const {
    std::vector<std::string> nodes;
    for (const model::Step& step : model_.order)
      if (const NodeId* id = std::get_if<NodeId>(&step)) nodes.push_back(index(id->index));
    return script_list(nodes);
  }

  // Conditions that read a value in several places, and what they read.
  std::vector<std::string> rereading() const {
    std::vector<std::string> lines;
    const std::vector<char> conditions = program::conditions_in(program_);
    for (const std::uint32_t operation : program_.rereading) {
      const auto condition = program::condition_at(program_, operation, conditions);
      if (!condition) continue;
      lines.push_back(fmt::format(
          "parts: {}, reads: {}, several: {}", list_of(condition->operations, index),
          list_of(condition->reads, [](RegisterId reg) { return index(reg.index); }),
          list_of(condition->several, [](std::size_t n) { return fmt::format("{}", n); })));
    }
    return lines;
  }

  const Emitted& emitted_;
  const model::Model& model_;
  const program::Program& program_;
};

// The columns of operations.def by their names there.
struct WrittenRow {
  program::OpCode code;
  std::string_view name, family, direction, range, precision, valued, logic, numerals;
};
constexpr WrittenRow written_rows[] = {
#define WAYSTONE_OPERATION(family, code, name, operands, direction, moved_by, range, precision, \
                           valued, logic, numerals)                                             \
  {program::OpCode::code,                                                                       \
   #code,                                                                                       \
   #family,                                                                                     \
   #direction,                                                                                  \
   #range,                                                                                      \
   #precision,                                                                                  \
   #valued,                                                                                     \
   #logic,                                                                                      \
   #numerals},
#include "program/operations.def"
};

}  // namespace

std::string script_tables(const Emitted& emitted) { return Tables(emitted).all(); }

std::string script_rows(const program::Program& program) {
  std::set<program::OpCode> used;
  for (const program::Operation& op : program.operations) used.insert(op.code);
  std::string text = "{\n";
  for (const WrittenRow& row : written_rows)
    if (used.contains(row.code))
      text += fmt::format(
          "  {}: {{ family: '{}', direction: '{}', range: '{}', precision: '{}', valued: '{}', "
          "logic: '{}', numerals: '{}' }},\n",
          row.name, row.family, row.direction, row.range, row.precision, row.valued, row.logic,
          row.numerals);
  return text + "}";
}

}  // namespace waystone::emit
