// How firmly an order stands: every answer against a scan of all weights on a fine grid, or against
// what can be worked out by hand.
#include <cmath>
#include <random>

#include <fmt/format.h>

#include "catch.hpp"
#include "optimise/turns.hpp"
#include "robust/compatible.hpp"
#include "robust/lapses.hpp"
#include "robust/preferences.hpp"
#include "robust/stability.hpp"
#include "robust/turning.hpp"
#include "weighted_model.hpp"

using namespace waystone;
using robust::Effort;
using robust::Found;
using robust::Question;
using robust::Standing;
using tests::Weighted;

namespace {

const Effort effort{2000, 1, 2048, 2048, 6};
constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

const std::string rule_sign =
    "  because \"for the test\"\n  judged by \"Waystone model desk\" on 2026-11-01 because \"for "
    "the test\"\n}\n";
const std::string cap = "rule cap \"Cap\" {\n  when a >= 70\n  then risk at most 55\n" + rule_sign;
const std::string floor_rule =
    "rule floor \"Floor\" {\n  when b >= 60\n  then risk at least 40\n" + rule_sign;

// Three members, three countries, a mean of some order, often a cap and a floor that bind under
// some weights.
struct Random {
  std::mt19937 bits;
  std::unique_ptr<Weighted> model;
  weights::Group group;

  explicit Random(unsigned seed, bool limited = false) : bits(seed) {
    static const std::vector<std::string> means = {"arithmetic", "power mean of order 3",
                                                   "geometric, no part below 5",
                                                   "harmonic, no part below 5"};
    const int first = 10 + int(bits() % 50), second = 10 + int(bits() % (80 - first + 1));
    std::vector<std::pair<std::string, std::vector<double>>> facts;
    for (const char* country : {"AAA", "BBB", "CCC"})
      facts.push_back({country, {fact(), fact(), fact()}});
    const bool ruled = bits() % 2;
    model = std::make_unique<Weighted>(
        means[bits() % means.size()],
        std::vector<std::string>{fmt::format("{}% a", first), fmt::format("{}% b", second),
                                 fmt::format("{}% c", 100 - first - second)},
        facts, ruled ? cap + floor_rule : "");
    group = model->group();
    if (limited) {
      for (arma::uword m = 0; m < 3; ++m) {
        group.domain.low[m] = std::max(0.0, group.now[m] - 0.01 * double(bits() % 20));
        group.domain.high[m] = std::min(1.0, group.now[m] + 0.01 * double(bits() % 20));
      }
    }
  }
  double fact() { return double(bits() % 101); }
};

// Weights of three members on a grid, those of the domain.
arma::mat grid_of(const weights::Domain& domain, int steps) {
  std::vector<arma::vec> found;
  for (int i = 0; i <= steps; ++i)
    for (int j = 0; i + j <= steps; ++j) {
      const arma::vec shares{double(i) / steps, double(j) / steps, double(steps - i - j) / steps};
      if (weights::contains(domain, shares)) found.push_back(shares);
    }
  arma::mat result(3, found.size());
  for (std::size_t k = 0; k < found.size(); ++k) result.col(k) = found[k];
  return result;
}

double height(const Question& question, const robust::Target& target, const arma::vec& shares) {
  return target.height(question.scores.at(shares))[0];
}

void check_change(const Question& question, const robust::Target& target,
                  const robust::Turning& turning) {
  const robust::Change& change = *turning.change;
  CHECK(weights::contains(question.group.domain, change.shares));
  CHECK(target.reached(height(question, target, change.shares)));
  CHECK_FALSE(target.reached(
      height(question, target, question.group.now + 0.99 * (change.shares - question.group.now))));
  CHECK(change.points == Approx(robust::points_moved(question.group.now, change.shares)));
  if (!turning.edit) return;
  CHECK(weights::contains(question.group.domain, turning.edit->shares, 1e-9));
  CHECK(target.reached(height(question, target, turning.edit->shares)));
}

}  // namespace

