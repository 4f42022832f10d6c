// Every operation in each kind of number: its value on known lanes, unknown operands, and bounds
// that hold whatever the operands are within their ranges (sampled), for 1 lane and for more lanes
// than a block.
#include "catch.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <random>
#include <set>

#include "base/date.hpp"
#include "evaluate/elementary.hpp"
#include "evaluate/evaluate.hpp"
#include "single_operation.hpp"

namespace {

using namespace waystone;
using evaluate::Frame;
using program::OpCode;
using program::Operation;
using program::Program;
using tests::effects_of;
using tests::mean;
using tests::operation;

const double unknown = std::nan("");

/// A program of one operation over inputs.
struct Single {
  Program program;
  RegisterId out;

  Single(Operation op, std::size_t operands, const std::vector<double>& slots = {})
      : program(tests::program_of(std::move(op), slots, operands)), out{operands} {}

  double value(const std::vector<double>& operands) const {
    Frame frame = evaluate::empty_frame(program, 1);
    frame.low.reset();  // without ranges, unknown operands have no value at all
    frame.high.reset();
    for (std::size_t k = 0; k < operands.size(); ++k) frame.value(0, k) = operands[k];
    return evaluate::evaluate(evaluate::Plan(program, std::vector{out}), frame)(0, 0);
  }
};

struct Case {
  const char* name;
  Single single;
  std::vector<std::pair<double, double>> ranges;  // of the operands
};

std::vector<Case> cases() {
  using enum OpCode;
  std::vector<Case> all;
  const auto binary = [&](const char* name, OpCode code, std::pair<double, double> a,
                          std::pair<double, double> b) {
    all.push_back({name, Single(operation(code), 2), {a, b}});
  };
  const auto unary = [&](const char* name, OpCode code, std::pair<double, double> a) {
    all.push_back({name, Single(operation(code), 1), {a}});
  };
  for (const auto& [name, code] : {std::pair{"add", add},
                                   {"subtract", subtract},
                                   {"multiply", multiply},
                                   {"divide", divide},
                                   {"minimum", minimum},
                                   {"maximum", maximum},
                                   {"less", less},
                                   {"less_equal", less_equal},
                                   {"greater", greater},
                                   {"greater_equal", greater_equal},
                                   {"equal", equal},
                                   {"not_equal", not_equal},
                                   {"months_since", months_since},
                                   {"years_since", years_since},
                                   {"days_since", days_since}})
    binary(name, code, {-5, 7}, {-3, 4});
  binary("power, positive base", power, {0, 6}, {-2, 3});
  binary("power, any base", power, {-4, 3}, {2, 2});
  binary("power, odd exponent", power, {-4, 3}, {3, 3});
  for (const auto& [name, code] : {std::pair{"and", logical_and}, {"or", logical_or}})
    binary(name, code, {0, 1}, {0, 1});
  for (const auto& [name, code] : {std::pair{"negate", negate},
                                   {"absolute", absolute},
                                   {"exp", exp},
                                   {"round_half_up", round_half_up},
                                   {"round_half_even", round_half_even},
                                   {"copy", copy}})
    unary(name, code, {-4, 6});
  for (const auto& [name, code] : {std::pair{"ln", ln}, {"log10", log10}, {"sqrt", sqrt}})
    unary(name, code, {0.5, 40});
  unary("known", known, {-4, 6});
  unary("limit", limit, {-30, 140});
  Operation parameter = operation(dated);
  parameter.dates = {100, 200, 300};
  parameter.last_days = {150, std::numeric_limits<double>::infinity(),
                         std::numeric_limits<double>::infinity()};
  all.push_back({"dated", Single(parameter, 1, {4, 5, 6}), {{90, 310}}});
  all.push_back({"slot", Single(operation(slot), 0, {7}), {}});
  unary("not", logical_not, {0, 1});
  unary("flip", flip, {0, 100});
  all.push_back({"clamp", Single(operation(clamp), 3), {{-5, 9}, {0, 1}, {2, 3}}});
  all.push_back({"between", Single(operation(between), 3), {{-5, 9}, {0, 1}, {2, 3}}});
  all.push_back({"choose", Single(operation(choose), 3), {{0, 1}, {-3, 1}, {2, 3}}});
  all.push_back({"linear", Single(operation(linear), 1, {2, 9}), {{0, 12}}});
  all.push_back({"linear, falling", Single(operation(linear), 1, {9, 2}), {{0, 12}}});
  all.push_back({"logarithmic", Single(operation(logarithmic), 1, {1, 1000}), {{0.5, 2000}}});
  all.push_back({"logistic", Single(operation(logistic), 1, {40, 2, 8}), {{0, 50}}});
  all.push_back({"knots, up and down",
                 Single(operation(knots), 1, {0, 10, 3, 90, 5, 20, 9, 60}),
                 {{-1, 11}}});
  all.push_back(
      {"steps",
       Single(operation(steps), 1, {-std::numeric_limits<double>::infinity(), 5, 2, 40, 7, 90}),
       {{0, 9}}});
  for (const bool reweight : {false, true}) {
    std::vector<double> tail = reweight ? std::vector<double>{0.5} : std::vector<double>{};
    const auto slots = [&](std::vector<double> head, std::vector<double> middle = {}) {
      head.insert(head.end(), middle.begin(), middle.end());
      head.insert(head.end(), tail.begin(), tail.end());
      return head;
    };
    const std::vector<std::pair<double, double>> scores{{0, 60}, {20, 100}, {0, 100}};
    all.push_back(
        {"arithmetic", Single(mean(arithmetic, false, reweight), 3, slots({1, 2, 3})), scores});
    all.push_back(
        {"geometric", Single(mean(geometric, true, reweight), 3, slots({1, 2, 3}, {5})), scores});
    all.push_back(
        {"harmonic", Single(mean(harmonic, true, reweight), 3, slots({1, 2, 3}, {5})), scores});
    all.push_back({"power mean of order 2",
                   Single(mean(power_mean, false, reweight), 3, slots({1, 2, 3}, {2})), scores});
    all.push_back({"power mean of order 3.5",
                   Single(mean(power_mean, false, reweight), 3, slots({1, 2, 3}, {3.5})), scores});
    all.push_back({"power mean of order -1",
                   Single(mean(power_mean, true, reweight), 3, slots({1, 2, 3}, {5, -1})), scores});
    all.push_back(
        {"sum", Single(mean(weighted_sum, false, reweight), 3, slots({0.2, 0.3, 0.4})), scores});
    all.push_back({"product", Single(mean(product, false, reweight), 3, slots({})), scores});
    all.push_back({"highest", Single(mean(highest, false, reweight), 3, slots({})), scores});
    all.push_back({"lowest", Single(mean(lowest, false, reweight), 3, slots({})), scores});
    all.push_back({"median", Single(mean(median, false, reweight), 3, slots({})), scores});
  }
  all.push_back({"strength", Single(operation(strength), 3, {25}), {{0, 100}, {0, 100}, {0, 1}}});
  using model::EffectKind;
  all.push_back(
      {"effects",
       Single(effects_of(
                  {EffectKind::scale, EffectKind::add, EffectKind::at_most, EffectKind::at_least}),
              9),
       {{0, 100}, {0, 1}, {0.3, 1.4}, {0, 1}, {-20, 30}, {0, 1}, {40, 90}, {0, 1}, {10, 60}}});
  all.push_back({"adjust", Single(operation(adjust), 2), {{0, 100}, {-10, 10}}});
  return all;
}

// Operands that are truths take 0 and 1 only.
double draw(std::mt19937_64& random, std::pair<double, double> range, bool truth) {
  const double u = double(random() >> 11) * 0x1p-53;
  return truth ? std::round(u) : range.first + u * (range.second - range.first);
}

bool is_truth(const Case& c, std::size_t operand) {
  const Operation& op = c.single.program.operations.back();
  if (op.code == OpCode::effects) return operand % 2 == 1;
  if (op.code == OpCode::strength) return operand == 2;
  if (op.code == OpCode::choose) return operand == 0;
  return op.code == OpCode::logical_and || op.code == OpCode::logical_or ||
         op.code == OpCode::logical_not;
}

}  // namespace

