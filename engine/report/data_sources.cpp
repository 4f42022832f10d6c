#include <fmt/format.h>

#include "report/data.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using explain::GiverHoldings;

const model::Source* source_behind(const Held& held, const GiverHoldings& one) {
  return one.giver.source ? &held.scored.rules()[*one.giver.source] : nullptr;
}

std::string licence_cell(const Held& held, const GiverHoldings& one) {
  const model::Source* source = source_behind(held, one);
  return !source ? "" : source->licence.empty() ? "none stated" : source->licence;
}

std::string share_of_weight(const GiverHoldings& one) {
  return one.weight > 0 ? share_told(one.weight) : "";
}

// Sources of special terms, by the terms: what a reader of a table of licences must not miss.
Document terms_notes(const Held& held) {
  std::vector<std::pair<std::string_view, std::vector<std::string>>> by_terms;
  for (const GiverHoldings& one : held.holdings.givers) {
    if (!one.giver.source) continue;
    for (const std::string_view words : terms_words(one.terms)) {
      auto found = std::find_if(by_terms.begin(), by_terms.end(),
                                [&](const auto& known) { return known.first == words; });
      if (found == by_terms.end()) found = by_terms.insert(by_terms.end(), {words, {}});
      found->second.push_back(explain::name_of(one.giver, held.scored.rules()));
    }
  }
  Document text;
  for (auto& [words, names] : by_terms) {
    std::sort(names.begin(), names.end());
    text += paragraph(fmt::format("{}: {}.", capitalised(std::string(words)), joined(names)), 0, 2);
  }
  return text;
}

Document to_cite(const Held& held, const GiverHoldings& one, std::size_t width,
                 const FiguresOf& figures_of) {
  const model::Model& model = held.scored.rules();
  const model::Source* source = source_behind(held, one);
  const std::string name = explain::name_of(one.giver, model);
  std::vector<std::string> indicators;
  for (const NodeId id : one.indicators) indicators.push_back(model[id].name);
  std::string uses = fmt::format(
      "{} of {}, {}",
      one.indicators.empty() ? counted(one.figures, "row of relations", "rows of relations")
                             : counted(one.figures, "figure", "figures"),
      counted(one.countries, "country", "countries"),
      one.first == one.last ? to_string(*one.first)
                            : fmt::format("{} to {}", to_string(*one.first), to_string(*one.last)));
  if (const std::string share = share_of_weight(one); !share.empty())
    uses += fmt::format("; {} of the weight", share);
  return labelled(padded(name, width) + "  ", source ? citation(*source) : "Signed; no source",
                  width + 2) +
         (figures_of ? figures_of(one.giver, width + 2)
                     : paragraph(indicators.empty()
                                     ? uses + "."
                                     : fmt::format("{}: {}.", uses, joined(indicators, ", ")),
                                 width + 2, width + 2));
}

}  // namespace

std::string citation(const model::Source& source) {
  std::vector<std::string> parts{source.title};
  if (!source.publisher.empty()) parts.push_back(source.publisher);
  if (source.published) parts.push_back("Published " + to_string(*source.published));
  if (!source.url.empty()) parts.push_back(source.url);
  parts.push_back(source.licence.empty() ? "No licence stated" : "Licence: " + source.licence);
  return fmt::format("{}", fmt::join(parts, ". "));
}

std::vector<std::string_view> terms_words(const explain::Terms& terms) {
  std::vector<std::string_view> words;
  if (!terms.stated) words.push_back("no licence stated");
  if (terms.share_alike) words.push_back("share-alike");
  if (terms.cited_only) words.push_back("to be cited only");
  if (terms.non_commercial) words.push_back("not for commercial use");
  if (terms.no_derivatives) words.push_back("not to be changed");
  return words;
}

// With licences of at most so many characters.
Table table_of_sources(const Held& held, std::size_t most) {
  Table table({{"source"},
               {"figures", Align::right},
               {"indicators", Align::right},
               {"countries", Align::right},
               {"figures of"},
               {"weight", Align::right},
               {"licence"}});
  for (const GiverHoldings& one : held.holdings.givers) {
    std::string licence = licence_cell(held, one);
    if (licence.size() > most) licence = licence.substr(0, licence.rfind(' ', most)) + " …";
    table.add({explain::name_of(one.giver, held.scored.rules()), amount(double(one.figures)),
               fmt::format("{}", one.indicators.size()), fmt::format("{}", one.countries),
               years_words(one.first, one.last), share_of_weight(one), std::move(licence)});
  }
  return table;
}

Document sources_table(const Held& held) {
  if (held.holdings.givers.empty()) return {};
  constexpr std::size_t least = 16;
  std::size_t most = page_width;
  while (most > least && table_of_sources(held, most).width() > page_width) most -= 4;
  return gap() + section("Sources", ", by the weight that rests on their figures") +
         inset(table_of_sources(held, most)) + gap() + terms_notes(held) +
         paragraph("'--sources' prints them for citing.");
}

Document sources_to_cite(const Held& held) { return sources_to_cite(held, nullptr); }

Document sources_to_cite(const Held& held, const FiguresOf& figures_of) {
  const model::Model& model = held.scored.rules();
  std::size_t width = 0;
  for (const GiverHoldings& one : held.holdings.givers)
    width = std::max(width, explain::name_of(one.giver, model).size());
  for (const SourceId id : held.holdings.cited) width = std::max(width, model[id].name.size());
  width = std::min<std::size_t>(width, 28);
  Document text;
  if (!held.holdings.givers.empty())
    text += gap() + section("Sources of the figures", ", by the weight that rests on them");
  for (const GiverHoldings& one : held.holdings.givers)
    text += to_cite(held, one, width, figures_of);
  if (const Document notes = terms_notes(held); !notes.empty()) text += gap() + notes;
  if (!held.holdings.cited.empty())
    text += gap() + section("Cited by the rules", ", without a figure here");
  for (const SourceId id : held.holdings.cited)
    text += labelled(padded(model[id].name, width) + "  ", citation(model[id]), width + 2);
  return text;
}

}  // namespace waystone::report
