// Dual numbers: every operation's derivative against differences, the side chosen at kinks, pins
// and numerals by lane, and the shipped model.
#include "catch.hpp"
#include "differences.hpp"

#include <bit>
#include <limits>
#include <random>
#include <set>

#include "evaluate/assess.hpp"
#include "files_read.hpp"
#include "model/check.hpp"
#include "single_operation.hpp"

namespace {

using namespace waystone;
using evaluate::Frame;
using evaluate::Plan;
using evaluate::Tangent;
using program::OpCode;
using program::Operation;
using program::Program;
using tests::effects_of;
using tests::mean;
using tests::operation;
using tests::program_of;

const double unknown = std::nan(""), infinity = std::numeric_limits<double>::infinity();

/// An operation and where its operands are drawn from.
struct Case {
  std::string name;
  Operation op;
  std::vector<double> slots;
  std::vector<std::pair<double, double>> ranges;
};

Frame frame_with(const Program& program, const std::vector<double>& operands) {
  Frame frame = evaluate::empty_frame(program, 1);
  for (std::size_t k = 0; k < operands.size(); ++k) frame.value(0, k) = operands[k];
  return frame;
}

Operation dated_at(std::vector<double> dates) {
  Operation op = operation(OpCode::dated);
  op.last_days.assign(dates.size(), std::numeric_limits<double>::infinity());
  op.dates = std::move(dates);
  return op;
}

std::vector<Case> cases() {
  using enum OpCode;
  using model::EffectKind;
  std::vector<Case> all;
  for (const OpCode code :
       {add, subtract, multiply, divide, minimum, maximum, less, less_equal, greater, greater_equal,
        equal, not_equal, months_since, years_since, days_since})
    all.push_back({std::string(name_of(code)), operation(code), {}, {{-5, 7}, {-3, 4}}});
  for (const OpCode code : {negate, absolute, exp, round_half_up, round_half_even, copy, known})
    all.push_back({std::string(name_of(code)), operation(code), {}, {{-4, 6}}});
  for (const OpCode code : {ln, log10, sqrt})
    all.push_back({std::string(name_of(code)), operation(code), {}, {{0.5, 40}}});
  for (const OpCode code : {logical_and, logical_or})
    all.push_back({std::string(name_of(code)), operation(code), {}, {{0, 1}, {0, 1}}});
  all.push_back({"not", operation(logical_not), {}, {{0, 1}}});
  for (const OpCode code : {round_half_up, round_half_even})
    all.push_back({"digits", operation(code), {}, {{-4, 6}, {-0.5, 1.5}}});
  all.push_back({"power", operation(power), {}, {{0.2, 6}, {-2, 3}}});
  all.push_back({"power, negative base", operation(power), {}, {{-4, -1}, {3, 3}}});
  all.push_back({"slot", operation(slot), {7}, {}});
  all.push_back({"dated", dated_at({100, 200, 300}), {4, 5, 6}, {{101, 500}}});
  all.push_back({"minimum of three", operation(minimum), {}, {{-5, 9}, {-5, 9}, {-5, 9}}});
  all.push_back({"clamp", operation(clamp), {}, {{-5, 9}, {0, 1}, {2, 3}}});
  all.push_back({"between", operation(between), {}, {{-5, 9}, {0, 1}, {2, 3}}});
  all.push_back({"choose", operation(choose), {}, {{0, 1}, {-3, 1}, {2, 3}}});
  all.push_back({"limit", operation(limit), {}, {{-30, 140}}});
  all.push_back({"linear", operation(linear), {2, 9}, {{0, 12}}});
  all.push_back({"linear, falling", operation(linear), {9, 2}, {{0, 12}}});
  all.push_back({"logarithmic", operation(logarithmic), {1, 1000}, {{0.5, 2000}}});
  Operation from_one_plus = operation(logarithmic);
  from_one_plus.from_one_plus = true;
  all.push_back({"logarithmic from one plus, falling", from_one_plus, {20, 0.5}, {{0.1, 25}}});
  all.push_back({"logistic", operation(logistic), {40, 2, 8}, {{0, 50}}});
  all.push_back({"knots", operation(knots), {0, 10, 3, 90, 5, 20, 9, 60}, {{-1, 11}}});
  std::vector<double> many;
  for (int k = 0; k < 70; ++k) many.insert(many.end(), {double(k), 50 + 40 * std::sin(double(k))});
  all.push_back({"many knots", operation(knots), many, {{-1, 72}}});
  all.push_back({"steps", operation(steps), {-infinity, 5, 2, 40, 7, 90}, {{0, 9}}});
  all.push_back({"flip", operation(flip), {}, {{0, 100}}});
  const std::vector<std::pair<double, double>> scores{{1, 60}, {20, 99}, {1, 99}};
  const std::vector<double> weights{1, 2, 3};
  for (const bool reweight : {false, true}) {
    const auto with = [&](std::vector<double> numerals) {
      if (reweight) numerals.push_back(0.3);
      return numerals;
    };
    all.push_back({"arithmetic", mean(arithmetic, false, reweight), with(weights), scores});
    all.push_back({"geometric", mean(geometric, true, reweight), with({1, 2, 3, 25}), scores});
    all.push_back({"harmonic", mean(harmonic, true, reweight), with({1, 2, 3, 25}), scores});
    for (const double order : {1.0, 2.0, 3.5, 0.5})
      all.push_back(
          {"power mean", mean(power_mean, false, reweight), with({1, 2, 3, order}), scores});
    all.push_back({"power mean of order -1.5", mean(power_mean, true, reweight),
                   with({1, 2, 3, 25, -1.5}), scores});
    all.push_back({"sum", mean(weighted_sum, false, reweight), with({0.2, 0.3, 0.4}), scores});
    all.push_back(
        {"sum beyond 100", mean(weighted_sum, false, reweight), with({0.8, 0.6, 0.4}), scores});
    for (const OpCode code : {product, highest, lowest, median})
      all.push_back({std::string(name_of(code)), mean(code, false, reweight), with({}), scores});
    all.push_back({"median of four",
                   mean(median, false, reweight),
                   with({}),
                   {{1, 60}, {20, 99}, {1, 99}, {5, 80}}});
  }
  all.push_back({"strength", operation(strength), {25}, {{0, 100}, {0, 100}, {0, 1}}});
  all.push_back({"effects",
                 effects_of({EffectKind::scale, EffectKind::add, EffectKind::at_most,
                             EffectKind::at_least, EffectKind::scale}),
                 {},
                 {{0, 100},
                  {0, 1},
                  {0.3, 1.4},
                  {0, 1},
                  {-20, 30},
                  {0, 1},
                  {40, 90},
                  {0, 1},
                  {10, 60},
                  {0, 1},
                  {0.8, 1.2}}});
  all.push_back({"adjust", operation(adjust), {}, {{0, 100}, {-10, 10}}});
  return all;
}

bool is_truth(const Operation& op, std::size_t operand) {
  if (op.code == OpCode::effects) return operand % 2 == 1;
  if (op.code == OpCode::logical_and || op.code == OpCode::logical_or ||
      op.code == OpCode::logical_not)
    return true;
  return (op.code == OpCode::strength && operand == 2) ||
         (op.code == OpCode::choose && operand == 0);
}

double uniform(std::mt19937_64& random) { return double(random() >> 11) * 0x1p-53; }

/// Operands at random; of a mean that re-weights sometimes the last is unknown.
std::vector<double> draw(std::mt19937_64& random, const Case& c) {
  std::vector<double> operands;
  for (std::size_t k = 0; k < c.ranges.size(); ++k) {
    const double u = uniform(random);
    operands.push_back(is_truth(c.op, k)
                           ? std::round(u)
                           : c.ranges[k].first + u * (c.ranges[k].second - c.ranges[k].first));
  }
  if (c.op.has_reweight && uniform(random) < 0.5) operands.back() = unknown;
  return operands;
}

/// The derivative of one operation, its operands and numerals moving at given rates.
double derivative(const Operation& op, const std::vector<double>& operands,
                  const std::vector<double>& rates, const std::vector<double>& slots = {},
                  const std::vector<double>& slot_rates = {}) {
  const Program program = program_of(op, slots, operands.size());
  Tangent tangent;
  for (std::size_t k = 0; k < rates.size(); ++k) tangent.inputs.push_back({InputId{k}, rates[k]});
  for (std::size_t s = 0; s < slot_rates.size(); ++s)
    tangent.slots.push_back({SlotId{s}, slot_rates[s]});
  const std::vector<RegisterId> wanted{RegisterId{operands.size()}};
  return evaluate::evaluate_duals(Plan(program, wanted), frame_with(program, operands),
                                  std::vector{tangent})
      .derivative(0, 0, 0);
}

bool same(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) ||
         (std::isnan(a) && std::isnan(b));
}

}  // namespace

