#include "report/compare_parts.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>

#include "explain/reasons.hpp"
#include "model/dependencies.hpp"
#include "report/marks.hpp"
#include "report/rules.hpp"
#include "report/score.hpp"
#include "report/unsplit.hpp"
#include "report/verdicts.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using evaluate::CountryResult;
using explain::Player;
using explain::PlayerKind;

constexpr std::size_t most_players = 14;

class Differences {
 public:
  explicit Differences(const Compared& compared)
      : main_(compared.main),
        scored_(compared.scored),
        model_(scored_.rules()),
        behind_(explain::rules_behind(model_, main_.output)),
        second_(country_title(main_.second)),
        digits_(scored_.digits_of(main_.output)) {}

  Document text() const { return parts() + players() + rules(); }

 private:
  std::vector<const explain::ViewComparison*> attributed() const {
    std::vector<const explain::ViewComparison*> views;
    for (const explain::ViewComparison& view : main_.views)
      if (view.attribution) views.push_back(&view);
    return views;
  }

  std::string towards() const {
    return fmt::format("points of {}; + makes {} the {}", spoken(model_[main_.output].name),
                       second_, words_of(model_[main_.output]).higher);
  }

  Document parts() const {
    const auto views = attributed();
    if (views.empty()) return {};
    const std::size_t half = views.size() == 1 ? 24 : views.size() == 2 ? 14 : 8;
    const bool bars = views.size() <= 3;
    double largest = 0;
    std::map<NodeId, std::vector<double>> by_node;
    for (std::size_t v = 0; v < views.size(); ++v)
      for (const explain::Part& part : views[v]->attribution->parts) {
        auto& row = by_node[part.node];
        row.resize(views.size());
        row[v] = part.points;
        largest = std::max(largest, std::abs(part.points));
      }
    if (by_node.empty()) return {};
    std::vector<std::pair<NodeId, std::vector<double>>> rows(by_node.begin(), by_node.end());
    std::stable_sort(rows.begin(), rows.end(),
                     [](const auto& a, const auto& b) { return a.second[0] > b.second[0]; });
    std::vector<Column> columns = {{""}};
    for (const explain::ViewComparison* view : views) {
      columns.push_back({bars ? "" : view->name, Align::right});
      if (bars) columns.push_back({view->name, Align::left, 1, true});
    }
    Table table(std::move(columns));
    const auto add = [&](std::string name, const std::vector<double>& values) {
      std::vector<std::string> cells = {std::move(name)};
      for (std::size_t v = 0; v < views.size(); ++v) {
        cells.push_back(small_points(values[v], digits_));
        if (bars) cells.push_back(two_sided_bar(values[v], largest, half));
      }
      table.add(std::move(cells));
    };
    std::vector<double> rest(views.size());
    for (std::size_t v = 0; v < views.size(); ++v) rest[v] = views[v]->gap;
    for (const auto& [node, values] : rows)
      for (std::size_t v = 0; v < views.size(); ++v) rest[v] -= values[v];
    std::vector<double> by_hand = overrides_of_output(views);
    for (std::size_t v = 0; v < views.size(); ++v) rest[v] -= by_hand[v];
    if (says_nothing(rows, rest, by_hand)) return {};
    for (const auto* row : {&rest, &by_hand})
      for (const double across : *row) largest = std::max(largest, std::abs(across));
    for (const auto& [node, values] : rows) add(model_[node].name, values);
    if (is_told(by_hand)) add("override of " + model_[main_.output].name, by_hand);
    if (is_told(rest)) add("rules across parts", rest);
    table.add(gap_row(views, bars));
    return gap() + section("Where the difference comes from", fmt::format(" ({})", towards())) +
           inset(table);
  }

