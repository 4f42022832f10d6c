#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/ties.hpp"
#include "report/reasons.hpp"
#include "report/score.hpp"
#include "report/table.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using evaluate::CountryResult;
using evaluate::NodeResult;
using evaluate::ViewResult;

std::string heading(const Scored& scored, const Style& style) {
  const scenario::Scenario& scenario = scored.now->scenario;
  std::string dates = "As of " + long_date(scenario.as_of);
  if (scenario.known_by != scenario.as_of) dates += ", by what was known on " + long_date(scenario.known_by);
  const std::string horizon = fmt::format("horizon {} {}", amount(scored.now->horizon_years), scored.now->horizon_years == 1 ? "year" : "years");
  std::string text = style.strong(scenario.title) + "\n" + wrapped(fmt::format("{}; {}. Scores run from 0 to 100.", dates, horizon));
  if (!scored.settings.empty()) text += wrapped("With " + joined(scored.settings) + ".");
  return text;
}

bool same(double a, double b) { return tie(a, b) || (std::isnan(a) && std::isnan(b)); }

bool same(const NodeResult& a, const NodeResult& b) {
  return same(a.value, b.value) && same(a.low, b.low) && same(a.high, b.high) && same(a.without_override, b.without_override) &&
         a.coverage == b.coverage && a.judgement == b.judgement;
}

std::string band_of(const CountryResult& country, NodeId output) {
  const auto band = country.band.find(output);
  return band == country.band.end() ? "" : band->second;
}

// One output of a country from all viewpoints that see the same, as one row; those that don't rate it together, too.
struct SameViews {
  std::vector<std::size_t> views;
};

std::vector<SameViews> rows_of(const Scored& scored, const std::string& country, NodeId output) {
  std::vector<SameViews> rows;
  const auto& views = scored.assessment->views;
  const auto result = [&](const evaluate::Assessment& assessment, std::size_t v) -> const NodeResult& {
    return (*assessment.views[v].find(country))[output];
  };
  for (std::size_t v = 0; v < views.size(); ++v) {
    const auto unrated = [&](std::size_t view) {
      return std::isnan(result(*scored.assessment, view).value) && (!scored.before || std::isnan(result(*scored.assessment_before, view).value));
    };
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const SameViews& row) {
      if (unrated(row.views[0]) && unrated(v)) return true;  // one row with what all of them leave open
      return same(result(*scored.assessment, row.views[0]), result(*scored.assessment, v)) &&
             (!scored.before || same(result(*scored.assessment_before, row.views[0]), result(*scored.assessment_before, v)));
    });
    if (found != rows.end()) found->views.push_back(v);
    else rows.push_back({{v}});
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
std::string shares_over(const Scored& scored, const std::string& code, const SameViews& row, NodeId output, Share share) {
  double low = 1, high = 0;
  for (const std::size_t v : row.views) {
    const double value = share((*scored.assessment->views[v].find(code))[output]);
    low = std::min(low, value);
    high = std::max(high, value);
  }
  return percent(low) == percent(high) ? percent(low) : fmt::format("{} to {}", std::lround(low * 100), percent(high));
}

std::string bounds_over(const Scored& scored, const std::string& code, const SameViews& row, NodeId output) {
  double low = 100, high = 0;
  for (const std::size_t v : row.views) {
    const NodeResult& node = (*scored.assessment->views[v].find(code))[output];
    low = std::min(low, node.low);
    high = std::max(high, node.high);
  }
  return interval(low, high);
}

std::string band_cell(const Scored& scored, const std::string& code, std::size_t view, NodeId output) {
  const std::string band = band_of(*scored.assessment->views[view].find(code), output);
  if (!scored.before) return band;
  const std::string was = band_of(*scored.assessment_before->views[view].find(code), output);
  return was == band ? band : fmt::format("{} (was {})", band.empty() ? "not rated" : band, was.empty() ? "not rated" : was);
}

std::vector<std::string> score_cells(const Scored& scored, const std::string& code, const SameViews& row, NodeId output, bool shares) {
  const std::size_t view = row.views[0];
  const NodeResult& node = (*scored.assessment->views[view].find(code))[output];
  const bool marked = std::any_of(row.views.begin(), row.views.end(), [&](std::size_t v) {
    return !left_out(*scored.assessment->views[v].find(code), output).empty();
  });
  const std::string mark = marked ? "*" : "";
  std::vector<std::string> cells;
  if (scored.before) {
    const double before = (*scored.assessment_before->views[view].find(code))[output].value;
    cells = {points(before), points(node.value), mark, same(before, node.value) ? "" : small_points(node.value - before)};
  } else {
    cells = {points(node.value), mark};
  }
  cells.push_back(bounds_over(scored, code, row, output));
  cells.push_back(band_cell(scored, code, view, output));
  if (shares) {
    cells.push_back(shares_over(scored, code, row, output, [](const NodeResult& n) { return n.coverage; }));
    cells.push_back(shares_over(scored, code, row, output, [](const NodeResult& n) { return n.judgement; }));
  }
  if (scored.now->has_overrides) cells.push_back(same(node.value, node.without_override) ? "" : points(node.without_override));
  return cells;
}

