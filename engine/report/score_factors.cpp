// The factors that outputs are made of, a column a country.
#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "base/ties.hpp"
#include "explain/reasons.hpp"
#include "report/causes.hpp"
#include "report/document.hpp"
#include "report/marks.hpp"
#include "report/score.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using evaluate::CountryResult;

struct Row {
  NodeId node;
  std::size_t depth = 0;
  std::size_t member = 0;  // of the output
  bool told = false;       // its parts stand in a row above
};

bool has_inner(const model::Model& model, NodeId node) {
  const auto& members = model[node].factor().members;
  return std::any_of(members.begin(), members.end(),
                     [&](const model::Member& member) { return model[member.node].is_factor(); });
}

// The factors below that of the last row. What several are made of is gone through once.
void add_inner(const model::Model& model, std::set<NodeId>& told, std::vector<Row>& rows) {
  const Row above = rows.back();
  if (!has_inner(model, above.node)) return;
  if (!told.insert(above.node).second) {
    rows.back().told = true;
    return;
  }
  for (const model::Member& member : model[above.node].factor().members) {
    if (!model[member.node].is_factor()) continue;
    rows.push_back({member.node, above.depth + 1, 0, false});
    add_inner(model, told, rows);
  }
}

// The output's members by weight in the first viewpoint, then name.
std::vector<Row> rows_of(const Scored& scored, NodeId output, bool inner) {
  const model::Model& model = scored.rules();
  const model::Factor& factor = model[output].factor();
  const auto shares = explain::member_shares(factor, scored.assessment->views[0].viewpoint);
  std::vector<std::size_t> order(factor.members.size());
  for (std::size_t m = 0; m < order.size(); ++m) order[m] = m;
  if (!shares.empty())
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return shares[a] > shares[b]; });
  std::vector<Row> rows;
  std::set<NodeId> told;
  for (const std::size_t m : order) {
    rows.push_back({factor.members[m].node, 0, m, false});
    if (inner && model[factor.members[m].node].is_factor()) add_inner(model, told, rows);
  }
  return rows;
}

std::string short_weight(const MemberWeight& weight) {
  return weight.multiplier ? "x " + amount(weight.written) : percent(weight.written);
}

// What a member of a sum adds to it; "" where it is not known.
std::string points_made(const MemberWeight& weight, double score, int digits) {
  const double times = std::isnan(weight.counted) ? weight.written : weight.counted;
  return std::isnan(score) ? "" : points(times * score, digits);
}

struct Layout {
  bool weights = true, bounds = true;
};

Table factor_table(const Scored& scored, NodeId output, const std::vector<std::string>& countries,
                   const ScoreOptions& options, Layout layout) {
  const model::Model& model = scored.rules();
  const model::Factor& factor = model[output].factor();
  const auto& views = scored.assessment->views;
  std::vector<Column> columns = {{""}};
  std::vector<std::vector<MemberWeight>> weights;
  const bool sum = factor.combination == model::Combination::sum;
  if (layout.weights && !factor.weights.empty())
    for (const evaluate::ViewResult& view : views) {
      if (!weights.empty() && !factor.weights_from_viewpoint) break;
      weights.push_back(member_weights(factor, view.viewpoint, {}));
      columns.push_back({factor.weights_from_viewpoint ? view.name
                         : sum                         ? "times"
                                                       : "weight",
                         Align::right});
    }
  for (const std::string& country : countries) {
    columns.push_back({country, Align::right, 4});
    if (sum && layout.weights) columns.push_back({"points", Align::right});
    if (layout.bounds) columns.push_back({scored.before ? "moved" : "", Align::left});
    columns.push_back({"", Align::left, 1});
  }
  Table table(std::move(columns));
  for (const Row& row : rows_of(scored, output, options.all)) {
    constexpr std::size_t deepest = 12;  // deeper ones stand where the page still has room
    std::vector<std::string> cells = {std::string(2 * std::min(row.depth, deepest), ' ') +
                                      model[row.node].name + (row.told ? ", parts above" : "")};
    for (const auto& of_view : weights)
      cells.push_back(row.depth == 0 ? short_weight(of_view[row.member]) : "");
    for (const std::string& code : countries) {
      const CountryResult& country = *views[0].find(code);
      const evaluate::NodeResult& node = country[row.node];
      const bool flip = row.depth == 0 && factor.members[row.member].flip;
      const int digits = scored.digits_of(row.node);
      const auto turned = [&](double score) { return flip ? 100 - score : score; };
      cells.push_back(std::isnan(node.score) ? "?" : points(turned(node.score), digits));
      if (sum && layout.weights)
        cells.push_back(row.depth == 0 ? points_made(member_weights(factor, views[0].viewpoint,
                                                                    country[output])[row.member],
                                                     turned(node.score), digits)
                                       : "");
      if (layout.bounds) {
        const std::string range = interval(turned(flip ? node.score_high : node.score_low),
                                           turned(flip ? node.score_low : node.score_high), digits);
        const double before = scored.before
                                  ? (*scored.assessment_before->views[0].find(code))[row.node].score
                                  : node.score;
        cells.push_back(!scored.before ? range
                        : tie(before, node.score)
                            ? ""
                            : printed_move(turned(before), turned(node.score), digits));
      }
      cells.push_back(marks_of(scored, country, row.node));
    }
    table.add(std::move(cells));
  }
  return table;
}

