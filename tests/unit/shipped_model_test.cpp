// Invariants on the shipped model and its scenarios: monotone where it should be, bounds that only
// widen, nothing that depends on other countries.
#include "catch.hpp"

#include <random>

#include "evaluate/assess.hpp"
#include "files_read.hpp"
#include "model/check.hpp"

namespace {

using namespace waystone;

struct Shipped {
  SourceMap sources;
  model::Model model;
  program::Program program;

  Shipped() {
    auto read = model::read_model(std::string(WAYSTONE_ROOT) + "/rules/belt-and-road.risk",
                                  tests::read_file, sources);
    INFO(render_text(read.diagnostics, sources, {}));
    REQUIRE(read);
    model = std::move(*read.value);
    program = program::compile(model);
  }

  evaluate::Case open(const std::string& name) {
    auto scenario =
        scenario::read_scenario(std::string(WAYSTONE_ROOT) + "/scenarios/article/" + name, model,
                                tests::read_file, sources);
    INFO(render_text(scenario.diagnostics, sources, {}));
    REQUIRE(scenario);
    auto bound = evaluate::bind(model, program, std::move(*scenario.value));
    REQUIRE(bound);
    return std::move(*bound.value);
  }
};

// +1 where a higher value is worse, -1 where it is better, 0 where the curve turns or there is
// none.
int direction(const model::Node& node) {
  if (!node.curve) return 0;
  const model::Curve& curve = *node.curve;
  if (curve.kind != model::CurveKind::knots && curve.kind != model::CurveKind::steps)
    return curve.worst.value > curve.best.value ? 1 : -1;
  int sign = 0;
  for (std::size_t k = 1; k < curve.points.size(); ++k) {
    const double step = curve.points[k].second.value - curve.points[k - 1].second.value;
    if (step == 0) continue;
    if (sign != 0 && (step > 0) != (sign > 0)) return 0;
    sign = step > 0 ? 1 : -1;
  }
  return sign;
}

}  // namespace

TEST_CASE("making one fact worse never lowers the risk, at any date, for any viewpoint") {
  Shipped shipped;
  const std::vector<RegisterId> wanted{shipped.program[*shipped.model.find("risk")].value};
  const evaluate::Plan plan(shipped.program, wanted);
  for (const char* name :
       {"2013-06.toml", "2015-06.toml", "2019-06.toml", "2020-08.toml", "2022-03.toml"}) {
    const evaluate::Case opened = shipped.open(name);
    for (const NodeId indicator : data::indicators(shipped.model)) {
      const model::Node& node = shipped.model[indicator];
      const int sign = direction(node);
      if (sign == 0 || !node.low || !node.high || node.unit == model::Unit::code) continue;
      constexpr std::size_t points = 41;
      for (std::size_t viewpoint = 0; viewpoint < shipped.model.viewpoints.size(); ++viewpoint) {
        const auto frame = evaluate::frame_of(opened, ViewpointId{viewpoint});
        for (const char* country : {"BLR", "UKR"}) {
          auto lanes = evaluate::select_lanes(
              frame, std::vector<arma::uword>(points, opened.lane_of(country)));
          for (std::size_t k = 0; k < points; ++k) {
            const double t = double(k) / (points - 1);
            lanes.value(k, shipped.program.fact(indicator).index) =
                sign > 0 ? *node.low + t * (*node.high - *node.low)
                         : *node.high - t * (*node.high - *node.low);
          }
          const arma::mat risk = evaluate::evaluate(plan, lanes);
          INFO(name << " " << country << " " << node.name);
          for (std::size_t k = 1; k < points; ++k) REQUIRE(risk(k, 0) >= risk(k - 1, 0) - 1e-9);
        }
      }
    }
  }
}

