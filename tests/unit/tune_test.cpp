// Weights from examples and from wanted importance: against brute-force scans, known answers and
// finite differences.
#include <cmath>

#include <fmt/format.h>

#include "catch.hpp"
#include "fit/examples.hpp"
#include "fit/nearest.hpp"
#include "fit/numerals.hpp"
#include "fit/share_importance.hpp"
#include "weighed_model.hpp"

using namespace waystone;
using namespace waystone::tests;

namespace {

std::vector<fit::Statement> statements_of(const Weighed& weighed) {
  std::vector<fit::Statement> statements;
  for (const auto& e : weighed.scenario_case->scenario.expectations)
    statements.push_back({e.assertion, std::string(weighed.sources.text(e.assertion.where)),
                          e.because, e.where, weighed.scenario_case.get()});
  return statements;
}

struct Asked {
  fit::Translation translation;
  weights::Requirements requirements;
};

Asked ask(const Weighed& weighed) {
  fit::Translation translation = fit::translate(weighed.model, statements_of(weighed),
                                                [](const std::string&) { return nullptr; });
  weights::Requirements requirements{{weighed.group, {}, translation.subjects},
                                     translation.requirements};
  return {std::move(translation), std::move(requirements)};
}

std::string expect(const std::string& assertion) {
  return fmt::format("[[expect]]\nassert = \"{}\"\nbecause = \"for the test\"\n", assertion);
}

// All shares of three members in steps of 1/n.
arma::mat simplex_grid(int n) {
  arma::mat grid(3, arma::uword((n + 1) * (n + 2) / 2));
  arma::uword k = 0;
  for (int a = 0; a <= n; ++a)
    for (int b = 0; a + b <= n; ++b)
      grid.col(k++) = arma::vec{double(a), double(b), double(n - a - b)} / n;
  return grid;
}

}  // namespace

TEST_CASE(
    "every linear form of expectation becomes a requirement, others are left out with a reason") {
  const auto weighed_owner =
      weigh("power mean of order 2", {{"AAA", {80, 10, 40}}, {"BBB", {20, 70, 30}}},
            expect("risk(AAA) > risk(BBB) by 12") + expect("risk(AAA) < risk(BBB) < 90") +
                expect("risk(AAA) between 20 and 60") + expect("risk(AAA) within 5 of risk(BBB)") +
                expect("band of risk(AAA) is high") + expect("band of risk(BBB) at most guarded") +
                expect("2 * risk(AAA) - 10 >= risk(BBB) / 2") +
                expect("max(risk(AAA), risk(BBB)) > 50") + expect("rank of risk(AAA) is 1") +
                expect("band of risk(AAA) at least low") + expect("a(AAA) > 5"));
  const Weighed& weighed = *weighed_owner;
  const Asked asked = ask(weighed);
  CHECK(asked.translation.subjects.size() == 2);
  CHECK(asked.translation.statement == std::vector<std::size_t>{0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 6});
  std::vector<std::string> left_out;
  for (const auto& out : asked.translation.left_out) left_out.push_back(out.text);
  CHECK(left_out == std::vector<std::string>{"max(risk(AAA), risk(BBB)) > 50",
                                             "rank of risk(AAA) is 1",
                                             "band of risk(AAA) at least low", "a(AAA) > 5"});
  // At weights on the first member alone the scores are 80 and 20.
  const arma::vec slack = asked.requirements.slack(arma::vec{1, 0, 0});
  const arma::vec by_hand{80 - 20 - 12,   20 - 80 - 0.01, 90 - 20 - 0.01, 80 - 20,
                          60 - 80,        20 - 80 + 5,    80 - 20 + 5,    80 - 60,
                          80 - 80 - 0.01, 40 - 20 - 0.01, 160 - 10 - 10};
  REQUIRE(slack.n_elem == by_hand.n_elem);
  for (arma::uword r = 0; r < slack.n_elem; ++r) CHECK(slack[r] == Approx(by_hand[r]).margin(1e-9));
}

