#include "validate/judge.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "base/digits.hpp"
#include "base/ties.hpp"
#include "explain/compare.hpp"
#include "program/assertion.hpp"
#include "validate/found.hpp"

namespace waystone::validate {
namespace {

using evaluate::CountryResult;
using evaluate::NodeResult;
using evaluate::Truth;
using evaluate::ViewResult;
using model::Assertion;
using model::Op;

std::optional<bool> to_truth(double condition) {
  return std::isnan(condition) ? std::nullopt : std::optional(condition != 0);
}

bool compares(Op op, double a, double b) {
  switch (op) {
    case Op::less: return a < b;
    case Op::less_equal: return a <= b;
    case Op::greater: return a > b;
    case Op::greater_equal: return a >= b;
    default: return a == b;
  }
}

// A value, or the range in which it may lie; NaN at the ends where it may stay without a value.
struct Measured {
  double value = evaluate::unknown_value, low = evaluate::unknown_value,
         high = evaluate::unknown_value;
};

// Of a factor or output that is not rated, all that its bounds let it be.
Measured within_bounds(const NodeResult& node) {
  if (!std::isnan(node.value)) return {node.value, node.value, node.value};
  return {node.value, node.low, node.high};
}

// Of whom nothing that becomes known may make a score.
bool stays_unrated(const NodeResult& node) {
  return std::isnan(node.value) && node.may_stay_unknown;
}

// What a verdict over viewpoints goes by: which verdicts there are among them.
using Among = std::set<explain::Verdict>;

// The verdicts that two scores may come to, whatever is unknown.
Among possible_verdicts(const NodeResult& first, const NodeResult& second, double margin) {
  using explain::Verdict;
  const Verdict stated = explain::verdict_of(first, second, margin);
  if (stated != Verdict::not_rated) return {stated};
  const Measured a = within_bounds(first), b = within_bounds(second);
  const Among ends{explain::verdict_of(a.low, b.high, margin),
                   explain::verdict_of(a.high, b.low, margin)};
  const auto inside = [](const Measured& m) { return m.low > 0 && m.high < 100; };
  if (ends != Among{Verdict::level}) {
    if (ends.size() == 1) return ends;
    Among all = ends;
    all.insert({Verdict::level, Verdict::cut});
    return all;
  }
  if (inside(a) && inside(b)) return ends;  // nothing is cut that ends within the scale
  return {Verdict::level, Verdict::cut};
}

Measured measured(const NodeResult& node, bool score) {
  const double value = score ? node.score : node.value;
  if (!std::isnan(value)) return {value, value, value};
  if (node.may_stay_unknown) return {};
  const double low = score ? node.score_low : node.low, high = score ? node.score_high : node.high;
  return {low == high ? low : value, low, high};  // a range of one value is that value
}

class Judge {
 public:
  Judge(const Assertion& assertion, const Bench& bench, const ViewResult& view)
      : assertion_(assertion),
        bench_(bench),
        model_(*bench.scenario_case.model),
        view_(view),
        found_(model_) {}

  Checked run() {
    Checked checked{view_.name, std::nullopt, ""};
    checked.holds = std::visit([this](const auto& form) { return holds(form); }, assertion_.form);
    checked.found = found_.words();
    return checked;
  }

 private:
  // ---- conditions: the evaluator judges them

  std::optional<bool> holds(const Assertion::Condition& form) {
    found_.hold_against(form.condition);
    if (form.by) found_.hold_against(*form.by);
    return evaluated();
  }

  std::optional<bool> holds(const Assertion::Within& form) {
    for (const model::Expression* part : {&form.a, &form.b, &form.by}) found_.hold_against(*part);
    return evaluated();
  }

