#include "explain/standing.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/ties.hpp"
#include "explain/influence.hpp"
#include "model/dependencies.hpp"

namespace waystone::explain {
namespace {

using evaluate::Case;
using evaluate::Frame;

bool best_is_high(const model::Model& model, NodeId node) {
  return model[node].is_factor() && model[node].factor().higher_is_better;
}

// What is held at its best: a factor as its readers see it, after its rules; of a leaf its datum.
std::optional<evaluate::Pin> pin_at_best(const Case& scenario_case, NodeId part) {
  const model::Model& model = *scenario_case.model;
  const program::NodeRegisters& registers = (*scenario_case.program)[part];
  const auto column = [&](double value) {
    return arma::vec(scenario_case.countries.size(), arma::fill::value(value));
  };
  if (model[part].is_factor())
    return evaluate::Pin{registers.value, column(best_is_high(model, part) ? 100 : 0)};
  if (!registers.score.valid()) return std::nullopt;  // read raw by an expression
  return evaluate::Pin{registers.base, column(best_datum(*model[part].curve))};
}

// The floors of rules on a node, or caps where high is best: what keeps it from being better.
class Floors {
 public:
  Floors(const Case& scenario_case, NodeId node, const Frame& frame)
      : program_(*scenario_case.program), node_(node) {
    const model::Model& model = *scenario_case.model;
    const auto kind =
        best_is_high(model, node) ? model::EffectKind::at_most : model::EffectKind::at_least;
    idle_ = (best_is_high(model, node) ? 1 : -1) * std::numeric_limits<double>::infinity();
    std::vector<RegisterId> wanted{program_[node].before_override};
    for (std::size_t r = 0; r < model.rules.size(); ++r)
      for (std::size_t e = 0; e < model.rules[r].effects.size(); ++e) {
        const model::Effect& effect = model.rules[r].effects[e];
        if (effect.target != node || effect.kind != kind) continue;
        effects_.push_back({RuleId{r}, e});
        wanted.push_back(program_[RuleId{r}].truth);
        wanted.push_back(program_[RuleId{r}].amounts[e]);
      }
    if (!effects_.empty()) values_ = evaluate::evaluate(evaluate::Plan(program_, wanted), frame);
  }

  bool any() const { return !effects_.empty(); }

  /// The frame with none of them in force.
  Frame lifted(Frame frame) const {
    for (const auto& [rule, effect] : effects_)
      frame.pins.push_back(
          {program_[rule].amounts[effect], arma::vec(frame.lanes(), arma::fill::value(idle_))});
    return frame;
  }

  /// Whether a floor of the rule is the node's value in a lane, before overrides.
  bool sets(RuleId rule, std::size_t lane) const {
    for (std::size_t k = 0; k < effects_.size(); ++k)
      if (effects_[k].first == rule && values_(lane, 1 + 2 * k) == 1 &&
          tie(values_(lane, 2 + 2 * k), values_(lane, 0)))
        return true;
    return false;
  }