TEST_CASE("bounds hold for every operation, wherever its operands lie") {
  std::mt19937_64 random(7);
  for (const Case& c : cases()) {
    INFO(c.name);
    const std::vector<RegisterId> wanted{c.single.out};
    const evaluate::Plan plan(c.single.program, wanted);
    for (int trial = 0; trial < 60; ++trial) {
      constexpr std::size_t samples = 200;
      Frame frame = evaluate::empty_frame(c.single.program, samples);
      for (std::size_t k = 0; k < c.ranges.size(); ++k) {
        const bool truth = is_truth(c, k);
        double low = draw(random, c.ranges[k], truth), high = draw(random, c.ranges[k], truth);
        if (low > high) std::swap(low, high);
        if (trial % 3 == 0) high = low;  // certain
        frame.low.col(k).fill(low);
        frame.high.col(k).fill(high);
        for (std::size_t lane = 0; lane < samples; ++lane)
          frame.value(lane, k) = truth ? (lane % 2 ? low : high) : draw(random, {low, high}, false);
      }
      Frame ranges = frame;
      ranges.value.fill(unknown);
      const auto bounds = evaluate::evaluate_bounds(plan, ranges);
      const arma::mat values = evaluate::evaluate(plan, frame);
      for (std::size_t lane = 0; lane < samples; ++lane) {
        REQUIRE(!std::isnan(bounds.low(lane, 0)));
        REQUIRE(!std::isnan(bounds.high(lane, 0)));
        if (std::isnan(values(lane, 0))) continue;
        REQUIRE(bounds.low(lane, 0) <= values(lane, 0));
        REQUIRE(values(lane, 0) <= bounds.high(lane, 0));
      }
      const auto nominal = evaluate::evaluate_bounds(plan, frame);
      for (std::size_t lane = 0; lane < samples; ++lane)
        if (!std::isnan(values(lane, 0)))
          REQUIRE((nominal.low(lane, 0) <= values(lane, 0) &&
                   values(lane, 0) <= nominal.high(lane, 0)));
    }
  }
}