  std::optional<bool> evaluated() {
    const auto compiled = program::compile(assertion_);
    evaluate::Frame frame = evaluate::empty_frame(compiled->program, 1);
    for (std::size_t k = 0; k < assertion_.operands.size(); ++k) {
      const Measured operand = measure(assertion_.operands[k]);
      const std::size_t column = program::AssertionProgram::input_of(k).index;
      frame.value(0, column) = operand.value;
      frame.low(0, column) = operand.low;
      frame.high(0, column) = operand.high;
    }
    const std::vector<RegisterId> wanted{compiled->truth};
    return to_truth(evaluate::evaluate(evaluate::Plan(compiled->program, wanted), frame)(0, 0));
  }

  Measured measure(const Assertion::Operand& operand) {
    const ViewResult* view = &view_;
    std::string where;
    if (operand.in) {
      const AssessedCase* other = bench_.library.open(operand.in->path);
      view = other ? other->assessment.find(view_.name) : nullptr;
      where = fmt::format(" in {}", operand.in->written);
    }
    const CountryResult* country = view ? view->find(operand.country) : nullptr;
    const model::Node& node = model_[operand.node];
    const Measured result =
        country ? measured((*country)[operand.node], operand.score) : Measured{};
    const std::string what = fmt::format("{}{}({}){}", operand.score ? "score of " : "", node.name,
                                         operand.country, where);
    if (!operand.score && !node.is_factor())
      found_.note_value(what, result.value);
    else
      found_.note_score(what, result.value, operand.node);
    return result;
  }

  // ---- what the assessment has

  const CountryResult* country(const std::string& code) const { return view_.find(code); }

  std::optional<bool> holds(const Assertion::InBand& form) {
    const CountryResult* result = country(form.country);
    if (!result) return std::nullopt;
    const model::Node& output = model_[form.output];
    const auto rated = result->band.find(form.output);
    if (rated == result->band.end() || rated->second.empty()) {
      found_.note_score(output.name, evaluate::unknown_value, form.output);
      return holds_for_all(form, (*result)[form.output], *output.bands);
    }
    found_.note(fmt::format("band of {}({}) {}", output.name, form.country, rated->second));
    found_.note_score(fmt::format("{}({})", output.name, form.country),
                      (*result)[form.output].value, form.output, true);
    const auto& names = output.bands->names;
    const auto place = std::find(names.begin(), names.end(), rated->second) - names.begin();
    return compares(form.comparison, double(place), double(form.band));
  }

  // Of an output that is not rated: in all bands that its bounds reach, from the band of before
  // where there is one. Bands never fall as the score rises.
  std::optional<bool> holds_for_all(const Assertion::InBand& form, const NodeResult& result,
                                    const model::Bands& bands) {
    const bool bounded = std::isfinite(result.low) && std::isfinite(result.high);
    if (!bounded || result.may_stay_unknown) return std::nullopt;
    const std::string before = band_before(form);
    const auto place = [&](double score) {
      const std::string band = evaluate::band_of(bands, score, before);
      return std::find(bands.names.begin(), bands.names.end(), band) - bands.names.begin();
    };
    const auto first = place(result.low), last = place(result.high);
    const bool holds = compares(form.comparison, double(first), double(form.band));
    for (auto band = first + 1; band <= last; ++band)
      if (compares(form.comparison, double(band), double(form.band)) != holds) return std::nullopt;
    const std::string& low = bands.names[std::size_t(first)];
    found_.note(first == last ? fmt::format("band {} for all it may be", low)
                              : fmt::format("bands {} to {}", low, bands.names[std::size_t(last)]));
    return holds;
  }

  // The band of the previous rating; "" where there is none.
  std::string band_before(const Assertion::InBand& form) const {
    const ViewResult* view = bench_.before ? bench_.before->find(view_.name) : nullptr;
    const CountryResult* result = view ? view->find(form.country) : nullptr;
    if (!result) return "";
    const auto rated = result->band.find(form.output);
    return rated == result->band.end() ? "" : rated->second;
  }

