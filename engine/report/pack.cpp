#include "report/pack.hpp"

#include <cmath>

#include <fmt/format.h>

#include "explain/reasons.hpp"
#include "report/asked.hpp"
#include "report/memo_words.hpp"
#include "report/replaced.hpp"
#include "report/rules.hpp"
#include "report/score.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

std::string bands_words(const model::Bands& bands, const scenario::Scenario& scenario) {
  std::vector<std::string> parts;
  for (const std::string& name : bands.names)
    parts.push_back(fmt::format("{} {}", name, band_span(bands, name)));
  std::string text = joined(parts, ", ");
  if (bands.margin > 0)
    text +=
        scenario.previous.empty()
            ? fmt::format(
                  "; their margin of {} doesn't act, since the scenario names no previous "
                  "rating",
                  written_points(bands.margin))
            : fmt::format("; a band changes only {} beyond its edge", written_points(bands.margin));
  return text;
}

std::string judged_words(const model::Provenance& provenance, const model::Model& model) {
  const std::string words = provenance_words(provenance, model, true);
  return words.empty() ? "Nobody signs it." : capitalised(words) + ".";
}

// "40% security, 60% market_access": as they count from each viewpoint.
std::string weights_of_members(const model::Model& model, const model::Node& node,
                               ViewpointId viewpoint) {
  const std::vector<double> shares = explain::member_shares(node.factor(), viewpoint);
  std::vector<std::string> parts;
  for (std::size_t m = 0; m < node.factor().members.size(); ++m) {
    const std::string& name = model[node.factor().members[m].node].name;
    parts.push_back(m < shares.size() ? fmt::format("{}% {}", amount(100 * shares[m]), name)
                                      : name);
  }
  return joined(parts, ", ");
}

Document factor_page(const Scored& scored, const model::Node& node) {
  const model::Model& model = scored.rules();
  std::string text = fmt::format(
      "{}: {}", node.label.empty() ? spoken(node.name) : node.label,
      node.factor().expression ? code_line(scored.sources->text(node.factor().expression->where))
                               : combination_in_words(node.factor()));
  if (node.factor().reweight)
    text += fmt::format("; weighed anew over what is known if that is at least {} of the weight",
                        percent(node.factor().reweight->value));
  Document page = labelled(node.name + "  ", text + ".", 4, true);
  if (node.factor().weights_from_viewpoint)
    for (std::size_t v = 0; v < model.viewpoints.size(); ++v)
      page += paragraph(fmt::format("- {}: {}.", model.viewpoints[v].name,
                                    weights_of_members(model, node, ViewpointId{v})),
                        4, 6);
  else if (!node.factor().members.empty())
    page += paragraph(fmt::format("- Parts: {}.", weights_of_members(model, node, ViewpointId{})),
                      4, 6);
  if (node.bands)
    page += paragraph(fmt::format("- Bands: {}.", bands_words(*node.bands, scored.now->scenario)),
                      4, 6);
  return page + paragraph(fmt::format("- {} [{}]", judged_words(node.provenance, model),
                                      line_link(node.where, *scored.sources)),
                          4, 6);
}

Document rule_page(const Scored& scored, const model::Rule& rule) {
  const model::Model& model = scored.rules();
  const SourceMap& sources = *scored.sources;
  Document page = labelled(rule.name + "  ", rule_title(rule) + ".", 4, true);
  page += paragraph("- When: " + code_line(sources.text(rule.when.where)) + ".", 4, 6);
  if (const std::string effects = effects_words(rule, sources); !effects.empty())
    page += paragraph("- Then: " + effects + ".", 4, 6);
  page += paragraph(fmt::format("- Because {}.", rule.because), 4, 6);
  return page + paragraph(fmt::format("- {} [{}]", judged_words(rule.provenance, model),
                                      line_link(rule.where, sources)),
                          4, 6);
}

}  // namespace

Document pack_index(const Scored& scored, const std::vector<PackEntry>& entries) {
  const scenario::Scenario& scenario = scored.now->scenario;
  Document text =
      document_title("Validation pack: " + titled(scored)) +
      paragraph(fmt::format("What a second line asks of the rating \"{}\" of {}, by the rules "
                            "\"{}\", made by {}.",
                            scored.rules()[scored.rules().main].name, long_date(scenario.as_of),
                            scored.rules().title, scored.tool));
  Table table({{"file"}, {"what it holds"}});
  for (const PackEntry& entry : entries) table.add({entry.name, entry.holds});
  text += gap() + section("What is here") + inset(table);
  text += gap() + section("Is it whole?") +
          paragraph(
              "In this folder, 'sha256sum -c MANIFEST.sha256' checks every file. Where the "
              "pack was made, 'sha256sum -c' of inputs.sha256 checks the files that the scores "
              "rest on; the same files and the same program give the same pack, byte by byte.");
  return text + stamped(stamp(scored));
}

Document pack_page(const Scored& scored, const Document& page, bool of_files) {
  const std::string given = options_given(scored), whole = titled("", scored.replaced);
  const std::string words =
      given.empty() ? ""
      : of_files    ? fmt::format(
                          "This page is about the files as they are; what the command line "
                             "put in place for the pack ({}) is not in it.",
                          given)
                 : replaced_sentence(scored);
  Document text;
  for (const Block& block : page.blocks()) {
    text += Document(block);
    const auto* heading = std::get_if<Heading>(&block);
    const bool says = heading && heading->text.ends_with(whole);
    if (heading && heading->title && !words.empty() && !says) text += paragraph(words);
  }
  return text;
}

