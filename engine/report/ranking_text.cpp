#include "report/ranking.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include <fmt/format.h>

#include "explain/reasons.hpp"
#include "report/causes.hpp"
#include "report/marks.hpp"
#include "report/score.hpp"
#include "report/verdicts.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using evaluate::CountryResult;
using evaluate::Place;
using evaluate::ViewResult;

// One column of a table with its marks: heads, and what a country has in them.
struct Shown {
  std::vector<Column> heads;
  std::function<std::vector<std::string>(const Place&)> cells;
};

// What goes first where the page is too narrow.
constexpr RankField left_out_first[] = {
    RankField::judged,  RankField::ranks, RankField::group,  RankField::known, RankField::node,
    RankField::drivers, RankField::level, RankField::change, RankField::band,  RankField::bounds};

std::string rank_span(std::size_t first, std::size_t last) {
  return first == last ? std::to_string(first) : fmt::format("{} to {}", first, last);
}

class RankingText {
 public:
  RankingText(const Scored& scored, const Ranking& ranking)
      : scored_(scored),
        ranking_(ranking),
        model_(scored.rules()),
        node_(ranking.node),
        digits_(scored.digits_of(ranking.node)) {
    find_common_marks();
  }

  Document text() {
    Document text;
    if (beside_each_other())
      text += gap() +
              section(fmt::format("{}, viewpoints side by side", model_[node_].name), note(0)) +
              side_by_side();
    else
      for (std::size_t v = 0; v < ranking_.views.size(); ++v)
        text += gap() + section(title(v), note(v)) + one_view(v);
    return text + not_rated() + gap() + legend();
  }

 private:
  const ViewResult& view(std::size_t v) const { return scored_.assessment->views[v]; }
  const CountryResult& country(std::size_t v, const Place& place) const {
    return view(v).countries[place.country];
  }

  std::string title(std::size_t v) const {
    const std::string& name = view(v).name;
    return model_[node_].name + (name.empty() ? "" : ", viewpoint " + name);
  }

  // " (Central Asia: 5 of 150; ranks are among all)"
  std::string note(std::size_t v) const {
    const bool first_ones = beside_each_other() && ranking_.top > 0;
    const std::size_t all = view(v).countries.size(),
                      shown =
                          first_ones ? rated_by_any().size() : rows(v).size() + unrated(v).size();
    if (ranking_.only.empty() && ranking_.top == 0) return "";
    const auto asked =
        std::size_t(std::count(ranking_.shown.begin(), ranking_.shown.end(), char(1)));
    if (ranking_.top > 0 && !ranking_.only.empty())
      return fmt::format(" ({}: the first {} of {}, ranks are among all {} countries)",
                         ranking_.only, shown, asked, all);
    const std::string which = ranking_.only.empty() ? "" : ranking_.only + ": ";
    return fmt::format(" ({}{}{} of {} countries, ranks are among all)", which,
                       ranking_.top > 0 ? "the first " : "", shown, all);
  }

  std::vector<Place> rows(std::size_t v) const {
    std::vector<Place> found = shown_places(ranking_, v);
    std::erase_if(found, [](const Place& place) { return !place.rated(); });
    return found;
  }

  std::vector<Place> unrated(std::size_t v) const {
    std::vector<Place> found = shown_places(ranking_, v);
    std::erase_if(found, [](const Place& place) { return place.rated(); });
    return found;
  }

  bool beside_each_other() const {
    return ranking_.views.size() > 1 && ranking_.columns.empty() && !scored_.before;
  }

  // ---- marks: what nearly all scores bear is said once, below the table

  void find_common_marks() {
    for (std::size_t v = 0; v < ranking_.views.size(); ++v)
      for (const Place& place : beside_each_other() ? rated_by_any() : rows(v)) {
        if (std::isnan(country(v, place)[node_].value)) continue;
        ++printed_;
        for (const char mark : all_marks_of(*scored_.now, country(v, place), node_))
          ++marked_[mark];
      }
    for (const auto& [mark, count] : marked_)
      if (mark != '*' && printed_ > most_in_columns && borne_by_nearly_all(count, printed_))
        common_ += mark;
  }

  std::string marks(const CountryResult& result, NodeId node) {
    std::string kept;
    for (const char mark : all_marks_of(*scored_.now, result, node)) {
      if (common_.find(mark) != std::string::npos) continue;
      kept += mark;
      told_.insert(mark);
    }
    return kept;
  }