TEST_CASE("every operation's derivative is that of differences, by each operand and each numeral") {
  std::mt19937_64 random(17);
  std::set<OpCode> tried{OpCode::input};
  for (const Case& c : cases()) {
    INFO(c.name);
    tried.insert(c.op.code);
    const Program program = program_of(c.op, c.slots, c.ranges.size());
    const std::vector<RegisterId> wanted{RegisterId{c.ranges.size()}};
    const Plan plan(program, wanted);
    tests::Tally tally;
    for (int trial = 0; trial < 100; ++trial) {
      const Frame frame = frame_with(program, draw(random, c));
      std::vector<Tangent> directions = tests::every_direction(plan, frame);
      std::erase_if(directions, [&](const Tangent& t) {
        return !t.inputs.empty() && is_truth(c.op, t.inputs[0].first.index);
      });
      Tangent together;  // everything at once
      for (const Tangent& t : directions) {
        if (!t.slots.empty())
          together.slots.push_back({t.slots[0].first, t.slots[0].second * (uniform(random) - 0.5)});
        else if (c.name != "power, negative base" || t.inputs[0].first.index == 0)
          together.inputs.push_back(
              {t.inputs[0].first, t.inputs[0].second * (uniform(random) - 0.5)});
      }
      directions.push_back(together);
      tests::compare_with_differences(plan, frame, directions, tally);
    }
    INFO(tally.first << "; " << tally.agreed << " agreed, " << tally.unclear << " unclear");
    if (c.name ==
        "power, negative base") {  // no value beside a whole exponent, so no derivative by it
      REQUIRE(tally.unclear_share() <= 0.34);
      REQUIRE(std::isnan(derivative(c.op, {-2, 3}, {0, 1})));
    } else {
      REQUIRE(tally.unclear_share() < 0.05);
    }
    REQUIRE(tally.differed == 0);
  }
  REQUIRE(tried.size() == program::operation_rows.size());
}

