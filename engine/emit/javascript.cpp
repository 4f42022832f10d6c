#include "emit/javascript.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "emit/backend.hpp"
#include "emit/runtime.hpp"
#include "emit/script_tables.hpp"
#include "emit/script_text.hpp"
#include "emit/test_rows.hpp"

namespace waystone::emit {
namespace {

using evaluate::CountryResult;
using program::OpCode;
using program::Operation;

#define WAYSTONE_PHRASE(operation, javascript) OpCode::operation,
constexpr OpCode phrased[] = {
#include "emit/phrases.def"
};
constexpr bool every_operation_has_a_row() {
  if (std::size(phrased) != program::operation_rows.size()) return false;
  for (std::size_t k = 0; k < std::size(phrased); ++k)
    if (phrased[k] != program::operation_rows[k].code) return false;
  return true;
}
static_assert(every_operation_has_a_row(),
              "emit/phrases.def has a row for each of program/operations.def, in its order");

#define WAYSTONE_PHRASE(operation, javascript) javascript,
constexpr Phrases javascript_phrases = {
#include "emit/phrases.def"
};

const Backend javascript_backend{"JavaScript", &javascript_phrases,
                                 [](double value) { return script_number(value); }, script_string,
                                 "null"};

// What a register is, where it is something that has a name.
std::map<std::uint32_t, std::string> names_of(const model::Model& model,
                                              const program::Program& program) {
  std::map<std::uint32_t, std::string> names;
  for (std::size_t n = 0; n < program.nodes.size(); ++n) {
    const program::NodeRegisters& node = program.nodes[n];
    if (node.score.valid()) names[node.score.index] = "score of " + model.nodes[n].name;
    names[node.base.index] = model.nodes[n].name + " before what acts on it";
    names[node.value.index] = model.nodes[n].name;
  }
  for (std::size_t r = 0; r < program.rules.size(); ++r)
    names[program.rules[r].truth.index] = "rule " + model.rules[r].name;
  for (std::size_t t = 0; t < program.tripwires.size(); ++t)
    names[program.tripwires[t].index] = "tripwire " + model.tripwires[t].name;
  return names;
}

std::string called(const Emitted& emitted, const Operation& op) {
  switch (op.code) {
    case OpCode::slot: return emitted.program->slots[op.slots[0].index].what;
    case OpCode::input:
      if (op.input.index == program::Program::as_of_input) return "the date";
      if (op.input.index == program::Program::horizon_input) return "the horizon, in years";
      if (emitted.program->inputs[op.input.index].kind == program::InputKind::override_points)
        return "override of " + (*emitted.model)[op.node].name;
      break;
    default: break;
  }
  return op.node.valid() ? (*emitted.model)[op.node].name : "";
}

// A line per operation, with what it works out and where the rule file says so.
std::string lines_of(const Emitted& emitted) {
  const auto names = names_of(*emitted.model, *emitted.program);
  std::string text;
  for (const Operation& op : emitted.program->operations) {
    const auto named = names.find(op.out.index);
    std::string remark = fmt::format("r{}", op.out.index);
    const std::string name = named != names.end() ? named->second : called(emitted, op);
    for (const std::string& part : {name, line_of(emitted, op.where)})
      if (!part.empty()) remark += "  " + script_remark(part);
    text +=
        fmt::format("  {},  // {}\n", said(javascript_backend, op, emitted.program->slots), remark);
  }
  return text;
}

// ---- test rows

template <class Value>
std::string column(const std::vector<CountryResult>& lanes, Value value) {
  std::vector<std::string> numbers;
  for (const CountryResult& lane : lanes) numbers.push_back(script_number(double(value(lane))));
  return script_list(numbers);
}

std::string tested_facts(const TestRows& rows) {
  const auto part = [&](std::size_t k, auto value) {
    std::vector<std::string> numbers;
    for (const std::string& lane : rows.lanes.countries)
      numbers.push_back(script_number(double(value(rows.lanes.chosen.at(lane)[k]))));
    return script_list(numbers);
  };
  const auto judged = [](const data::Chosen& fact) {
    return fact.grade == scenario::Grade::assumed ||
           (fact.known && fact.grade == scenario::Grade::judged);
  };
  std::string text;
  for (std::size_t k = 0; k < data::indicators(*rows.lanes.model).size(); ++k)
    text += fmt::format(
        "    {{ value: {},\n      low: {},\n      high: {},\n      known: {}, judged: {} }},\n",
        part(k, [](const auto& fact) { return fact.value.value_or(evaluate::unknown_value); }),
        part(k, [](const auto& fact) { return fact.low; }),
        part(k, [](const auto& fact) { return fact.high; }),
        part(k, [](const auto& fact) { return fact.known; }), part(k, judged));
  return text;
}

double number_of(evaluate::Truth truth) {
  return truth == evaluate::Truth::unknown ? evaluate::unknown_value
                                           : double(truth == evaluate::Truth::yes);
}

std::string expected_node(const model::Model& model, NodeId id,
                          const std::vector<CountryResult>& lanes) {
  std::string text = fmt::format(
      "        {{ node: {},\n          value: {},\n          low: {},\n          high: {},\n"
      "          known: {},\n          judged: {}, reweighted: {}",
      id.index, column(lanes, [id](const auto& lane) { return lane[id].value; }),
      column(lanes, [id](const auto& lane) { return lane[id].low; }),
      column(lanes, [id](const auto& lane) { return lane[id].high; }),
      column(lanes, [id](const auto& lane) { return lane[id].coverage; }),
      column(lanes, [id](const auto& lane) { return lane[id].judgement; }),
      column(lanes, [id](const auto& lane) { return lane[id].reweighted; }));
  if (const auto& bands = model[id].bands) {
    const auto band = [&](const CountryResult& lane) {
      const auto found = std::find(bands->names.begin(), bands->names.end(), lane.band.at(id));
      return found == bands->names.end() ? -1 : int(found - bands->names.begin());
    };
    text += fmt::format(", band: {}", column(lanes, band));
  }
  return text + " },\n";
}

std::string expected_rule(RuleId id, const std::vector<CountryResult>& lanes) {
  return fmt::format("        {{ truth: {}, may: {}, must: {} }},\n",
                     column(lanes, [id](const auto& lane) { return number_of(lane[id].truth); }),
                     column(lanes, [id](const auto& lane) { return lane[id].may_hold; }),
                     column(lanes, [id](const auto& lane) { return lane[id].must_hold; }));
}

std::string checks_of(const Emitted& emitted) {
  const TestRows rows = test_rows(*emitted.model, *emitted.program);
  std::string text = fmt::format("{{\n  asOf: {}, horizon: {},\n  facts: [\n{}  ],\n  rows: [\n",
                                 rows.lanes.scenario.as_of.days,
                                 script_number(rows.lanes.horizon_years), tested_facts(rows));
  for (const evaluate::ViewResult& view : rows.expected.views) {
    text += fmt::format("    {{ viewpoint: {},\n      nodes: [\n",
                        view.viewpoint.valid() ? view.viewpoint.index : 0);
    for (std::size_t n = 0; n < emitted.model->nodes.size(); ++n)
      if (emitted.model->nodes[n].kind != model::NodeKind::indicator)
        text += expected_node(*emitted.model, NodeId{n}, view.countries);
    text += "      ],\n      conditions: [\n";
    for (std::size_t r = 0; r < emitted.model->rules.size(); ++r)
      text += expected_rule(RuleId{r}, view.countries);
    text += "      ] },\n";
  }
  return text + "  ],\n}";
}

std::string head_of(const Emitted& emitted) {
  return fmt::format(
      "// {}\n"
      "// Emitted by {} from {}, version {}.\n"
      "// SHA-256 of the rules: {}\n"
      "// How to use it: docs/emit.md of Waystone. `check()` tells whether it gives what the "
      "engine "
      "gave.\n",
      script_remark(emitted.model->title), script_remark(emitted.tool), script_remark(emitted.path),
      script_remark(emitted.model->version), emitted.hash);
}

}  // namespace

std::string line_of(const Emitted& emitted, const Span& where) {
  if (!where.valid()) return "";
  const SourceFile& file = (*emitted.sources)[where.file];
  return fmt::format("{}:{}", file.path(), file.place(where.begin).line);
}

Outcome<std::string> javascript(const Emitted& emitted, Form form) {
  Outcome<std::string> outcome;
  outcome.diagnostics = unsaid(javascript_backend, *emitted.program);
  if (outcome.diagnostics.has_errors()) return outcome;
  const bool module = form == Form::module;
  std::string text = head_of(emitted);
  text += module ? "\n" : "\nconst waystoneModel = (() => {\n'use strict';\n";
  text += fmt::format("const TABLES = {};\n\n", script_tables(emitted));
  text += fmt::format(
      "// The program: each line writes the register of its remark and reads those in `in`.\n"
      "const PROGRAM = [\n{}];\n\n",
      lines_of(emitted));
  text += fmt::format("// What there is to know of each operation.\nconst ROWS = {};\n\n",
                      script_rows(*emitted.program));
  text += fmt::format("// Facts, and what the engine made of them.\nconst CHECKS = {};\n\n",
                      checks_of(emitted));
  text += javascript_runtime();
  text += module ? "\n/** @type {Model} */\nexport const model = makeModel(TABLES, ROWS, PROGRAM, CHECKS);\n"
                   "export default model;\n"
                 : "\nreturn makeModel(TABLES, ROWS, PROGRAM, CHECKS);\n})();\n";
  outcome.value = std::move(text);
  return outcome;
}

}  // namespace waystone::emit
