// JSON pieces that several documents share; the shapes are in docs/schema.
#pragma once
#include <initializer_list>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "evaluate/ranking.hpp"
#include "explain/causes.hpp"
#include "program/program.hpp"
#include "report/results.hpp"

namespace waystone::report {

using Json = nlohmann::ordered_json;

/// An object of these members, whose names differ. Many times as fast as from a list of lists.
Json object(std::initializer_list<std::pair<std::string_view, Json>> members);
/// NaN is null, infinities are "never" and "infinity", -0 is 0.
Json number(double value);
Json number(const std::optional<double>& value);
/// "rules/x.risk:14:3", or null for what has no text.
Json at(const Span& span, const SourceMap& sources);
/// The text of a document: one line a value, ending in a newline.
std::string text_of(const Json& document);

Json model_json(const Scored& scored);
Json scenario_json(const Scored& scored);  // path to settings
/// `place`: in the ranking of the country's view by this output. `causes`: of the same country and
/// viewpoint.
Json output_json(const evaluate::CountryResult& country, NodeId output,
                 const evaluate::Place& place, const explain::Causes& causes,
                 const SourceMap& sources);
/// The same, with the place looked up; a derived value has none.
Json output_json(const evaluate::ViewResult& view, const std::string& country, NodeId output,
                 const explain::Causes& causes, const SourceMap& sources);
Json node_json(const model::Model& model, const evaluate::CountryResult& country, NodeId id);
Json rule_json(const evaluate::CountryResult& country, RuleId rule, const explain::Causes& causes,
               const SourceMap& sources);
/// Function, indicator, span and numbers of figures of a window.
Json window_json(const model::Window& window, const model::Model& model);
/// Function, relation, indicator and shares of a value over a relation.
Json over_json(const model::Over& over, const model::Model& model);
Json fact_json(const data::Chosen& fact, const model::Node& node, const SourceMap& sources);
/// The facts of a country by indicator.
Json facts_json(const evaluate::Case& scenario_case, const std::string& country,
                const SourceMap& sources);
Json overrides_json(const Scored& scored);
Json provenance_json(const model::Provenance& provenance, const model::Model& model);

/// An operation as `list --program` and ledgers print it.
Json operation_json(const program::Operation& operation, const program::Program& program,
                    const model::Model& model, const SourceMap& sources);

/// A string as JSON's own text of an object: { "schema": "waystone/NAME/VERSION", "tool": … }.
Json document(std::string_view name, const std::string& tool, int version = 1);

}  // namespace waystone::report