TEST_CASE(
    "at a kink the derivative is that of the side that the value comes from, at a tie of the first "
    "operand") {
  using enum OpCode;
  using model::EffectKind;
  REQUIRE(derivative(operation(minimum), {4, 4}, {1, 3}) == 1);
  REQUIRE(derivative(operation(maximum), {4, 4, 4}, {2, 1, 3}) == 2);
  REQUIRE(derivative(operation(absolute), {0}, {2}) == 2);
  REQUIRE(derivative(operation(clamp), {1, 1, 5}, {2, 3, 4}) ==
          2);  // the number itself, not its limit
  REQUIRE(derivative(operation(clamp), {0, 1, 5}, {2, 3, 4}) == 3);
  REQUIRE(derivative(operation(limit), {100}, {2}) == 2);
  REQUIRE(derivative(operation(limit), {101}, {2}) == 0);
  REQUIRE(derivative(operation(choose), {unknown, 4, 4}, {0, 1, 3}) == 1);
  REQUIRE(derivative(operation(linear), {9}, {7}, {2, 9}, {0, 0}) ==
          100);  // a goalpost: the inner side
  REQUIRE(derivative(operation(linear), {9.5}, {7}, {2, 9}, {0, 0}) == 0);
  const std::vector<double> bent{0, 10, 2, 90, 5, 60};
  REQUIRE(derivative(operation(knots), {0}, {1}, bent, std::vector<double>(6, 0)) == 40);
  REQUIRE(derivative(operation(knots), {2}, {1}, bent, std::vector<double>(6, 0)) ==
          -10);  // the segment that begins there
  REQUIRE(derivative(operation(knots), {5}, {1}, bent, std::vector<double>(6, 0)) == -10);
  REQUIRE(derivative(operation(knots), {6}, {1}, bent, {0, 0, 0, 0, 0, 3}) == 3);
  REQUIRE(derivative(operation(steps), {2}, {1}, {-infinity, 5, 2, 40}, {0, 1, 1, 3}) == 3);
  REQUIRE(derivative(mean(highest, false, false), {40, 70, 70}, {1, 2, 3}) == 2);
  REQUIRE(derivative(mean(lowest, false, false), {40, 40, 70}, {1, 2, 3}) == 1);
  REQUIRE(derivative(mean(median, false, false), {40, 40, 40}, {1, 2, 3}) == 1);
  REQUIRE(derivative(mean(median, false, false), {40, 40, 40, 40}, {1, 2, 3, 4}) == 1.5);
  REQUIRE(derivative(mean(median, false, false), {50, 40, 40, 50}, {1, 2, 3, 4}) == 1.5);
  REQUIRE(derivative(mean(median, false, true), {unknown, 40, 70}, {1, 2, 4}, {0.5}, {0}) == 3);
  REQUIRE(derivative(mean(geometric, true, false), {25, 50}, {0, 0}, {1, 1, 25}, {0, 0, 1}) ==
          0);  // a score at its floor is the score
  REQUIRE(derivative(mean(power_mean, false, false), {0, 0}, {2, 6}, {1, 1, 2}, {0, 0, 0}) == 4);
  REQUIRE(derivative(mean(arithmetic, false, false), {100, 100, 100}, {3, 6, 9}, {0.1, 0.2, 0.7},
                     {0, 0, 0}) == Approx(7.8));
  REQUIRE(derivative(operation(strength), {25, 0, 0}, {1, 0, 0}, {25}, {0}) ==
          1);  // lowered to exactly 0
  const Operation bounded =
      effects_of({EffectKind::at_most, EffectKind::at_least, EffectKind::at_least});
  REQUIRE(derivative(bounded, {60, 1, 60, 1, 60, 0, 0}, {1, 0, 2, 0, 3, 0, 0}) == 1);
  REQUIRE(derivative(bounded, {70, 1, 60, 1, 60, 0, 0}, {1, 0, 2, 0, 3, 0, 0}) == 2);
  REQUIRE(derivative(bounded, {70, 1, 60, 1, 65, 1, 65}, {1, 0, 2, 0, 3, 0, 4}) == 3);
  REQUIRE(derivative(bounded, {70, 1, 60, 0, 65, unknown, 65}, {1, 1, 2, 1, 3, 1, 4}) ==
          2);  // truths only jump
  REQUIRE(derivative(operation(adjust), {95, 5}, {1, 2}) == 3);
  REQUIRE(derivative(operation(adjust), {95, 6}, {1, 2}) == 0);
}

