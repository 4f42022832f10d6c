#include "validate/expectations.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/digits.hpp"
#include "base/ties.hpp"
#include "evaluate/digits.hpp"
#include "explain/compare.hpp"
#include "source/paths.hpp"
#include "syntax/walk.hpp"
#include "validate/extent.hpp"

namespace waystone::validate {
namespace {

using evaluate::Assessment;
using evaluate::Case;
using evaluate::CountryResult;
using evaluate::Truth;
using evaluate::ViewResult;
using syntax::Expectation;
using syntax::Operator;

/// A case with its assessment, opened once however often it is named.
struct Opened {
  Case scenario_case;
  Assessment assessment;
};

class Library {
 public:
  Library(const OpenCase& open, Diagnostics& diagnostics)
      : open_(open), diagnostics_(diagnostics) {}
  const Opened* open(const std::string& path) {
    const auto [at, fresh] = cases_.try_emplace(path);
    if (!fresh) return at->second ? &*at->second : nullptr;
    auto read = open_(path);
    diagnostics_.append(read.diagnostics);
    if (!read) return nullptr;
    at->second.emplace(Opened{std::move(*read.value), {}});
    at->second->assessment = evaluate::assess(at->second->scenario_case);
    return &*at->second;
  }

  /// With the bands that a previous rating holds, as `score` gives them.
  Assessment assess(const Case& scenario_case) {
    if (scenario_case.scenario.previous.empty()) return evaluate::assess(scenario_case);
    auto before = open_(scenario_case.scenario.previous);
    diagnostics_.append(before.diagnostics);
    if (!before) return evaluate::assess(scenario_case);
    before.value->scenario.viewpoints = scenario_case.scenario.viewpoints;
    const Assessment rated = evaluate::assess(*before.value);
    return evaluate::assess(scenario_case, &rated);
  }

 private:
  const OpenCase& open_;
  Diagnostics& diagnostics_;
  std::map<std::string, std::optional<Opened>> cases_;
};

/// One expectation seen from one viewpoint.
class Judge {
 public:
  Judge(const Case& scenario_case, const Assessment& assessment, const std::string& viewpoint,
        const program::Program& separate, Library& library, std::string file)
      : case_(scenario_case),
        model_(*scenario_case.model),
        assessment_(assessment),
        view_(assessment.find(viewpoint)),
        viewpoint_(viewpoint),
        separate_(separate),
        library_(library),
        file_(std::move(file)) {}

  Checked run(const Expectation& expectation) {
    Checked checked{viewpoint_, std::nullopt, ""};
    if (!view_) {
      checked.found = "the scenario does not score this viewpoint";
      return checked;
    }
    checked.holds = holds(expectation);
    checked.found = found(expectation);
    return checked;
  }

 private:
  // ---- what was found, for the report

  void note(const std::string& what, std::optional<double> score = std::nullopt) {
    if (noted_.insert(what).second) found_.push_back({what, score});
  }
  // `node` decides the least digits, `beside_band` whether its bands do, too.
  void note_score(const std::string& what, double score, NodeId node, bool beside_band = false) {
    if (std::isnan(score)) return note(what + " not rated");
    std::vector<std::vector<double>> lists;
    if (beside_band) lists.push_back({score});
    digits_ = std::max(digits_, evaluate::digits_for(model_, node, lists));
    note(what, score);
  }
  void note_value(const std::string& what, double value) {
    note(std::isnan(value) ? what + " not known" : fmt::format("{} {:.6g}", what, value));
  }