TEST_CASE("sign turns are narrowed, in either direction, jumps and roots alike") {
  const optimise::Along cubic = [](const std::vector<double>& at) {
    std::vector<double> values;
    for (const double x : at) values.push_back((x - 0.1) * (x - 0.3) * (x - 0.71));
    return values;
  };
  const auto up = optimise::sign_turns(cubic, 0, 1, 64),
             down = optimise::sign_turns(cubic, 1, 0, 64);
  REQUIRE(up.size() == 3);
  REQUIRE(down.size() == 3);
  CHECK(up[1].middle() == Approx(0.3).margin(1e-10));
  CHECK(down[0].middle() == Approx(0.71).margin(1e-10));
  CHECK(down[0].before >= 0.71);
  CHECK(down[0].after <= 0.71);
  const optimise::Along jump = [](const std::vector<double>& at) {
    std::vector<double> values;
    for (const double x : at) values.push_back(x < 0.123456789 ? -1 : 1);
    return values;
  };
  CHECK(optimise::first_sign_turn(jump, 0, 1, 10)->middle() == Approx(0.123456789).margin(1e-10));
  CHECK_FALSE(optimise::first_sign_turn(jump, 0.2, 1, 10));
}

TEST_CASE("corners of a domain: each at its limits, and no weights lie beyond their mixes") {
  const auto whole =
      weights::corners({arma::zeros<arma::vec>(4), arma::ones<arma::vec>(4), {}}, 100);
  REQUIRE(whole);
  CHECK(whole->n_cols == 4);
  const weights::Domain domain{
      {0.1, 0.1, 0, 0.2}, {0.5, 0.4, 0.6, 0.2}, {{0, 1}}};  // a = b from 0.1 to 0.4, c = 0.8 - 2a
  const auto corners = weights::corners(domain, 100);
  REQUIRE(corners);
  CHECK(corners->n_cols == 2);
  for (arma::uword k = 0; k < corners->n_cols; ++k)
    CHECK(weights::contains(domain, corners->col(k)));
  CHECK(arma::max(corners->row(2)) == Approx(0.6));
  CHECK(arma::min(corners->row(2)) == Approx(0));
  CHECK(weights::corners({{0.3, 0.7}, {0.3, 0.7}, {}}, 100)->n_cols == 1);
  CHECK_FALSE(weights::corners(
      {arma::zeros<arma::vec>(12), arma::vec(12, arma::fill::value(0.15)), {}}, 100));
  // a linear function is largest at a corner
  const weights::Domain box{{0.05, 0.1, 0, 0.1, 0}, {0.4, 0.5, 0.3, 0.6, 0.35}, {}};
  const auto of_box = weights::corners(box, 1000);
  const arma::mat drawn = weights::sample(box, 3000, 2);
  const arma::rowvec cost{3, -1, 4, 1, -5};
  REQUIRE(of_box);
  CHECK((cost * *of_box).max() >= (cost * drawn).max());
  CHECK((cost * *of_box).max() <= (cost * drawn).max() + 0.6);
}

namespace {

// The fewest points that turn sum(w d) from below 0 to 0: weight goes from the member with the
// lowest d to the one with the highest, each up to its limit, then on to the next. Infinite where
// limits end it before.
double fewest_points(const weights::Group& group, const arma::vec& d) {
  arma::vec shares = group.now;
  const arma::uvec rising = arma::sort_index(d);
  double moved = 0, lacks = -arma::dot(shares, d);
  for (arma::uword from = 0, to = rising.n_elem - 1; from < to && lacks > 0;) {
    const arma::uword giver = rising[from], taker = rising[to];
    const double room = std::min(shares[giver] - group.domain.low[giver],
                                 group.domain.high[taker] - shares[taker]),
                 gain = d[taker] - d[giver];
    if (!(gain > 0)) break;
    const double step = std::min(room, lacks / gain);
    shares[giver] -= step;
    shares[taker] += step;
    moved += step;
    lacks -= step * gain;
    if (shares[giver] <= group.domain.low[giver] + 1e-15)
      ++from;
    else if (shares[taker] >= group.domain.high[taker] - 1e-15)
      --to;
  }
  return lacks > 1e-9 ? arma::datum::inf : 100 * moved;
}

}  // namespace

