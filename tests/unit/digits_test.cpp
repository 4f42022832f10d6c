// With how many digits numbers are printed, and ranks that a reader can see.
#include "catch.hpp"

#include <cmath>

#include "base/digits.hpp"
#include "evaluate/digits.hpp"
#include "evaluate/ranking.hpp"
#include "report/words.hpp"

using namespace waystone;

namespace {

// One output and nothing else.
model::Model model_of(double margin, std::optional<model::Bands> bands = {}) {
  model::Model model;
  model.level_margin = margin;
  model::Node node;
  node.name = "risk";
  node.kind = model::NodeKind::output;
  node.detail = model::Factor{};
  node.bands = std::move(bands);
  model.nodes.push_back(std::move(node));
  model.main = NodeId{0};
  return model;
}

evaluate::ViewResult view_of(const std::vector<std::pair<std::string, double>>& scores) {
  evaluate::ViewResult view;
  for (const auto& [code, score] : scores) {
    evaluate::CountryResult country;
    country.code = code;
    country.nodes.resize(1);
    country.nodes[0].value = score;
    view.countries.push_back(std::move(country));
  }
  return view;
}

int digits_for(const model::Model& model, const std::vector<double>& scores) {
  return evaluate::digits_for(model, model.main, {scores});
}

}  // namespace

TEST_CASE(
    "numbers are printed with a count of digits, halves away from zero as decimal arithmetic has "
    "them") {
  CHECK(fixed(0.35, 3) == "0.350");
  CHECK(fixed(2.675, 2) == "2.68");  // in binary it lies below
  CHECK(fixed(-0.125, 2) == "-0.13");
  CHECK(fixed(-0.04, 1) == "0.0");
  CHECK(fixed(46.5, 0) == "47");
  CHECK(decimals_in(5) == 0);
  CHECK(decimals_in(0.001) == 3);
  CHECK(decimals_in(2.5) == 1);
  CHECK(digits_apart(39.96, 40.04, 0, 3) == 2);
  CHECK(digits_apart(40, 41, 0, 3) == 0);
  CHECK_FALSE(digits_apart(40, 40.0001, 0, 3));
}

TEST_CASE("a difference agrees with the numbers printed beside it") {
  CHECK(report::printed_move(59.4, 52.6, 0) == "-6");  // 59 and 53
  CHECK(report::printed_move(47.2, 47.4, 0) == "+<1");
  CHECK(report::printed_move(0.881, 0.526, 3) == "-0.355");
  CHECK(report::printed_change(0.881, 1, 3) == "0.119 points");
  CHECK(report::printed_change(0.881, 0.8812, 3) == "less than 0.001 points");
  CHECK(report::written_points(0.001) == "0.001 points");
  CHECK(report::written_points(1) == "1 point");
}

TEST_CASE("digits follow what is declared, the margin, bands and neighbours") {
  CHECK(digits_for(model_of(5), {53, 49}) == 0);
  CHECK(digits_for(model_of(0.001), {53, 49}) == 3);
  CHECK(digits_for(model_of(5), {40.4, 40.2, 39.8}) == 1);
  CHECK(digits_for(model_of(5), {40.4, 40.4}) == 0);          // one rank
  CHECK(digits_for(model_of(5), {40.40001, 40.40002}) == 0);  // three digits tell nothing
  CHECK(digits_for(model_of(5), {0.881}) == 2);
  CHECK(digits_for(model_of(5), {std::nan(""), 12.7}) == 0);
  const model::Bands bands{{"low", "high"}, {40}, 0};
  CHECK(digits_for(model_of(5, bands), {39.96}) == 2);  // 40.0 would be high
  CHECK(digits_for(model_of(5, bands), {40.04}) == 0);
  model::Model declared = model_of(0.001);
  declared.nodes[0].digits = 1;
  CHECK(digits_for(declared, {0.881, 0.882}) == 1);
  CHECK(evaluate::digits_for_gap(model_of(5), NodeId{0}, 44.4, 49.3, 0) ==
        1);  // 44 and 49 are 5 apart
  CHECK(evaluate::digits_for_gap(model_of(5), NodeId{0}, 44.4, 49.6, 0) == 0);
}

TEST_CASE("ranks go by score, then name, and say who is level") {
  const auto view = view_of({{"ALB", std::nan("")},
                             {"ARE", std::nan("")},
                             {"GEO", 39.6},
                             {"KEN", 40.4},
                             {"LAO", 0.1 * 3 * 132},
                             {"RWA", 24.1},
                             {"ZAF", std::nan("")}});
  const auto ranking = evaluate::ranking(view, NodeId{0}, 5);
  std::vector<std::string> order;
  for (const evaluate::Place& place : ranking) order.push_back(view.countries[place.country].code);
  CHECK(order == std::vector<std::string>{"KEN", "GEO", "LAO", "RWA", "ALB", "ZAF",
                                          "ARE"});  // South Africa before United Arab Emirates
  CHECK(ranking[1].rank == 2);
  CHECK(ranking[2].rank == 2);  // equal but for binary arithmetic
  CHECK(ranking[0].level_from == 1);
  CHECK(ranking[0].level_to == 3);
  CHECK(ranking[3].rank == 4);
  CHECK(ranking[3].alone());
  CHECK_FALSE(ranking[4].rated());
  const auto by_country = evaluate::places(view, NodeId{0}, 0);
  CHECK(by_country[3].alone());
  CHECK(by_country[2].level_to == 3);  // without a margin, ties alone are level
}