  Document common_words() const {
    CommonMarks counts;
    std::map<char, std::string> except;
    for (const char mark : common_) {
      counts[mark] = {marked_.at(mark), printed_};
      except[mark] = exceptions(mark);
    }
    return common_marks_legend(counts, except);
  }

  std::string exceptions(char mark) const {
    constexpr std::size_t most_named = 4;
    if (ranking_.views.size() > 1) return "";
    std::vector<std::string> names;
    for (const Place& place : rows(0))
      if (all_marks_of(*scored_.now, country(0, place), node_).find(mark) == std::string::npos)
        names.push_back(country_title(country(0, place).code));
    return names.empty() || names.size() > most_named ? "" : "; all but " + joined(names);
  }

  // ---- columns

  Shown shown(std::size_t v, const RankColumn& column, std::size_t drivers = 2) {
    const RankedView& ranked = ranking_.views[v];
    const auto one = [](Column head, auto cell) {
      return Shown{{std::move(head)},
                   [cell](const Place& place) { return std::vector<std::string>{cell(place)}; }};
    };
    switch (column.field) {
      case RankField::rank:
        return one({"rank", Align::right}, [](const Place& place) {
          return place.rated() ? std::to_string(place.rank) : "";
        });
      case RankField::level:
        return one({"level"}, [](const Place& place) {
          return place.alone() || !place.rated() ? std::string()
                                                 : rank_span(place.level_from, place.level_to);
        });
      case RankField::ranks:
        return one({"could rank"}, [&ranked](const Place& place) {
          const evaluate::RankRange& range = ranked.within[place.country];
          return place.rated() ? rank_span(range.first, range.last) : std::string();
        });
      case RankField::group:
        return one({column.kind}, [this, v, kind = column.kind](const Place& place) {
          std::vector<std::string> labels;
          for (const auto* group :
               scenario::groups_of(scored_.now->scenario, kind, country(v, place).code))
            labels.push_back(group->label);
          return fmt::format("{}", fmt::join(labels, ", "));
        });
      case RankField::score: return score_of(v);
      case RankField::bounds:
        return one({"bounds"}, [this, v](const Place& place) {
          const auto& result = country(v, place)[node_];
          return bounds_words(result.value, result.low, result.high, digits_);
        });
      case RankField::band:
        return one({"band"}, [this, v](const Place& place) {
          return band_cell(scored_, country(v, place).code, v, node_);
        });
      case RankField::change: return change_of(v);
      case RankField::known:
        return one({"known", Align::right}, [this, v](const Place& place) {
          return percent(country(v, place)[node_].coverage);
        });
      case RankField::judged:
        return one({"judged", Align::right}, [this, v](const Place& place) {
          return percent(country(v, place)[node_].judgement);
        });
      case RankField::node:
        return {{{model_[column.node].name, Align::right}, {"", Align::left, 0}},
                [this, v, node = column.node](const Place& place) {
                  const CountryResult& result = country(v, place);
                  const double value = result[node].value;
                  return std::vector<std::string>{
                      std::isnan(value) ? "?" : points(value, scored_.digits_of(node)),
                      marks(result, node)};
                }};
      case RankField::drivers:
        return one({"driven by"}, [this, &ranked, drivers](const Place& place) {
          std::vector<std::string> names;
          for (const explain::Driver& driver : ranked.drivers[place.country])
            if (names.size() < drivers)
              names.push_back((driver.sets ? "rule " : "") + spoken(name_of(driver, model_)));
          return fmt::format("{}", fmt::join(names, ", "));
        });
    }
    return {};
  }

  Shown score_of(std::size_t v, std::string head = "score") {
    const Column mark{"", Align::left, 0};
    if (!scored_.before) {
      std::vector<Column> heads = {{std::move(head), Align::right}, mark};
      if (scored_.now->has_overrides) heads.push_back({"without override", Align::right});
      return {
          std::move(heads), [this, v](const Place& place) {
            const CountryResult& result = country(v, place);
            std::vector<std::string> cells = {points(result[node_].value, digits_),
                                              marks(result, node_)};
            if (scored_.now->has_overrides)
              cells.push_back(evaluate::differs(result[node_].value, result[node_].without_override)
                                  ? points(result[node_].without_override, digits_)
                                  : "");
            return cells;
          }};
    }
    return {
        {{"before", Align::right}, {"after", Align::right}, mark, {"moved", Align::right}},
        [this, v](const Place& place) {
          const CountryResult& result = country(v, place);
          const double before =
                           (*scored_.assessment_before->views[v].find(result.code))[node_].value,
                       after = result[node_].value;
          return std::vector<std::string>{
              points(before, digits_), points(after, digits_), marks(result, node_),
              evaluate::differs(before, after) ? printed_move(before, after, digits_) : ""};
        }};
  }