TEST_CASE(
    "the operations tried here are those of the table, and read as many registers as it says") {
  std::set<OpCode> tried{OpCode::input};
  for (const Case& c : cases()) {
    INFO(c.name);
    const Operation& op = c.single.program.operations.back();
    tried.insert(op.code);
    REQUIRE(program::row_of(op.code).operands.allows(op.in.size()));
  }
  for (const program::OperationRow& row : program::operation_rows) {
    INFO(row.name);
    REQUIRE(tried.contains(row.code));
  }
}

TEST_CASE("a lane's value does not depend on the other lanes or on numerals that differ by lane") {
  std::mt19937_64 random(11);
  for (const Case& c : cases()) {
    INFO(c.name);
    const std::vector<RegisterId> wanted{c.single.out};
    const evaluate::Plan plan(c.single.program, wanted);
    Frame frame = evaluate::empty_frame(c.single.program, 300);
    for (std::size_t k = 0; k < c.ranges.size(); ++k)
      for (std::size_t lane = 0; lane < 300; ++lane)
        frame.value(lane, k) = draw(random, c.ranges[k], is_truth(c, k));
    const arma::mat together = evaluate::evaluate(plan, frame);
    Frame by_lane = frame;
    for (std::size_t s = 0; s < c.single.program.slots.size(); ++s)
      by_lane.slot_columns.push_back(
          {SlotId{s}, arma::vec(300, arma::fill::value(frame.slots[s]))});
    const arma::mat with_columns = evaluate::evaluate(plan, by_lane);
    for (arma::uword lane = 0; lane < 300; lane += 37) {
      const double alone = evaluate::evaluate(plan, evaluate::select_lanes(frame, {lane}))(0, 0);
      REQUIRE((alone == together(lane, 0) || (std::isnan(alone) && std::isnan(together(lane, 0)))));
      REQUIRE((with_columns(lane, 0) == together(lane, 0) ||
               (std::isnan(alone) && std::isnan(with_columns(lane, 0)))));
    }
  }
}