TEST_CASE(
    "where the sign is linear the smallest change is proved, and as small as weight moved "
    "greedily, also along limits") {
  std::mt19937 bits(5);
  int turned = 0;
  for (int model = 0; model < 60; ++model) {
    const double order = model % 2 ? 2 : 1;
    std::vector<std::string> lines;
    std::vector<double> first(9), second(9);
    for (std::size_t m = 0; m < 9; ++m) {
      lines.push_back(fmt::format("{} parts {}", 4 + bits() % 20, char('a' + m)));
      first[m] = double(bits() % 101);
      second[m] = double(bits() % 101);
    }
    const Weighted weighted(model % 2 ? "power mean of order 2" : "arithmetic", lines,
                            {{"AAA", first}, {"BBB", second}});
    weights::Group group = weighted.group();
    group.domain.low = arma::min(group.now, arma::vec(9, arma::fill::value(0.03)));
    group.domain.high = arma::max(group.now, arma::vec(9, arma::fill::value(0.3)));
    const Question question = weighted.ask(group);
    REQUIRE(question.sign_linear);
    const robust::OrderTurning order_turning =
        robust::turn_order(question, robust::candidates_for(question, effort), 0, 1, effort);
    arma::vec d(9);  // of the lower minus the higher
    for (std::size_t m = 0; m < 9; ++m)
      d[m] = (std::pow(second[m], order) - std::pow(first[m], order)) *
             (order_turning.high == 0 ? 1 : -1);
    const double fewest = fewest_points(group, d);
    CHECK(order_turning.turning.proved);
    if (std::isinf(fewest))
      CHECK(order_turning.turning.found == Found::none);
    else
      CHECK(order_turning.turning.change->points == Approx(fewest).margin(1e-4));
    turned += !std::isinf(fewest);
  }
  CHECK(turned > 30);
}

TEST_CASE("the smallest turning change against a scan of all weights") {
  int turned = 0, proved = 0;
  for (unsigned seed = 1; seed <= 24; ++seed) {
    const bool limited = seed % 3 == 0;
    const Random random(seed, limited);
    const Question question = random.model->ask(random.group);
    const robust::Candidates candidates = robust::candidates_for(question, effort);
    const arma::mat grid = grid_of(random.group.domain, 200);
    const arma::mat values = question.scores.at(grid);
    CAPTURE(seed);
    for (const auto& [a, b] : {std::pair{0, 1}, std::pair{1, 2}}) {
      const auto order =
          robust::turn_order(question, candidates, std::size_t(a), std::size_t(b), effort);
      if (order.turning.found == Found::settled || order.turning.found == Found::fixed) continue;
      const robust::Target target = robust::turned(order.high, order.low);
      const arma::rowvec heights = target.height(values);
      double least = arma::datum::inf;
      for (arma::uword k = 0; k < grid.n_cols; ++k)
        if (target.reached(heights[k]))
          least = std::min(least, robust::points_moved(random.group.now, grid.col(k)));
      proved += order.turning.proved;
      if (!order.turning.change) {
        CHECK(least == arma::datum::inf);
        continue;
      }
      ++turned;
      check_change(question, target, order.turning);
      CHECK(order.turning.change->points <= least + 1e-4);
      if (std::isfinite(least) && !limited)
        CHECK(order.turning.change->points >= least - 1.01);  // the grid's step, both ways
    }
  }
  CHECK(turned >= 10);
  CHECK(proved >= 5);
}