  // Scores with so many digits that they differ, where they do, from each other and from the
  // numbers that they were held against.
  std::string found(const Expectation& e) const {
    std::vector<double> seen;
    if (e.condition) add_numbers(*e.condition, seen);
    if (e.other) add_numbers(*e.other, seen);
    if (e.by) add_numbers(*e.by, seen);
    if (e.kind == Expectation::Kind::verdict) seen.push_back(model_.level_margin);
    for (const Found& entry : found_)
      if (entry.score) seen.push_back(*entry.score);
    int digits = digits_;
    for (const double a : seen)
      for (const double b : seen)
        digits = std::max(
            digits,
            digits_apart(std::fabs(a), std::fabs(b), digits, most_found_digits).value_or(digits));
    std::vector<std::string> words;
    for (const Found& entry : found_)
      words.push_back(entry.score ? fmt::format("{} {}", entry.what, fixed(*entry.score, digits))
                                  : entry.what);
    return fmt::format("{}", fmt::join(words, ", "));
  }

  static void add_numbers(const syntax::Expression& e, std::vector<double>& numbers) {
    syntax::for_each_part(e, [&](const syntax::Expression& part) {
      if (part.op == Operator::number) numbers.push_back(part.number.value);
    });
  }

  // ---- values

  static double of_truth(Truth truth) {
    return truth == Truth::unknown ? evaluate::unknown_value : truth == Truth::yes ? 1 : 0;
  }

  Extent value_of(const syntax::Expression& e) {
    const ViewResult* view = view_;
    std::string where;
    if (e.file) {
      const Opened* other = library_.open(path_from(file_, e.file->text));
      view = other ? other->assessment.find(viewpoint_) : nullptr;
      where = fmt::format(" in {}", e.file->text);
    }
    const CountryResult* country = view ? view->find(e.country.text) : nullptr;
    const auto node = model_.find(e.name.text);
    const Extent found = country && node ? extent_of((*country)[*node], e.score_of) : Extent{};
    const std::string what = fmt::format("{}{}({}){}", e.score_of ? "score of " : "", e.name.text,
                                         e.country.text, where);
    if (node && !e.score_of && !model_[*node].is_factor())
      note_value(what, found.value);
    else if (node)
      note_score(what, found.value, *node);
    return found;
  }

  static Extent extent_of(const evaluate::NodeResult& node, bool score) {
    const double value = score ? node.score : node.value;
    if (!std::isnan(value)) return exactly(value);
    if (node.may_stay_unknown) return {};
    return score ? lying_between(node.score_low, node.score_high)
                 : lying_between(node.low, node.high);
  }

  static double finite(double x) { return std::isfinite(x) ? x : evaluate::unknown_value; }

  // Comparisons are in decimals, like the evaluator's. A condition is 1, 0 or unknown; it has a
  // truth where it has the same for every value that what is unknown may have.
  Extent compute(const syntax::Expression& e) {
    std::vector<Extent> arguments;  // one after another: what is found is told in this order
    for (const syntax::Expression& argument : e.arguments) arguments.push_back(compute(argument));
    const auto arg = [&](std::size_t k) { return arguments[k]; };
    const auto over = [&](auto f) { return combined(arg(0), arg(1), f); };
    const auto compare = [&](auto test) {
      return over([&](double a, double b) { return test(decimal(a), decimal(b)) ? 1.0 : 0.0; });
    };
    const auto both = [](double a, double b) { return a != 0 && b != 0 ? 1.0 : 0.0; };
    const auto either = [](double a, double b) { return a != 0 || b != 0 ? 1.0 : 0.0; };
    const auto complement = [](const Extent& a) { return combined(exactly(1), a, std::minus<>{}); };
    const auto truth = [](const Extent& a) {
      return a.known() ? a : lying_between(std::max(a.low, 0.0), std::min(a.high, 1.0));
    };
    switch (e.op) {
      case Operator::number: return exactly(e.number.value);
      case Operator::yes: return exactly(1);
      case Operator::no: return exactly(0);
      case Operator::date: return exactly(e.date.date.days);
      case Operator::of_country: return value_of(e);
      case Operator::add: return over(std::plus<>{});
      case Operator::subtract: return over(std::minus<>{});
      case Operator::multiply: return over(std::multiplies<>{});
      case Operator::divide: return quotient(arg(0), arg(1));
      case Operator::power: return power(arg(0), arg(1));
      case Operator::negate: return combined(exactly(0), arg(0), std::minus<>{});
      case Operator::less: return compare(std::less<>{});
      case Operator::less_equal: return compare(std::less_equal<>{});
      case Operator::greater: return compare(std::greater<>{});
      case Operator::greater_equal: return compare(std::greater_equal<>{});
      case Operator::equal: return equal(arg(0), arg(1));
      case Operator::not_equal: return complement(equal(arg(0), arg(1)));
      case Operator::between: {
        const Extent x = arg(0), low = arg(1), high = arg(2);
        const auto at_least = [](double a, double b) { return below(a, b) ? 0.0 : 1.0; };
        return combined(combined(x, low, at_least), combined(high, x, at_least), both);
      }
      case Operator::logical_and: return combined(truth(arg(0)), truth(arg(1)), both);
      case Operator::logical_or: return combined(truth(arg(0)), truth(arg(1)), either);
      case Operator::logical_not: return complement(truth(arg(0)));
      case Operator::call: return call(e.name.text, arguments);
      default: return {};
    }
  }

