#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/digits.hpp"
#include "base/ties.hpp"
#include "evaluate/ranking.hpp"
#include "explain/reasons.hpp"
#include "report/causes.hpp"
#include "report/document.hpp"
#include "report/marks.hpp"
#include "report/replaced.hpp"
#include "report/score.hpp"
#include "report/verdicts.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using evaluate::CountryResult;
using evaluate::NodeResult;
using evaluate::Place;
using evaluate::ViewResult;

Document heading(const Scored& scored) {
  const scenario::Scenario& scenario = scored.now->scenario;
  std::string dates = "As of " + long_date(scenario.as_of);
  if (scenario.known_by != scenario.as_of)
    dates += ", by what was known on " + long_date(scenario.known_by);
  const std::string horizon = fmt::format("horizon {} {}", amount(scored.now->horizon_years),
                                          scored.now->horizon_years == 1 ? "year" : "years");
  return document_title(titled(scored)) +
         paragraph(fmt::format("{}; {}. Scores run from 0 to 100.", dates, horizon));
}

bool same(double a, double b) { return tie(a, b) || (std::isnan(a) && std::isnan(b)); }

bool same(const NodeResult& a, const NodeResult& b) {
  return same(a.value, b.value) && same(a.low, b.low) && same(a.high, b.high) &&
         same(a.without_override, b.without_override) && a.coverage == b.coverage &&
         a.judgement == b.judgement;
}

std::string band_of(const CountryResult& country, NodeId output) {
  const auto band = country.band.find(output);
  return band == country.band.end() ? "" : band->second;
}

// One output of a country from all viewpoints that see the same, as one row; those that don't rate
// it together, too.
struct SameViews {
  std::vector<std::size_t> views;
};

// ViewPlaces by view and country.
using ViewPlaces = std::vector<std::vector<Place>>;

ViewPlaces places_of(const Scored& scored, NodeId output) {
  ViewPlaces places;
  for (const ViewResult& view : scored.assessment->views)
    places.push_back(evaluate::places(view, output, scored.rules().level_margin));
  return places;
}

const Place& place_in(const Scored& scored, const ViewPlaces& places, std::size_t view,
                      const std::string& country) {
  const auto& countries = scored.assessment->views[view].countries;
  return places[view][std::size_t(scored.assessment->views[view].find(country) - countries.data())];
}

bool same(const Place& a, const Place& b) {
  return a.rank == b.rank && a.level_from == b.level_from && a.level_to == b.level_to;
}

// "3"; "1 to 5" where countries are level
std::string rank_range(const Place& place) {
  if (!place.rated()) return "";
  return place.alone() ? std::to_string(place.rank)
                       : fmt::format("{} to {}", place.level_from, place.level_to);
}

std::vector<SameViews> rows_of(const Scored& scored, const std::string& country, NodeId output,
                               const ViewPlaces& places) {
  std::vector<SameViews> rows;
  const auto& views = scored.assessment->views;
  const auto result = [&](const evaluate::Assessment& assessment,
                          std::size_t v) -> const NodeResult& {
    return (*assessment.views[v].find(country))[output];
  };
  for (std::size_t v = 0; v < views.size(); ++v) {
    const auto unrated = [&](std::size_t view) {
      return std::isnan(result(*scored.assessment, view).value) &&
             (!scored.before || std::isnan(result(*scored.assessment_before, view).value));
    };
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const SameViews& row) {
      if (unrated(row.views[0]) && unrated(v))
        return true;  // one row with what all of them leave open
      return same(result(*scored.assessment, row.views[0]), result(*scored.assessment, v)) &&
             same(place_in(scored, places, row.views[0], country),
                  place_in(scored, places, v, country)) &&
             (!scored.before || same(result(*scored.assessment_before, row.views[0]),
                                     result(*scored.assessment_before, v)));
    });
    if (found != rows.end())
      found->views.push_back(v);
    else
      rows.push_back({{v}});
  }
  return rows;
}

std::string views_title(const Scored& scored, const SameViews& row) {
  const auto& views = scored.assessment->views;
  if (row.views.size() == views.size() && views.size() > 1) return "all";
  std::vector<std::string> names;
  for (const std::size_t v : row.views) names.push_back(views[v].name);
  return joined(names);
}

// The lowest to the highest of a share over several viewpoints: "26%", "26 to 39%".
template <class Share>
std::string shares_over(const Scored& scored, const std::string& code, const SameViews& row,
                        NodeId output, Share share) {
  double low = 1, high = 0;
  for (const std::size_t v : row.views) {
    const double value = share((*scored.assessment->views[v].find(code))[output]);
    low = std::min(low, value);
    high = std::max(high, value);
  }
  return percent(low) == percent(high)
             ? percent(low)
             : fmt::format("{} to {}", fixed(100 * low, 0), percent(high));
}