TEST_CASE("a country comes across the edge of a band with the smallest change") {
  int turned = 0;
  for (unsigned seed = 101; seed <= 112; ++seed) {
    const Random random(seed);
    const Question question = random.model->ask(random.group);
    const robust::Candidates candidates = robust::candidates_for(question, effort);
    const arma::mat grid = grid_of(random.group.domain, 200);
    const arma::mat values = question.scores.at(grid);
    CAPTURE(seed);
    for (const auto& band : robust::turn_bands(
             question, candidates, *random.model->model[question.output].bands, 0, effort)) {
      double least = arma::datum::inf;
      for (arma::uword k = 0; k < grid.n_cols; ++k)
        if (band.up ? values(0, k) >= band.edge : values(0, k) < band.edge)
          least = std::min(least, robust::points_moved(random.group.now, grid.col(k)));
      if (!band.turning.change) {
        CHECK(least == arma::datum::inf);
        continue;
      }
      ++turned;
      check_change(question,
                   band.up ? robust::rises_to(0, band.edge) : robust::falls_below(0, band.edge),
                   band.turning);
      CHECK(band.turning.change->points <= least + 1e-4);
      CHECK(band.turning.change->points >= least - 1.01);
    }
  }
  CHECK(turned >= 6);
}

TEST_CASE("stability intervals against a scan along each weight") {
  int ends = 0;
  for (unsigned seed = 201; seed <= 212; ++seed) {
    const Random random(seed);
    const Question question = random.model->ask(random.group);
    const auto ranking = question.ranking();
    CAPTURE(seed);
    const auto stands = [&](std::size_t m, double share) {
      arma::vec shares = random.group.now * ((1 - share) / (1 - random.group.now[m]));
      shares[m] = share;
      const arma::mat values = question.scores.at(shares);
      for (std::size_t k = 0; k + 1 < ranking.size(); ++k)
        if (question.today[ranking[k]] > question.today[ranking[k + 1]] &&
            !(values(ranking[k], 0) > values(ranking[k + 1], 0)))
          return false;
      return true;
    };
    for (const robust::Stability& entry : robust::stability(question, ranking)) {
      REQUIRE(entry.members.size() == 1);
      const std::size_t m = entry.members[0];
      for (const bool above : {false, true}) {
        const robust::End& end = above ? entry.above : entry.below;
        const double out = above ? 1 : -1;
        CHECK(stands(m, end.share - out * 2e-9));
        if (end.turns)
          CHECK_FALSE(stands(m, end.share + out * 2e-9));
        else
          CHECK(end.share == Approx(above ? 1 : 0));
        double last = entry.today;
        for (int k = 1; k <= 500; ++k) {
          const double share = entry.today + ((above ? 1 : 0) - entry.today) * k / 500.0;
          if (!stands(m, share)) break;
          last = share;
        }
        CHECK(std::fabs(last - end.share) <= 1 / 500.0);
        ends += end.turns;
      }
    }
  }
  CHECK(ends >= 10);
}

TEST_CASE("necessary and possible preferences against a scan of all weights") {
  int necessary = 0, possible = 0;
  for (unsigned seed = 301; seed <= 320; ++seed) {
    const Random random(seed, seed % 2 == 0);
    const Question question = random.model->ask(random.group);
    const robust::Candidates candidates = robust::candidates_for(question, effort);
    const arma::mat values = question.scores.at(grid_of(random.group.domain, 100));
    CAPTURE(seed);
    for (const robust::Preference& entry :
         robust::preferences(question, candidates, question.ranking(), effort, true)) {
      const arma::rowvec gaps = values.row(entry.first) - values.row(entry.second);
      if (gaps.is_empty()) continue;
      CHECK(entry.smallest <= gaps.min() + 1e-6);
      CHECK(entry.largest >= gaps.max() - 1e-6);
      if (entry.standing == Standing::first_necessary) CHECK(gaps.min() >= -1e-9);
      if (entry.standing == Standing::second_necessary) CHECK(gaps.max() <= 1e-9);
      CHECK(weights::contains(random.group.domain, entry.at_smallest));
      CHECK(height(question, robust::turned(entry.second, entry.first), entry.at_smallest) ==
            Approx(entry.smallest));
      CHECK(height(question, robust::turned(entry.second, entry.first), entry.at_largest) ==
            Approx(entry.largest));
      necessary += entry.standing == Standing::first_necessary ||
                   entry.standing == Standing::second_necessary;
      possible += entry.standing == Standing::possible;
    }
  }
  CHECK(necessary >= 5);
  CHECK(possible >= 5);
}

