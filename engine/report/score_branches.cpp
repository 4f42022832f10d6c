// The outputs of a scenario branch by branch, and their expected values.
#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "base/digits.hpp"
#include "base/ties.hpp"
#include "explain/reasons.hpp"
#include "report/document.hpp"
#include "report/marks.hpp"
#include "report/score.hpp"
#include "report/score_json.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using evaluate::CountryResult;

// A country's output that the branches move.
struct Moved {
  std::string country;
  NodeId output;
};

std::vector<Moved> moved_by_branches(const Scored& scored, std::size_t view, bool main_only) {
  std::vector<Moved> moved;
  for (const std::string& country : in_order(scored, scored.rules().main))
    for (const NodeId output : scored.rules().outputs()) {
      if (main_only && output != scored.rules().main) continue;
      const double stands = (*scored.assessment->views[view].find(country))[output].value;
      const bool moves = std::any_of(
          scored.branches.begin(), scored.branches.end(), [&](const BranchResult& branch) {
            const double value = (*branch.assessment.views[view].find(country))[output].value;
            return !tie(value, stands) && !(std::isnan(value) && std::isnan(stands));
          });
      if (moves) moved.push_back({country, output});
    }
  return moved;
}

std::string branch_marks(const BranchResult& branch, std::size_t view, const Moved& one) {
  return all_marks_of(*branch.scenario_case, *branch.assessment.views[view].find(one.country),
                      one.output);
}

// Those of every branch that counts.
std::string expected_marks(const std::vector<const BranchResult*>& branches, std::size_t view,
                           const Moved& one) {
  std::set<char> marks;
  for (const BranchResult* branch : branches)
    if (branch->branch->probability > 0)
      for (const char mark : branch_marks(*branch, view, one)) marks.insert(mark);
  return mark_text(marks);
}

// What marks in the tables of branches mean, where nothing above says it.
Document branch_legend(const Scored& scored) {
  std::set<char> marks, above;
  for (std::size_t v = 0; v < scored.assessment->views.size(); ++v)
    for (const Moved& one : moved_by_branches(scored, v, false)) {
      for (const BranchResult& branch : scored.branches)
        for (const char mark : branch_marks(branch, v, one)) marks.insert(mark);
      const CountryResult& country = *scored.assessment->views[v].find(one.country);
      for (const char mark : all_marks_of(*scored.now, country, one.output)) above.insert(mark);
    }
  for (const char mark : above) marks.erase(mark);
  return marks_legend(marks);
}

Table branch_table(const Scored& scored, std::size_t view, const std::vector<Moved>& moved) {
  const model::Model& model = scored.rules();
  std::vector<Column> columns = {{"If …"}, {"chance", Align::right}};
  for (const Moved& one : moved)
    columns.insert(columns.end(),
                   {{fmt::format("{} {}", one.country, model[one.output].name), Align::right},
                    {"", Align::left, 0}});
  Table table(std::move(columns));
  const auto row = [&](std::string name, std::string chance, auto value, auto marks) {
    std::vector<std::string> cells = {std::move(name), std::move(chance)};
    for (const Moved& one : moved) {
      cells.push_back(points(value(one), scored.digits_of(one.output)));
      cells.push_back(std::isnan(value(one)) ? "" : marks(one));
    }
    table.add(std::move(cells));
  };
  for (const auto& [group, branches] : explain::branch_groups(scored.branches)) {
    for (const BranchResult* branch : branches)
      row(
          group.empty() ? branch->branch->name : fmt::format("{}: {}", group, branch->branch->name),
          percent(branch->branch->probability),
          [&](const Moved& one) {
            return (*branch->assessment.views[view].find(one.country))[one.output].value;
          },
          [&](const Moved& one) { return branch_marks(*branch, view, one); });
    row(
        group.empty() ? "expected" : group + ": expected", "",
        [&, all = &branches](const Moved& one) {
          return explain::expected_value(*all, view, one.country, one.output);
        },
        [&, all = &branches](const Moved& one) { return expected_marks(*all, view, one); });
  }
  const auto as_it_stands = [&](const Moved& one) -> const CountryResult& {
    return *scored.assessment->views[view].find(one.country);
  };
  row(
      "as it stands", "", [&](const Moved& one) { return as_it_stands(one)[one.output].value; },
      [&](const Moved& one) { return all_marks_of(*scored.now, as_it_stands(one), one.output); });
  return table;
}

Document fitted_branches(const Scored& scored, std::size_t view) {
  const auto all = moved_by_branches(scored, view, false);
  if (all.empty()) return paragraph("No branch moves anything.");
  const Table table = branch_table(scored, view, all);
  if (table.width() <= page_width) return inset(table);
  const auto main_only = moved_by_branches(scored, view, true);
  Document text;
  for (std::size_t from = 0; from < main_only.size(); from += 4) {
    const std::vector<Moved> some(
        main_only.begin() + std::ptrdiff_t(from),
        main_only.begin() + std::ptrdiff_t(std::min(main_only.size(), from + 4)));
    text += (from > 0 ? gap() : Document()) + inset(branch_table(scored, view, some));
  }
  return text;
}

}  // namespace

Document branch_tables(const Scored& scored) {
  if (scored.branches.empty()) return {};
  Document text;
  for (std::size_t v = 0; v < scored.assessment->views.size(); ++v) {
    const std::string& name = scored.assessment->views[v].name;
    text += gap() +
            section(name.empty() ? std::string("Branches")
                                 : fmt::format("Branches, seen by {}", name)) +
            fitted_branches(scored, v);
  }
  return text + branch_legend(scored);
}

}  // namespace waystone::report
