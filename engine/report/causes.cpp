#include "report/causes.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "report/rules.hpp"
#include "report/score.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using explain::Cause;
using explain::CauseKind;
using explain::Operand;

std::string title_of(const model::Node& node) {
  return node.label.empty() ? spoken(node.name) : fmt::format("\"{}\"", node.label);
}

class Writer {
 public:
  Writer(const evaluate::Case& scenario_case, const SourceMap& sources)
      : case_(scenario_case), model_(*scenario_case.model), sources_(sources) {}

  /// "a, b and 3 more"; "" without one. `count`: of all.
  std::string facts(const std::vector<Cause>& causes, std::size_t most, std::size_t& count) const {
    std::vector<std::string> names;
    for (const Cause& cause : causes)
      if (cause.kind == CauseKind::fact) names.push_back(model_[cause.node].name);
    count = names.size();
    return names.empty() ? "" : joined_up_to(names, most);
  }

  /// Parameters and calculations, a clause each.
  std::vector<std::string> others(const std::vector<Cause>& causes) const {
    std::vector<std::string> clauses;
    for (const Cause& cause : causes)
      if (cause.kind != CauseKind::fact) clauses.push_back(clause(cause));
    return clauses;
  }

  std::string clause(const Cause& cause) const {
    if (cause.kind == CauseKind::calculation)
      return fmt::format("{} has no result: {} ({})", whose(cause), trouble(cause),
                         line_of(cause.operation->where, sources_));
    const model::Node& node = model_[cause.node];
    if (cause.kind == CauseKind::fact) return fmt::format("{} is not known", node.name);
    const NotInForce found = not_in_force(node.parameter(), case_.scenario.as_of);
    return fmt::format("{} is not in force {} ({})", title_of(node), found.when,
                       line_of(found.where, sources_));
  }

  /// An operand by name, else as it is written.
  std::string text_of(const Operand& operand) const {
    return operand.node.valid() ? spoken(model_[operand.node].name)
                                : code_line(sources_.text(operand.where));
  }

  // The value that makes it so; where none does by itself, the numbers are too large for any
  // result.
  std::string trouble(const Cause& cause) const {
    const auto value = [&](std::size_t k) { return cause.operands[k].value; };
    using program::Valued;
    switch (program::row_of(cause.operation->code).valued) {
      case Valued::quotient:
        if (value(1) == 0) return value_of(cause.operands[1]);
        break;
      case Valued::of_positive:
        if (value(0) <= 0) return value_of(cause.operands[0]);
        break;
      case Valued::of_not_negative:
        if (value(0) < 0) return value_of(cause.operands[0]);
        break;
      case Valued::power:
        if (value(0) < 0 || (value(0) == 0 && value(1) < 0)) return values_of(cause);
        break;
      case Valued::as_operands:
      case Valued::in_force:
      case Valued::always:
      case Valued::sum:
      case Valued::difference:
      case Valued::product:
      case Valued::finite:
      case Valued::conjunction:
      case Valued::disjunction:
      case Valued::branch:
      case Valued::enough_members:
      case Valued::first_operand:
      case Valued::moving_amounts: break;
    }
    const std::string values = values_of(cause);
    return values.empty() ? "the number is too large"
                          : fmt::format("{}, which makes the number too large", values);
  }

 private:
  std::string whose(const Cause& cause) const {
    if (cause.node.valid()) return title_of(model_[cause.node]);
    return cause.rule.valid() ? fmt::format("\"{}\"", rule_title(model_[cause.rule]))
                              : "the calculation";
  }

  std::string value_of(const Operand& operand) const {
    return fmt::format("{} is {}", text_of(operand),
                       operand.node.valid() ? value_in_short(model_[operand.node], operand.value)
                                            : amount(operand.value));
  }

  std::string values_of(const Cause& cause) const {
    std::vector<std::string> values;
    for (const Operand& operand : cause.operands)
      if (!operand.numeral) values.push_back(value_of(operand));
    return joined(values);
  }

  const evaluate::Case& case_;
  const model::Model& model_;
  const SourceMap& sources_;
};

std::string_view word_of(CauseKind kind) {
  return kind == CauseKind::fact        ? "fact"
         : kind == CauseKind::parameter ? "parameter"
                                        : "calculation";
}

}  // namespace

