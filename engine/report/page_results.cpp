// Scores, ranks, drivers and rules of a page, as columns.
#include <cmath>

#include "report/causes.hpp"
#include "report/marks.hpp"
#include "report/page.hpp"
#include "report/replaced.hpp"
#include "report/score.hpp"

namespace waystone::report {
namespace {

using evaluate::CountryResult;
using evaluate::NodeResult;

// One viewpoint on one date, with where each country of the page is in it.
struct Cell {
  const PageKeys& keys;
  const PageDay& day;
  const PageView& view;

  /// A value a country; null where it isn't scored.
  template <class Value>
  Json column(Value value) const {
    Json list = Json::array();
    for (const std::size_t lane : day.lanes)
      list.push_back(lane == no_lane ? Json(nullptr) : Json(value(lane)));
    return list;
  }
  const CountryResult& country(std::size_t lane) const { return view.view->countries[lane]; }

  /// Places of countries on the page, with their lanes.
  template <class Do>
  void each(Do act) const {
    for (std::size_t c = 0; c < day.lanes.size(); ++c)
      if (day.lanes[c] != no_lane) act(c, day.lanes[c]);
  }
};

Json band_place(const model::Node& node, const CountryResult& country, NodeId output) {
  const auto found = country.band.find(output);
  if (!node.bands || found == country.band.end()) return nullptr;
  for (std::size_t b = 0; b < node.bands->names.size(); ++b)
    if (node.bands->names[b] == found->second) return b;
  return nullptr;
}

template <class Count>
Json counted_or_null(bool there, Count count) {
  return there ? Json(count) : Json(nullptr);
}

void add_places(const Cell& cell, const PageOutput& output, Json& json) {
  const auto place = [&](auto of) {
    return cell.column([&, of](std::size_t lane) {
      const evaluate::Place& found = output.places[lane];
      return counted_or_null(found.rated(), of(found));
    });
  };
  const auto range = [&](auto of) {
    return cell.column([&, of](std::size_t lane) {
      const evaluate::RankRange& found = output.within[lane];
      return counted_or_null(found.first > 0, of(found));
    });
  };
  json["rank"] = place([](const evaluate::Place& p) { return p.rank; });
  json["level_from"] = place([](const evaluate::Place& p) { return p.level_from; });
  json["level_to"] = place([](const evaluate::Place& p) { return p.level_to; });
  json["rank_from"] = range([](const evaluate::RankRange& r) { return r.first; });
  json["rank_to"] = range([](const evaluate::RankRange& r) { return r.last; });
}

void add_changes(const Cell& cell, const PageOutput& output, Json& json) {
  const auto change = [&](auto of) {
    if (output.changes.empty()) return Json::array();
    return cell.column([&, of](std::size_t lane) {
      return rounded_number(of(output.changes[lane]), cell.day.whole ? 4 : 2);
    });
  };
  if (cell.day.whole) json["change"] = change([](const explain::Change& c) { return c.points; });
  json["change_by_data"] = change([](const explain::Change& c) { return c.by_data; });
}

Json output_columns(const Cell& cell, std::size_t o) {
  const NodeId id = cell.keys.page().outputs[o];
  const model::Node& node = cell.keys.model()[id];
  const auto column = [&](auto of) {
    return cell.column([&, of](std::size_t lane) { return of(cell.country(lane)[id]); });
  };
  const bool whole = cell.day.whole;
  const auto end = [&](double value) { return rounded_number(value, whole ? 4 : 2); };
  const auto score = [&](double value) {
    return whole ? plain_number(value) : rounded_number(value, 6);
  };
  Json without = Json::array();
  cell.each([&](std::size_t c, std::size_t lane) {
    const NodeResult& result = cell.country(lane)[id];
    if (evaluate::differs(result.value, result.without_override))
      without.push_back(Json::array({c, number(result.without_override)}));
  });
  Json json = object({{"value", column([&](const NodeResult& n) { return score(n.value); })},
                      {"low", column([&](const NodeResult& n) { return end(n.low); })},
                      {"high", column([&](const NodeResult& n) { return end(n.high); })},
                      {"band", cell.column([&](std::size_t lane) {
                         return band_place(node, cell.country(lane), id);
                       })},
                      {"marks", cell.column([&](std::size_t lane) {
                         return all_marks_of(*cell.day.scored.now, cell.country(lane), id);
                       })},
                      {"without_override", std::move(without)}});
  if (whole) {
    json["coverage"] = column([](const NodeResult& n) { return short_number(n.coverage); });
    json["judgement"] = column([](const NodeResult& n) { return short_number(n.judgement); });
    add_places(cell, cell.view.outputs[o], json);
  }
  add_changes(cell, cell.view.outputs[o], json);
  return json;
}

Json drivers_json(const Cell& cell) {
  return cell.column([&](std::size_t lane) {
    Json list = Json::array();
    for (const explain::Driver& driver : cell.view.drivers[lane]) {
      const std::int64_t place = driver.node.valid() ? std::int64_t(driver.node.index)
                                                     : -1 - std::int64_t(driver.rule.index);
      list.push_back(Json::array({place, short_number(driver.points)}));
    }
    return list;
  });
}

// Values of some nodes; 0 for one that has the same as from the first viewpoint.
Json node_columns(const Cell& cell, const std::vector<NodeId>& nodes, const PageView& first) {
  Json list = Json::array();
  for (const NodeId id : nodes) {
    const auto column = [&](auto of) {
      return cell.column(
          [&, of](std::size_t lane) { return short_number(of(cell.country(lane)[id])); });
    };
    const auto same = [&](std::size_t lane) {
      const NodeResult &a = cell.country(lane)[id], &b = first.view->countries[lane][id];
      const auto equal = [](double x, double y) { return x == y || (x != x && y != y); };
      return equal(a.value, b.value) && equal(a.low, b.low) && equal(a.high, b.high);
    };
    bool all_same = &first != &cell.view && first.view;
    cell.each([&](std::size_t, std::size_t lane) { all_same = all_same && same(lane); });
    if (all_same) {
      list.push_back(0);
      continue;
    }
    list.push_back(object({{"value", column([](const NodeResult& n) { return n.value; })},
                           {"low", column([](const NodeResult& n) { return n.low; })},
                           {"high", column([](const NodeResult& n) { return n.high; })}}));
  }
  return list;
}

Json acting_json(const Cell& cell) {
  const NodeId main = cell.keys.model().main;
  Json list = Json::array();
  cell.each([&](std::size_t c, std::size_t lane) {
    const CountryResult& country = cell.country(lane);
    for (std::size_t r = 0; r < country.rules.size(); ++r) {
      const evaluate::RuleResult& rule = country.rules[r];
      if (rule.truth != evaluate::Truth::yes) continue;
      const auto moved = rule.moved.find(main);
      list.push_back(Json::array(
          {c, r, moved == rule.moved.end() ? Json(0) : short_number(moved->second), rule.binding}));
    }
  });
  return list;
}

Json open_json(const Cell& cell) {
  Json list = Json::array();
  cell.each([&](std::size_t c, std::size_t lane) {
    const CountryResult& country = cell.country(lane);
    for (std::size_t r = 0; r < country.rules.size(); ++r)
      if (country.rules[r].is_left_out() && !country.rules[r].would_move.empty())
        list.push_back(Json::array({c, r}));
  });
  return list;
}

Json would_json(const Cell& cell) {
  std::vector<std::size_t> places(cell.view.view->countries.size(), no_lane);
  cell.each([&](std::size_t c, std::size_t lane) { places[lane] = c; });
  Json list = Json::array();
  for (const explain::WouldBe& one : cell.view.would)
    if (places[one.country] != no_lane)
      list.push_back(Json::array({places[one.country], one.rule.index, short_number(one.value)}));
  return list;
}

Json fired_json(const Cell& cell) {
  Json list = Json::array();
  cell.each([&](std::size_t c, std::size_t lane) {
    const auto& wires = cell.country(lane).tripwires;
    for (std::size_t t = 0; t < wires.size(); ++t)
      if (wires[t] == evaluate::Truth::yes) list.push_back(Json::array({c, t}));
  });
  return list;
}

Json not_rated_json(const Cell& cell) {
  const NodeId main = cell.keys.model().main;
  Json list = Json::array();
  cell.each([&](std::size_t c, std::size_t lane) {
    const CountryResult& country = cell.country(lane);
    if (!std::isnan(country[main].value)) return;
    const explain::Causes causes(*cell.day.scored.now, cell.view.view->viewpoint, country.code);
    list.push_back(Json::array(
        {c, because_words(causes.of(main), *cell.day.scored.now, *cell.day.scored.sources)}));
  });
  return list;
}

Json view_results(const PageKeys& keys, const PageDay& day, const PageView& view) {
  const Cell cell{keys, day, view};
  Json outputs = Json::array();
  for (std::size_t o = 0; o < keys.page().outputs.size(); ++o)
    outputs.push_back(output_columns(cell, o));
  Json json = object({{"outputs", std::move(outputs)}, {"not_rated", not_rated_json(cell)}});
  if (!day.whole) return json;
  json["factors"] = node_columns(cell, keys.factors(), day.views.front());
  json["drivers"] = drivers_json(cell);
  json["acting"] = acting_json(cell);
  json["open"] = open_json(cell);
  json["would"] = would_json(cell);
  json["fired"] = fired_json(cell);
  return json;
}

// By viewpoint, output and country.
Json values_json(const Page& page, const PageDay& day, const evaluate::Assessment& assessment) {
  Json views = Json::array();
  for (const PageView& view : day.views) {
    const evaluate::ViewResult* found = view.view ? assessment.find(view.view->name) : nullptr;
    Json outputs = Json::array();
    for (const NodeId output : page.outputs) {
      Json column = Json::array();
      for (const std::string& code : page.countries) {
        const CountryResult* country = found ? found->find(code) : nullptr;
        column.push_back(country ? number((*country)[output].value) : Json(nullptr));
      }
      outputs.push_back(std::move(column));
    }
    views.push_back(std::move(outputs));
  }
  return views;
}

Json branches_page_json(const Page& page, const PageDay& day) {
  Json list = Json::array();
  for (const BranchResult& branch : day.scored.branches)
    list.push_back(object({{"group", branch.branch->group},
                           {"name", branch.branch->name},
                           {"probability", number(branch.branch->probability)},
                           {"values", values_json(page, day, branch.assessment)}}));
  return list;
}

// By viewpoint, output and country.
Json expected_page_json(const Page& page, const PageDay& day) {
  Json list = Json::array();
  for (const auto& [name, group] : explain::branch_groups(day.scored.branches)) {
    Json views = Json::array();
    for (const PageView& view : day.views) {
      Json outputs = Json::array();
      if (view.view)
        for (const NodeId output : page.outputs) {
          const std::size_t place = std::size_t(view.view - day.scored.assessment->views.data());
          Json column = Json::array();
          for (const std::string& code : page.countries)
            column.push_back(view.view->find(code)
                                 ? number(explain::expected_value(group, place, code, output))
                                 : Json(nullptr));
          outputs.push_back(std::move(column));
        }
      views.push_back(std::move(outputs));
    }
    list.push_back(object({{"group", name}, {"values", std::move(views)}}));
  }
  return list;
}

Json overrides_page_json(PageKeys& keys, const PageDay& day) {
  const Page& page = keys.page();
  const scenario::Scenario& scenario = day.scored.now->scenario;
  Json list = Json::array();
  for (const scenario::Override& entry : scenario.overrides)
    for (std::size_t c = 0; c < page.countries.size(); ++c)
      if (page.countries[c] == entry.country)
        list.push_back(object({{"country", c},
                               {"node", entry.target.index},
                               {"points", number(entry.points)},
                               {"because", entry.because},
                               {"by", entry.by},
                               {"until", to_string(entry.until)},
                               {"applied", entry.until >= scenario.as_of},
                               {"at", keys.at(entry.where)}}));
  return list;
}

}  // namespace

Json rounded_number(double value, int digits) {
  if (!std::isfinite(value)) return number(value);
  const double scale = std::pow(10.0, digits);
  return plain_number(std::round(value * scale) / scale);
}

Json plain_number(double value) {
  constexpr double exact_below = 1e15;
  if (std::fabs(value) < exact_below && value == std::floor(value))
    return static_cast<std::int64_t>(value);
  return number(value);
}

Json page_dates(PageKeys& keys) {
  const Page& page = keys.page();
  std::vector<Scored> days;
  for (const PageDay& day : page.days) days.push_back(day.scored);
  const std::vector<std::string> labels = date_headers(days);
  Json list = Json::array();
  for (std::size_t d = 0; d < page.days.size(); ++d) {
    const PageDay& day = page.days[d];
    const scenario::Scenario& scenario = day.scored.now->scenario;
    Json digits = Json::array();
    for (const NodeId output : page.outputs) digits.push_back(day.scored.digits_of(output));
    for (const NodeId factor : keys.factors()) digits.push_back(day.scored.digits_of(factor));
    list.push_back(object({{"as_of", to_string(scenario.as_of)},
                           {"known_by", to_string(scenario.known_by)},
                           {"label", labels[d]},
                           {"scenario", day.scored.path},
                           {"title", scenario.title},
                           {"hash", day.scored.hash},
                           {"horizon_years", number(day.scored.now->horizon_years)},
                           {"settings", day.scored.settings},
                           {"replaced", replaced_json(day.scored.replaced)},
                           {"whole", day.whole},
                           {"digits", std::move(digits)},
                           {"overrides", overrides_page_json(keys, day)},
                           {"branches", branches_page_json(page, day)},
                           {"expected", expected_page_json(page, day)},
                           {"verdict", keys.blocks(page_verdict(page, d))}}));
  }
  return list;
}

Json page_results(const PageKeys& keys) {
  const Page& page = keys.page();
  Json views = Json::array();
  for (std::size_t v = 0; v < page.viewpoints.size(); ++v) {
    Json days = Json::array();
    for (const PageDay& day : page.days)
      days.push_back(day.views[v].view ? view_results(keys, day, day.views[v]) : Json(nullptr));
    views.push_back(std::move(days));
  }
  return views;
}

}  // namespace waystone::report