  // Where everything rounds to nothing, or all parts are facts, the list below says it all.
  bool says_nothing(const std::vector<std::pair<NodeId, std::vector<double>>>& rows,
                    const std::vector<double>& rest, const std::vector<double>& by_hand) const {
    const auto small = [&](const std::vector<double>& row) {
      return std::all_of(row.begin(), row.end(),
                         [&](double r) { return std::abs(r) < least_told(digits_); });
    };
    if (std::none_of(rows.begin(), rows.end(),
                     [&](const auto& row) { return model_[row.first].is_factor(); }))
      return true;
    return small(rest) && small(by_hand) &&
           std::all_of(rows.begin(), rows.end(),
                       [&](const auto& row) { return small(row.second); });
  }

  static bool is_told(const std::vector<double>& row) {
    return std::any_of(row.begin(), row.end(), [](double r) { return std::abs(r) >= 1e-6; });
  }

  // Points added by hand to the output itself, by viewpoint.
  std::vector<double> overrides_of_output(
      const std::vector<const explain::ViewComparison*>& views) const {
    std::vector<double> by_hand(views.size());
    for (std::size_t v = 0; v < views.size(); ++v)
      for (const Player& player : views[v]->attribution->players)
        if (player.kind == PlayerKind::override_points && player.node == main_.output)
          by_hand[v] += player.points;
    return by_hand;
  }

  // As the table of scores has it.
  std::vector<std::string> gap_row(const std::vector<const explain::ViewComparison*>& views,
                                   bool bars) const {
    std::vector<std::string> cells = {"gap"};
    for (const explain::ViewComparison* view : views) {
      cells.push_back(printed_move(view->first, view->second, digits_));
      if (bars) cells.emplace_back();
    }
    return cells;
  }

  using Key = std::tuple<PlayerKind, NodeId, NodeId, RuleId>;

  std::string player_title(const Player& player, const std::map<NodeId, int>& readers) const {
    if (player.kind != PlayerKind::leaf || readers.at(player.node) > 1)
      return explain::name_of(player, model_);
    return model_[player.node].name;
  }

  std::string side_cell(const Player& player, const std::string& code) const {
    const CountryResult& country = *scored_.assessment->views[0].find(code);
    if (player.kind == PlayerKind::leaf &&
        model_[player.node].kind ==
            model::NodeKind::indicator) {  // the fact, before rules: those have rows of their own
      const data::Chosen& fact = scored_.now->fact(code, player.node);
      return value_in_short(model_[player.node], fact.value.value_or(std::nan(""))) +
             date_note(fact);
    }
    if (player.kind == PlayerKind::leaf && model_[player.node].is_factor())
      return points(country[player.node].value, scored_.digits_of(player.node));
    if (player.kind == PlayerKind::leaf)
      return value_in_short(model_[player.node], country[player.node].value);
    if (player.kind == PlayerKind::rule) return rule_cell(country, player.rule, false);
    return "";
  }

  bool differs(NodeId node) const {
    const evaluate::ViewResult& view = scored_.assessment->views[0];
    const double a = (*view.find(main_.first))[node].value,
                 b = (*view.find(main_.second))[node].value;
    return a != b && !(std::isnan(a) && std::isnan(b));
  }

  // Under a derived value, or a factor that one reads, what it was worked out from, down to the
  // facts: what differs, each with its parts once.
  void add_parts(NodeId node, std::size_t level, std::set<NodeId>& told, Table& table) const {
    constexpr std::size_t deepest = 6;  // levels that are set in; deeper ones stand there too
    const std::vector<NodeId> parts = explain::worked_out_from(model_, node);
    if (parts.empty() || !told.insert(node).second) return;
    for (const NodeId part : parts) {
      if (!differs(part)) continue;
      const Player read{PlayerKind::leaf, {}, part, {}, 0};
      table.add({std::string(2 * std::min(level, deepest), ' ') + model_[part].name,
                 side_cell(read, main_.first), side_cell(read, main_.second)});
      add_parts(part, level + 1, told, table);
    }
  }

  bool binds(RuleId rule) const {
    const evaluate::ViewResult& view = scored_.assessment->views[0];
    return (*view.find(main_.first)).rules[rule.index].binding ||
           (*view.find(main_.second)).rules[rule.index].binding;
  }