TEST_CASE("unknown stays unknown") {
  using enum OpCode;
  for (const OpCode code :
       {add, subtract, multiply, divide, power, minimum, maximum, less, equal, months_since}) {
    REQUIRE(std::isnan(Single(operation(code), 2).value({unknown, 1})));
    REQUIRE(std::isnan(Single(operation(code), 2).value({1, unknown})));
  }
  REQUIRE(Single(operation(logical_and), 2).value({unknown, 0}) == 0);
  REQUIRE(std::isnan(Single(operation(logical_and), 2).value({unknown, 1})));
  REQUIRE(Single(operation(logical_or), 2).value({unknown, 1}) == 1);
  REQUIRE(std::isnan(Single(operation(logical_or), 2).value({0, unknown})));
  REQUIRE(Single(operation(known), 1).value({unknown}) == 0);
  REQUIRE(Single(operation(between), 3).value({5, unknown, 3}) == 0);
  for (const OpCode code : {arithmetic, product, highest, median})
    REQUIRE(
        std::isnan(Single(mean(code, false, false), 2,
                          code == arithmetic ? std::vector<double>{1, 1} : std::vector<double>{})
                       .value({50, unknown})));
}

TEST_CASE("arithmetic without a result is unknown") {
  using enum OpCode;
  REQUIRE(std::isnan(Single(operation(divide), 2).value({1, 0})));
  REQUIRE(std::isnan(Single(operation(ln), 1).value({0})));
  REQUIRE(std::isnan(Single(operation(sqrt), 1).value({-1})));
  REQUIRE(std::isnan(Single(operation(power), 2).value({-8, 0.5})));
  REQUIRE(std::isnan(Single(operation(exp), 1).value({1000})));
}

TEST_CASE("an overflow is unknown in its own lane only, and infinite operands are no overflow") {
  using enum OpCode;
  constexpr double infinity = std::numeric_limits<double>::infinity(),
                   most = std::numeric_limits<double>::max();
  const std::vector<std::array<double, 2>> operands = {{2, 3},        {most, most},  {-most, most},
                                                       {infinity, 2}, {infinity, 0}, {most, 0.5},
                                                       {5, infinity}, {unknown, 2}};
  const auto at_lane = [](double result) {
    return std::isnan(result) ? std::string("unknown") : std::to_string(result);
  };
  const std::vector<std::pair<OpCode, std::vector<double>>> expected = {
      {add, {5, unknown, 0, infinity, infinity, most, infinity, unknown}},
      {subtract, {-1, 0, unknown, infinity, infinity, most, -infinity, unknown}},
      {multiply, {6, unknown, unknown, infinity, unknown, most / 2, infinity, unknown}},
      {divide, {2.0 / 3, 1, -1, infinity, unknown, unknown, 0, unknown}}};
  for (const auto& [code, results] : expected) {
    INFO(program::name_of(code));
    const Single single(operation(code), 2);
    Frame frame = evaluate::empty_frame(single.program, operands.size());
    for (std::size_t lane = 0; lane < operands.size(); ++lane)
      for (std::size_t k = 0; k < 2; ++k) frame.value(lane, k) = operands[lane][k];
    const arma::mat values =
        evaluate::evaluate(evaluate::Plan(single.program, std::vector{single.out}), frame);
    for (std::size_t lane = 0; lane < operands.size(); ++lane) {
      INFO("lane " << lane);
      REQUIRE(at_lane(values(lane, 0)) == at_lane(results[lane]));
    }
  }
}

TEST_CASE("a numeral as an operand counts as a column of it") {
  using enum OpCode;
  for (const OpCode code : {add, subtract, multiply, divide, minimum, less, between, effects})
    for (const bool numeral_first : {false, true}) {
      INFO(program::name_of(code));
      const std::size_t operands = code == between || code == effects ? 3 : 2;
      const std::size_t numeral = numeral_first ? 0 : operands - 1;
      Single single(code == effects ? effects_of({model::EffectKind::add}) : operation(code),
                    operands, {});
      Operation& written = single.program.operations[numeral];
      written.code = slot;
      written.slots = {SlotId{0}};
      single.program.slots.push_back({1, {}, ""});
      const evaluate::Plan plan(single.program, std::vector{single.out});
      Frame frame = evaluate::empty_frame(single.program, 700);
      for (std::size_t lane = 0; lane < frame.lanes(); ++lane)
        for (std::size_t k = 0; k < operands; ++k)
          frame.value(lane, k) = double((lane * 7 + k * 3) % 11 + 1) / 4;
      const arma::mat once = evaluate::evaluate(plan, frame);
      frame.slot_columns.push_back({SlotId{0}, arma::vec(frame.lanes(), arma::fill::ones)});
      REQUIRE(arma::approx_equal(once, evaluate::evaluate(plan, frame), "absdiff", 0));
    }
}

