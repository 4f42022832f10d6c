// `data`: what a scenario has of what its model asks for, from whom, of when, and what is missing.
#pragma once
#include <functional>

#include "explain/holdings.hpp"
#include "report/document.hpp"
#include "report/json.hpp"
#include "report/pieces.hpp"

namespace waystone::report {

struct Held {
  enum class Part {
    all,
    missing,  // what is not known alone
    sources   // whose figures they are alone
  };
  Scored scored;
  explain::Holdings holdings;
  std::vector<std::string> told;  // countries to list fact by fact, in order of code
  Part part = Part::all;
};

/// docs/schema/data.md
Json data_json(const Held& held);
Document data_text(const Held& held);
/// A row a fact where countries are told, a row a source with `sources`, else a row an indicator;
/// every digit, with the header line.
void put_data_csv(const Held& held, const Put& put);

// ---- parts of data_text

/// One country, fact by fact.
Document country_data(const Held& held, const std::string& country);
/// Whose figures they are: a table, or what to cite of each.
Document sources_table(const Held& held);
Document sources_to_cite(const Held& held);

/// The same with what `figures_of` says of each source below it.
using FiguresOf = std::function<Document(const explain::Giver&, std::size_t indent)>;
Document sources_to_cite(const Held& held, const FiguresOf& figures_of);
/// "Title. Publisher. Published 2015-05-11. https://…. Licence: CC BY 4.0"
std::string citation(const model::Source& source);
/// `sources` and `cited` of docs/schema/data.md.
Json sources_list_json(const Held& held);
Json cited_list_json(const Held& held);

/// "risk", "risk (committee)": whose weight is meant.
std::string weighed_output(const Held& held);
/// Whether a fact carries no weight of the output and yet rules behind it read it.
bool read_by_rules_alone(const Held& held, NodeId indicator, double weight);
/// "4%", "<1%"
std::string share_told(double share);
/// "Of the weight of risk, 94% rests on known facts and 6% is missing.": means over `countries`.
std::string weight_words(const Held& held, const explain::Tally& tally, std::size_t countries);
/// "4%", "<1%", "rules" where rules alone read it, "" where nothing behind the output does.
std::string weight_cell(const Held& held, NodeId indicator, double weight);
/// "12 days", "7 months", "3 years": a length at a glance.
std::string length_at_a_glance(double days);
/// "2010 to 2023", "2023"; "" of no dates.
std::string years_words(const std::optional<Date>& first, const std::optional<Date>& last);
/// "share-alike", "cited only; no licence to pass figures on", joined; "" where nothing is special.
std::vector<std::string_view> terms_words(const explain::Terms& terms);
/// "12.4% of 2024-12-31, known from 2025-04-30"
std::string coming_words(const scenario::Datum& next, const model::Node& node);

}  // namespace waystone::report
