#include "fit/examples.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include <fmt/format.h>

namespace waystone::fit {
namespace {

using syntax::Expectation;
using syntax::Expression;
using syntax::Operator;
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
class Translator {
 public:
  Translator(const model::Model& model, const std::vector<Statement>& statements, std::size_t index,
             const FindCase& find_case, Translation& into)
      : model_(model),
        statement_(statements[index]),
        index_(index),
        find_case_(find_case),
        into_(into) {}

  std::optional<std::string> run() {
    const Expectation& e = statement_.assertion;
    const std::size_t before = into_.requirements.size();
    switch (e.kind) {
      case Expectation::Kind::condition:
        condition(*e.condition, e.by ? number(*e.by) : std::nullopt);
        break;
      case Expectation::Kind::within: within(e); break;
      case Expectation::Kind::band: band(e); break;
      case Expectation::Kind::rank: fail("a rank can be had in several ways"); break;
      case Expectation::Kind::verdict:
        fail("a verdict over viewpoints is not about one set of weights");
        break;
      case Expectation::Kind::largest_part: fail("an attribution is no condition on scores"); break;
      default: fail("rules and tripwires are not steered by weights");
    }
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

  std::optional<Linear> score_of(const Expression& e) {
    const evaluate::Case* scenario_case =
        e.file ? find_case_(*statement_.scenario_case, e.file->text) : statement_.scenario_case;
    const auto node = model_.find(e.name.text);
    if (!scenario_case || !node) return fail("it names what can't be had"), std::nullopt;
    if (scenario_case->lane_of(e.country.text) == scenario_case->countries.size())
      return fail(fmt::format("the scenario does not score {}", e.country.text)), std::nullopt;
    if (!model_[*node].is_factor())
      return fail(fmt::format("{} is no factor or output", e.name.text)), std::nullopt;
    Linear result;
    result.terms[subject({scenario_case, e.country.text, *node})] = 1;
    return result;
  }

  std::optional<Linear> linear(const Expression& e) {
    const auto argument = [&](std::size_t k) { return linear(e.arguments[k]); };
    switch (e.op) {
      case Operator::number: return Linear{e.number.value, {}};
      case Operator::of_country: return score_of(e);
      case Operator::negate: return combine(Linear{}, argument(0), -1);
      case Operator::add: return combine(argument(0), argument(1), 1);
      case Operator::subtract: return combine(argument(0), argument(1), -1);
      case Operator::multiply: return product(argument(0), argument(1));
      case Operator::divide: return quotient(argument(0), argument(1));
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
    const auto argument = [&](std::size_t k) { return linear(e.arguments[k]); };
    const double loose = by.value_or(0), strict = std::max(loose, strict_points);
    switch (e.op) {
      case Operator::logical_and:
        for (const Expression& part : e.arguments) condition(part, by);
        return;
      case Operator::less: return require(argument(0), argument(1), strict);
      case Operator::less_equal: return require(argument(0), argument(1), loose);
      case Operator::greater: return require(argument(1), argument(0), strict);
      case Operator::greater_equal: return require(argument(1), argument(0), loose);
      case Operator::between:
        require(argument(1), argument(0), 0);
        return require(argument(0), argument(2), 0);
      default: return fail("it is no ordering, gap or level");
    }
  }

  void within(const Expectation& e) {
    const auto by = number(*e.by);
    const auto a = linear(*e.condition), b = linear(*e.other);
    if (!by) return;
    require(a, b, -*by);
    require(b, a, -*by);
  }

  void band(const Expectation& e) {
    const auto node = model_.find(e.name.text);
    if (!node || !model_[*node].bands) return fail("it names what has no bands");
    const model::Bands& bands = *model_[*node].bands;
    const std::size_t at = std::size_t(
        std::find(bands.names.begin(), bands.names.end(), e.word.text) - bands.names.begin());
    if (at == bands.names.size()) return fail("there is no such band");
    Expression named;
    named.op = Operator::of_country;
    named.name = e.name;
    named.country = e.country;
    const auto score = score_of(named);
    // the lowest band has no lower edge, the highest no upper one
    const auto has_edge = [&](std::size_t band) { return band > 0 && band <= bands.edges.size(); };
    const auto from = [&](std::size_t band) {
      if (has_edge(band)) require(Linear{bands.edges[band - 1], {}}, score, 0);
    };
    const auto below = [&](std::size_t band) {
      if (has_edge(band)) require(score, Linear{bands.edges[band - 1], {}}, strict_points);
    };
    switch (e.comparison) {
      case Operator::equal:
        from(at);
        below(at + 1);
        return;
      case Operator::greater_equal: return from(at);
      case Operator::greater: return from(at + 1);
      case Operator::less_equal: return below(at + 1);
      case Operator::less: return below(at);
      default: return fail("it is no ordering, gap or level");
    }
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
    if (auto why = Translator(model, statements, s, find_case, result).run())
      result.left_out.push_back({statements[s].text, statements[s].where, std::move(*why)});
  }
  return result;
}

}  // namespace waystone::fit
