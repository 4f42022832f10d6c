#include "fit/examples.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include <fmt/format.h>

namespace waystone::fit {
namespace {

using model::Assertion;
using model::Expression;
using model::Op;
using weights::Subject;

// constant + sum of coefficient x score
struct Linear {
  double constant = 0;
  std::map<std::size_t, double> terms;  // by index of the subject

  bool is_constant() const { return terms.empty(); }
  void add(const Linear& other, double factor) {
    constant += factor * other.constant;
    for (const auto& [subject, coefficient] : other.terms) terms[subject] += factor * coefficient;
  }
};

// One statement's requirements; `why` is set where it has none.
class RequirementMaker {
 public:
  RequirementMaker(const model::Model& model, const std::vector<Statement>& statements,
                   std::size_t index, const FindCase& find_case, Translation& into)
      : model_(model),
        statement_(statements[index]),
        index_(index),
        find_case_(find_case),
        into_(into) {}

  std::optional<std::string> run() {
    const std::size_t before = into_.requirements.size();
    std::visit([this](const auto& form) { require_form(form); }, statement_.assertion.form);
    if (!why_ && into_.requirements.size() == before) fail("every score meets it, or none does");
    if (why_) into_.requirements.resize(before);
    into_.statement.resize(into_.requirements.size(), index_);
    return why_;
  }

 private:
  void fail(std::string why) {
    if (!why_) why_ = std::move(why);
  }

  std::size_t subject(const Subject& wanted) {
    const auto same = [&](const Subject& s) {
      return s.scenario_case == wanted.scenario_case && s.country == wanted.country &&
             s.node == wanted.node;
    };
    const auto at = std::find_if(into_.subjects.begin(), into_.subjects.end(), same);
    if (at != into_.subjects.end()) return std::size_t(at - into_.subjects.begin());
    into_.subjects.push_back(wanted);
    return into_.subjects.size() - 1;
  }

  std::optional<Linear> score_of(const Assertion::Operand& operand) {
    const evaluate::Case* scenario_case =
        operand.in ? find_case_(operand.in->path) : statement_.scenario_case;
    if (!scenario_case) return fail("it names what can't be had"), std::nullopt;
    if (scenario_case->lane_of(operand.country) == scenario_case->countries.size())
      return fail(fmt::format("the scenario does not score {}", operand.country)), std::nullopt;
    if (!model_[operand.node].is_factor())
      return fail(fmt::format("{} is no factor or output", model_[operand.node].name)),
             std::nullopt;
    Linear result;
    result.terms[subject({scenario_case, operand.country, operand.node})] = 1;
    return result;
  }

  // In order, whatever the compiler: subjects stand as they are first named.
  std::vector<std::optional<Linear>> linear_each(const Expression& e) {
    std::vector<std::optional<Linear>> parts;
    switch (e.op) {
      case Op::negate:
      case Op::add:
      case Op::subtract:
      case Op::multiply:
      case Op::divide:
      case Op::less:
      case Op::less_equal:
      case Op::greater:
      case Op::greater_equal:
      case Op::between:
        for (const Expression& argument : e.arguments) parts.push_back(linear(argument));
        break;
      default: break;
    }
    return parts;
  }

  std::optional<Linear> linear(const Expression& e) {
    const auto parts = linear_each(e);
    switch (e.op) {
      case Op::number: return Linear{e.number.value, {}};
      case Op::operand: return score_of(statement_.assertion.operands[e.operand]);
      case Op::negate: return combine(Linear{}, parts[0], -1);
      case Op::add: return combine(parts[0], parts[1], 1);
      case Op::subtract: return combine(parts[0], parts[1], -1);
      case Op::multiply: return product(parts[0], parts[1]);
      case Op::divide: return quotient(parts[0], parts[1]);
      default: return fail("it is more than sums and differences of scores"), std::nullopt;
    }
  }

  static std::optional<Linear> combine(std::optional<Linear> a, const std::optional<Linear>& b,
                                       double factor) {
    if (!a || !b) return std::nullopt;
    a->add(*b, factor);
    return a;
  }

  std::optional<Linear> product(const std::optional<Linear>& a, const std::optional<Linear>& b) {
    if (!a || !b) return std::nullopt;
    if (a->is_constant()) return combine(Linear{}, b, a->constant);
    if (b->is_constant()) return combine(Linear{}, a, b->constant);
    return fail("it multiplies scores"), std::nullopt;
  }