TEST_CASE("no value, no derivative, and what stands still adds nothing, however steep") {
  using enum OpCode;
  REQUIRE(std::isnan(derivative(operation(divide), {1, 0}, {1, 0})));
  REQUIRE(std::isnan(derivative(operation(add), {unknown, 0}, {0, 1})));
  REQUIRE(std::isnan(derivative(operation(add), {unknown, 0}, {0, 0})));
  REQUIRE(derivative(operation(sqrt), {0}, {0}) == 0);
  REQUIRE(derivative(operation(sqrt), {0}, {1}) == infinity);
  REQUIRE(derivative(operation(power), {0, 0.5}, {0, 1}) == 0);
  REQUIRE(derivative(operation(power), {0, 2}, {1, 1}) == 0);
  REQUIRE(derivative(operation(power), {3, 0}, {1, 0}) == 0);
  REQUIRE(derivative(mean(arithmetic, false, true), {unknown, 40, 70}, {9, 2, 4}, {5, 1, 1, 0.2},
                     {3, 0, 0, 1}) == 3);
  REQUIRE(derivative(mean(weighted_sum, false, true), {unknown, 50}, {0, 0}, {0.3, 0.5, 0.2},
                     {1, 0, 0}) == Approx(50));
}

TEST_CASE("pins stand in for what is computed, with derivatives of their own") {
  Program program = program_of(operation(OpCode::multiply), {}, 2);
  program.slots.push_back({3, {}, ""});
  Operation double_it = operation(OpCode::add);
  double_it.in = {RegisterId{2}, RegisterId{2}};
  double_it.out = RegisterId{3};
  program.operations.push_back(double_it);
  const std::vector<RegisterId> wanted{RegisterId{2}, RegisterId{3}}, cut{RegisterId{2}};
  Frame frame = frame_with(program, {4, 5});
  const std::vector<Tangent> directions{{{}, {{InputId{0}, 1}}, {}},
                                        {{}, {{InputId{1}, 1}}, {{RegisterId{2}, 7}}}};
  const auto free = evaluate::evaluate_duals(Plan(program, wanted), frame, directions);
  REQUIRE((free.derivative(0, 0, 0) == 5 && free.derivative(0, 1, 0) == 10));
  REQUIRE((free.derivative(0, 0, 1) == 4 && free.derivative(0, 1, 1) == 8));  // nothing is pinned
  frame.pins.push_back({RegisterId{2}, arma::vec{11}});
  for (const Plan& plan : {Plan(program, wanted), Plan(program, wanted, cut)}) {
    const auto pinned = evaluate::evaluate_duals(plan, frame, directions);
    REQUIRE((pinned.value(0, 0) == 11 && pinned.value(0, 1) == 22));
    REQUIRE((pinned.derivative(0, 0, 0) == 0 && pinned.derivative(0, 1, 0) == 0));
    REQUIRE((pinned.derivative(0, 0, 1) == 7 && pinned.derivative(0, 1, 1) == 14));
  }
}