TEST_CASE("preferences over the weights that meet requirements") {
  // A riskier than B where 100a > 60b; required: C (80, 20) at least as risky as B (0, 60), which
  // holds where 80a + 20b >= 60b: a >= 1/3
  const Weighted model("arithmetic", {"40% a", "60% b"},
                       {{"AAA", {100, 0}}, {"BBB", {0, 60}}, {"CCC", {80, 20}}});
  const Question question = model.ask();
  const robust::Candidates candidates = robust::candidates_for(question, effort);
  const auto free = robust::preferences(question, candidates, {0, 1}, effort, true);
  CHECK(free[0].standing == Standing::possible);
  CHECK(free[0].smallest == Approx(-60));
  const weights::Requirements required{
      weights::Scores(question.group, {},
                      {{&model.scenario_case, "CCC", model.model.main},
                       {&model.scenario_case, "BBB", model.model.main}}),
      {{"CCC riskier than BBB", {{0, 1}, {1, -1}}, 0, {}}, {"by 8", {{0, 1}, {1, -1}}, 8, {}}}};
  // by 8: 80a - 40(1 - a) >= 8 where a >= 0.4: then A leads by 100*0.4 - 60*0.6 = 4 at least
  robust::Compatible compatible{question.group.domain, required, question.group.now};
  const robust::CompatibleStudy found = robust::study_compatible(
      question, compatible, {0, 1}, Effort{20000, 3, 100, 100, 2}, true, false);
  CHECK(found.preferences[0].standing == Standing::first_necessary);
  CHECK_FALSE(found.preferences[0].proved);
  CHECK(found.preferences[0].smallest == Approx(4).margin(1e-4));
  CHECK(found.preferences[0].largest == Approx(100));
  // Of a between 0 and 1, even draws, those from 0.4 on: 60%.
  CHECK(found.today);
  CHECK_FALSE(found.walked);
  CHECK(found.part == Approx(0.6).margin(0.01));
  CHECK(found.lowest[0] == Approx(0.4).margin(1e-3));
  CHECK(found.highest[0] == Approx(1).margin(1e-3));
  CHECK(found.acceptabilities.pairs[0].first_higher == 1);
  CHECK(found.acceptabilities.countries[1].central[0] == Approx(0.7).margin(0.01));

  // Narrower limits instead: a up to 0.3, where B leads by 12 at least, proved by the corners;
  // today's 40% are outside.
  compatible = {question.group.domain, {required.scores, {}}, {0.2, 0.8}};
  compatible.domain.high[0] = 0.3;
  const robust::CompatibleStudy narrow =
      robust::study_compatible(question, compatible, {0, 1}, effort, true, false);
  CHECK_FALSE(narrow.today);
  CHECK(narrow.part == 1);
  CHECK(narrow.preferences[0].standing == Standing::second_necessary);
  CHECK(narrow.preferences[0].proved);
  CHECK(narrow.preferences[0].largest == Approx(100 * 0.3 - 60 * 0.7));
  CHECK(narrow.acceptabilities.pairs[0].second_higher == 1);
}

