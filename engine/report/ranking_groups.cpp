// Groups of countries summed up: what `score --by-group` prints.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>

#include "report/marks.hpp"
#include "report/ranking.hpp"
#include "report/score.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using evaluate::ViewResult;

class GroupTables {
 public:
  GroupTables(const Scored& scored, const Ranking& ranking)
      : scored_(scored),
        ranking_(ranking),
        model_(scored.rules()),
        node_(ranking.node),
        digits_(scored.digits_of(ranking.node)) {
    find_common_marks();
  }

  Document text() {
    Document text;
    for (std::size_t v = 0; v < ranking_.views.size(); ++v)
      text +=
          gap() + section(fmt::format("{} by {}", title(v), ranking_.by_group)) + inset(fitted(v));
    return text + gap() + legend();
  }

 private:
  const ViewResult& view(std::size_t v) const { return scored_.assessment->views[v]; }

  std::string title(std::size_t v) const {
    const std::string& name = view(v).name;
    return model_[node_].name + (name.empty() ? "" : ", viewpoint " + name);
  }

  // Marks that nearly all scores bear are said once, as in a ranking.
  void find_common_marks() {
    std::map<char, std::size_t> marked;
    std::size_t printed = 0;
    for (std::size_t v = 0; v < ranking_.views.size(); ++v)
      for (const RankedGroup& group : ranking_.groups)
        for (const std::size_t country : group.views[v].members) {
          ++printed;
          for (const char mark : marks_at(v, country)) ++marked[mark];
        }
    for (const auto& [mark, count] : marked)
      if (mark != '*' && printed > most_in_columns && borne_by_nearly_all(count, printed))
        common_[mark] = {count, printed};
  }

  std::string marks_at(std::size_t v, std::size_t country) const {
    return all_marks_of(*scored_.now, view(v).countries[country], node_);
  }

  // Of some countries' scores, those that are printed.
  std::string marks_of(std::size_t v, const std::vector<std::size_t>& countries) {
    std::set<char> marks;
    for (const std::size_t country : countries)
      for (const char mark : marks_at(v, country))
        if (!common_.contains(mark)) marks.insert(mark);
    told_.insert(marks.begin(), marks.end());
    return mark_text(marks);
  }

  // Names of countries where the page has room for them, else codes.
  Table fitted(std::size_t v) {
    Table named = table(v, false);
    return named.width() <= page_width ? std::move(named) : table(v, true);
  }

  Table table(std::size_t v, bool by_code) {
    const bool changes = !ranking_.views[v].changes.empty();
    const Column mark{"", Align::left, 0}, name{"", Align::left, 1};
    std::vector<Column> heads = {
        {""}, {"rated", Align::right}, {"mean", Align::right}, mark, {"spread", Align::right}};
    if (changes) heads.insert(heads.end(), {{"change", Align::right}, mark});
    heads.insert(heads.end(), {{"lowest", Align::right}, mark, name});
    heads.insert(heads.end(), {{"highest", Align::right}, mark, name});
    Table table(std::move(heads));
    for (const RankedGroup& group : ranking_.groups) table.add(row(v, group, by_code, changes));
    return table;
  }

  std::vector<std::string> row(std::size_t v, const RankedGroup& group, bool by_code,
                               bool changes) {
    const explain::GroupResult& result = group.views[v];
    std::vector<std::string> cells = {group.group ? group.group->label : "in no group",
                                      fmt::format("{} of {}", result.rated, result.countries)};
    if (result.rated == 0) return cells;
    const int finer = std::max(digits_, 1);
    cells.insert(cells.end(), {points(result.mean, digits_), marks_of(v, result.members),
                               points(result.spread, finer)});
    if (changes) {
      const bool data = explain::Change{0, result.change, result.change_by_data}.mostly_data();
      by_data_ = by_data_ || data;
      cells.push_back(std::isnan(result.change) ? "" : small_points(result.change, finer));
      cells.push_back(data ? "d" : "");
    }
    for (const std::size_t country : {result.lowest, result.highest}) {
      const evaluate::CountryResult& end = view(v).countries[country];
      cells.insert(cells.end(), {points(end[node_].value, digits_), marks_of(v, {country}),
                                 by_code ? end.code : country_title(end.code)});
    }
    return cells;
  }

  Document legend() const {
    std::string words =
        "Mean: each country counts once; spread: the standard deviation of those rated, as of a "
        "whole group and no sample of it. ";
    if (!ranking_.views.empty() && !ranking_.views[0].changes.empty())
      words += fmt::format("Change: of the mean since {}, of countries rated on both dates. ",
                           long_date(ranking_.earlier));
    if (!told_.empty()) words += "A mean bears the marks of the scores that it is of. ";
    Document text = paragraph(fmt::format(
        "{}: {}. {}Numbers are rounded one by one; ranks and bands go by the unrounded ones.",
        model_[node_].name, direction_words(model_[node_]), words));
    if (!ranking_.no_changes.empty())
      text += paragraph(
          capitalised(fmt::format("no change on the year before: {}.", ranking_.no_changes)), 0, 2);
    if (by_data_)
      text += paragraph("d: most of the change is data that began or ended, not movement");
    return text + common_marks_legend(common_) + marks_legend(told_);
  }

  const Scored& scored_;
  const Ranking& ranking_;
  const model::Model& model_;
  NodeId node_;
  int digits_;
  CommonMarks common_;   // said once
  std::set<char> told_;  // in the tables
  bool by_data_ = false;
};

}  // namespace

Document groups_text(const Scored& scored, const Ranking& ranking) {
  return GroupTables(scored, ranking).text();
}

}  // namespace waystone::report