std::optional<Document> fitting(const Scored& scored, NodeId output,
                                const std::vector<std::string>& countries,
                                const ScoreOptions& options) {
  for (const Layout layout : {Layout{true, true}, Layout{false, true}, Layout{false, false}}) {
    const Table table = factor_table(scored, output, countries, options, layout);
    if (table.width() <= page_width) return inset(table);
  }
  return std::nullopt;
}

// All countries in one table with everything; else those not rated apart, then fewer at a time,
// then less of each.
Document fitted(const Scored& scored, NodeId output, const ScoreOptions& options) {
  const std::vector<std::string> all = in_order(scored, output);
  const Table whole = factor_table(scored, output, all, options, {true, true});
  if (whole.width() <= page_width) return inset(whole);
  const auto split = std::find_if(all.begin(), all.end(), [&](const std::string& code) {
    return !is_rated(scored, code, output);
  });
  Document text;
  for (const std::vector<std::string>& part :
       {std::vector<std::string>(all.begin(), split), std::vector<std::string>(split, all.end())})
    for (std::size_t from = 0; from < part.size(); from += most_in_columns) {
      const std::vector<std::string> some(
          part.begin() + std::ptrdiff_t(from),
          part.begin() + std::ptrdiff_t(std::min(part.size(), from + most_in_columns)));
      text += (text.empty() ? Document() : gap()) +
              fitting(scored, output, some, options).value_or(Document());
    }
  return text;
}

// Factors seen differently by different viewpoints: where an inner factor takes its weights from
// them, too.
bool views_differ(const Scored& scored, NodeId output) {
  const auto& views = scored.assessment->views;
  for (const model::Member& member : scored.rules()[output].factor().members)
    for (const evaluate::ViewResult& view : views)
      for (std::size_t c = 0; c < view.countries.size(); ++c) {
        const double a = view.countries[c][member.node].score,
                     b = views[0].countries[c][member.node].score;
        if (a != b && !(std::isnan(a) && std::isnan(b))) return true;
      }
  return false;
}

}  // namespace

Document factor_tables(const Scored& scored, const ScoreOptions& options,
                       const std::set<char>& explained) {
  const model::Model& model = scored.rules();
  Document text;
  std::set<char> marks;
  std::set<explain::CauseKind> unrated;
  for (const NodeId output : model.outputs()) {
    if (model[output].factor().members.empty()) continue;
    std::string title =
        fmt::format("What {} is made of ({})", model[output].name, direction_words(model[output]));
    if (views_differ(scored, output))
      title += fmt::format(", seen by {}", scored.assessment->views[0].name);
    text += gap() + section(title) + fitted(scored, output, options);
    const std::vector<Row> rows = rows_of(scored, output, options.all);
    for (const CountryResult& country : scored.assessment->views[0].countries) {
      const explain::Causes causes(*scored.now, scored.assessment->views[0].viewpoint,
                                   country.code);
      for (const Row& row : rows) {
        for (const char mark : marks_of(scored, country, row.node)) marks.insert(mark);
        if (!std::isnan(country[row.node].score)) continue;
        for (const explain::Cause& cause : causes.of(row.node)) unrated.insert(cause.kind);
      }
    }
  }
  if (!unrated.empty())
    text += paragraph(fmt::format("?: not rated, because {}", kinds_words(unrated)));
  for (const char mark : explained) marks.erase(mark);
  return text + marks_legend(marks);
}

}  // namespace waystone::report