std::string bounds_over(const Scored& scored, const std::string& code, const SameViews& row,
                        NodeId output) {
  double low = 100, high = 0, value = 0;
  for (const std::size_t v : row.views) {
    const NodeResult& node = (*scored.assessment->views[v].find(code))[output];
    low = std::min(low, node.low);
    high = std::max(high, node.high);
    value = node.value;  // the same in all of them
  }
  return bounds_words(value, low, high, scored.digits_of(output));
}

// What is to be said of a score from any of the viewpoints.
std::string marks_over(const evaluate::Case& scenario_case, const evaluate::Assessment& assessment,
                       const std::string& code, const SameViews& row, NodeId output) {
  std::set<char> marks;
  for (const std::size_t v : row.views)
    for (const char mark : all_marks_of(scenario_case, *assessment.views[v].find(code), output))
      marks.insert(mark);
  return mark_text(marks);
}

// Columns that a narrow page goes without.
struct ScoreLayout {
  bool bands = true, shares = true;
};

std::vector<std::string> score_cells(const Scored& scored, const std::string& code,
                                     const SameViews& row, NodeId output, ScoreLayout layout) {
  const std::size_t view = row.views[0];
  const NodeResult& node = (*scored.assessment->views[view].find(code))[output];
  const std::string mark = marks_over(*scored.now, *scored.assessment, code, row, output);
  const int digits = scored.digits_of(output);
  std::vector<std::string> cells;
  if (scored.before) {
    const double before = (*scored.assessment_before->views[view].find(code))[output].value;
    cells = {points(before, digits),
             marks_over(*scored.before, *scored.assessment_before, code, row, output),
             points(node.value, digits), mark,
             same(before, node.value) ? "" : printed_move(before, node.value, digits)};
  } else {
    cells = {points(node.value, digits), mark};
  }
  cells.push_back(bounds_over(scored, code, row, output));
  if (layout.bands) cells.push_back(band_cell(scored, code, view, output));
  if (layout.shares) {
    cells.push_back(
        shares_over(scored, code, row, output, [](const NodeResult& n) { return n.coverage; }));
    cells.push_back(
        shares_over(scored, code, row, output, [](const NodeResult& n) { return n.judgement; }));
  }
  if (scored.now->has_overrides)
    cells.push_back(
        same(node.value, node.without_override) ? "" : points(node.without_override, digits));
  return cells;
}

std::vector<Column> score_columns(const Scored& scored, ScoreLayout layout) {
  const Column mark{"", Align::left,
                    0};  // what is to be said of the score: report/marks.hpp, and `*`
  std::vector<Column> columns = {{"score", Align::right}, mark};
  if (scored.before)
    columns = {
        {"before", Align::right}, mark, {"after", Align::right}, mark, {"moved", Align::right}};
  columns.push_back({"bounds"});
  if (layout.bands) columns.push_back({"band"});
  if (layout.shares)
    columns.insert(columns.end(), {{"known", Align::right}, {"judged", Align::right}});
  if (scored.now->has_overrides) columns.push_back({"without override", Align::right});
  return columns;
}

// For few countries: all outputs, every viewpoint a row.
Table output_table(const Scored& scored, ScoreLayout layout) {
  const model::Model& model = scored.rules();
  const bool views =
      scored.assessment->views.size() > 1 || !scored.assessment->views[0].name.empty();
  const bool ranks = scored.now->countries.size() > 1;
  std::vector<Column> columns = {{""}, {""}};
  if (views) columns.push_back({"viewpoint"});
  if (ranks) columns.push_back({"rank", Align::right});
  for (Column& column : score_columns(scored, layout)) columns.push_back(std::move(column));
  Table table(std::move(columns));
  for (const NodeId output : model.outputs()) {
    if (!table.empty()) table.add_blank();
    bool first = true;
    const ViewPlaces places = places_of(scored, output);
    for (const std::string& country : in_order(scored, output)) {
      bool first_of_country = true;
      for (const SameViews& row : rows_of(scored, country, output, places)) {
        std::vector<std::string> cells = {first ? model[output].name : "",
                                          first_of_country ? country_title(country) : ""};
        if (views) cells.push_back(views_title(scored, row));
        if (ranks) cells.push_back(rank_range(place_in(scored, places, row.views[0], country)));
        for (std::string& cell : score_cells(scored, country, row, output, layout))
          cells.push_back(std::move(cell));
        table.add(std::move(cells));
        first = first_of_country = false;
      }
    }
  }
  return table;
}