std::vector<Column> score_columns(const Scored& scored, bool shares) {
  const Column mark{"", Align::left, 0};  // of rules left out
  std::vector<Column> columns = {{"score", Align::right}, mark};
  if (scored.before) columns = {{"before", Align::right}, {"after", Align::right}, mark, {"moved", Align::right}};
  columns.insert(columns.end(), {{"bounds"}, {"band"}});
  if (shares) columns.insert(columns.end(), {{"known", Align::right}, {"judged", Align::right}});
  if (scored.now->has_overrides) columns.push_back({"without override", Align::right});
  return columns;
}

// For few countries: all outputs, every viewpoint a row.
Table output_table(const Scored& scored, bool shares) {
  const model::Model& model = scored.rules();
  const bool views = scored.assessment->views.size() > 1 || !scored.assessment->views[0].name.empty();
  std::vector<Column> columns = {{""}, {""}};
  if (views) columns.push_back({"viewpoint"});
  for (Column& column : score_columns(scored, shares)) columns.push_back(std::move(column));
  Table table(std::move(columns));
  for (const NodeId output : model.outputs()) {
    if (!table.empty()) table.add_blank();
    bool first = true;
    for (const std::string& country : rated_first(scored)) {
      bool first_of_country = true;
      for (const SameViews& row : rows_of(scored, country, output)) {
        std::vector<std::string> cells = {first ? model[output].name : "", first_of_country ? country_title(country) : ""};
        if (views) cells.push_back(views_title(scored, row));
        for (std::string& cell : score_cells(scored, country, row, output, shares)) cells.push_back(std::move(cell));
        table.add(std::move(cells));
        first = first_of_country = false;
      }
    }
  }
  return table;
}

// For many: a viewpoint's countries from the highest main output down, those not rated last.
std::string ranking_table(const Scored& scored, std::size_t view) {
  const model::Model& model = scored.rules();
  const ViewResult& results = scored.assessment->views[view];
  std::vector<const CountryResult*> order;
  for (const CountryResult& country : results.countries) order.push_back(&country);
  const auto key = [&](const CountryResult* c) {
    const double value = (*c)[model.main].value;
    return std::isnan(value) ? -1.0 : value;
  };
  std::stable_sort(order.begin(), order.end(), [&](const CountryResult* a, const CountryResult* b) { return below(key(b), key(a)); });
  std::vector<Column> columns = {{"", Align::right}, {""}};
  for (Column& column : score_columns(scored, true)) columns.push_back(std::move(column));
  std::vector<NodeId> others = model.outputs();
  others.erase(others.begin());
  for (const NodeId output : others) columns.push_back({model[output].name, Align::right});
  Table table(std::move(columns));
  std::size_t rank = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const CountryResult& country = *order[i];
    if (i == 0 || !tie(key(order[i]), key(order[i - 1]))) rank = i + 1;
    const std::string title = country_title(country.code);
    std::vector<std::string> cells = {key(&country) < 0 ? "" : std::to_string(rank), display_width(title) > 26 ? country.code : title};
    for (std::string& cell : score_cells(scored, country.code, {{view}}, model.main, true)) cells.push_back(std::move(cell));
    for (const NodeId output : others) cells.push_back(points(country[output].value));
    table.add(std::move(cells));
  }
  return table.text();
}

std::string legend(const Scored& scored, bool shares) {
  std::vector<std::string> directions;
  for (const NodeId output : scored.rules().outputs())
    directions.push_back(fmt::format("{}: {}", scored.rules()[output].name, direction_words(scored.rules()[output])));
  return wrapped(fmt::format(
      "{}. Bounds: over all that is unknown or uncertain. {}Numbers are rounded one by one; bands go by the unrounded ones.", joined(directions, ", "),
      shares ? "Known, judged: shares of the weight that rest on known data and on judgement. " : ""));
}

}  // namespace

std::vector<std::string> rated_first(const Scored& scored) {
  std::vector<std::string> order = scored.now->countries;
  std::stable_partition(order.begin(), order.end(), [&](const std::string& code) { return is_rated(scored, code); });
  return order;
}

bool is_rated(const Scored& scored, const std::string& code) {
  return !std::isnan((*scored.assessment->views[0].find(code))[scored.rules().main].value);
}

std::string country_title(const std::string& code) { return std::string(scenario::country_name(code)); }

std::string direction_words(const model::Node& node) { return node.factor().higher_is_better ? "100 is best" : "100 is worst"; }

std::string score_text(const Scored& scored, const ScoreOptions& options) {
  std::string text = heading(scored, options.style);
  const bool in_columns = scored.now->countries.size() <= most_in_columns;
  if (scored.now->countries.empty()) return text + "\nNo country has a fact: nothing to score.\n\n" + options.style.faint(stamp(scored)) + "\n";
  bool shares = true;
  if (in_columns) {
    const Table table = output_table(scored, true);
    shares = table.width() <= page_width;
    text += "\n" + (shares ? table : output_table(scored, false)).text();
  } else {
    for (std::size_t v = 0; v < scored.assessment->views.size(); ++v) {
      const std::string& name = scored.assessment->views[v].name;
      text += "\n" + options.style.strong(fmt::format("{}{}", scored.rules()[scored.rules().main].name, name.empty() ? "" : ", viewpoint " + name)) +
              "\n" + ranking_table(scored, v);
    }
  }
  text += "\n" + legend(scored, shares);
  if (in_columns || options.all) text += factor_tables(scored, options);
  const std::string notes = score_notes(scored);
  if (!notes.empty()) text += "\n" + notes;
  text += branch_tables(scored, options.style);
  return text + "\n" + options.style.faint(stamp(scored)) + "\n";
}

}  // namespace waystone::report