  Shown change_of(std::size_t v) {
    return {{{"change", Align::right}, {"", Align::left, 0}},
            [this, v](const Place& place) -> std::vector<std::string> {
              const auto& changes = ranking_.views[v].changes;
              if (changes.empty() || !place.rated()) return {"", ""};
              const explain::Change& change = changes[place.country];
              if (std::isnan(change.before)) {
                newly_rated_ = true;
                return {"new", ""};
              }
              const bool data = change.mostly_data();
              change_by_data_ = change_by_data_ || data;
              return {printed_move(change.before, country(v, place)[node_].value, digits_),
                      data ? "d" : ""};
            }};
  }

  Shown names() const {
    return {{{""}}, [this](const Place& place) {
              const std::string& code = view(0).countries[place.country].code;
              const std::string title = country_title(code);
              if (display_width(title) <= widest_name_) return std::vector<std::string>{title};
              if (title != code) by_code_.insert(code);
              return std::vector<std::string>{code};
            }};
  }

  static Table table_of(const std::vector<Shown>& columns, const std::vector<Place>& places) {
    std::vector<Column> heads;
    for (const Shown& column : columns)
      heads.insert(heads.end(), column.heads.begin(), column.heads.end());
    Table table(std::move(heads));
    for (const Place& place : places) {
      std::vector<std::string> cells;
      for (const Shown& column : columns)
        for (std::string& cell : column.cells(place)) cells.push_back(std::move(cell));
      table.add(std::move(cells));
    }
    return table;
  }

  // ---- one viewpoint

  Document one_view(std::size_t v) { return ranking_.columns.empty() ? fitted(v) : in_blocks(v); }

  bool is_worth(std::size_t v, const RankColumn& column) const {
    const RankedView& ranked = ranking_.views[v];
    if (column.field == RankField::level)
      return std::any_of(ranked.order.begin(), ranked.order.end(),
                         [](const Place& place) { return place.rated() && !place.alone(); });
    if (column.field == RankField::ranks)
      return std::any_of(
          ranked.within.begin(), ranked.within.end(),
          [](const evaluate::RankRange& range) { return range.first != range.last; });
    if (column.field == RankField::change) return !ranked.changes.empty() && !scored_.before;
    if (column.field == RankField::band) return model_[node_].bands.has_value();
    if (column.field == RankField::node) return model_[column.node].kind == model::NodeKind::output;
    return true;
  }

  bool any_worth(RankField field) const {
    for (std::size_t v = 0; v < ranking_.views.size(); ++v)
      if (is_worth(v, {field, {}, {}})) return true;
    return false;
  }

  Table table_of(std::size_t v, const std::vector<RankColumn>& columns, std::size_t drivers) {
    std::vector<Shown> all;
    for (const RankColumn& column : columns) {
      if (column.field == RankField::score) all.push_back(names());
      all.push_back(shown(v, column, drivers));
    }
    return table_of(all, rows(v));
  }

  // As many columns as the page is wide; the others are named below.
  Document fitted(std::size_t v) {
    std::vector<RankColumn> columns;
    for (const RankColumn& column : all_columns(scored_))
      if (is_worth(v, column) && !(column.field == RankField::node && column.node == node_))
        columns.push_back(column);
    std::size_t drivers = 2;
    Table table = table_of(v, columns, drivers);
    for (const RankField field : left_out_first) {
      if (table.width() <= page_width) break;
      if (field == RankField::drivers) table = with_less_room(v, columns, drivers);
      if (table.width() <= page_width) break;
      std::erase_if(columns, [&](const RankColumn& column) {
        if (column.field != field) return false;
        leave_out(name_of(column, model_));
        return true;
      });
      table = table_of(v, columns, drivers);
    }
    for (const RankColumn& column : columns) fields_.insert(column.field);
    return inset(std::move(table));
  }

  // One driver in place of two; then codes of long names.
  Table with_less_room(std::size_t v, const std::vector<RankColumn>& columns,
                       std::size_t& drivers) {
    drivers = 1;
    Table table = table_of(v, columns, drivers);
    if (table.width() <= page_width) return table;
    widest_name_ = widest_beside_others;
    table = table_of(v, columns, drivers);
    if (table.width() > page_width) widest_name_ = widest_name;
    return table;
  }

  void leave_out(const std::string& name) {
    if (std::find(left_out_.begin(), left_out_.end(), name) == left_out_.end())
      left_out_.push_back(name);
  }