// As many columns as the page has room for: an empty one goes first.
ScoreLayout layout_for(const Scored& scored) {
  const auto outputs = scored.rules().outputs();
  const bool bands = std::any_of(outputs.begin(), outputs.end(), [&](NodeId output) {
    return scored.rules()[output].bands.has_value();
  });
  const auto fits = [&](ScoreLayout layout) {
    return output_table(scored, layout).width() <= page_width;
  };
  for (const ScoreLayout layout : {ScoreLayout{true, true}, ScoreLayout{bands, true}})
    if (fits(layout)) return layout;
  return {bands, false};
}

std::string rank_words(const Scored& scored) {
  if (scored.now->countries.size() < 2) return "";
  return fmt::format("Rank: the highest score first; a range where countries are level ({}). ",
                     level_gaps(scored.rules().level_margin));
}

// Whether a note explains `*`.
bool says_what_is_left_out(const Scored& scored) {
  const auto outputs = scored.rules().outputs();
  return std::any_of(scored.now->countries.begin(), scored.now->countries.end(),
                     [&](const std::string& country) {
                       return std::any_of(outputs.begin(), outputs.end(), [&](NodeId output) {
                         return leaves_out_rules(scored, country, output);
                       });
                     });
}

std::set<char> marks_of_outputs(const Scored& scored) {
  std::set<char> marks;
  for (const ViewResult& view : scored.assessment->views)
    for (const CountryResult& country : view.countries)
      for (const NodeId output : scored.rules().outputs())
        for (const char mark : all_marks_of(*scored.now, country, output)) marks.insert(mark);
  if (scored.before)
    for (const ViewResult& view : scored.assessment_before->views)
      for (const CountryResult& country : view.countries)
        for (const NodeId output : scored.rules().outputs())
          for (const char mark : all_marks_of(*scored.before, country, output)) marks.insert(mark);
  if (says_what_is_left_out(scored)) marks.erase('*');
  return marks;
}

Document legend(const Scored& scored, bool shares) {
  std::vector<std::string> directions;
  for (const NodeId output : scored.rules().outputs())
    directions.push_back(fmt::format("{}: {}", scored.rules()[output].name,
                                     direction_words(scored.rules()[output])));
  return paragraph(fmt::format(
      "{}. {}Bounds: over all that is unknown or uncertain. {}Numbers are rounded one by one; "
      "ranks and bands go by the unrounded ones.",
      joined(directions, ", "), rank_words(scored),
      shares
          ? "Known, judged: shares of the weight that rest on known data and on judgement. "
          : fmt::format("Known and judged are left out, since the page is {} columns wide; --csv "
                        "has them. ",
                        page_width)));
}

}  // namespace

std::vector<std::string> in_order(const Scored& scored, NodeId output) {
  const ViewResult& view = scored.assessment->views[0];
  std::vector<std::string> order;
  for (const Place& place : evaluate::ranking(view, output, scored.rules().level_margin))
    order.push_back(view.countries[place.country].code);
  return order;
}

bool is_rated(const Scored& scored, const std::string& code, NodeId output) {
  return !std::isnan((*scored.assessment->views[0].find(code))[output].value);
}

std::string band_cell(const Scored& scored, const std::string& code, std::size_t view,
                      NodeId output) {
  const std::string band = band_of(*scored.assessment->views[view].find(code), output);
  if (!scored.before) return band;
  const std::string was = band_of(*scored.assessment_before->views[view].find(code), output);
  return was == band ? band
                     : fmt::format("{} (was {})", band.empty() ? "not rated" : band,
                                   was.empty() ? "not rated" : was);
}

std::string country_title(const std::string& code) {
  return std::string(scenario::country_name(code));
}

std::string direction_words(const model::Node& node) {
  return node.factor().higher_is_better ? "100 is best" : "100 is worst";
}

Document score_text(const Scored& scored, const Ranking& ranking, const ScoreOptions& options) {
  Document text = heading(scored);
  if (scored.now->countries.empty())
    return text + gap() + paragraph("No country has a fact: nothing to score.") +
           stamped(stamp(scored));
  const bool few = scored.now->countries.size() <= most_in_columns && !ranking.particular;
  std::set<char> marks;
  if (few) {
    const ScoreLayout layout = layout_for(scored);
    marks = marks_of_outputs(scored);
    text += gap() + inset(output_table(scored, layout)) + gap() + legend(scored, layout.shares) +
            marks_legend(marks);
  } else {
    text += ranking_text(scored, ranking);
  }
  if (few || options.all) text += factor_tables(scored, options, marks);
  const Document notes =
      few || has_notes(ranking) ? score_notes(scored, few ? NodeId{} : ranking.node) : Document();
  if (!notes.empty()) text += gap() + notes;
  text += branch_tables(scored);
  return text + stamped(stamp(scored));
}

}  // namespace waystone::report