  std::optional<Linear> quotient(const std::optional<Linear>& a, const std::optional<Linear>& b) {
    if (!a || !b) return std::nullopt;
    if (!b->is_constant() || b->constant == 0) return fail("it divides by a score"), std::nullopt;
    return combine(Linear{}, a, 1 / b->constant);
  }

  std::optional<double> number(const Expression& e) {
    const auto value = linear(e);
    if (value && value->is_constant()) return value->constant;
    return fail("its distance is no number"), std::nullopt;
  }

  // upper - lower >= by
  void require(const std::optional<Linear>& lower, const std::optional<Linear>& upper, double by) {
    const auto difference = combine(upper, lower, -1);
    if (!difference) return;
    weights::Requirement requirement{
        statement_.text, {}, by - difference->constant, statement_.where};
    for (const auto& [subject, coefficient] : difference->terms)
      if (coefficient != 0) requirement.terms.emplace_back(subject, coefficient);
    if (requirement.terms.empty()) return fail("it says nothing about a score");
    into_.requirements.push_back(std::move(requirement));
  }

  void condition(const Expression& e, std::optional<double> by) {
    const auto parts = linear_each(e);
    const double loose = by.value_or(0), strict = std::max(loose, strict_points);
    switch (e.op) {
      case Op::logical_and:
        for (const Expression& part : e.arguments) condition(part, by);
        return;
      case Op::less: return require(parts[0], parts[1], strict);
      case Op::less_equal: return require(parts[0], parts[1], loose);
      case Op::greater: return require(parts[1], parts[0], strict);
      case Op::greater_equal: return require(parts[1], parts[0], loose);
      case Op::between: require(parts[1], parts[0], 0); return require(parts[0], parts[2], 0);
      default: return fail("it is no ordering, gap or level");
    }
  }

  // ---- the forms

  void require_form(const Assertion::Condition& form) {
    condition(form.condition, form.by ? number(*form.by) : std::nullopt);
  }

  void require_form(const Assertion::Within& form) {
    const auto by = number(form.by);
    const auto a = linear(form.a), b = linear(form.b);
    if (!by) return;
    require(a, b, -*by);
    require(b, a, -*by);
  }

  void require_form(const Assertion::InBand& form) {
    const auto& edges = model_[form.output].bands->edges;
    const auto score = score_of({form.output, false, form.country, std::nullopt});
    // the lowest band has no lower edge, the highest no upper one
    const auto has_edge = [&](std::size_t band) { return band > 0 && band <= edges.size(); };
    const auto from = [&](std::size_t band) {
      if (has_edge(band)) require(Linear{edges[band - 1], {}}, score, 0);
    };
    const auto below = [&](std::size_t band) {
      if (has_edge(band)) require(score, Linear{edges[band - 1], {}}, strict_points);
    };
    switch (form.comparison) {
      case Op::greater_equal: return from(form.band);
      case Op::greater: return from(form.band + 1);
      case Op::less_equal: return below(form.band + 1);
      case Op::less: return below(form.band);
      default: from(form.band); return below(form.band + 1);
    }
  }

  void require_form(const Assertion::Ranked&) { fail("a rank can be had in several ways"); }
  void require_form(const Assertion::OverViewpoints&) {
    fail("a verdict over viewpoints is not about one set of weights");
  }
  void require_form(const Assertion::LargestPart&) {
    fail("an attribution is no condition on scores");
  }
  void require_form(const Assertion::RuleActs&) {
    fail("rules and tripwires are not steered by weights");
  }
  void require_form(const Assertion::TripwireFired&) {
    fail("rules and tripwires are not steered by weights");
  }

  const model::Model& model_;
  const Statement& statement_;
  std::size_t index_;
  const FindCase& find_case_;
  Translation& into_;
  std::optional<std::string> why_;
};

}  // namespace

Translation translate(const model::Model& model, const std::vector<Statement>& statements,
                      const FindCase& find_case) {
  Translation result;
  for (std::size_t s = 0; s < statements.size(); ++s) {
    if (auto why = RequirementMaker(model, statements, s, find_case, result).run())
      result.left_out.push_back({statements[s].text, statements[s].where, std::move(*why)});
  }
  return result;
}

}  // namespace waystone::fit