  // Of zero: unknown, as in rules.
  static Extent quotient(const Extent& a, const Extent& b) {
    if (!b.known() && b.low <= 0 && b.high >= 0) return {};
    return combined(a, b, [](double x, double y) { return finite(x / y); });
  }

  static Extent power(const Extent& a, const Extent& b) {
    return a.known() && b.known() ? exactly(finite(std::pow(a.value, b.value))) : Extent{};
  }

  static Extent equal(const Extent& a, const Extent& b) {
    if (a.known() && b.known()) return exactly(decimal(a.value) == decimal(b.value) ? 1 : 0);
    const bool apart = below(a.high, b.low) || below(b.high, a.low);
    return apart ? exactly(0) : lying_between(0, 1);
  }

  static Extent call(const std::string& name, const std::vector<Extent>& values) {
    if (values.empty()) return {};
    Extent result = values[0];
    if (name == "abs") {
      if (result.known()) return exactly(std::fabs(result.value));
      const bool around_zero = result.low <= 0 && result.high >= 0;
      return lying_between(
          around_zero ? 0 : std::min(std::fabs(result.low), std::fabs(result.high)),
          std::max(std::fabs(result.low), std::fabs(result.high)));
    }
    const auto greater = [](double a, double b) { return std::max(a, b); };
    const auto lesser = [](double a, double b) { return std::min(a, b); };
    for (std::size_t k = 1; k < values.size(); ++k)
      result = name == "max" ? combined(result, values[k], greater)
                             : combined(result, values[k], lesser);
    return name == "max" || name == "min" ? result : Extent{};
  }

  static std::optional<bool> to_truth(double condition) {
    return std::isnan(condition) ? std::nullopt : std::optional(condition != 0);
  }

  static bool compares(Operator op, double a, double b) {
    switch (op) {
      case Operator::less: return a < b;
      case Operator::less_equal: return a <= b;
      case Operator::greater: return a > b;
      case Operator::greater_equal: return a >= b;
      default: return a == b;
    }
  }

  // ---- the forms

  std::optional<bool> holds(const Expectation& e) {
    switch (e.kind) {
      case Expectation::Kind::condition: return condition(e);
      case Expectation::Kind::within: return within(e);
      case Expectation::Kind::band: return band(e);
      case Expectation::Kind::rank: return rank(e);
      case Expectation::Kind::rule_holds:
      case Expectation::Kind::rule_binds: return rule(e);
      case Expectation::Kind::tripwire: return tripwire(e);
      case Expectation::Kind::largest_part: return largest_part(e);
      case Expectation::Kind::verdict: return verdict(e);
    }
    return std::nullopt;
  }

  // `a < b by 12`: b exceeds a by at least 12; in a chain every link by that much
  std::optional<bool> condition(const Expectation& e) {
    if (!e.by) return to_truth(compute(*e.condition).value);
    const Extent by = compute(*e.by);
    return to_truth(with_gap(*e.condition, by).value);
  }