TEST_CASE("acceptabilities where areas are known") {
  // A = 100a... of two members: A is riskier where 100(1 - a) > 60a + 20(1 - a), so a < 4/7
  const Weighted two("arithmetic", {"50% a", "50% b"}, {{"AAA", {0, 100}}, {"BBB", {60, 20}}});
  const Question of_two = two.ask();
  const Effort many{20000, 3, 100, 100, 2};
  const auto pair =
      robust::acceptabilities(of_two, robust::candidates_for(of_two, many), many, false);
  CHECK(pair.pairs[0].first_higher == Approx(4.0 / 7).margin(4 * pair.pairs[0].standard_error));
  CHECK(pair.pairs[0].standard_error == Approx(std::sqrt(4.0 / 7 * 3 / 7 / 20000)).epsilon(0.05));
  CHECK(pair.countries[0].rank[0] == Approx(pair.pairs[0].first_higher));  // rank 1 is the riskier
  CHECK(pair.countries[0].best == Approx(pair.pairs[0].second_higher));    // the less risky is best
  CHECK(pair.countries[1].central[0] == Approx(2.0 / 7).margin(0.01));  // B is best for a below 4/7
  CHECK(pair.countries[1].confidence == 1);
  // of three members with gaps 60, -30, -20: the triangle where A is riskier is 60 * 60 / (90 * 80)
  // of the whole
  const Weighted three("arithmetic", {"50% a", "30% b", "20% c"},
                       {{"AAA", {80, 10, 20}}, {"BBB", {20, 40, 40}}});
  const Question of_three = three.ask();
  const auto triangle =
      robust::acceptabilities(of_three, robust::candidates_for(of_three, many), many, true);
  CHECK(triangle.pairs[0].first_higher == Approx(0.5).margin(4 * triangle.pairs[0].standard_error));
  CHECK(triangle.countries[0].rank[0] == Approx(triangle.pairs[0].first_higher));
  CHECK(triangle.countries[0].best == triangle.countries[0].rank[0]);
  CHECK(triangle.pairs[0].equal == 0);
}

TEST_CASE("limits, locks and ties hold in every answer") {
  const Weighted model("power mean of order 2", {"30% a", "20% b", "20% c", "30% d"},
                       {{"AAA", {90, 20, 10, 40}}, {"BBB", {20, 60, 70, 50}}});
  weights::Group group = model.group();
  group.domain = {{0.1, 0.1, 0.1, 0.3}, {0.5, 0.35, 0.4, 0.3}, {{1, 2}}};
  const Question question = model.ask(group);
  const robust::Candidates candidates = robust::candidates_for(question, effort);
  for (arma::uword k = 0; k < candidates.shares.n_cols; ++k)
    REQUIRE(weights::contains(group.domain, candidates.shares.col(k)));
  const auto order = robust::turn_order(question, candidates, 0, 1, effort);
  REQUIRE(order.turning.change);
  check_change(question, robust::turned(order.high, order.low), order.turning);
  CHECK(order.turning.change->shares[3] == Approx(0.3));
  CHECK(order.turning.change->shares[1] == Approx(order.turning.change->shares[2]));
  REQUIRE(order.turning.edit);
  for (const auto& weight : order.turning.edit->weights) CHECK(weight.member != 3);
  const auto intervals = robust::stability(question, question.ranking());
  REQUIRE(intervals.size() == 3);  // a; b and c; d
  CHECK(intervals[1].members == std::vector<std::size_t>{1, 2});
  CHECK(intervals[2].locked);
  for (const auto& entry : intervals)
    for (const robust::End* end : {&entry.below, &entry.above})
      CHECK(weights::contains(group.domain, robust::one_moved(group, entry.members, end->share),
                              1e-9));
  for (const auto& entry : robust::preferences(question, candidates, {0, 1}, effort, true)) {
    CHECK(weights::contains(group.domain, entry.at_smallest));
    CHECK(weights::contains(group.domain, entry.at_largest));
  }
}