TEST_CASE("widening a fact never narrows a bound, and the nominal lies inside") {
  Shipped shipped;
  std::vector<RegisterId> wanted;
  for (const NodeId output : shipped.model.outputs())
    wanted.push_back(shipped.program[output].value);
  const evaluate::Plan plan(shipped.program, wanted);
  std::mt19937_64 random(5);
  const auto uniform = [&] { return double(random() >> 11) * 0x1p-53; };
  for (const char* name : {"2013-12.toml", "2015-06.toml", "2021-06.toml"}) {
    const evaluate::Case opened = shipped.open(name);
    const auto narrow = evaluate::evaluate_bounds(plan, opened.frame);
    for (int trial = 0; trial < 60; ++trial) {
      auto wide = opened.frame;
      for (const NodeId indicator : data::indicators(shipped.model)) {
        const model::Node& node = shipped.model[indicator];
        if (!node.low || !node.high || uniform() < 0.7) continue;
        const auto input = shipped.program.fact(indicator).index;
        for (std::size_t lane = 0; lane < wide.lanes(); ++lane) {
          wide.low(lane, input) -= uniform() * std::max(0.0, wide.low(lane, input) - *node.low);
          wide.high(lane, input) += uniform() * std::max(0.0, *node.high - wide.high(lane, input));
        }
      }
      const auto bounds = evaluate::evaluate_bounds(plan, wide);
      for (arma::uword lane = 0; lane < bounds.low.n_rows; ++lane)
        for (arma::uword k = 0; k < bounds.low.n_cols; ++k) {
          REQUIRE(bounds.low(lane, k) <= narrow.low(lane, k));
          REQUIRE(bounds.high(lane, k) >= narrow.high(lane, k));
          if (!std::isnan(bounds.value(lane, k)))
            REQUIRE((bounds.low(lane, k) <= bounds.value(lane, k) &&
                     bounds.value(lane, k) <= bounds.high(lane, k)));
        }
    }
  }
}

TEST_CASE(
    "a missing fact is never zero: without it a country is not rated, and the bounds hold what it "
    "was") {
  Shipped shipped;
  const evaluate::Case opened = shipped.open("2019-06.toml");
  const NodeId risk = *shipped.model.find("risk");
  const auto before = evaluate::assess(opened);
  for (const char* missing :
       {"leader_age", "inflation", "coercion_record", "property_insecurity"}) {
    evaluate::Case without = opened;
    const NodeId indicator = *shipped.model.find(missing);
    const auto input = shipped.program.fact(indicator).index;
    const std::size_t lane = opened.lane_of("BLR");
    without.frame.value(lane, input) = evaluate::unknown_value;
    without.frame.all_known = false;
    without.frame.low(lane, input) = *shipped.model[indicator].low;
    without.frame.high(lane, input) = *shipped.model[indicator].high;
    const auto after = evaluate::assess(without);
    for (std::size_t v = 0; v < after.views.size(); ++v) {
      INFO(missing);
      const auto& rated = (*before.views[v].find("BLR"))[risk];
      const auto& unrated = (*after.views[v].find("BLR"))[risk];
      REQUIRE(std::isnan(unrated.value));
      REQUIRE((unrated.low <= rated.value && rated.value <= unrated.high));
      REQUIRE((unrated.low > 0 && unrated.high < 100));
    }
  }
}

TEST_CASE("bands change only beyond the edge by the margin") {
  model::Bands bands;
  bands.names = {"low", "guarded", "high"};
  bands.edges = {20, 60};
  bands.margin = 2;
  REQUIRE(evaluate::band_of(bands, 19.9) == "low");
  REQUIRE(evaluate::band_of(bands, 20) == "guarded");
  REQUIRE(evaluate::band_of(bands, 21, "low") == "low");
  REQUIRE(evaluate::band_of(bands, 22, "low") == "guarded");
  REQUIRE(evaluate::band_of(bands, 18.5, "guarded") == "guarded");
  REQUIRE(evaluate::band_of(bands, 18, "guarded") == "low");
  REQUIRE(evaluate::band_of(bands, 70, "low") == "high");
  REQUIRE(evaluate::band_of(bands, 19.9, "") == "low");
  REQUIRE(evaluate::band_of(bands, std::nan(""), "low").empty());
}

TEST_CASE("every operation of the shipped model reads as many registers as the table says") {
  const Shipped shipped;
  REQUIRE(shipped.program.operations.size() > 100);
  for (const program::Operation& op : shipped.program.operations) {
    INFO(name_of(op.code) << " of " << op.in.size());
    REQUIRE(program::row_of(op.code).operands.allows(op.in.size()));
  }
}