Document pack_purpose(const Scored& scored, bool tested) {
  const model::Model& model = scored.rules();
  const scenario::Scenario& scenario = scored.now->scenario;
  Document text =
      document_title("Purpose and limits") +
      paragraph(fmt::format(
          "\"{}\", version {}, scores {} on {}, with what was known by {}, over {} "
          "{}. Scenario \"{}\" ({}).",
          model.title, model.version.empty() ? "not said" : model.version,
          counted(scored.now->countries.size(), "country", "countries"), long_date(scenario.as_of),
          long_date(scenario.known_by), amount(scored.now->horizon_years),
          scored.now->horizon_years == 1 ? "year" : "years", scenario.title, scored.path));
  text += gap() + section("What is scored");
  for (const NodeId id : model.outputs()) {
    const model::Node& node = model[id];
    text += paragraph(
        fmt::format("- {}: {}. {}{}", node.name, node.label, capitalised(direction_words(node)),
                    node.bands ? fmt::format(". Bands: {}.", bands_words(*node.bands, scenario))
                               : std::string(".")),
        0, 2);
  }
  if (!model.viewpoints.empty()) text += gap() + section("For whom");
  for (const model::Viewpoint& viewpoint : model.viewpoints)
    text += paragraph(fmt::format("- {}: {}. {} [{}]", viewpoint.name, viewpoint.label,
                                  judged_words(viewpoint.provenance, model),
                                  line_link(viewpoint.where, *scored.sources)),
                      0, 2);
  text += gap() + section("Limits");
  for (const std::string& limit :
       {fmt::format(
            "Scores put countries in order. They are no probabilities; a gap under {} counts "
            "as level.",
            written_points(model.level_margin)),
        std::string(
            "They know only what the facts say, of what was known by the date above. What is "
            "missing, old or filled in is in data.md."),
        std::string(
            "Weights, scales, bands and the size of what rules do are judgements. Who answers "
            "for each is in assumptions.md."),
        std::string(tested ? "What scores of this kind foretold, and where they failed, is in "
                             "back-test.md."
                           : "What the scores foretold has not been tested here: back-test.md.")})
    text += paragraph("- " + limit, 0, 2);
  return text + stamped(stamp(scored));
}

Document pack_method(const Scored& scored) {
  const model::Model& model = scored.rules();
  Document text = document_title("Method") +
                  paragraph(
                      "How facts become scores: the tree from the outputs down, then every rule. "
                      "docs/language of Waystone says what each line means.");
  text += gap() + section("The tree");
  for (const NodeId id : model.outputs()) text += factor_page(scored, model[id]);
  for (const model::Node& node : model.nodes)
    if (node.kind == model::NodeKind::factor) text += factor_page(scored, node);
  text += gap() + section("Rules", fmt::format(": {}", model.rules.size()));
  for (const model::Rule& rule : model.rules) text += rule_page(scored, rule);
  return text + stamped(stamp(scored));
}

Document pack_overrides(const Scored& scored) {
  const model::Model& model = scored.rules();
  Document text = document_title("Overrides");
  const auto& overrides = scored.now->scenario.overrides;
  std::vector<std::string> set;
  for (const Replaced& entry : scored.replaced)
    if (entry.kind == Replaced::Kind::fact) set.push_back(entry.asked);
  const std::string facts =
      set.empty() ? "rules and facts give"
                  : fmt::format(
                        "rules and facts give, {} among them, which the command line put "
                        "in place (--set)",
                        joined(set));
  if (overrides.empty())
    return text + paragraph(fmt::format("The scenario has none: every score is what {}.", facts)) +
           stamped(stamp(scored));
  text += paragraph(
      "Points that somebody added by hand, and what the score is with and without "
      "them.");
  for (const scenario::Override& entry : overrides) {
    const bool applies = entry.until >= scored.now->scenario.as_of;
    std::string words =
        fmt::format("- {}, {}: {} by {}, {} {}, because {}.", country_title(entry.country),
                    model[entry.target].name, written_points(entry.points), entry.by,
                    applies ? "until" : "ended on", to_string(entry.until), entry.because);
    for (const evaluate::ViewResult& view : scored.assessment->views) {
      const evaluate::CountryResult* country = view.find(entry.country);
      if (!country) continue;
      const evaluate::NodeResult& main = (*country)[model.main];
      const int digits = scored.digits_of(model.main);
      words +=
          applies ? fmt::format(" {}: {} with it, {} without.",
                                capitalised(view.name.empty() ? model[model.main].name : view.name),
                                points(main.value, digits), points(main.without_override, digits))
                  : fmt::format(" {}: {} since, by the rules alone.",
                                capitalised(view.name.empty() ? model[model.main].name : view.name),
                                points(main.value, digits));
    }
    text += paragraph(fmt::format("{} [{}]", words, line_link(entry.where, *scored.sources)), 0, 2);
  }
  return text + stamped(stamp(scored));
}

Document pack_without_backtest(const Scored& scored) {
  return document_title("Back-test") +
         paragraph(
             "Not run. Nothing in this pack says whether scores of this kind told beforehand "
             "what happened afterwards; nobody should read it as if it did.") +
         stamped(stamp(scored));
}

}  // namespace waystone::report