TEST_CASE("ties are ties in every operation that decides, in values and in bounds") {
  using enum OpCode;
  const double forty = std::nextafter(40.0, 0.0);
  const auto decides = [](const Single& single, const std::vector<double>& operands,
                          double expected) {
    INFO(program::name_of(single.program.operations.back().code));
    REQUIRE(single.value(operands) == expected);
    Frame frame = evaluate::empty_frame(single.program,
                                        700);  // the tie in one lane, nothing near it elsewhere
    for (std::size_t k = 0; k < operands.size(); ++k)
      frame.value.col(k).fill(operands[k] == 0 ? 0 : 100.0 * double(k + 1));
    for (std::size_t k = 0; k < operands.size(); ++k) frame.value(300, k) = operands[k];
    frame.low = frame.high = frame.value;
    const evaluate::Plan plan(single.program, std::vector{single.out});
    REQUIRE(evaluate::evaluate(plan, frame)(300, 0) == expected);
    for (std::size_t k = 0; k < operands.size(); ++k) {  // open by less than a tie
      frame.low(300, k) = std::nextafter(operands[k], -1);
      frame.high(300, k) = std::nextafter(operands[k], 100);
    }
    const evaluate::Bounds bounds = evaluate::evaluate_bounds(plan, frame);
    REQUIRE(bounds.low(300, 0) == expected);
    REQUIRE(bounds.high(300, 0) == expected);
  };
  for (const auto& [code, expected] : {std::pair{less, 0},
                                       {less_equal, 1},
                                       {greater, 0},
                                       {greater_equal, 1},
                                       {equal, 1},
                                       {not_equal, 0}}) {
    decides(Single(operation(code), 2), {forty, 40}, expected);
    decides(Single(operation(code), 2), {40, forty}, expected);
  }
  decides(Single(operation(between), 3), {forty, 40, 50}, 1);
  decides(Single(operation(between), 3), {40, 30, forty}, 1);
  decides(Single(operation(steps), 1, {-std::numeric_limits<double>::infinity(), 5, 40, 60}),
          {forty}, 60);
  decides(Single(operation(round_half_up), 1), {forty + 0.5}, 41);
  REQUIRE(Single(operation(choose), 3).value({unknown, forty, 40}) == forty);
  const Single node(mean(arithmetic, false, true), 3,
                    {0.1, 0.5, 0.4, 0.6});  // 0.1 + 0.5 is just below 0.6 of the sum, or not
  REQUIRE(!std::isnan(node.value({10, 20, unknown})));
}

TEST_CASE("rounding to digits before and after the point") {
  const Single round(operation(OpCode::round_half_up), 2),
      even(operation(OpCode::round_half_even), 2);
  REQUIRE(round.value({(1.1 + 4.6) / 2, 1}) == 2.9);
  REQUIRE(even.value({(1.1 + 4.6) / 2, 1}) == 2.8);
  REQUIRE(round.value({-2.85, 1}) == -2.8);
  REQUIRE(round.value({45, -1}) == 50);
  REQUIRE(even.value({45, -1}) == 40);
  REQUIRE(round.value({1234.5678, 2}) == 1234.57);
  REQUIRE(std::isnan(round.value({1e300, 300})));
}

TEST_CASE("months and years since a date count on the calendar") {
  const Single months(operation(OpCode::months_since), 2), years(operation(OpCode::years_since), 2);
  const double now = parse_date("2020-12-31")->days;
  REQUIRE(months.value({now, double(parse_date("2018-12-31")->days)}) == 24);
  REQUIRE(years.value({now, double(parse_date("2017-12-31")->days)}) == 3);
  REQUIRE(years.value({now, double(parse_date("2018-01-01")->days)}) < 3);
  REQUIRE(months.value({now, -std::numeric_limits<double>::infinity()}) ==
          std::numeric_limits<double>::infinity());
}

TEST_CASE("missing members are re-weighted only where enough is known") {
  const Single node(mean(OpCode::arithmetic, false, true), 3, {50, 30, 20, 0.5});
  REQUIRE(node.value({80, unknown, unknown}) == 80);
  REQUIRE(std::isnan(node.value({unknown, 40, unknown})));
  REQUIRE(node.value({unknown, 40, 90}) == Approx(60));
}