TEST_CASE("where the limits leave no choice, nothing moves") {
  const Weighted model("arithmetic", {"60% a", "40% b"}, {{"AAA", {90, 20}}, {"BBB", {20, 60}}});
  weights::Group group = model.group();
  group.domain.low = group.domain.high = group.now;
  const Question question = model.ask(group);
  const robust::Candidates candidates = robust::candidates_for(question, effort);
  const auto order = robust::turn_order(question, candidates, 0, 1, effort);
  CHECK(order.turning.found == Found::fixed);
  for (const auto& entry : robust::stability(question, question.ranking())) {
    CHECK(entry.locked);
    CHECK_FALSE(entry.above.turns);
  }
  CHECK(robust::preferences(question, candidates, {0, 1}, effort, true)[0].standing ==
        Standing::first_necessary);
  CHECK(robust::acceptabilities(question, candidates, effort, false).pairs[0].first_higher == 1);
}

TEST_CASE("equal countries have no order") {
  const Weighted model("arithmetic", {"60% a", "40% b"}, {{"AAA", {30, 70}}, {"BBB", {30, 70}}});
  const Question question = model.ask();
  const robust::Candidates candidates = robust::candidates_for(question, effort);
  CHECK(robust::turn_order(question, candidates, 0, 1, effort).turning.found == Found::settled);
  CHECK(robust::preferences(question, candidates, {0, 1}, effort, true)[0].standing ==
        Standing::always_equal);
  const auto found = robust::acceptabilities(question, candidates, effort, false);
  CHECK(found.pairs[0].equal == 1);
  CHECK(found.countries[0].rank == std::vector<double>{1, 0});  // as in a ranking
  CHECK(found.countries[1].best == 1);
  for (const auto& entry : robust::stability(question, question.ranking()))
    CHECK_FALSE((entry.below.turns || entry.above.turns));
}

TEST_CASE(
    "what no weights turn is said to be proved where the sign is linear, else to be sought in "
    "vain") {
  const std::vector<std::pair<std::string, std::vector<double>>> facts = {{"AAA", {90, 70}},
                                                                          {"BBB", {20, 60}}};
  const Weighted plain("power mean of order 2", {"60% a", "40% b"}, facts);
  const Question question = plain.ask();
  CHECK(question.sign_linear);
  const auto proved =
      robust::turn_order(question, robust::candidates_for(question, effort), 0, 1, effort).turning;
  CHECK(proved.found == Found::none);
  CHECK(proved.proved);
  const Weighted capped("power mean of order 2", {"60% a", "40% b"}, facts, floor_rule);
  const Question under_rule = capped.ask();
  CHECK_FALSE(under_rule.sign_linear);
  const robust::Candidates candidates = robust::candidates_for(under_rule, effort);
  const auto sought = robust::turn_order(under_rule, candidates, 0, 1, effort).turning;
  CHECK(sought.found == Found::none);
  CHECK_FALSE(sought.proved);
  CHECK(sought.started > 0);
  CHECK_FALSE(robust::preferences(under_rule, candidates, {0, 1}, effort, true)[0].proved);
}

TEST_CASE("countries that are not rated are left out and named") {
  const Weighted model("arithmetic", {"60% a", "40% b"},
                       {{"AAA", {90, 20}}, {"BBB", {unknown, 60}}, {"CCC", {30, 40}}});
  const Question question = model.ask();
  CHECK(question.countries == std::vector<std::string>{"AAA", "CCC"});
  CHECK(question.not_rated == std::vector<std::string>{"BBB"});
  CHECK(question.today.n_elem == 2);
}