TEST_CASE(
    "a lane's derivatives do not depend on the other lanes or on numerals that differ by lane") {
  std::mt19937_64 random(19);
  for (const Case& c : cases()) {
    INFO(c.name);
    constexpr std::size_t lanes = 300;
    const Program program = program_of(c.op, c.slots, c.ranges.size());
    const std::vector<RegisterId> wanted{RegisterId{c.ranges.size()}};
    const Plan plan(program, wanted);
    Frame frame = evaluate::empty_frame(program, lanes);
    for (std::size_t lane = 0; lane < lanes && !c.ranges.empty(); ++lane)
      frame.value.row(lane) = arma::rowvec(draw(random, c));
    Frame by_lane = frame;
    for (std::size_t s = 0; s < c.slots.size(); ++s) {
      arma::vec column(lanes, arma::fill::value(c.slots[s]));
      column[150] *= 1.01;
      by_lane.slot_columns.push_back({SlotId{s}, column});
    }
    const std::vector<Tangent> directions =
        tests::every_direction(plan, evaluate::select_lanes(frame, {0}));
    const auto together = evaluate::evaluate_duals(plan, by_lane, directions);
    const arma::mat values = evaluate::evaluate(plan, by_lane);
    for (arma::uword lane = 0; lane < lanes; lane += 30) {
      Frame alone = evaluate::select_lanes(by_lane, {lane});
      for (const evaluate::SlotColumn& column : alone.slot_columns)
        alone.slots[column.slot.index] = column.values[0];
      alone.slot_columns.clear();
      const auto single = evaluate::evaluate_duals(plan, alone, directions);
      REQUIRE(same(together.value(lane, 0), values(lane, 0)));
      for (std::size_t d = 0; d < directions.size(); ++d)
        REQUIRE(same(single.derivative(0, 0, d), together.derivative(lane, 0, d)));
    }
  }
}

namespace {

/// The shipped model and every scenario of the article, as one frame a viewpoint.
struct Article {
  SourceMap sources;
  model::Model model;
  program::Program program;
  std::vector<std::pair<std::string, evaluate::Case>> opened;

  Article() {
    auto read = model::read_model(std::string(WAYSTONE_ROOT) + "/rules/belt-and-road.risk",
                                  tests::read_file, sources);
    REQUIRE(read);
    model = std::move(*read.value);
    program = program::compile(model);
    for (const std::string name :
         {"2013-06", "2013-12", "2015-06", "2019-06", "2020-08", "2021-06", "2022-03"}) {
      auto scenario = scenario::read_scenario(
          std::string(WAYSTONE_ROOT) + "/scenarios/article/" + name + ".toml", model,
          tests::read_file, sources);
      REQUIRE(scenario);
      auto bound = evaluate::bind(model, program, std::move(*scenario.value));
      REQUIRE(bound);
      opened.push_back({name, std::move(*bound.value)});
    }
  }

