// Rules in words, for explanations and comparisons.
#pragma once
#include <string>

#include "report/document.hpp"
#include "report/results.hpp"

namespace waystone::report {

/// `"title", publisher` of the sources and the signature behind something: `Xu Liang: …; judged by
/// … because …`; "" where it has neither.
std::string provenance_words(const model::Provenance& provenance, const model::Model& model,
                             bool with_reason);
/// The label if there is one, else the name as spoken.
std::string rule_title(const model::Rule& rule);
/// "security at least 65" as written, several joined.
std::string effects_words(const model::Rule& rule, const SourceMap& sources);
/// What is sure of a floor or cap whose amount isn't known, and what it may come to: "at least 40,
/// perhaps 70". `effect`: of `result`'s rule.
std::string sure_words(const model::Model& model, const model::Effect& effect,
                       const evaluate::EffectResult& result);

/// "rules/factors/security.risk:120"
std::string line_of(const Span& where, const SourceMap& sources);
/// For texts of a document, the same with a link to that line; a name with a link to its
/// declaration; `rule_title` likewise.
std::string line_link(const Span& where, const SourceMap& sources);
std::string node_link(const Scored& scored, NodeId node, std::string_view text);
std::string rule_link(const Scored& scored, RuleId rule);
/// The name of a fact without a value, with what the scenario says of it: "treaty_gap (known only
/// from 2026-12-01)".
std::string name_with_note(const data::Chosen& fact, const model::Node& indicator);
/// What another source says of the same date, and by how much it differs: "12.4% by wdi, 0.3
/// percentage points lower", "12.4% by wdi, the same but for rounding".
std::string other_words(const model::Node& indicator, double value, const scenario::Datum& other);
/// An indicator's value in words: value, range, grade, signature, date, source, reason, place.
/// `counts` comes after the value (" Scores 75.").
std::string fact_sentence(const Scored& scored, const evaluate::Case& scenario_case,
                          const std::string& country, NodeId indicator,
                          const evaluate::NodeResult& result, const std::string& counts = {});

}  // namespace waystone::report
