// What each rule changes, of random models: `assess` shares the work among rules and countries;
// here each rule is left out by itself, and the whole model worked out once more.
//   rule_effects FOLDER …     each FOLDER holds model.risk and scenario.toml, as random_models.py
//   writes them
// Prints what was compared; ends with 1 where a bit differs.
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "evaluate/assess.hpp"
#include "evaluate/bounds.hpp"
#include "files_read.hpp"
#include "model/check.hpp"

namespace {

using namespace waystone;
using evaluate::RuleResult;

struct Tally {
  std::size_t compared = 0, moved = 0, would_move = 0, differed = 0;
  void compare(double given, double defined, std::string_view what) {
    ++compared;
    const bool same = given == defined || (std::isnan(given) && std::isnan(defined));
    if (!same && ++differed <= 3)
      fmt::print("  {}: {} is given, {} defined\n", what, given, defined);
  }
};

double neutral(model::EffectKind kind) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  switch (kind) {
    case model::EffectKind::scale: return 1;
    case model::EffectKind::add: return 0;
    case model::EffectKind::at_most: return infinity;
    case model::EffectKind::at_least: return -infinity;
  }
  return 0;
}

// The rules of one country, each by the definition.
class Definition {
 public:
  Definition(const evaluate::Case& bound, const evaluate::Frame& frame,
             const evaluate::CountryResult& country, Tally& tally)
      : model_(*bound.model),
        program_(*bound.program),
        country_(country),
        frame_(evaluate::select_lanes(frame, {bound.lane_of(country.code)})),
        low_(frame.low.row(bound.lane_of(country.code))),
        high_(frame.high.row(bound.lane_of(country.code))),
        tally_(tally) {}

  void compare(RuleId id) const {
    const RuleResult& rule = country_[id];
    if (rule.truth == evaluate::Truth::yes) {
      compare_targets(id);
      compare_points(id, rule.moved, {{program_[id].truth, arma::vec{0}}}, -1);
      tally_.moved += !rule.moved.empty();
    }
    if (rule.truth == evaluate::Truth::unknown && all_known(rule)) {
      compare_points(id, rule.would_move, {{program_[id].truth, arma::vec{1}}}, 1);
      tally_.would_move += !rule.would_move.empty();
    }
  }

 private:
  static bool all_known(const RuleResult& rule) {
    for (const evaluate::EffectResult& effect : rule.effects)
      if (std::isnan(effect.amount)) return false;
    return true;
  }

  double with_pins(NodeId node, std::vector<evaluate::Pin> pins) const {
    evaluate::Frame frame = frame_;
    frame.pins = std::move(pins);
    const std::vector<RegisterId> wanted{program_[node].value};
    return evaluate::evaluate(evaluate::Plan(program_, wanted), frame)(0, 0);
  }

  struct Box {
    double low, high;
    bool never;  // it surely has no value
  };

  Box bounds_with_pins(RegisterId reg, std::vector<evaluate::Pin> pins) const {
    evaluate::Frame frame = frame_;
    frame.low = low_;  // ranges also where all is known
    frame.high = high_;
    frame.pins = std::move(pins);
    const std::vector<RegisterId> wanted{reg};
    const auto bounds = evaluate::evaluate_bounds(evaluate::Plan(program_, wanted), frame);
    return {bounds.low(0, 0), bounds.high(0, 0), bounds.gap(0, 0) == evaluate::certain_gap};
  }

  static double furthest(model::EffectKind kind, const evaluate::EffectResult& effect) {
    const double low = effect.amount_low, high = effect.amount_high;
    switch (kind) {
      case model::EffectKind::scale: return std::fabs(low - 1) > std::fabs(high - 1) ? low : high;
      case model::EffectKind::add: return std::fabs(low) > std::fabs(high) ? low : high;
      case model::EffectKind::at_most: return low;
      case model::EffectKind::at_least: return high;
    }
    return high;
  }

  // Whether a rated output moves if each unknown amount is the furthest it may be. What surely has
  // none stays without.
  bool may_move(RuleId id) const {
    std::vector<evaluate::Pin> pins;
    for (std::size_t e = 0; e < model_[id].effects.size(); ++e) {
      const evaluate::EffectResult& effect = country_[id].effects[e];
      const RegisterId amount = program_[id].amounts[e];
      if ((std::isnan(effect.amount) || effect.by_what_is_sure) &&
          !bounds_with_pins(amount, {}).never)
        pins.push_back({amount, arma::vec{furthest(model_[id].effects[e].kind, effect)}});
    }
    if (pins.empty()) return false;
    for (const NodeId output : model_.outputs()) {
      const double value = country_[output].value;
      if (!std::isnan(value) && evaluate::differs(with_pins(output, pins), value)) return true;
    }
    return false;
  }

