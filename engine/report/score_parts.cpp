// What stands below the scores: factors and notes.
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/digits.hpp"
#include "base/ties.hpp"
#include "explain/reasons.hpp"
#include "report/causes.hpp"
#include "report/document.hpp"
#include "report/marks.hpp"
#include "report/rules.hpp"
#include "report/score.hpp"
#include "report/score_json.hpp"
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

// Countries of which so much is missing that a list of it would say nothing.
constexpr std::size_t many_missing = 12;

// Of those that scenarios give: what looks back on them lacks nothing of its own.
std::vector<const data::Chosen*> given_facts(const Scored& scored, const std::string& country) {
  const auto indicators = data::indicators(scored.rules());
  const auto& facts = scored.now->chosen.at(country);
  std::vector<const data::Chosen*> given;
  for (std::size_t k = 0; k < facts.size(); ++k)
    if (scored.rules()[indicators[k]].is_given()) given.push_back(&facts[k]);
  return given;
}

std::size_t missing_facts(const Scored& scored, const std::string& country) {
  const auto facts = given_facts(scored, country);
  return std::size_t(
      std::count_if(facts.begin(), facts.end(), [](const auto* fact) { return !fact->value; }));
}

bool sparse(const Scored& scored, const std::string& country) {
  return missing_facts(scored, country) > many_missing;
}

std::string sparse_note(const Scored& scored, const CountryResult& country) {
  std::vector<std::string> unrated;
  for (const NodeId output : scored.rules().outputs())
    if (std::isnan(country[output].value)) unrated.push_back(scored.rules()[output].name);
  const auto left_out =
      std::size_t(std::count_if(country.rules.begin(), country.rules.end(), [](const auto& rule) {
        return rule.truth == evaluate::Truth::unknown;
      }));
  std::string line =
      fmt::format("{} of {} facts are not known", missing_facts(scored, country.code),
                  given_facts(scored, country.code).size());
  if (!unrated.empty())
    line +=
        fmt::format(", so {} {} not rated", joined(unrated), unrated.size() == 1 ? "is" : "are");
  if (left_out > 0) line += fmt::format("; {} left out", counted(left_out, "rule is", "rules are"));
  return line + ". 'data' names them.";
}

// Countries of which the same is to be said stand in one line.
Document sparse_notes(const Scored& scored) {
  std::vector<std::pair<std::string, std::vector<std::string>>> lines;
  for (const std::string& code : in_order(scored, scored.rules().main)) {
    const CountryResult& country = *scored.assessment->views[0].find(code);
    if (!sparse(scored, country.code)) continue;
    const std::string note = sparse_note(scored, country);
    const auto found = std::find_if(lines.begin(), lines.end(),
                                    [&](const auto& line) { return line.first == note; });
    if (found != lines.end())
      found->second.push_back(country_title(country.code));
    else
      lines.push_back({note, {country_title(country.code)}});
  }
  Document text;
  for (const auto& [note, countries] : lines)
    text += paragraph(fmt::format("{}: {}", joined(countries), note), 0, 2);
  return text;
}

Document per_country(const Scored& scored, const std::string& head,
                     const std::map<std::string, std::vector<std::string>>& by_country,
                     std::size_t most) {
  Document text;
  for (const std::string& country : in_order(scored, scored.rules().main)) {
    const auto found = by_country.find(country);
    if (found == by_country.end() || found->second.empty()) continue;
    text += paragraph(
        fmt::format("{}, {}: {}.", head, country_title(country), joined_up_to(found->second, most)),
        0, 2);
  }
  return text;
}

// "+3", "+3 to +8" over the viewpoints; "" where the amount is unknown
std::string would_move(const Scored& scored, const std::string& country, RuleId rule,
                       NodeId output) {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  const int digits = scored.digits_of(output);
  std::string first, last;
  for (const evaluate::ViewResult& view : scored.assessment->views) {
    const CountryResult& result = *view.find(country);
    const auto& moves = result[rule].would_move;
    const auto found = moves.find(output);
    if (found == moves.end()) continue;
    if (std::isnan(found->second)) return "";
    const double value = result[output].value;
    const std::string move = std::isnan(value) ? small_points(found->second, digits)
                                               : printed_move(value, value + found->second, digits);
    if (found->second < low) first = move;
    if (found->second > high) last = move;
    low = std::min(low, found->second);
    high = std::max(high, found->second);
  }
  return first == last ? first : fmt::format("{} to {}", first, last);
}

// "frozen (risk +3 to +8 if it held; last_war would decide it)"; "" where the rule would move
// nothing
std::string left_out_words(const Scored& scored, const evaluate::ViewResult& seen_by,
                           const CountryResult& country, RuleId rule) {
  std::vector<std::string> moves;
  for (const NodeId output : scored.rules().outputs()) {
    const auto& views = scored.assessment->views;
    if (std::none_of(views.begin(), views.end(), [&](const auto& view) {
          return (*view.find(country.code))[rule].would_move.contains(output);
        }))
      continue;
    const std::string points = would_move(scored, country.code, rule, output);
    moves.push_back(scored.rules()[output].name +
                    (points.empty() ? " by an unknown amount" : " " + points));
  }
  if (moves.empty()) return "";
  const explain::Causes causes(*scored.now, seen_by.viewpoint, country.code);
  return fmt::format("{} ({} if it held; {})", scored.rules()[rule].name, joined(moves),
                     undecided_words(causes.of(rule), *scored.now, *scored.sources, "decide"));
}

