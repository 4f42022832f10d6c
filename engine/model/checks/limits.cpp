// What tuning is told about weights: limits that hold today and can hold together, ties of members
// that weigh the same.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "model/checks/checks.hpp"
#include "model/checks/lists.hpp"
#include "model/units.hpp"

namespace waystone::model {
namespace {

using syntax::Member;
using syntax::WeightKind;

constexpr double rounding_percent =
    1e-9;  // of sums and conversions in binary; far below what anybody writes

// One list of weights with its limits, in percent of the whole.
struct Weighed {
  struct Line {
    const Member* tree = nullptr;
    double low = 0, high = 100, present = 0;
  };
  const MemberList& list;
  std::vector<Line> lines;
  std::map<std::string_view, const Line*> by_name;
};

Weighed weigh(Draft& draft, const MemberList& list) {
  Weighed weighed{list, {}, {}};
  double total = 0;
  for (const Member& line : *list.lines) total += line.weight.value;
  for (const Member& line : *list.lines) {
    const WeightLimits limits = limits_of(draft, line);
    const double present =
        line.kind == WeightKind::percent ? line.weight.value : 100 * line.weight.value / total;
    weighed.lines.push_back({&line, 100 * limits.low, 100 * limits.high, present});
  }
  for (const Weighed::Line& line : weighed.lines)
    weighed.by_name.emplace(line.tree->name.text, &line);
  return weighed;
}

std::string percent(double value) { return fmt::format("{:.10g}%", value); }
std::string range(const Weighed::Line& line) {
  return fmt::format("{} to {}", percent(line.low), percent(line.high));
}

// Lists without weights have none to limit; where a line has the wrong kind, that is said
// elsewhere.
void check_unweighted(Draft& draft, const MemberList& list) {
  const auto say = [&](Span where) {
    draft.say(Code::E0225, where, fmt::format("{} has no weights to limit or tie", list.text()), {},
              {"'between', 'locked' and 'tied' are for weights"});
  };
  if (draft.model[list.node].factor().combination !=
      Combination::expression)  // else the line itself is out of place
    for (const Member& line : *list.lines)
      if (line.kind == WeightKind::none && line.limits) return say(line.limits->where);
  if (!list.ties->empty()) say(list.ties->front().where);
}

bool check_bounds(Draft& draft, const Weighed& weighed) {
  bool sound = true;
  const auto say = [&](const Weighed::Line& line, std::string message) {
    draft.say(Code::E0290, line.tree->limits->where, std::move(message), {},
              {"limits are percent of the whole: 'between 5% and 30%'"});
    sound = false;
  };
  for (const Weighed::Line& line : weighed.lines) {
    const std::string& name = line.tree->name.text;
    if (line.low < 0 || line.high > 100 + rounding_percent)
      say(line, fmt::format("the limits of '{}' are {}, but a weight lies between 0% and 100%",
                            name, range(line)));
    else if (line.low > line.high)
      say(line, fmt::format("the limits of '{}' are the wrong way round: {}", name, range(line)));
  }
  return sound;
}

// Says where lower limits need more than there is, or upper ones leave something over.
bool check_sums(Draft& draft, const Weighed& weighed) {
  double low = 0, high = 0;
  for (const Weighed::Line& line : weighed.lines) low += line.low, high += line.high;
  const auto say = [&](std::string_view which, double sum, std::string_view how) {
    draft.say(Code::E0292, weighed.list.where,
              fmt::format("the {} limits of {} add up to {}, {} than 100%", which,
                          weighed.list.text(), percent(sum), how),
              {}, {"no weights can meet them all"});
    return false;
  };
  if (low > 100 + rounding_percent) return say("lower", low, "more");
  if (high < 100 - rounding_percent) return say("upper", high, "less");
  return true;
}

void check_pair(Draft& draft, const Weighed::Line& first, const Weighed::Line& line,
                const syntax::Name& name, std::set<const Weighed::Line*>& blamed) {
  const std::string both =
      fmt::format("'{}' and '{}' are tied, but ", first.tree->name.text, name.text);
  if (first.low > line.high || line.low > first.high) {
    draft.say(Code::E0293, name.where,
              both + fmt::format("no weight lies in both {} and {}", range(first), range(line)));
    blamed.insert({&first, &line});
  } else if (first.tree->weight.value != line.tree->weight.value) {
    Diagnostic differ{Code::E0293,
                      name.where,
                      both + fmt::format("weigh {} and {}", first.tree->weight.numeral,
                                         line.tree->weight.numeral),
                      {},
                      {},
                      {"tuning keeps tied weights equal; write them equal first"}};
    differ.others.push_back(
        {first.tree->weight.where, "weight of '" + first.tree->name.text + "'"});
    differ.others.push_back({line.tree->weight.where, "weight of '" + name.text + "'"});
    draft.diagnostics.add(std::move(differ));
  }
}

std::vector<std::string> nearest_of(Draft& draft, const std::string& name,
                                    const std::vector<std::string>& known) {
  if (known.size() > draft.suggestions_left) return {};
  draft.suggestions_left -= known.size();
  return suggestion(name, known);
}

// Gives the lines whose limits exclude each other, so that nothing more is said of them.
std::set<const Weighed::Line*> check_ties(Draft& draft, const Weighed& weighed) {
  std::set<const Weighed::Line*> blamed;
  std::vector<std::string> known;
  for (const Weighed::Line& line : weighed.lines) known.push_back(line.tree->name.text);
  for (const syntax::Tie& tie : *weighed.list.ties) {
    const Weighed::Line* first = nullptr;
    std::set<std::string_view> seen;
    for (const syntax::Name& name : tie.members) {
      const auto found = weighed.by_name.find(name.text);
      if (found == weighed.by_name.end()) {
        draft.say(Code::E0293, name.where,
                  fmt::format("'{}' is no member of {}, so it has no weight to tie", name.text,
                              weighed.list.text()),
                  {}, nearest_of(draft, name.text, known));
      } else if (!seen.insert(name.text).second) {
        draft.say(Code::E0293, name.where, fmt::format("'{}' stands twice in this tie", name.text));
      } else if (!first) {
        first = found->second;
      } else {
        check_pair(draft, *first, *found->second, name, blamed);
      }
    }
  }
  return blamed;
}

void check_present(Draft& draft, const Weighed& weighed,
                   const std::set<const Weighed::Line*>& blamed) {
  for (const Weighed::Line& line : weighed.lines) {
    if (!line.tree->limits || blamed.contains(&line)) continue;
    if (line.present >= line.low - rounding_percent && line.present <= line.high + rounding_percent)
      continue;
    Diagnostic outside{Code::E0291,
                       line.tree->weight.where,
                       fmt::format("'{}' weighs {}, outside its limits {}", line.tree->name.text,
                                   percent(line.present), range(line)),
                       {},
                       {},
                       {}};
    outside.others.push_back({line.tree->limits->where, "its limits"});
    draft.diagnostics.add(std::move(outside));
  }
}

}  // namespace

void check_limits(Draft& draft) {
  for (const MemberList& list : member_lists(draft)) {
    const Factor& factor = draft.model[list.node].factor();
    if (factor.weights_from_viewpoint && !list.viewpoint) continue;  // in the wrong place, and said
    if (!is_weighted(factor.combination)) {
      check_unweighted(draft, list);
      continue;
    }
    const auto usable = [](const syntax::Member& line) {
      return line.kind != syntax::WeightKind::none && line.weight.value > 0;
    };
    if (list.lines->empty() || is_mixed(*list.lines) || has_twice(*list.lines) ||
        !std::all_of(list.lines->begin(), list.lines->end(), usable))
      continue;
    const Weighed weighed = weigh(draft, list);
    if (!check_bounds(draft, weighed)) continue;
    const auto blamed = check_ties(draft, weighed);
    if (check_sums(draft, weighed)) check_present(draft, weighed, blamed);
  }
}

}  // namespace waystone::model