  Extent gap(const syntax::Expression& a, const syntax::Expression& b) {
    const Extent first = compute(a), second = compute(b);
    const Extent difference = combined(first, second, std::minus<>{});
    if (difference.known()) return exactly(std::fabs(difference.value));
    const bool may_be_none = difference.low <= 0 && difference.high >= 0;
    const double low = std::fabs(difference.low), high = std::fabs(difference.high);
    return lying_between(may_be_none ? 0 : std::min(low, high), std::max(low, high));
  }

  Extent with_gap(const syntax::Expression& e, const Extent& by) {
    const auto both = [](double a, double b) { return a != 0 && b != 0 ? 1.0 : 0.0; };
    if (e.op == Operator::logical_and) {
      const Extent first = with_gap(e.arguments[0], by), second = with_gap(e.arguments[1], by);
      return combined(first, second, both);
    }
    const Extent plain = compute(e);
    if (e.arguments.size() != 2) return plain;
    const Extent far = combined(gap(e.arguments[0], e.arguments[1]), by,
                                [](double a, double b) { return below(a, b) ? 0.0 : 1.0; });
    return combined(plain, far, both);
  }

  std::optional<bool> within(const Expectation& e) {
    const Extent apart = gap(*e.condition, *e.other), by = compute(*e.by);
    return to_truth(
        combined(apart, by, [](double a, double b) { return below(b, a) ? 0.0 : 1.0; }).value);
  }

  const CountryResult* country(const std::string& code) const { return view_->find(code); }

  std::optional<bool> band(const Expectation& e) {
    const auto node = model_.find(e.name.text);
    const CountryResult* result = country(e.country.text);
    if (!node || !result || !model_[*node].bands) return std::nullopt;
    const auto& names = model_[*node].bands->names;
    const auto rated = result->band.find(*node);
    if (rated == result->band.end() || rated->second.empty())
      return note_score(e.name.text, evaluate::unknown_value, *node), std::nullopt;
    note(fmt::format("band of {}({}) {}", e.name.text, e.country.text, rated->second));
    note_score(fmt::format("{}({})", e.name.text, e.country.text), (*result)[*node].value, *node,
               true);
    const auto place = [&](const std::string& name) {
      return double(std::find(names.begin(), names.end(), name) - names.begin());
    };
    return compares(e.comparison, place(rated->second), place(e.word.text));
  }

  std::optional<bool> rank(const Expectation& e) {
    const auto node = model_.find(e.name.text);
    const CountryResult* result = country(e.country.text);
    if (!node || !result || !e.number || std::isnan((*result)[*node].value)) return std::nullopt;
    const double own = (*result)[*node].value;
    int above = 0, open = 0;  // open: not rated, and may stand above
    for (const CountryResult& other : view_->countries) {
      const evaluate::NodeResult& rival = other[*node];
      if (std::isnan(rival.value))
        note_score(fmt::format("{}({})", e.name.text, other.code), rival.value, *node);
      if (below(own, rival.value) || (std::isnan(rival.value) && below(own, rival.low)))
        ++above;
      else if (std::isnan(rival.value) && below(own, rival.high))
        ++open;
    }
    note(fmt::format("rank of {}({}) {}", e.name.text, e.country.text,
                     open == 0 ? fmt::format("{}", above + 1)
                               : fmt::format("{} to {}", above + 1, above + 1 + open)));
    const bool first = compares(e.comparison, above + 1, e.number->value);
    for (int k = 1; k <= open; ++k)
      if (compares(e.comparison, above + 1 + k, e.number->value) != first) return std::nullopt;
    return first;
  }