 private:
  const program::Program& program_;
  NodeId node_;
  double idle_ = 0;
  std::vector<std::pair<RuleId, std::size_t>> effects_;
  arma::mat values_;  // by lane: the node, then of each effect whether its rule holds, its amount
};

std::vector<NodeId> facts_of(const model::Model& model, RuleId rule) {
  std::vector<NodeId> found;
  for (const NodeId node : model::nodes_in(model[rule].when))
    if (!model[node].is_factor() && model[node].kind != model::NodeKind::parameter)
      found.push_back(node);
  return found;
}

void add_rules(const model::Model& model, NodeId node, double sign,
               const evaluate::CountryResult& country, const Floors& floors, std::size_t lane,
               double least, std::vector<Driver>& found) {
  for (std::size_t r = 0; r < model.rules.size(); ++r) {
    const auto& effects = model.rules[r].effects;
    if (std::none_of(effects.begin(), effects.end(),
                     [&](const model::Effect& effect) { return effect.target == node; }))
      continue;
    const auto& moved = country.rules[r].moved;
    const auto points = moved.find(node);
    const double costs = points == moved.end() ? 0 : sign * points->second;
    const bool sets = floors.sets(RuleId{r}, lane);
    if (!sets && !(costs >= least)) continue;
    Driver driver{NodeId{}, RuleId{r}, std::isnan(costs) ? 0 : costs};
    driver.sets = sets;
    driver.by = facts_of(model, RuleId{r});
    found.push_back(std::move(driver));
  }
}

// One lane a country, both the same countries in the same order. What is known on one date alone
// stands as it is now.
Frame with_presence_of(const Case& earlier, const Case& now, ViewpointId viewpoint) {
  Frame frame = evaluate::frame_of(earlier, viewpoint);
  const Frame later = evaluate::frame_of(now, viewpoint);
  const std::vector<NodeId> indicators = data::indicators(*now.model);
  if (later.has_ranges() && !frame.has_ranges()) frame.low = frame.high = frame.value;
  for (std::size_t lane = 0; lane < now.countries.size(); ++lane) {
    const auto &was = earlier.chosen.at(now.countries[lane]),
               &is = now.chosen.at(now.countries[lane]);
    for (std::size_t k = 0; k < indicators.size(); ++k) {
      if (!began_or_ended(was[k], is[k])) continue;
      const std::size_t column = now.program->fact(indicators[k]).index;
      frame.value(lane, column) = later.value(lane, column);
      if (!frame.has_ranges()) continue;
      const bool ranged = later.has_ranges();
      frame.low(lane, column) = ranged ? later.low(lane, column) : later.value(lane, column);
      frame.high(lane, column) = ranged ? later.high(lane, column) : later.value(lane, column);
    }
  }
  frame.all_known = false;
  return frame;
}

}  // namespace

std::vector<std::vector<Driver>> drivers(const Case& scenario_case,
                                         const evaluate::ViewResult& view, NodeId node,
                                         double least) {
  const model::Model& model = *scenario_case.model;
  const double sign = best_is_high(model, node) ? -1 : 1;
  std::vector<std::vector<Driver>> found(view.countries.size());
  const evaluate::Plan plan(*scenario_case.program,
                            std::vector{(*scenario_case.program)[node].value});
  const Frame frame = evaluate::frame_of(scenario_case, view.viewpoint);
  const Floors floors(scenario_case, node, frame);
  const arma::mat today =
      floors.any() ? evaluate::evaluate(plan, floors.lifted(frame)) : arma::mat();
  for (const NodeId part : model::parts_of(model[node].factor())) {
    auto pin = pin_at_best(scenario_case, part);
    if (!pin) continue;
    Frame best = frame;
    best.pins.push_back(std::move(*pin));
    const arma::mat values = evaluate::evaluate(plan, best);
    const arma::mat lifted =
        floors.any() ? evaluate::evaluate(plan, floors.lifted(std::move(best))) : arma::mat();
    for (std::size_t c = 0; c < found.size(); ++c) {
      const double points = sign * (view.countries[c][node].value - values(c, 0));
      const double unheld = floors.any() ? sign * (today(c, 0) - lifted(c, 0)) : points;
      const bool twice = std::any_of(found[c].begin(), found[c].end(),
                                     [&](const Driver& driver) { return driver.node == part; });
      // what is not known counts nothing: others carry its weight
      const bool known = !std::isnan(view.countries[c][part].value);
      if (known && (points >= least || unheld >= least) && !twice)
        found[c].push_back({part, RuleId{}, points, unheld});
    }
  }
  for (std::size_t c = 0; c < found.size(); ++c) {
    add_rules(model, node, sign, view.countries[c], floors, c, least, found[c]);
    std::stable_sort(found[c].begin(), found[c].end(), [](const Driver& a, const Driver& b) {
      if (a.sets != b.sets) return a.sets;
      return tie(a.points, b.points) ? waystone::below(b.unheld, a.unheld)
                                     : waystone::below(b.points, a.points);
    });
  }
  return found;
}

bool Change::mostly_data() const {
  constexpr double told = 0.05;  // points: less is no change to speak of
  return std::fabs(by_data) >= told && 2 * std::fabs(by_data) >= std::fabs(points);
}

bool began_or_ended(const data::Chosen& earlier, const data::Chosen& now) {
  return earlier.known != now.known;
}

std::vector<Change> changes(const Case& earlier, const Case& now, ViewpointId viewpoint,
                            NodeId node) {
  const evaluate::Plan plan(*now.program, std::vector{(*now.program)[node].value});
  const arma::mat before = evaluate::evaluate(plan, evaluate::frame_of(earlier, viewpoint)),
                  after = evaluate::evaluate(plan, evaluate::frame_of(now, viewpoint)),
                  between = evaluate::evaluate(plan, with_presence_of(earlier, now, viewpoint));
  std::vector<Change> found(now.countries.size());
  for (std::size_t c = 0; c < found.size(); ++c) {
    Change& change = found[c];
    change.before = before(c, 0);
    change.points = after(c, 0) - before(c, 0);
    // Without a value in between, what began or ended is all that can be told.
    change.by_data = std::isnan(between(c, 0)) ? change.points : between(c, 0) - before(c, 0);
    if (std::isnan(change.points)) change.by_data = change.points;
  }
  return found;
}

GroupResult group_result(const evaluate::ViewResult& view, NodeId node,
                         const std::vector<std::string>& members,
                         const std::vector<Change>& changes) {
  GroupResult result;
  double sum = 0, squares = 0, change = 0, by_data = 0;
  const auto value = [&](std::size_t c) { return view.countries[c][node].value; };
  for (std::size_t c = 0; c < view.countries.size(); ++c) {
    if (!std::binary_search(members.begin(), members.end(), view.countries[c].code)) continue;
    ++result.countries;
    if (std::isnan(value(c))) continue;
    if (result.rated == 0) result.lowest = result.highest = c;
    if (waystone::below(value(c), value(result.lowest))) result.lowest = c;
    if (waystone::below(value(result.highest), value(c))) result.highest = c;
    ++result.rated;
    result.members.push_back(c);
    sum += value(c);
    if (changes.empty() || std::isnan(changes[c].points)) continue;
    ++result.changed;
    change += changes[c].points;
    by_data += changes[c].by_data;
  }
  if (result.changed > 0) {
    result.change = change / double(result.changed);
    result.change_by_data = by_data / double(result.changed);
  }
  if (result.rated == 0) return result;
  result.mean = sum / double(result.rated);
  for (const std::size_t c : result.members)
    squares += (value(c) - result.mean) * (value(c) - result.mean);
  result.spread = std::sqrt(squares / double(result.rated));
  return result;
}

std::string band_by_edges(const model::Model& model, const evaluate::CountryResult& country,
                          NodeId output) {
  const auto& bands = model[output].bands;
  const auto band = country.band.find(output);
  if (!bands || band == country.band.end()) return "";
  const std::string plain = evaluate::band_of(*bands, country[output].value);
  return plain == band->second ? "" : plain;
}

}  // namespace waystone::explain