  void compare_targets(RuleId id) const {
    const auto& effects = model_[id].effects;
    std::vector<evaluate::Pin> pins;
    for (std::size_t e = 0; e < effects.size(); ++e)
      pins.push_back({program_[id].amounts[e], arma::vec{neutral(effects[e].kind)}});
    bool binding = false, not_known = false;
    for (std::size_t e = 0; e < effects.size(); ++e) {
      const evaluate::NodeResult& target = country_[effects[e].target];
      const double without = with_pins(effects[e].target, pins);
      tally_.compare(country_[id].effects[e].without, without, model_[id].name + " without");
      binding = binding || evaluate::differs(without, target.value);
      if (!std::isnan(without) || !std::isnan(target.value)) continue;
      const RegisterId reg = program_[effects[e].target].value;
      const Box with = bounds_with_pins(reg, {}), other = bounds_with_pins(reg, pins);
      if (with.never && other.never) continue;  // what is never there can't be moved
      const auto above = [](double a, double b) { return a > b && evaluate::differs(a, b); };
      const bool never = with.never || other.never;
      binding = binding || (!never && (above(with.low, other.high) || above(other.low, with.high)));
      not_known = true;  // then it may be known to bind, or may bind (the oracle knows which)
    }
    const bool given = country_[id].binding, open = country_[id].may_bind;
    if (binding || !not_known) {
      tally_.compare(given, binding, model_[id].name + " binding");
      tally_.compare(open, !binding && may_move(id), model_[id].name + " may bind");
    } else {
      tally_.compare(given && open, 0, model_[id].name + " binds, and may bind");
    }
  }

  // `sign`: 1 for what holding would move, -1 for what not holding would.
  void compare_points(RuleId id, const evaluate::Points& given,
                      const std::vector<evaluate::Pin>& pins, double sign) const {
    for (const NodeId output : model_.outputs()) {
      const double value = country_[output].value, other = with_pins(output, pins);
      const bool moves = evaluate::differs(value, other) && !(sign > 0 && std::isnan(value));
      const auto found = given.find(output);
      tally_.compare(found == given.end() ? 0 : found->second, moves ? sign * (other - value) : 0,
                     model_[id].name + (sign > 0 ? " would move" : " moved"));
    }
  }

  const model::Model& model_;
  const program::Program& program_;
  const evaluate::CountryResult& country_;
  evaluate::Frame frame_;
  arma::mat low_, high_;
  Tally& tally_;
};

bool compare_model(const std::string& folder, Tally& tally) {
  SourceMap sources;
  const auto model = model::read_model(folder + "/model.risk", tests::read_file, sources);
  if (!model) return false;
  const program::Program program = program::compile(*model.value);
  auto scenario =
      scenario::read_scenario(folder + "/scenario.toml", *model.value, tests::read_file, sources);
  if (!scenario) return false;
  const auto bound = evaluate::bind(*model.value, program, std::move(*scenario.value));
  if (!bound) return false;
  for (const evaluate::ViewResult& view : evaluate::assess(*bound.value).views) {
    const evaluate::Frame frame = evaluate::frame_of(*bound.value, view.viewpoint);
    for (const evaluate::CountryResult& country : view.countries)
      for (std::size_t r = 0; r < model.value->rules.size(); ++r)
        Definition(*bound.value, frame, country, tally).compare(RuleId{r});
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  Tally all;
  bool failed = argc < 2;
  for (int a = 1; a < argc; ++a) {
    const std::size_t before = all.differed;
    if (!compare_model(argv[a], all)) {
      fmt::print("{} can't be read\n", argv[a]);
      failed = true;
    }
    if (all.differed > before) fmt::print("{}: {} differ\n", argv[a], all.differed - before);
  }
  fmt::print("{} numbers compared; {} rules moved an output, {} open ones would; {} differ\n",
             all.compared, all.moved, all.would_move, all.differed);
  return failed || all.differed > 0 || all.moved == 0 || all.would_move == 0;
}