  std::vector<RegisterId> outputs() const {
    std::vector<RegisterId> wanted;
    for (const NodeId output : model.outputs()) wanted.push_back(program[output].value);
    return wanted;
  }

  template <class Check>
  void for_each_frame(Check check) const {
    for (const auto& [name, scenario_case] : opened)
      for (std::size_t viewpoint = 0; viewpoint < model.viewpoints.size(); ++viewpoint) {
        INFO(name << ", " << model.viewpoints[viewpoint].name);
        check(name, evaluate::frame_of(scenario_case, ViewpointId{viewpoint}));
      }
  }

  std::vector<SlotId> weights() const {
    std::vector<SlotId> all;
    for (const auto& slots : program.weights) all.insert(all.end(), slots.begin(), slots.end());
    return all;
  }
};

}  // namespace

TEST_CASE("on the shipped model the values are evaluate's to the bit, and stay so whatever moves") {
  const Article article;
  std::vector<RegisterId> all;
  for (std::size_t i = 0; i < article.program.operations.size(); ++i) all.push_back(RegisterId{i});
  const Plan plan(article.program, all);
  Tangent weights;
  for (const SlotId slot : article.weights()) weights.slots.push_back({slot, 1});
  article.for_each_frame([&](const std::string&, const Frame& frame) {
    const arma::mat values = evaluate::evaluate(plan, frame);
    const auto duals = evaluate::evaluate_duals(plan, frame, std::vector{weights});
    for (arma::uword n = 0; n < values.n_elem; ++n) REQUIRE(same(values[n], duals.value[n]));
    for (arma::uword n = 0; n < values.n_elem; ++n)
      REQUIRE(std::isnan(values[n]) == std::isnan(duals.derivative[n]));
  });
}

TEST_CASE(
    "gradients of the shipped model's outputs are those of differences: by every weight and fact "
    "at every date, by every numeral at one") {
  const Article article;
  const Plan plan(article.program, article.outputs());
  const std::vector<SlotId> weights = article.weights();
  tests::Tally tally;
  article.for_each_frame([&](const std::string& name, const Frame& frame) {
    for (arma::uword lane = 0; lane < frame.lanes(); ++lane) {
      const Frame country = evaluate::select_lanes(frame, {lane});
      std::vector<Tangent> directions = tests::every_direction(plan, country, &article.model);
      if (name != "2015-06")
        std::erase_if(directions, [&](const Tangent& t) {
          return !t.slots.empty() &&
                 std::find(weights.begin(), weights.end(), t.slots[0].first) == weights.end();
        });
      tests::compare_with_differences(plan, country, directions, tally);
    }
  });
  INFO(tally.first << "; " << tally.agreed << " agreed, " << tally.one_by_one << " one by one, "
                   << tally.differed << " differed, " << tally.unclear << " unclear");
  REQUIRE(tally.differed == 0);
  REQUIRE(tally.unclear_share() < 0.002);
  REQUIRE(tally.agreed > 10000);
}

TEST_CASE("scaling the weights of a normalised mean together moves nothing") {
  const Article article;
  std::vector<RegisterId> wanted;
  std::vector<std::vector<SlotId>> groups;
  for (std::size_t n = 0; n < article.model.nodes.size(); ++n) {
    if (article.program.weights[n].empty() ||
        article.model.nodes[n].factor().combination == model::Combination::sum)
      continue;
    groups.push_back(article.program.weights[n]);
    wanted.push_back(article.program.nodes[n].value);
  }
  REQUIRE(groups.size() > 3);
  const Plan plan(article.program, wanted);
  article.for_each_frame([&](const std::string&, const Frame& frame) {
    std::vector<Tangent> directions;
    for (const auto& group : groups) {
      directions.emplace_back();
      for (const SlotId slot : group)
        directions.back().slots.push_back({slot, frame.slots[slot.index]});
    }
    const auto duals = evaluate::evaluate_duals(plan, frame, directions);
    for (arma::uword n = 0; n < duals.derivative.n_elem; ++n)
      REQUIRE((std::isnan(duals.derivative[n]) || std::fabs(duals.derivative[n]) < 1e-11));
  });
}