  // Columns that were asked for are all printed, in several tables where the page is too narrow.
  Document in_blocks(std::size_t v) {
    Document text;
    const std::vector<Place> places = rows(v);
    const RankColumn rank{RankField::rank, {}, {}}, score{RankField::score, {}, {}};
    const std::vector<Shown> key = {shown(v, rank), names(), shown(v, score)};
    fields_.insert(RankField::rank);
    std::vector<Shown> block = key;
    const auto put = [&] {
      text += (text.empty() ? Document() : gap()) + inset(table_of(block, places));
      block = key;
    };
    for (const RankColumn& column : ranking_.columns) {
      if (column.field == RankField::rank || column.field == RankField::score) continue;
      fields_.insert(column.field);
      block.push_back(shown(v, column));
      if (table_of(block, places).width() <= page_width || block.size() == key.size() + 1) continue;
      Shown last = std::move(block.back());
      block.pop_back();
      put();
      block.push_back(std::move(last));
    }
    put();
    return text;
  }

  // ---- several viewpoints

  Document side_by_side() {
    static const std::vector<std::vector<RankField>> choices = {
        {RankField::level, RankField::bounds, RankField::band, RankField::change},
        {RankField::bounds, RankField::band, RankField::change},
        {RankField::bounds, RankField::change},
        {RankField::change},
        {}};
    for (const auto& fields : choices) {
      const Table table = beside(fields);
      if (table.width() > page_width && !fields.empty()) continue;
      fields_.insert(RankField::rank);
      for (const RankField field : fields)
        if (any_worth(field)) fields_.insert(field);
      return inset(table);
    }
    return {};
  }

  Table beside(const std::vector<RankField>& fields) {
    std::vector<Shown> columns = {names()};
    const auto add = [&](std::size_t v, Shown column) {
      columns.push_back(
          {std::move(column.heads), [this, v, cells = std::move(column.cells)](const Place& place) {
             return cells(place_of(v, place.country));
           }});
    };
    for (std::size_t v = 0; v < ranking_.views.size(); ++v) {
      add(v, shown(v, {RankField::rank, {}, {}}));
      add(v, score_of(v, view(v).name));
      for (const RankField field : fields)
        if (is_worth(v, {field, {}, {}})) add(v, shown(v, {field, {}, {}}));
    }
    return table_of(columns, rated_by_any());
  }

  // Those that the first viewpoint rates, in its order; then those that only others do, in theirs.
  std::vector<Place> rated_by_any() const {
    std::vector<Place> places = rows(0);
    for (std::size_t v = 1; v < ranking_.views.size(); ++v)
      for (const Place& place : rows(v))
        if (ranking_.top > 0 && places.size() >= ranking_.top)
          return places;
        else if (std::none_of(places.begin(), places.end(),
                              [&](const Place& known) { return known.country == place.country; }))
          places.push_back(place);
    return places;
  }

  const Place& place_of(std::size_t v, std::size_t country) const {
    const auto& order = ranking_.views[v].order;
    return *std::find_if(order.begin(), order.end(),
                         [&](const Place& place) { return place.country == country; });
  }

  // ---- those not rated, by name

  Document not_rated() const {
    std::map<std::size_t, std::vector<std::string>> views;  // by place in the first view's order
    for (std::size_t v = 0; v < ranking_.views.size(); ++v)
      for (const Place& place : unrated(v)) views[place.country].push_back(view(v).name);
    if (beside_each_other() && ranking_.top > 0)  // those of the table that one doesn't rate
      for (std::size_t v = 0; v < ranking_.views.size(); ++v)
        for (const Place& row : rated_by_any())
          if (!place_of(v, row.country).rated()) views[row.country].push_back(view(v).name);
    if (views.empty()) return {};
    Document text =
        gap() +
        section("Not rated", fmt::format(" ({})", counted(views.size(), "country", "countries")));
    for (const Place& place : ranking_.views[0].order) {
      const auto found = views.find(place.country);
      if (found == views.end()) continue;
      const std::string& code = view(0).countries[place.country].code;
      const auto& by = found->second;
      const ViewResult& first = *scored_.assessment->find(by.front());
      const std::string why =
          because_words(explain::Causes(*scored_.now, first.viewpoint, code).of(node_),
                        *scored_.now, *scored_.sources, 6);
      const std::string seen =
          by.size() == ranking_.views.size() ? "" : fmt::format(" (seen by {})", joined(by));
      text += paragraph(
          fmt::format("{}{}{}{}", country_title(code), seen, why.empty() ? "" : ": ", why), 2, 4);
    }
    return text;
  }