  // One that is not rated stands wherever its bounds let it.
  std::optional<bool> holds(const Assertion::Ranked& form) {
    const CountryResult* result = country(form.country);
    if (!result || stays_unrated((*result)[form.node])) return std::nullopt;
    const std::string& name = model_[form.node].name;
    const Measured own = within_bounds((*result)[form.node]);
    int above = 0, open = 0;  // open: may stand above, and need not
    for (const CountryResult& other : view_.countries) {
      const NodeResult& rival = other[form.node];
      const Measured its = within_bounds(rival);
      if (std::isnan(rival.value))
        found_.note_score(fmt::format("{}({})", name, other.code), rival.value, form.node);
      if (&other == result) continue;
      if (below(own.high, its.low))
        ++above;
      else if (below(own.low, its.high))
        ++open;
    }
    found_.note(fmt::format("rank of {}({}) {}", name, form.country,
                            open == 0 ? fmt::format("{}", above + 1)
                                      : fmt::format("{} to {}", above + 1, above + 1 + open)));
    const bool first = compares(form.comparison, above + 1, form.rank);
    for (int k = 1; k <= open; ++k)
      if (compares(form.comparison, above + 1 + k, form.rank) != first) return std::nullopt;
    return first;
  }

  std::optional<bool> holds(const Assertion::RuleActs& form) {
    const CountryResult* result = country(form.country);
    if (!result) return std::nullopt;
    const evaluate::RuleResult& rule = (*result)[form.rule];
    found_.note(fmt::format("condition of {} for {} {}, {}", model_[form.rule].name, form.country,
                            evaluate::word_of(rule.truth),
                            rule.binding    ? "binding"
                            : rule.may_bind ? "may bind"
                                            : "not binding"));
    if (rule.truth == Truth::unknown || (form.binds && rule.may_bind)) return std::nullopt;
    return (form.binds ? rule.binding : rule.truth == Truth::yes) != form.negated;
  }

  std::optional<bool> holds(const Assertion::TripwireFired& form) {
    const CountryResult* result = country(form.country);
    if (!result) return std::nullopt;
    const Truth truth = result->tripwires[form.tripwire];
    found_.note(fmt::format("tripwire {} for {} {}", model_.tripwires[form.tripwire].name,
                            form.country,
                            truth == Truth::yes  ? "fired"
                            : truth == Truth::no ? "did not fire"
                                                 : "unknown"));
    if (truth == Truth::unknown) return std::nullopt;
    return (truth == Truth::yes) != form.negated;
  }

  // Part of the difference from the other scenario (or country) to this one, in percent of the
  // difference.
  std::optional<bool> holds(const Assertion::LargestPart& form) {
    explain::Side from{&bench_.scenario_case, view_.viewpoint, form.against},
        to{&bench_.scenario_case, view_.viewpoint, form.country};
    if (form.since) {
      const AssessedCase* other = bench_.library.open(form.since->path);
      if (!other) return std::nullopt;
      from = {&other->scenario_case, view_.viewpoint, form.country};
    }
    const auto in = [](const explain::Side& side) {
      return side.scenario_case->lane_of(side.country) < side.scenario_case->countries.size();
    };
    if (!in(from) || !in(to)) return std::nullopt;
    const std::string& name = model_[form.target].name;
    const auto attribution = explain::attribute(bench_.separate, form.target, from, to);
    if (!attribution) {
      note_not_split(from, to, form);
      return std::nullopt;
    }
    if (attribution->parts.empty()) {
      found_.note(fmt::format("no part of {} differs", name));
      return std::nullopt;
    }
    const double difference = attribution->to - attribution->from;
    if (std::fabs(difference) < 1e-9) {
      found_.note(fmt::format("no difference of {}", name));
      return std::nullopt;
    }
    // the largest in the direction of the difference
    const auto largest = std::max_element(attribution->parts.begin(), attribution->parts.end(),
                                          [&](const auto& a, const auto& b) {
                                            return a.points * difference < b.points * difference;
                                          });
    const double share = 100 * largest->points / difference;
    found_.note(fmt::format("{} of {}{} points by {} ({}%)", name, difference < 0 ? "" : "+",
                            fixed(difference, 1), model_[largest->node].name, fixed(share, 0)));
    return largest->node == form.part && (!form.least || !below(share, *form.least));
  }