TEST_CASE("the nearest weights that meet orderings are those of a brute-force scan") {
  for (const std::string combine : {"arithmetic", "geometric, no part below 5",
                                    "power mean of order 2", "harmonic, no part below 5"}) {
    const auto weighed_owner = weigh(
        combine, {{"AAA", {80, 10, 40}}, {"BBB", {20, 70, 30}}, {"CCC", {50, 50, 95}}},
        expect("risk(BBB) > risk(AAA) by 4") + expect("risk(CCC) < 62") + expect("risk(AAA) > 33"),
        "a 3 parts\nb 2 parts\nc 1 part");
    const Weighed& weighed = *weighed_owner;
    INFO(combine);
    const Asked asked = ask(weighed);
    const auto found =
        fit::nearest_meeting(weighed.group.domain, weighed.group.now, asked.requirements);
    const arma::mat grid = simplex_grid(300);
    const auto met = asked.requirements.met(grid);
    double best = 10;
    for (arma::uword k = 0; k < grid.n_cols; ++k)
      if (met[k]) best = std::min(best, arma::norm(grid.col(k) - weighed.group.now));
    if (best == 10) {
      CHECK_FALSE(found);
      continue;
    }
    REQUIRE(found);
    CHECK(asked.requirements.met(*found)[0] == 1);
    CHECK(arma::norm(*found - weighed.group.now) <= best + 1e-6);
    CHECK(arma::norm(*found - weighed.group.now) >= best - 0.01);
  }
}

TEST_CASE("rules that floor a score are seen by the fit") {
  // BBB is held at 60 by its floor, so AAA must stand at 70 for a gap of ten, whatever BBB's
  // weights would make of it.
  const auto weighed_owner =
      weigh("arithmetic", {{"AAA", {80, 10, 40}}, {"BBB", {20, 30, 99}}},
            expect("risk(AAA) > risk(BBB) by 10"), "a 1 part\nb 1 part\nc 1 part",
            "rule floor \"Floor\" { when c > 98 then risk at least 60 because \"test\" judged by "
            "\"test\" on 2026-01-01 because \"test\" }\n");
  const Weighed& weighed = *weighed_owner;
  const Asked asked = ask(weighed);
  const auto found =
      fit::nearest_meeting(weighed.group.domain, weighed.group.now, asked.requirements);
  REQUIRE(found);
  const arma::vec& w = *found;
  CHECK(80 * w[0] + 10 * w[1] + 40 * w[2] == Approx(70).margin(1e-4));
  CHECK(w[1] == Approx(0).margin(1e-6));  // nearest: all of b goes first, its scores being lowest
}

TEST_CASE("contradictory statements are named, the smallest set of them") {
  const auto weighed_owner =
      weigh("power mean of order 2", {{"AAA", {80, 10, 40}}, {"BBB", {20, 70, 30}}},
            expect("risk(AAA) > 5") + expect("risk(AAA) > risk(BBB) by 10") +
                expect("risk(BBB) < 90") + expect("risk(BBB) > 60") + expect("risk(AAA) < 79"));
  const Weighed& weighed = *weighed_owner;
  const Asked asked = ask(weighed);
  CHECK_FALSE(fit::nearest_meeting(weighed.group.domain, weighed.group.now, asked.requirements));
  CHECK(fit::smallest_conflict(weighed.group.domain, asked.requirements,
                               asked.translation.statement) == std::vector<std::size_t>{1, 3});
  const arma::vec compromise =
      fit::best_compromise(weighed.group.domain, weighed.group.now, asked.requirements);
  CHECK(weights::contains(weighed.group.domain, compromise));
  // No point of a grid misses less.
  const auto cost = [&](const arma::vec& slack) {
    return arma::accu(arma::square(arma::clamp(-slack, 0, 1000)));
  };
  const arma::mat grid = simplex_grid(150), slack = asked.requirements.slack(grid);
  double least = 1e9;
  for (arma::uword k = 0; k < grid.n_cols; ++k) least = std::min(least, cost(slack.col(k)));
  CHECK(cost(asked.requirements.slack(compromise)) <= least + 1e-6);

  const auto alone_owner = weigh("arithmetic", {{"AAA", {80, 10, 40}}},
                                 expect("risk(AAA) > 20") + expect("risk(AAA) > 81"));
  const Weighed& alone = *alone_owner;
  const Asked one = ask(alone);
  CHECK(fit::smallest_conflict(alone.group.domain, one.requirements, one.translation.statement) ==
        std::vector<std::size_t>{1});
  const auto fine_owner = weigh("arithmetic", {{"AAA", {80, 10, 40}}}, expect("risk(AAA) > 20"));
  const Weighed& fine = *fine_owner;
  const Asked met = ask(fine);
  CHECK(fit::smallest_conflict(fine.group.domain, met.requirements, met.translation.statement)
            .empty());
}

