// JSON and the table of a portfolio.
#include "report/portfolio.hpp"

#include <cmath>

#include <fmt/format.h>

#include "report/csv.hpp"
#include "report/marks.hpp"
#include "report/replaced.hpp"
#include "report/rules.hpp"
#include "report/score.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using explain::Book;
using explain::BookLine;
using explain::BookSlice;

Json slice_json(const BookSlice& slice) {
  return object({{"name", slice.name},
                 {"amount", number(slice.amount)},
                 {"share", number(slice.share)},
                 {"weighted", number(slice.weighted)}});
}

Json slices_json(const std::vector<BookSlice>& slices) {
  Json list = Json::array();
  for (const BookSlice& slice : slices) list.push_back(slice_json(slice));
  return list;
}

Json grouped_json(const std::vector<BookSlice>& slices) {
  Json kinds = Json::object();
  for (const BookSlice& slice : slices) {
    if (!kinds.contains(slice.kind)) kinds[slice.kind] = Json::array();
    kinds[slice.kind].push_back(slice_json(slice));
  }
  return kinds;
}

Json line_json(const Weighed& weighed, const BookLine& line) {
  const scenario::Exposure& one = *line.exposure;
  return object({{"country", one.country},
                 {"name", one.name.empty() ? Json(nullptr) : Json(one.name)},
                 {"currency", one.currency},
                 {"written", number(one.amount)},
                 {"amount", number(line.amount)},
                 {"share", number(line.share)},
                 {"score", number(line.score)},
                 {"marks", portfolio_marks(weighed, line)},
                 {"band", line.band.empty() ? Json(nullptr) : Json(line.band)},
                 {"points", number(line.points)},
                 {"scored", line.scored},
                 {"limit", number(one.limit)},
                 {"at", at(one.where, *weighed.scored.sources)}});
}

Json cost_json(const Weighed& weighed, const explain::BookCost& cost) {
  const model::Model& model = weighed.scored.rules();
  Json parts = Json::array();
  for (const explain::CostPart& part : cost.parts) {
    Json because = Json::array();
    for (const explain::Part& factor : part.because)
      because.push_back(
          object({{"name", model[factor.node].name}, {"points", number(factor.points)}}));
    parts.push_back(object({{"country", part.country},
                            {"share", number(part.share)},
                            {"from", number(part.from)},
                            {"to", number(part.to)},
                            {"points", number(part.points)},
                            {"because", std::move(because)}}));
  }
  return object({{"from", number(cost.from)},
                 {"to", number(cost.to)},
                 {"points", number(cost.points)},
                 {"parts", std::move(parts)},
                 {"one_sided", cost.one_sided},
                 {"one_sided_share", number(cost.one_sided_share)}});
}

Json book_json(const Weighed& weighed, std::size_t b) {
  const Book& book = weighed.result.books[b];
  Json views = Json::object();
  for (std::size_t v = 0; v < book.by_view.size(); ++v)
    views[weighed.scored.assessment->views[v].name] = number(book.by_view[v]);
  Json lines = Json::array();
  for (const BookLine& line : book.lines) lines.push_back(line_json(weighed, line));
  return object(
      {{"currency", book.currency},
       {"converted", book.converted},
       {"total", number(book.total)},
       {"rated", number(book.rated)},
       {"weighted", number(book.weighted)},
       {"by_viewpoint", std::move(views)},
       {"herfindahl", number(book.herfindahl)},
       {"countries", slices_json(book.countries)},
       {"bands", slices_json(book.bands)},
       {"groups", grouped_json(book.groups)},
       {"exposures", std::move(lines)},
       {"cost", b < weighed.result.costs.size() ? cost_json(weighed, weighed.result.costs[b])
                                                : Json(nullptr)}});
}

Json unseen_json(const Weighed& weighed) {
  Json list = Json::array();
  for (const scenario::ExposureLimit* limit : weighed.result.unseen)
    list.push_back(object({{"band", limit->band.empty() ? Json(nullptr) : Json(limit->band)},
                           {"group", limit->group.empty() ? Json(nullptr) : Json(limit->group)},
                           {"currency", limit->currency},
                           {"allowed", number(limit->amount)},
                           {"at", at(limit->where, *weighed.scored.sources)}}));
  return list;
}