// The first viewpoint that leaves a rule out; null where none does.
const evaluate::ViewResult* leaving_out(const Scored& scored, const std::string& country,
                                        RuleId rule) {
  for (const evaluate::ViewResult& view : scored.assessment->views)
    if ((*view.find(country))[rule].is_left_out()) return &view;
  return nullptr;
}

bool all_rated(const Scored& scored, const std::string& country) {
  for (const evaluate::ViewResult& view : scored.assessment->views)
    for (const NodeId output : scored.rules().outputs())
      if (std::isnan((*view.find(country))[output].value)) return false;
  return true;
}

Document rule_notes(const Scored& scored) {
  const model::Model& model = scored.rules();
  const evaluate::ViewResult& view = scored.assessment->views[0];
  std::map<std::string, std::vector<std::string>> binding, left_out, unmeasured, idle, fired;
  for (const CountryResult& country : view.countries) {
    for (std::size_t r = 0; r < model.rules.size(); ++r) {
      const evaluate::RuleResult& rule = country.rules[r];
      const auto moved = rule.moved.find(model.main);
      if (rule.binding)
        binding[country.code].push_back(
            model.rules[r].name +
            (moved == rule.moved.end()
                 ? ""
                 : fmt::format(" ({})", moved_words(country[model.main].value, moved->second,
                                                    scored.digits_of(model.main)))));
      const evaluate::ViewResult* leaving = leaving_out(scored, country.code, RuleId{r});
      if (!leaving) continue;
      const std::string words = left_out_words(scored, *leaving, country, RuleId{r});
      if (!words.empty())
        left_out[country.code].push_back(words);
      else if (!sparse(scored, country.code) && !all_rated(scored, country.code))
        unmeasured[country.code].push_back(model.rules[r].name);
      else if (!sparse(scored, country.code))
        idle[country.code].push_back(model.rules[r].name);
    }
    for (std::size_t t = 0; t < model.tripwires.size(); ++t)
      if (country.tripwires[t] == evaluate::Truth::yes)
        fired[country.code].push_back(model.tripwires[t].name +
                                      (model.tripwires[t].label.empty()
                                           ? ""
                                           : fmt::format(" (\"{}\")", model.tripwires[t].label)));
  }
  const std::string by = fmt::format("Rules that bind (points of {}{})", model[model.main].name,
                                     view.name.empty() ? "" : ", " + view.name);
  return per_country(scored, by, binding, 12) +
         per_country(scored, "*: rules left out because they can't be decided", left_out, 12) +
         per_country(scored,
                     "Rules left out whose effect can't be told, since a score is not rated",
                     unmeasured, 12) +
         per_country(scored, "Rules left out that would move no output", idle, 12) +
         per_country(scored, "Tripwires fired", fired, 12);
}

std::vector<const data::Chosen*> older_figures(const Scored& scored, const std::string& country) {
  std::vector<const data::Chosen*> older;
  for (const data::Chosen* fact : given_facts(scored, country))
    if (fact->older) older.push_back(fact);
  return older;
}

// Only how many, and how old: a scenario may be built on figures of years before.
Document older_notes(const Scored& scored) {
  std::vector<std::string> parts;
  for (const std::string& country : scored.now->countries) {
    const auto older = older_figures(scored, country);
    if (older.empty()) continue;
    parts.push_back(fmt::format("{} of {} {} {}", counted(older.size(), "figure", "figures"),
                                country_title(country), older.size() == 1 ? "is" : "are",
                                ages(older)));
  }
  return parts.empty()
             ? Document()
             : paragraph(
                   fmt::format(
                       "Over a year older than the scenario's date (o): {}. 'data' has the dates.",
                       joined(parts)),
                   0, 2);
}

Document fact_notes(const Scored& scored) {
  const model::Model& model = scored.rules();
  const auto indicators = data::indicators(model);
  std::map<std::string, std::vector<std::string>> missing, stale, assumed;
  for (const std::string& country : scored.now->countries) {
    if (sparse(scored, country)) continue;
    const auto& facts = scored.now->chosen.at(country);
    for (std::size_t k = 0; k < indicators.size(); ++k) {
      const std::string& name = model[indicators[k]].name;
      if (facts[k].stale) stale[country].push_back(name);
      if (!facts[k].value)
        missing[country].push_back(name_with_note(facts[k], model[indicators[k]]));
      else if (!facts[k].known)
        assumed[country].push_back(name);
    }
  }
  return per_country(scored, "Not known", missing, 8) +
         per_country(scored, "Assumed or typical", assumed, 8) +
         per_country(scored, "Stale (s)", stale, 8) + older_notes(scored);
}

