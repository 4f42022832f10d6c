#include "backtest/panel.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace waystone::backtest {
namespace {

using scenario::Event;
using scenario::Tested;
using scenario::TestedOutcome;

bool is_among(const std::vector<std::string>& names, const std::string& name) {
  return std::binary_search(names.begin(), names.end(), name);
}

double said_of(const evaluate::CountryResult& country, const Subject& subject,
               const model::Model& model) {
  if (subject.kind == Subject::Kind::rule) {
    const evaluate::Truth truth = country[subject.rule].truth;
    return truth == evaluate::Truth::unknown ? not_known : double(truth == evaluate::Truth::yes);
  }
  const model::Node& node = model[subject.node];
  if (!node.is_factor()) return country[subject.node].score;
  const double value = country[subject.node].value;
  return node.factor().higher_is_better ? 100 - value : value;
}

/// The events of one country that an outcome asks about.
struct History {
  std::vector<Date> counted;     // by date
  std::vector<Date> unsettling;  // those that end a quiet time, by date
  int first = 0, last = 0;       // years that all its lists cover; last < first: none
};

class Events {
 public:
  Events(const Tested& tested, const TestedOutcome& outcome, const std::vector<std::string>& codes)
      : outcome_(outcome) {
    for (const std::string& code : codes) histories_.push_back(history(tested, code));
  }

  /// Whether the outcome came in the years from `first` to `last`, both included.
  Followed in_years(std::size_t country, int first, int last) const {
    const History& history = histories_[country];
    if (first - outcome_.quiet_years < history.first || last > history.last)
      return Followed::unknown;
    if (outcome_.at_risk && unsettled(history, first - outcome_.quiet_years, first - 1))
      return Followed::not_at_risk;
    const auto from =
        std::lower_bound(history.counted.begin(), history.counted.end(), begin(first));
    return from != history.counted.end() && *from < begin(last + 1) ? Followed::yes : Followed::no;
  }

 private:
  static Date begin(int year) { return make_date(year, 1, 1).value_or(first_date); }

  static bool unsettled(const History& history, int first, int last) {
    const auto from =
        std::lower_bound(history.unsettling.begin(), history.unsettling.end(), begin(first));
    return from != history.unsettling.end() && *from < begin(last + 1);
  }

  History history(const Tested& tested, const std::string& code) const {
    History history;
    history.first = std::numeric_limits<int>::min();
    history.last = std::numeric_limits<int>::max();
    for (const auto* kinds : {&outcome_.kinds, &outcome_.quiet})
      for (const std::string& kind : *kinds) narrow(history, tested, kind, code);
    const auto [from, to] = std::equal_range(
        tested.events.begin(), tested.events.end(), Event{code, {}, {}, {}, {}, {}},
        [](const Event& a, const Event& b) { return a.country < b.country; });
    std::vector<Date> candidates;
    for (auto event = from; event != to; ++event) {
      if (outcome_.at_least && event->size && *event->size < *outcome_.at_least) continue;
      if (is_among(outcome_.kinds, event->kind)) candidates.push_back(event->date);
      if (is_among(outcome_.quiet, event->kind)) history.unsettling.push_back(event->date);
    }
    for (const Date date : candidates)
      if (outcome_.quiet_years == 0 || !came_within(history, date)) history.counted.push_back(date);
    return history;
  }

  // Whether something came in so many years before an event, the day a whole number of years before
  // it among them: years are dated by their last day.
  bool came_within(const History& history, Date date) const {
    const Date begin = add_months(date, -12 * outcome_.quiet_years);
    const auto from = std::lower_bound(history.unsettling.begin(), history.unsettling.end(), begin);
    return from != history.unsettling.end() && *from < date;
  }

  static void narrow(History& history, const Tested& tested, const std::string& kind,
                     const std::string& code) {
    scenario::Covered covered{0, -1};
    if (const auto known = tested.covered.find(kind); known != tested.covered.end())
      if (const auto span = known->second.find(code); span != known->second.end())
        covered = span->second;
    history.first = std::max(history.first, covered.first);
    history.last = std::min(history.last, covered.last);
  }

  const TestedOutcome& outcome_;
  std::vector<History> histories_;
};

}  // namespace

std::string_view name_of(Subject::Kind kind) {
  switch (kind) {
    case Subject::Kind::total: return "total";
    case Subject::Kind::factor: return "factor";
    case Subject::Kind::rule: return "rule";
    case Subject::Kind::indicator: return "indicator";
    case Subject::Kind::no_change: return "no change";
  }
  return "";
}

Panel panel_of(const model::Model& model, const std::vector<const evaluate::ViewResult*>& views,
               std::vector<int> years) {
  Panel panel;
  panel.years = std::move(years);
  for (const evaluate::CountryResult& country : views.front()->countries)
    panel.countries.push_back(country.code);
  panel.subjects.push_back({Subject::Kind::total, model.main, {}});
  const auto add_nodes = [&](Subject::Kind kind, auto wanted) {
    for (std::size_t n = 0; n < model.nodes.size(); ++n)
      if (NodeId(n) != model.main && wanted(model.nodes[n]))
        panel.subjects.push_back({kind, NodeId(n), {}});
  };
  add_nodes(Subject::Kind::factor, [](const model::Node& node) { return node.is_factor(); });
  for (std::size_t r = 0; r < model.rules.size(); ++r)
    panel.subjects.push_back({Subject::Kind::rule, {}, RuleId(r)});
  add_nodes(Subject::Kind::indicator, [](const model::Node& node) {
    return !node.is_factor() && node.kind != model::NodeKind::parameter && node.curve.has_value();
  });
  for (const Subject& subject : panel.subjects) {
    std::vector<double>& said = panel.said.emplace_back();
    said.reserve(panel.rows());
    for (const evaluate::ViewResult* view : views)
      for (const evaluate::CountryResult& country : view->countries)
        said.push_back(said_of(country, subject, model));
  }
  return panel;
}

std::vector<Followed> followed(const Tested& tested, const TestedOutcome& outcome,
                               const Panel& panel, int horizon) {
  const Events events(tested, outcome, panel.countries);
  std::vector<Followed> result;
  result.reserve(panel.rows());
  for (const int year : panel.years)
    for (std::size_t c = 0; c < panel.countries.size(); ++c)
      result.push_back(events.in_years(c, year + 1, year + horizon));
  return result;
}

std::vector<double> last_time(const Tested& tested, const TestedOutcome& outcome,
                              const Panel& panel, int horizon) {
  TestedOutcome any = outcome;
  any.at_risk = false;  // what came then is asked, whatever came before
  const Events events(tested, any, panel.countries);
  std::vector<double> result;
  result.reserve(panel.rows());
  for (const int year : panel.years)
    for (std::size_t c = 0; c < panel.countries.size(); ++c) {
      const Followed then = events.in_years(c, year - horizon + 1, year);
      result.push_back(then == Followed::unknown ? not_known : double(then == Followed::yes));
    }
  return result;
}

}  // namespace waystone::backtest