  std::optional<bool> rule(const Expectation& e) {
    const auto id = model_.find_rule(e.name.text);
    const CountryResult* result = country(e.country.text);
    if (!id || !result) return std::nullopt;
    const evaluate::RuleResult& rule = (*result)[*id];
    note(fmt::format("condition of {} for {} {}, {}", e.name.text, e.country.text,
                     evaluate::word_of(rule.truth), rule.binding ? "binding" : "not binding"));
    if (rule.truth == Truth::unknown) return std::nullopt;
    if (e.kind == Expectation::Kind::rule_binds) return rule.binding != e.negated;
    return (rule.truth == Truth::yes) != e.negated;
  }

  std::optional<bool> tripwire(const Expectation& e) {
    const CountryResult* result = country(e.country.text);
    const auto at = std::find_if(model_.tripwires.begin(), model_.tripwires.end(),
                                 [&](const auto& t) { return t.name == e.name.text; });
    if (!result || at == model_.tripwires.end()) return std::nullopt;
    const Truth truth = result->tripwires[std::size_t(at - model_.tripwires.begin())];
    note(fmt::format("tripwire {} for {} {}", e.name.text, e.country.text,
                     truth == Truth::yes  ? "fired"
                     : truth == Truth::no ? "did not fire"
                                          : "unknown"));
    if (truth == Truth::unknown) return std::nullopt;
    return (truth == Truth::yes) != e.negated;
  }

  // Part of the difference from the other scenario (or country) to this one, in percent of the
  // difference.
  std::optional<bool> largest_part(const Expectation& e) {
    const auto output = model_.find(e.name.text);
    if (!output) return std::nullopt;
    explain::Side from{&case_, view_->viewpoint, e.second.text},
        to{&case_, view_->viewpoint, e.country.text};
    if (e.since) {
      const Opened* other = library_.open(path_from(file_, e.since->text));
      if (!other) return std::nullopt;
      from = {&other->scenario_case, view_->viewpoint, e.country.text};
    }
    const auto in = [](const explain::Side& side) {
      return side.scenario_case->lane_of(side.country) < side.scenario_case->countries.size();
    };
    if (!in(from) || !in(to)) return std::nullopt;
    const auto attribution = explain::attribute(separate_, *output, from, to);
    if (!attribution || attribution->parts.empty()) return std::nullopt;
    const double difference = attribution->to - attribution->from;
    if (std::fabs(difference) < 1e-9)
      return note(fmt::format("no difference of {}", e.name.text)), std::nullopt;
    // the largest in the direction of the difference
    const auto largest = std::max_element(attribution->parts.begin(), attribution->parts.end(),
                                          [&](const auto& a, const auto& b) {
                                            return a.points * difference < b.points * difference;
                                          });
    const double share = 100 * largest->points / difference;
    note(fmt::format("{} of {}{} points by {} ({}%)", e.name.text, difference < 0 ? "" : "+",
                     fixed(difference, 1), model_[largest->node].name, fixed(share, 0)));
    return model_[largest->node].name == e.word.text &&
           (!e.number || !below(share, e.number->value));
  }

  std::optional<bool> verdict(const Expectation& e) {
    const auto output = model_.find(e.name.text);
    if (!output) return std::nullopt;
    std::vector<explain::Verdict> verdicts;
    for (const ViewResult& view : assessment_.views) {
      const CountryResult *a = view.find(e.country.text), *b = view.find(e.second.text);
      if (!a || !b) return std::nullopt;
      const evaluate::NodeResult &first = (*a)[*output], &second = (*b)[*output];
      note_score(view.name, second.value - first.value, *output);
      verdicts.push_back(explain::verdict_of(first, second, model_.level_margin));
      if (verdicts.back() == explain::Verdict::not_rated) return std::nullopt;
    }
    const explain::Overall overall = explain::overall_of(verdicts);
    const std::string word = overall == explain::Overall::cut
                                 ? "not told apart, since cut to the scale"
                                 : std::string(word_of(overall));
    note("over viewpoints " + word);
    return word == e.word.text;
  }