TEST_CASE(
    "importance of uncorrelated members is their weighted variance, and weights for wanted "
    "importance follow") {
  // Every pair of 7 values: a local linear fit finds E(score | a) = w_a a + constant exactly, so
  // S_a = w_a^2 / (w_a^2 + w_b^2).
  Scores_by_country scores;
  for (int i = 0; i < 7; ++i)
    for (int j = 0; j < 7; ++j)
      scores.emplace_back(fmt::format("{}{}{}", char('A' + i), char('A' + j), 'X'),
                          std::vector<double>{10.0 + 10 * i, 10.0 + 10 * j, 50});
  const auto weighed_owner = weigh("arithmetic", scores, "", "a 1 part\nb 3 parts\nc 1 part");
  const Weighed& weighed = *weighed_owner;
  std::vector<weights::Subject> subjects;
  for (const std::string& country : weighed.scenario_case->countries)
    subjects.push_back({weighed.scenario_case.get(), country, weighed.model.main});
  fit::Sample sample = fit::sample_of(weighed.group, {}, subjects);
  REQUIRE(sample.subjects.size() == 49);
  const fit::ImportanceMeasure importance(weighed.group, {}, std::move(sample));
  const auto now = importance.at(weighed.group.now);
  CHECK(now.first_order[0] == Approx(0.1).epsilon(1e-9));
  CHECK(now.first_order[1] == Approx(0.9).epsilon(1e-9));
  CHECK(now.first_order[2] == 0);

  const auto fitted = fit::weights_for_importance(weighed.group.domain, importance,
                                                  weighed.group.now, {0.8, 0.2, 0});
  CHECK(fitted.met);
  CHECK(fitted.shares[0] / fitted.shares[1] == Approx(2).epsilon(1e-4));
  CHECK(fitted.shares.min() >= 0);

  weights::Domain narrow = weighed.group.domain;
  narrow.high[0] = 0.2;
  narrow.low[1] = 0.5;
  const auto missed =
      fit::weights_for_importance(narrow, importance, weighed.group.now, {0.8, 0.2, 0});
  CHECK_FALSE(missed.met);
  CHECK(weights::contains(narrow, missed.shares));
}

TEST_CASE(
    "the gradient of importance is that of finite differences, through power means and floors") {
  Scores_by_country scores;
  for (int i = 0; i < 23; ++i)
    scores.emplace_back(
        fmt::format("{}{}X", char('A' + i / 26), char('A' + i % 26)),
        std::vector<double>{double(i * 37 % 97), double(i * i * 5 % 89), double(i * 53 % 83)});
  const auto weighed_owner =
      weigh("power mean of order 2", scores, "", "a 2 parts\nb 3 parts\nc 2 parts",
            "rule floor \"Floor\" { when c > 60 then risk at least 45 because \"test\" judged by "
            "\"test\" on 2026-01-01 because \"test\" }\n");
  const Weighed& weighed = *weighed_owner;
  std::vector<weights::Subject> subjects;
  for (const std::string& country : weighed.scenario_case->countries)
    subjects.push_back({weighed.scenario_case.get(), country, weighed.model.main});
  const fit::ImportanceMeasure importance(weighed.group, {},
                                          fit::sample_of(weighed.group, {}, subjects));
  const arma::vec at = weighed.group.now;
  const auto exact = importance.at(at, true);
  for (arma::uword m = 0; m < 3; ++m) {
    arma::vec up = at, down = at;
    up[m] += 1e-6;
    down[m] -= 1e-6;
    const arma::vec slope =
        (importance.at(up).first_order - importance.at(down).first_order) / 2e-6;
    for (arma::uword k = 0; k < 3; ++k)
      CHECK(exact.derivative(k, m) == Approx(slope[k]).margin(1e-5));
  }
}