std::string because_words(const std::vector<Cause>& causes, const evaluate::Case& scenario_case,
                          const SourceMap& sources, std::size_t most) {
  const Writer writer(scenario_case, sources);
  std::size_t unknown = 0;
  const std::string facts = writer.facts(causes, most, unknown);
  std::vector<std::string> clauses = writer.others(causes);
  if (unknown > 0)
    clauses.insert(clauses.begin(),
                   fmt::format("{} {} not known", facts, unknown == 1 ? "is" : "are"));
  return listed(clauses);
}

std::string undecided_words(const std::vector<Cause>& causes, const evaluate::Case& scenario_case,
                            const SourceMap& sources, std::string_view would) {
  const Writer writer(scenario_case, sources);
  std::size_t unknown = 0;
  const std::string facts = writer.facts(causes, causes.size(), unknown);
  std::vector<std::string> clauses = writer.others(causes);
  if (unknown > 0) clauses.insert(clauses.begin(), fmt::format("{} would {} it", facts, would));
  return listed(clauses);
}

std::string trouble_words(const Cause& cause, const evaluate::Case& scenario_case,
                          const SourceMap& sources) {
  return Writer(scenario_case, sources).trouble(cause);
}

std::vector<std::string> not_rated_lines(const Scored& scored, ViewpointId viewpoint,
                                         const std::vector<std::string>& countries, NodeId output) {
  std::vector<std::pair<std::string, std::vector<std::string>>>
      reasons;  // with the countries of each
  for (const std::string& country : countries) {
    const explain::Causes causes(*scored.now, viewpoint, country);
    const std::string reason = because_words(causes.of(output), *scored.now, *scored.sources, 6);
    if (reason.empty()) continue;
    const auto same = std::find_if(reasons.begin(), reasons.end(),
                                   [&](const auto& one) { return one.first == reason; });
    if (same != reasons.end())
      same->second.push_back(country_title(country));
    else
      reasons.push_back({reason, {country_title(country)}});
  }
  std::vector<std::string> lines;
  for (const auto& [reason, titles] : reasons)
    lines.push_back(fmt::format("{}: {} is not rated, because {}.", joined(titles),
                                scored.rules()[output].name, reason));
  return lines;
}

std::vector<std::string> names_of(const model::Model& model, const std::vector<Cause>& causes) {
  std::vector<std::string> names;
  for (const Cause& cause : causes) {
    const std::string& name = cause.node.valid() ? model[cause.node].name : model[cause.rule].name;
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return names;
}

std::string kinds_words(const std::set<CauseKind>& kinds) {
  std::vector<std::string> words;
  if (kinds.contains(CauseKind::fact)) words.emplace_back("is not known");
  if (kinds.contains(CauseKind::parameter)) words.emplace_back("is not in force");
  if (kinds.contains(CauseKind::calculation)) words.emplace_back("has no result");
  return "something it needs " + joined(words, " or ");
}

NotInForce not_in_force(const model::Parameter& parameter, Date as_of) {
  const auto& entries = parameter.entries;
  const auto next = std::upper_bound(entries.begin(), entries.end(), as_of,
                                     [](Date day, const auto& entry) { return day < entry.from; });
  if (next == entries.begin()) return {"before " + to_string(next->from), next->where};
  const model::Parameter::Entry& ended = *std::prev(next);
  if (next == entries.end()) return {"after " + to_string(*ended.until), ended.until_where};
  return {fmt::format("after {} and before {}", to_string(*ended.until), to_string(next->from)),
          ended.until_where};
}

Json causes_json(const std::vector<Cause>& causes, const evaluate::Case& scenario_case,
                 const SourceMap& sources) {
  const model::Model& model = *scenario_case.model;
  const Writer writer(scenario_case, sources);
  Json list = Json::array();
  for (const Cause& cause : causes) {
    Json json = {{"kind", word_of(cause.kind)},
                 {"node", cause.node.valid() ? Json(model[cause.node].name) : Json(nullptr)},
                 {"text", writer.clause(cause)}};
    if (cause.kind == CauseKind::parameter)
      json["at"] = at(
          not_in_force(model[cause.node].parameter(), scenario_case.scenario.as_of).where, sources);
    if (cause.kind == CauseKind::calculation) {
      json["rule"] = cause.rule.valid() ? Json(model[cause.rule].name) : Json(nullptr);
      json["op"] = program::name_of(cause.operation->code);
      json["operands"] = Json::array();
      for (const Operand& operand : cause.operands)
        json["operands"].push_back(
            {{"text", operand.node.valid() ? model[operand.node].name : writer.text_of(operand)},
             {"value", number(operand.value)}});
      json["at"] = at(cause.operation->where, sources);
    }
    list.push_back(std::move(json));
  }
  return list;
}

}  // namespace waystone::report