TEST_CASE("an edit adds up, stays legal and is as short as may be") {
  const Weighted model("arithmetic", {"60% a", "25% b", "15% c"},
                       {{"AAA", {90, 20, 30}}, {"BBB", {20, 95, 30}}});
  const Question question = model.ask();
  const auto order =
      robust::turn_order(question, robust::candidates_for(question, effort), 0, 1, effort);
  // the gap 70a - 75b turns where a falls and b rises by (70 * 0.6 - 75 * 0.25) / 145 = 16.03
  // points
  REQUIRE(order.turning.edit);
  CHECK(order.turning.change->points == Approx(100 * (42 - 18.75) / 145).margin(1e-6));
  CHECK(order.turning.proved);
  REQUIRE(order.turning.edit->weights.size() == 2);
  CHECK(order.turning.edit->weights[0].before == "60");
  CHECK(order.turning.edit->weights[0].after == "43.9");
  CHECK(order.turning.edit->weights[1].after == "41.1");
}

TEST_CASE("a score that some weights don't give is a third answer, never a lower or an equal one") {
  // A is unknown in a; it is re-weighted while half of its weight is known, so up to half of the
  // weight on a
  const Weighted model("arithmetic\n  reweight if at least 50% known", {"40% a", "30% b", "30% c"},
                       {{"AAA", {unknown, 70, 50}}, {"BBB", {20, 60, 10}}});
  const Question question = model.ask();
  const robust::Candidates candidates = robust::candidates_for(question, effort);

  for (const auto& entry : robust::stability(question, question.ranking())) {
    if (entry.members != std::vector<std::size_t>{0}) continue;
    CHECK(entry.above.not_rated == 0);
    CHECK(entry.above.knows_too_little);
    CHECK_FALSE(entry.above.turns);
    CHECK(entry.above.share == Approx(0.5).margin(1e-9));
  }
  const auto lapses = robust::lapses(question, candidates);
  REQUIRE(lapses.size() == 1);
  CHECK(lapses[0].country == 0);
  CHECK(lapses[0].change.points == Approx(10).margin(1e-6));
  CHECK(std::isnan(question.scores.at(lapses[0].change.shares)(0, 0)));

  const auto preference = robust::preferences(question, candidates, {0, 1}, effort, true)[0];
  CHECK_FALSE(preference.first_rated);
  CHECK(preference.second_rated);
  CHECK(preference.standing == Standing::first_necessary);  // where both are rated
  CHECK_FALSE(preference.proved);
  // B may be behind A or, where A isn't rated, be anywhere
  const auto always = robust::ranks_always(2, {preference});
  CHECK(always[0].last == 1);
  CHECK(always[1].first == 1);

  const auto found = robust::acceptabilities(question, candidates, effort, false);
  const robust::Winning& pair = found.pairs[0];
  CHECK(pair.first_higher + pair.second_higher + pair.equal + pair.not_rated == Approx(1));
  CHECK(pair.second_higher == 0);
  CHECK(pair.not_rated ==
        Approx(0.25).margin(0.04));  // the corner of the triangle where a is above half
  CHECK(found.countries[0].not_rated == pair.not_rated);
  CHECK(found.countries[1].open == pair.not_rated);
  CHECK(found.countries[1].best == Approx(pair.first_higher));

  // weights that leave A not rated throughout
  weights::Group above = model.group();
  above.domain.low[0] = 0.6;
  robust::Compatible compatible{
      above.domain, {weights::Scores(above, {}, {}), {}}, arma::vec{0.7, 0.2, 0.1}};
  const auto over = robust::study_compatible(question, compatible, {0, 1}, effort, false, false);
  CHECK(over.preferences[0].standing == Standing::not_rated);
  CHECK(over.acceptabilities.pairs[0].not_rated == 1);
}

TEST_CASE("corners of hundreds of members") {
  const arma::uword n = 300;
  const auto corners =
      weights::corners({arma::zeros<arma::vec>(n), arma::ones<arma::vec>(n), {}}, 2048);
  REQUIRE(corners);
  CHECK(corners->n_cols == n);
  CHECK(arma::approx_equal(arma::sum(*corners, 0), arma::ones<arma::rowvec>(n), "absdiff", 0));
}