// What stands on part of its weight, outputs first, and what was cut.
Document mark_notes(const Scored& scored) {
  const model::Model& model = scored.rules();
  Document text;
  std::map<std::string, std::vector<std::string>> cut;
  std::vector<NodeId> nodes = model.outputs();
  for (std::size_t n = 0; n < model.nodes.size(); ++n)
    if (model.nodes[n].kind == model::NodeKind::factor) nodes.emplace_back(n);
  for (const CountryResult& country : scored.assessment->views[0].countries) {
    for (const NodeId node : nodes)
      if (const std::string carried = carried_words(model, country, node); !carried.empty())
        text += paragraph(fmt::format("Re-weighted (r), {}, {}: {}", country_title(country.code),
                                      spoken(model[node].name), carried),
                          0, 2);
    cut[country.code] = cut_nodes(scored, country);
  }
  return text + per_country(scored, "Cut (c)", cut, 8);
}

Document counted_left_out(const Scored& scored) {
  std::size_t marked = 0;
  for (const std::string& country : scored.now->countries) {
    const auto outputs = scored.rules().outputs();
    marked += std::any_of(outputs.begin(), outputs.end(),
                          [&](NodeId output) { return leaves_out_rules(scored, country, output); });
  }
  if (marked == 0) return {};
  return paragraph(
      fmt::format("*: rules that would move a score are left out of {}, because they can't be "
                  "decided. 'explain' says which.",
                  counted(marked, "country's", "countries'")));
}

Document counted_facts(const Scored& scored) {
  std::size_t missing = 0, stale = 0, older = 0, fired = 0;
  for (const auto& [country, facts] : scored.now->chosen)
    for (const data::Chosen& fact : facts)
      missing += !fact.value, stale += fact.stale, older += fact.older;
  for (const CountryResult& country : scored.assessment->views[0].countries)
    fired += std::size_t(
        std::count(country.tripwires.begin(), country.tripwires.end(), evaluate::Truth::yes));
  return paragraph(
      fmt::format("{} not known, {} stale, {} over a year older than the scenario's date; {} "
                  "fired. 'explain' says which.",
                  counted(missing, "fact is", "facts are"), stale, older,
                  counted(fired, "tripwire has", "tripwires have")));
}

// Countries of whose facts another note, or of many countries the ranking, says what is missing.
bool told_elsewhere(const Scored& scored, const std::string& country, NodeId output,
                    NodeId ranked) {
  if (ranked.valid()) return output == ranked;
  return sparse(scored, country) &&
         explain::only_facts(
             explain::Causes(*scored.now, scored.assessment->views[0].viewpoint, country)
                 .of(output));
}

Document not_rated_notes(const Scored& scored, NodeId ranked) {
  constexpr std::size_t most = 8;  // reasons told
  const bool few = !ranked.valid();
  const evaluate::ViewResult& view = scored.assessment->views[0];
  Document text;
  std::size_t told = 0;
  for (const NodeId output : scored.rules().outputs()) {
    std::vector<std::string> countries;
    for (const std::string& code : in_order(scored, scored.rules().main))
      if (std::isnan((*view.find(code))[output].value) &&
          !told_elsewhere(scored, code, output, ranked))
        countries.push_back(code);
    for (const std::string& line : not_rated_lines(scored, view.viewpoint, countries, output))
      if (++told <= most || few) text += paragraph(line, 0, 2);
  }
  if (told > most && !few)
    text += paragraph(
        fmt::format("{} more; 'explain' says which.", counted(told - most, "reason", "reasons")), 0,
        2);
  return text;
}

}  // namespace

Document override_notes(const Scored& scored, const std::vector<std::string>& countries) {
  Document text;
  for (const scenario::Override& entry : scored.now->scenario.overrides) {
    if (std::find(countries.begin(), countries.end(), entry.country) == countries.end()) continue;
    const bool applied = entry.until >= scored.now->scenario.as_of;
    text += paragraph(fmt::format("Override of {}, {}: {} points by {}, {} {}: {}.{}",
                                  scored.rules()[entry.target].name, country_title(entry.country),
                                  signed_points(entry.points, decimals_in(entry.points)), entry.by,
                                  applied ? "until" : "ended on", to_string(entry.until),
                                  entry.because, applied ? "" : " Not applied."),
                      0, 2);
  }
  return text;
}

bool leaves_out_rules(const Scored& scored, const std::string& country, NodeId output) {
  const auto& views = scored.assessment->views;
  return std::any_of(views.begin(), views.end(), [&](const auto& view) {
    return !explain::left_out(*view.find(country), output).empty();
  });
}

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

Document score_notes(const Scored& scored, NodeId ranked) {
  const Document kept = kept_bands(scored, in_order(scored, scored.rules().main));
  if (ranked.valid())
    return not_rated_notes(scored, ranked) + override_notes(scored, scored.now->countries) + kept +
           counted_left_out(scored) + counted_facts(scored);
  return sparse_notes(scored) + not_rated_notes(scored, ranked) + mark_notes(scored) +
         override_notes(scored, scored.now->countries) + kept + rule_notes(scored) +
         fact_notes(scored);
}

}  // namespace waystone::report