TEST_CASE("effects: scales, then adds, then the lowest cap, then the highest floor") {
  using model::EffectKind;
  const Single node(effects_of({EffectKind::at_least, EffectKind::add, EffectKind::at_most,
                                EffectKind::scale, EffectKind::at_least}),
                    11);
  REQUIRE(node.value({40, 1, 30, 1, 10, 1, 70, 1, 1.5, 0, 95}) ==
          70);  // (40 * 1.5 + 10) capped at 70
  REQUIRE(node.value({40, 1, 85, 1, 10, 1, 70, 1, 1.5, 0, 95}) == 85);  // floors beat caps
  REQUIRE(node.value({40, 1, 30, 0, 10, unknown, 5, 1, 1.5, 0, 95}) ==
          60);  // unknown and false rules are left out
  REQUIRE(node.value({40, 1, unknown, 0, 0, 0, 0, 0, 0, 0, 0}) ==
          40);  // an unknown floor is left out
  REQUIRE(std::isnan(
      node.value({40, 0, 0, 1, unknown, 0, 0, 0, 0, 0, 0})));  // an unknown addition is not
}

TEST_CASE("a strength lowers by its share, not at all while its rule holds or it is unknown") {
  const Single node(operation(OpCode::strength), 3, {25});
  REQUIRE(node.value({60, 0, 0}) == 35);
  REQUIRE(node.value({60, 40, 0}) == 45);
  REQUIRE(node.value({60, 0, 1}) == 60);
  REQUIRE(node.value({60, 0, unknown}) == 35);
  REQUIRE(node.value({60, unknown, 0}) == 60);
  REQUIRE(node.value({10, 0, 0}) == 0);
}

TEST_CASE("curves go through their knots and stay within their scores") {
  const Single bent(operation(OpCode::knots), 1, {0, 10, 3, 90, 5, 20, 9, 60});
  for (const auto& [x, y] :
       {std::pair{0.0, 10.0}, {3.0, 90.0}, {5.0, 20.0}, {9.0, 60.0}, {-4.0, 10.0}, {12.0, 60.0}})
    REQUIRE(bent.value({x}) == Approx(y).margin(1e-12));
  REQUIRE(bent.value({3}) <= 90);
  const Single line(operation(OpCode::linear), 1, {9, 2});
  REQUIRE(line.value({9}) == 0);
  REQUIRE(line.value({2}) == 100);
  const Single logistic(operation(OpCode::logistic), 1, {0, 40, 10});
  REQUIRE(logistic.value({0}) == 0);
  REQUIRE(logistic.value({40}) == 100);
  REQUIRE(logistic.value({20}) == Approx(50));
  const Single stairs(operation(OpCode::steps), 1,
                      {-std::numeric_limits<double>::infinity(), 5, 2, 40});
  REQUIRE(stairs.value({1.999}) == 5);
  REQUIRE(stairs.value({2}) == 40);
}

TEST_CASE("the logarithm and the exponential are within one unit in the last place") {
  std::mt19937_64 random(3);
  const auto ulp = [](double x) { return std::nextafter(std::fabs(x), INFINITY) - std::fabs(x); };
  for (int i = 0; i < 200000; ++i) {
    const double u = double(random() >> 11) * 0x1p-53;
    const double x = std::exp((u - 0.5) * 200), y = (u - 0.5) * 1400;
    const long double ln = std::log(static_cast<long double>(x)),
                      power = std::exp(static_cast<long double>(y));
    REQUIRE(std::fabs(double(evaluate::natural_log(x) - ln)) <= 1.0 * ulp(double(ln)) + 1e-300);
    REQUIRE(std::fabs(double(evaluate::exponential(y) - power)) <= 1.0 * ulp(double(power)));
  }
  REQUIRE(evaluate::natural_log(1) == 0);
  REQUIRE(evaluate::exponential(0) == 1);
  REQUIRE(std::isnan(evaluate::natural_log(0)));
  REQUIRE(std::isnan(evaluate::natural_log(-1)));
  REQUIRE(std::isnan(evaluate::natural_log_normal(std::nan(""))));
  REQUIRE(std::isnan(evaluate::exponential_moderate(std::nan(""))));
}
