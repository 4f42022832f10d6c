// Texts of a page: what verbs say of its countries, as blocks; comparisons, moves, assumptions.
#include <cmath>

#include "report/page.hpp"

namespace waystone::report {
namespace {

constexpr double least_mover = 0.05;  // points: what moves less is told by kind alone

Json texts_json(PageKeys& keys) {
  Json list = Json::array();
  for (const PageText& text : keys.page().texts)
    list.push_back(object({{"country", text.country},
                           {"date", text.day},
                           {"viewpoint", text.viewpoint},
                           {"whole", text.whole},
                           {"blocks", keys.blocks(text.whole ? explain_text(text.explained)
                                                             : explain_head(text.explained))}}));
  return list;
}

// What every other part of the payload has, too, is left out.
Json pairs_json(PageKeys& keys) {
  const Page& page = keys.page();
  Json list = Json::array();
  for (const PagePair& pair : page.pairs) {
    Json compared = compare_json(pair.compared);
    Json json = object({{"date", pair.day}, {"first", page.named[0]}, {"second", page.named[1]}});
    for (Json& view : compared["viewpoints"]) {
      view.erase("first");
      view.erase("second");
      view.erase("rules");
    }
    for (const char* member : {"overall", "viewpoints", "crossovers", "unrated_mixes", "turning",
                               "equal_weights", "without_overrides"})
      json[member] = std::move(compared[member]);
    json["blocks"] = keys.blocks(compare_text(pair.compared));
    list.push_back(std::move(json));
  }
  return list;
}

Json moves_json(const PageKeys& keys) {
  Json list = Json::array();
  for (const PageMove& move : keys.page().moves) {
    Json json = object({{"country", move.country},
                        {"viewpoint", move.viewpoint},
                        {"from_date", move.from},
                        {"to_date", move.to}});
    json.update(movement_json(move.movement, keys.model()));
    Json told = Json::array();
    for (Json& mover : json["movers"])
      if (std::fabs(mover["points"].get<double>()) >= least_mover) told.push_back(std::move(mover));
    json["movers"] = std::move(told);
    list.push_back(std::move(json));
  }
  return list;
}

Json assumed_page_json(PageKeys& keys) {
  const Page& page = keys.page();
  Json list = Json::array();
  if (!page.assumed) return list;
  const Json all = assumptions_json(*page.assumed);
  const auto& found = page.assumed->found.all;
  std::size_t of_countries = 0;
  for (const explain::Assumption& one : found) of_countries += explain::is_of_country(one.kind);
  for (std::size_t i = 0; i < found.size(); ++i) {
    const bool of_country = explain::is_of_country(found[i].kind),
               is_override = found[i].adjustment != nullptr;
    if (of_country && !is_override && of_countries > most_assumed_facts) continue;
    Json json = all["assumptions"][i];
    for (const char* member : {"value", "valid"}) json.erase(member);
    for (std::size_t c = 0; c < page.countries.size(); ++c)
      if (json["country"] == page.countries[c]) json["country"] = c;
    json["at"] = keys.at(found[i].where);
    list.push_back(std::move(json));
  }
  return list;
}

Json resting_page_json(const Page& page) {
  if (!page.assumed) return nullptr;
  const explain::Resting& mean = page.assumed->found.mean;
  return object({{"judged", short_number(mean.judged)},
                 {"expected", short_number(mean.expected)},
                 {"filled", short_number(mean.filled)},
                 {"carried", short_number(mean.carried)},
                 {"missing", short_number(mean.missing)}});
}

}  // namespace

void add_page_texts(PageKeys& keys, Json& payload) {
  payload["texts"] = texts_json(keys);
  payload["comparisons"] = pairs_json(keys);
  payload["moves"] = moves_json(keys);
  payload["assumptions"] = assumed_page_json(keys);
  payload["rests"] = resting_page_json(keys.page());
  payload["method"] = keys.blocks(page_method(keys.page()));
  payload["limits"] = keys.blocks(page_limits(keys.page()));
  payload["record"] = keys.page().record.empty() ? Json(nullptr) : keys.blocks(keys.page().record);
}

}  // namespace waystone::report