  const Case& case_;
  const model::Model& model_;
  const Assessment& assessment_;
  const ViewResult* view_;
  std::string viewpoint_;
  const program::Program& separate_;
  Library& library_;
  std::string file_;
  struct Found {
    std::string what;
    std::optional<double> score;  // to be printed after it
  };
  static constexpr int most_found_digits = 6;
  std::vector<Found> found_;
  int digits_ = 1;
  std::set<std::string> noted_;
};

std::vector<std::string> viewpoints_asked(const std::vector<std::string>& named,
                                          const Assessment& assessment) {
  if (!named.empty()) return named;
  std::vector<std::string> all;
  for (const ViewResult& view : assessment.views) all.push_back(view.name);
  return all;
}

bool passed(const ExpectationResult& result) {
  const auto said = [&](bool wanted) {
    return [wanted](const Checked& c) { return c.holds && *c.holds == wanted; };
  };
  const bool all_known = std::all_of(result.views.begin(), result.views.end(),
                                     [](const Checked& c) { return c.holds.has_value(); });
  if (result.fails)
    return all_known && std::any_of(result.views.begin(), result.views.end(), said(false));
  return !result.views.empty() && std::all_of(result.views.begin(), result.views.end(), said(true));
}

// A verdict over viewpoints is one statement, not one per viewpoint.
std::vector<std::string> viewpoints_for(const Expectation& assertion,
                                        std::vector<std::string> viewpoints) {
  if (assertion.kind == Expectation::Kind::verdict && viewpoints.size() > 1) viewpoints.resize(1);
  return viewpoints;
}

}  // namespace

std::vector<ExpectationResult> run_expectations(const Case& scenario_case,
                                                const program::Program& separate,
                                                const SourceMap& sources, const OpenCase& open,
                                                Diagnostics& diagnostics) {
  Library library(open, diagnostics);
  const Assessment assessment = library.assess(scenario_case);
  std::vector<ExpectationResult> results;
  for (const scenario::Expectation& expectation : scenario_case.scenario.expectations) {
    ExpectationResult result{expectation.where,
                             std::string(sources.text(expectation.assertion.where)),
                             expectation.because,
                             expectation.fails,
                             {},
                             false};
    for (const std::string& viewpoint : viewpoints_for(
             expectation.assertion, viewpoints_asked(expectation.viewpoints, assessment)))
      result.views.push_back(Judge(scenario_case, assessment, viewpoint, separate, library,
                                   scenario_case.scenario.path)
                                 .run(expectation.assertion));
    result.passed = passed(result);
    results.push_back(std::move(result));
  }
  return results;
}

std::vector<ExpectationResult> run_examples(const model::Model& model,
                                            const program::Program& separate,
                                            const SourceMap& sources, const OpenCase& open,
                                            Diagnostics& diagnostics) {
  Library library(open, diagnostics);
  std::vector<ExpectationResult> results;
  for (const model::Example& example : model.examples) {
    const std::string& file = sources[example.where.file].path();
    const Opened* opened = library.open(path_from(file, example.scenario));
    for (const Expectation& assertion : example.expectations) {
      ExpectationResult result{assertion.where,
                               std::string(sources.text(assertion.where)),
                               example.because,
                               std::nullopt,
                               {},
                               false};
      if (opened) {
        std::vector<std::string> named;
        if (!example.viewpoint.empty()) named.push_back(example.viewpoint);
        for (const std::string& viewpoint :
             viewpoints_for(assertion, viewpoints_asked(named, opened->assessment)))
          result.views.push_back(
              Judge(opened->scenario_case, opened->assessment, viewpoint, separate, library, file)
                  .run(assertion));
      }
      result.passed = passed(result);
      results.push_back(std::move(result));
    }
  }
  return results;
}

std::vector<std::string> scenarios_of_examples(const model::Model& model,
                                               const SourceMap& sources) {
  std::vector<std::string> paths;
  for (const model::Example& example : model.examples) {
    const std::string path = path_from(sources[example.where.file].path(), example.scenario);
    if (std::find(paths.begin(), paths.end(), path) == paths.end()) paths.push_back(path);
  }
  return paths;
}

}  // namespace waystone::validate