  // Whether a rule has anything to do with what is compared. With the main output, all have: others
  // rest on it.
  bool concerns(RuleId rule) const { return main_.output == model_.main || behind_.contains(rule); }

  struct Row {
    Player player;
    std::vector<double> points;  // by viewpoint
    double largest() const {
      double result = 0;
      for (const double value : points) result = std::max(result, std::abs(value));
      return result;
    }
  };

  // Players of all viewpoints, the largest first.
  static std::vector<Row> rows_of(const std::vector<const explain::ViewComparison*>& views) {
    std::map<Key, Row> by_key;
    for (std::size_t v = 0; v < views.size(); ++v)
      for (const Player& player : views[v]->attribution->players) {
        Row& row = by_key[{player.kind, player.reader, player.node, player.rule}];
        row.player = player;
        row.points.resize(views.size());
        row.points[v] = player.points;
      }
    std::vector<Row> rows;
    for (auto& [key, row] : by_key) rows.push_back(std::move(row));
    std::stable_sort(rows.begin(), rows.end(),
                     [](const Row& a, const Row& b) { return a.largest() > b.largest(); });
    return rows;
  }

  Document players() const {
    const auto views = attributed();
    if (views.empty()) return unsplit();
    const std::vector<Row> rows = rows_of(views);
    std::map<NodeId, int> readers;
    for (const Row& row : rows)
      if (row.player.kind == PlayerKind::leaf) ++readers[row.player.node];
    std::vector<Column> columns = {{""}, {main_.first, Align::right}, {main_.second, Align::right}};
    for (const explain::ViewComparison* view : views) columns.push_back({view->name, Align::right});
    Table table(std::move(columns));
    std::vector<double> rest(views.size());
    std::size_t left = 0;
    bool idle_rule = false;
    std::set<NodeId> told;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto& [player, values] = rows[i];
      if (i >= most_players || rows[i].largest() < least_told(digits_)) {
        ++left;
        for (std::size_t v = 0; v < views.size(); ++v) rest[v] += values[v];
        continue;
      }
      idle_rule = idle_rule || (player.kind == PlayerKind::rule && !binds(player.rule));
      std::vector<std::string> cells = {player_title(player, readers),
                                        side_cell(player, main_.first),
                                        side_cell(player, main_.second)};
      for (const double value : values) cells.push_back(small_points(value, digits_));
      table.add(std::move(cells));
      if (player.kind == PlayerKind::leaf) add_parts(player.node, 1, told, table);
    }
    if (left == rows.size()) return small_parts(rows.size()) + unsplit();
    if (left > 0) {
      std::vector<std::string> cells = {counted(left, "other", "others"), "", ""};
      for (const double value : rest) cells.push_back(small_points(value, digits_));
      table.add(std::move(cells));
    }
    Document text =
        gap() + section("By fact and rule", fmt::format(" ({})", towards())) + inset(table);
    text += paragraph(
        std::string("Numbers are rounded one by one, and the gap is that of the rounded scores; "
                    "unrounded, each list adds up to it. Bands and verdicts go by the unrounded.") +
        (left > 0
             ? fmt::format(" Others differ by under {}, or less than the {} largest do; --json "
                           "has all.",
                           least_words(), most_players)
             : "") +
        (idle_rule ? " Points are means over all orders in which one country's facts give way to "
                     "the other's: a rule that changes nothing "
                     "today has some where it would among facts of both."
                   : ""));
    for (const explain::ViewComparison* view : views)
      if (view->attribution->sampled)
        text += paragraph(fmt::format(
            "{}ampled, to within {} (one standard error).",
            view->name.empty() ? std::string("S") : view->name + ": s",
            point_word(std::max(view->attribution->standard_error, 1e-9), digits_ + 2)));
    return text + unsplit();
  }

  // "half a point", "0.005 points": what rounds to nothing.
  std::string least_words() const {
    return digits_ == 0 ? "half a point" : written_points(least_told(digits_));
  }

  Document small_parts(std::size_t parts) const {
    if (parts == 0) return {};  // nothing that differs
    return gap() + section("By fact and rule") +
           paragraph(
               parts == 1
                   ? fmt::format("One part differs, by under {}; --json has it.", least_words())
                   : fmt::format("Each of the {} parts that differ makes under {}; --json has "
                                 "them.",
                                 parts, least_words()));
  }

  // Gaps that have no parts, by the viewpoints of which the same is to be said.
  Document unsplit() const {
    std::vector<std::pair<std::string, std::vector<std::string>>> lines;
    std::size_t rated = 0;
    for (const explain::ViewComparison& view : main_.views) {
      rated += view.verdict != explain::Verdict::not_rated;
      if (!view.unsplit) continue;
      const std::string why =
          unsplit_words(*view.unsplit, model_, country_title(main_.first), second_);
      const auto same = std::find_if(lines.begin(), lines.end(),
                                     [&](const auto& line) { return line.first == why; });
      if (same != lines.end())
        same->second.push_back(view.name);
      else
        lines.push_back({why, {view.name}});
    }
    Document text;
    for (const auto& [why, names] : lines)
      text += paragraph(fmt::format("The gap{} can't be split by fact and rule: {}.",
                                    names.size() == rated ? "" : " of " + joined(names), why));
    return text.empty() ? text : gap() + text;
  }

  // ---- rules

  std::string rule_cell(const CountryResult& country, RuleId id, bool with_points = true) const {
    const evaluate::RuleResult& rule = country[id];
    if (rule.truth == evaluate::Truth::unknown) return "unknown";
    if (rule.truth == evaluate::Truth::no) return "-";
    const auto moved = rule.moved.find(main_.output);
    if (!rule.binding) return rule.may_bind ? "may bind" : "holds";
    return moved == rule.moved.end() || !with_points
               ? "binds"
               : fmt::format("binds, {}",
                             moved_words(country[main_.output].value, moved->second, digits_));
  }

  Document rules() const {
    const evaluate::ViewResult& view = scored_.assessment->views[0];
    const CountryResult &a = *view.find(main_.first), &b = *view.find(main_.second);
    Table table({{"rule"}, {main_.first}, {main_.second}});
    Document reasons;
    bool may_bind = false;
    for (std::size_t r = 0; r < model_.rules.size(); ++r) {
      const evaluate::RuleResult &left = a.rules[r], &right = b.rules[r];
      const model::Rule& rule = model_.rules[r];
      if ((left.truth == evaluate::Truth::no && right.truth == evaluate::Truth::no) ||
          !concerns(RuleId{r}))
        continue;
      table.add({rule.name, rule_cell(a, RuleId{r}), rule_cell(b, RuleId{r})});
      may_bind = may_bind || left.may_bind || right.may_bind;
      if (left.binding || right.binding)
        reasons += paragraph(fmt::format("{}: {}, because {}. [{}]", rule.name,
                                         effects_words(rule, *scored_.sources), rule.because,
                                         line_link(rule.where, *scored_.sources)),
                             2, 4);
    }
    if (table.empty()) return {};
    const std::string by =
        view.name.empty()
            ? ""
            : fmt::format(" (points of {}, {})", spoken(model_[main_.output].name), view.name);
    const Document points_are = paragraph(
        fmt::format("binds: changes something; holds: its condition is true, and it changes "
                    "nothing;{} -: it is not true. ",
                    may_bind ? " may bind: its condition is true, and whether it changes something "
                               "hangs on what is not known;"
                             : "") +
        "Points: how far the score would move were "
        "the condition not to hold, all else as it is." +
        std::string(
            attributed().empty() ? "" : " In the list above a rule shares them with its facts."));
    return gap() + section("Rules", by) + inset(table) + points_are +
           (reasons.empty() ? Document() : gap() + reasons);
  }

  const explain::Comparison& main_;
  const Scored& scored_;
  const model::Model& model_;
  std::set<RuleId> behind_;  // rules that the output rests on
  std::string second_;
  int digits_;  // of the output's scores
};

}  // namespace

Document differences_text(const Compared& compared) { return Differences(compared).text(); }

}  // namespace waystone::report