Json broken_json(const Weighed& weighed, const explain::BrokenLimit& broken) {
  const SourceMap& sources = *weighed.scored.sources;
  return object(
      {{"country", broken.exposure ? Json(broken.exposure->country) : Json(nullptr)},
       {"name", broken.exposure && !broken.exposure->name.empty() ? Json(broken.exposure->name)
                                                                  : Json(nullptr)},
       {"band",
        broken.limit && !broken.limit->band.empty() ? Json(broken.limit->band) : Json(nullptr)},
       {"group",
        broken.limit && !broken.limit->group.empty() ? Json(broken.limit->group) : Json(nullptr)},
       {"currency", broken.currency},
       {"amount", number(broken.amount)},
       {"allowed", number(broken.allowed)},
       {"at", at(broken.exposure ? broken.exposure->where : broken.limit->where, sources)}});
}

}  // namespace

std::string change_words(const Weighed& weighed) {
  switch (weighed.change) {
    case Weighed::Change::settings: {
      std::vector<std::string> words;
      for (const std::string& setting : weighed.scored.settings)
        words.push_back("--set " + setting);
      return joined(words);
    }
    case Weighed::Change::scenario: return weighed.against->path;
    case Weighed::Change::date: return long_date(weighed.against->now->scenario.as_of);
    case Weighed::Change::none: break;
  }
  return "";
}

std::string portfolio_marks(const Weighed& weighed, const explain::BookLine& line) {
  const evaluate::CountryResult* country =
      weighed.scored.assessment->views[weighed.told].find(line.exposure->country);
  return !country || std::isnan(line.score)
             ? ""
             : all_marks_of(*weighed.scored.now, *country, weighed.result.output);
}

Json portfolio_json(const Weighed& weighed) {
  const model::Model& model = weighed.scored.rules();
  const ViewpointId viewpoint = weighed.scored.assessment->views[weighed.told].viewpoint;
  Json json = document("portfolio", weighed.scored.tool);
  json["model"] = model_json(weighed.scored);
  json["scenario"] = scenario_json(weighed.scored);
  json["output"] = model[weighed.result.output].name;
  json["viewpoint"] = viewpoint.valid() ? model.viewpoints[viewpoint.index].name : "";
  json["exposure"] = weighed.portfolio->path;
  json["rates"] = Json::array();
  for (const scenario::Rate& rate : weighed.portfolio->rates)
    json["rates"].push_back(object({{"currency", rate.currency},
                                    {"in", weighed.portfolio->currency},
                                    {"rate", number(rate.rate)},
                                    {"date", to_string(rate.on)},
                                    {"source", rate.source},
                                    {"at", at(rate.where, *weighed.scored.sources)}}));
  const bool changed = weighed.change != Weighed::Change::none;
  json["change"] = changed ? Json(change_words(weighed)) : Json(nullptr);
  json["books"] = Json::array();
  for (std::size_t b = 0; b < weighed.result.books.size(); ++b)
    json["books"].push_back(book_json(weighed, b));
  json["broken"] = Json::array();
  for (const explain::BrokenLimit& broken : weighed.result.broken)
    json["broken"].push_back(broken_json(weighed, broken));
  json["unseen"] = unseen_json(weighed);
  return json;
}

void put_portfolio_csv(const Weighed& weighed, const Put& put) {
  const model::Model& model = weighed.scored.rules();
  const ViewpointId viewpoint = weighed.scored.assessment->views[weighed.told].viewpoint;
  put(std::string(portfolio_csv_begin) +
      "amount,limit,book,book_amount,share,score,marks,band,points,at,options\n");
  for (const Book& book : weighed.result.books)
    for (const BookLine& line : book.lines)
      put(csv_row(
          {weighed.scored.path, to_string(weighed.scored.now->scenario.as_of),
           model[weighed.result.output].name,
           viewpoint.valid() ? model.viewpoints[viewpoint.index].name : "", line.exposure->country,
           country_title(line.exposure->country), line.exposure->name, line.exposure->currency,
           exact(line.exposure->amount), line.exposure->limit ? exact(*line.exposure->limit) : "",
           book.converted ? "all in " + book.currency : book.currency, exact(line.amount),
           exact(line.share), std::isnan(line.score) ? "" : exact(line.score),
           portfolio_marks(weighed, line), line.band,
           std::isnan(line.points) ? "" : exact(line.points),
           line_of(line.exposure->where, *weighed.scored.sources), options_given(weighed.scored)}));
}

}  // namespace waystone::report