  // Says which side has no score; or, where both have one, what leaves a mixture of them without.
  void note_not_split(const explain::Side& from, const explain::Side& to,
                      const Assertion::LargestPart& form) {
    const std::string& name = model_[form.target].name;
    const NodeResult* sides[] = {result_of(form), &(*country(form.country))[form.target]};
    const std::string where = form.since ? " in " + form.since->written : "";
    if (sides[0] && std::isnan(sides[0]->value))
      return found_.note(fmt::format("{}({}){} not rated", name, from.country, where));
    if (std::isnan(sides[1]->value))
      return found_.note(fmt::format("{}({}) not rated", name, to.country));
    const explain::Unsplit why = explain::why_not_split(bench_.separate, form.target, from, to);
    const std::string first = form.since ? form.since->written : from.country, &second = to.country;
    if (why.ahead.empty() && why.behind.empty())
      return found_.note(
          fmt::format("{} can't be split: by facts of both sides it is not rated", name));
    const bool ahead = !why.ahead.empty();
    found_.note(fmt::format("{} can't be split: with {} alone as of {} it is not rated", name,
                            explain::name_of((ahead ? why.ahead : why.behind).front(), model_),
                            ahead ? second : first));
  }

  // The result that a difference starts from; null where the view doesn't have it.
  const NodeResult* result_of(const Assertion::LargestPart& form) const {
    const AssessedCase* other = form.since ? bench_.library.open(form.since->path) : nullptr;
    const ViewResult* view = other ? other->assessment.find(view_.name) : &view_;
    const CountryResult* result =
        view ? view->find(form.since ? form.country : form.against) : nullptr;
    return result ? &(*result)[form.target] : nullptr;
  }

  std::optional<bool> holds(const Assertion::OverViewpoints& form) {
    found_.hold_against(model_.level_margin);
    std::set<Among> open{{}};  // what there may be among the viewpoints so far
    for (const ViewResult& view : bench_.assessment.views) {
      const CountryResult *a = view.find(form.first), *b = view.find(form.second);
      if (!a || !b) return std::nullopt;
      const NodeResult &first = (*a)[form.target], &second = (*b)[form.target];
      found_.note_score(view.name, second.value - first.value, form.target);
      if (stays_unrated(first) || stays_unrated(second)) return std::nullopt;
      std::set<Among> next;
      for (const explain::Verdict verdict : possible_verdicts(first, second, model_.level_margin))
        for (Among among : open) {
          among.insert(verdict);
          next.insert(std::move(among));
        }
      open = std::move(next);
    }
    std::set<std::string_view> words;
    for (const Among& among : open) words.insert(overall_word({among.begin(), among.end()}));
    found_.note(fmt::format("over viewpoints {}", fmt::join(words, " or ")));
    const std::string_view stated = model::word_of(form.verdict);
    if (!words.contains(stated)) return false;
    return words.size() == 1 ? std::optional(true) : std::nullopt;
  }

  static std::string_view overall_word(const std::vector<explain::Verdict>& verdicts) {
    const explain::Overall overall = explain::overall_of(verdicts);
    return overall == explain::Overall::cut ? "not told apart, since cut to the scale"
                                            : explain::word_of(overall);
  }

  const Assertion& assertion_;
  const Bench& bench_;
  const model::Model& model_;
  const ViewResult& view_;
  Found found_;
};

}  // namespace

Checked judge(const Assertion& assertion, const Bench& bench, const std::string& viewpoint) {
  const ViewResult* view = bench.assessment.find(viewpoint);
  if (!view) return {viewpoint, std::nullopt, "the scenario does not score this viewpoint"};
  return Judge(assertion, bench, *view).run();
}

}  // namespace waystone::validate