  // ---- what the columns mean

  std::string column_words() const {
    std::string words;
    const auto add = [&](RankField field, const std::string& sentence) {
      if (fields_.contains(field)) words += sentence;
    };
    const bool several = scored_.now->countries.size() > 1;
    add(RankField::level,
        fmt::format("Level: the ranks from first to last that are level with this one ({}). ",
                    level_gaps(model_.level_margin)));
    add(RankField::ranks,
        several ? "Could rank: over all that is unknown or uncertain, among those rated. " : "");
    add(RankField::bounds, "Bounds: over all that is unknown or uncertain. ");
    add(RankField::change,
        fmt::format("Change: on {}, by the same rules, of the scores as printed. ",
                    long_date(ranking_.earlier)));
    if (fields_.contains(RankField::known) && fields_.contains(RankField::judged))
      words += "Known, judged: shares of the weight that rest on known data and on judgement. ";
    else
      add(RankField::known, "Known: share of the weight that rests on known data. ");
    add(RankField::drivers,
        fmt::format("Driven by: what costs {} most points{}. ", model_[node_].name,
                    a_rule_sets() ? "; first the rule whose floor or cap is the score, then what "
                                    "would cost most without it"
                                  : ""));
    return words;
  }

  bool a_rule_sets() const {
    for (std::size_t v = 0; v < ranking_.views.size(); ++v)
      for (const Place& place : shown_places(ranking_, v)) {
        const auto& drivers = ranking_.views[v].drivers[place.country];
        if (place.rated() && !drivers.empty() && drivers.front().sets) return true;
      }
    return false;
  }

  Document legend() {
    std::vector<std::string> directions = {
        fmt::format("{}: {}", model_[node_].name, direction_words(model_[node_]))};
    if (fields_.contains(RankField::node) && ranking_.columns.empty())
      for (const NodeId output : model_.outputs())
        if (output != node_)
          directions.push_back(
              fmt::format("{}: {}", model_[output].name, direction_words(model_[output])));
    Document text = paragraph(fmt::format(
        "{}. {}Numbers are rounded one by one; ranks and bands go by the unrounded ones.",
        joined(directions, ", "), column_words()));
    if (beside_each_other())
      text += paragraph(fmt::format(
          "In order of {}{}. --viewpoint NAME shows one alone, with more columns.", view(0).name,
          rated_by_any().size() > rows(0).size() ? ", then those that only others rate" : ""));
    if (!left_out_.empty())
      text += paragraph(fmt::format("Left out, since the page is {} columns wide, these first: {}. "
                                    "--columns chooses, --csv has all.",
                                    page_width, fmt::join(left_out_, ", ")),
                        0, 2);
    if (!by_code_.empty()) {
      std::vector<std::string> names;
      for (const std::string& code : by_code_)
        names.push_back(fmt::format("{} is {}", code, country_title(code)));
      text += paragraph(fmt::format("{}.", joined(names)), 0, 2);
    }
    if (!ranking_.no_changes.empty())
      text += paragraph(
          capitalised(fmt::format("no change on the year before: {}.", ranking_.no_changes)), 0, 2);
    if (change_by_data_)
      text += paragraph("d: most of the change is data that began or ended, not movement");
    if (newly_rated_) text += paragraph("new: not rated a year before");
    return text + common_words() + counted_legend();
  }

  // The usual words, with how many scores bear a mark.
  Document counted_legend() const {
    std::set<char> marks = told_;
    if (has_notes(ranking_)) marks.erase('*');  // one of them tells it
    return marks_legend(marks);
  }

  static constexpr std::size_t widest_name = 26, widest_beside_others = 20;
  const Scored& scored_;
  const Ranking& ranking_;
  const model::Model& model_;
  NodeId node_;
  int digits_;
  std::map<char, std::size_t> marked_;
  std::size_t printed_ = 0;
  std::string common_;          // marks that are said once
  std::set<char> told_;         // marks in the tables
  std::set<RankField> fields_;  // columns in the tables
  std::vector<std::string> left_out_;
  std::size_t widest_name_ = widest_name;
  mutable std::set<std::string> by_code_;  // countries that stand with their code
  bool change_by_data_ = false, newly_rated_ = false;
};

}  // namespace

Document ranking_text(const Scored& scored, const Ranking& ranking) {
  return ranking.by_group.empty() ? RankingText(scored, ranking).text()
                                  : groups_text(scored, ranking);
}

}  // namespace waystone::report
