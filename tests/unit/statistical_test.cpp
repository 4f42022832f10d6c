// Weights from figures: the principal components of the OECD/JRC Handbook on Constructing Composite
// Indicators (2008), checked against its own text, tables 16, 17 and A.2; benefit of the doubt;
// figures that say nothing.
#include <cmath>
#include <limits>

#include "catch.hpp"
#include "fit/statistical.hpp"
#include "small_group.hpp"

using namespace waystone;
using tests::group_of;

namespace {

bool near(const arma::vec& found, const arma::vec& wanted, double tolerance) {
  return arma::approx_equal(found, wanted, "absdiff", tolerance);
}

// Table A.2, first 23 countries: patents, royalties, internet, exports, telephones (log),
// electricity (log), schooling, university.
const arma::mat technology{{187, 125.6, 200.2, 50.7, 3.08, 4.15, 10, 27.4},
                           {289, 130, 179.1, 66.2, 3.00, 4.07, 12, 13.9},
                           {271, 156.6, 125.8, 59.7, 3.10, 4.14, 11.4, 15.3},
                           {994, 64.6, 49, 80.8, 3.00, 3.86, 9.5, 10},
                           {779, 9.8, 4.8, 66.7, 2.97, 3.65, 10.8, 23.2},
                           {189, 151.2, 136, 50.9, 3.02, 3.77, 9.4, 9.5},
                           {82, 134, 57.4, 61.9, 3.02, 3.73, 9.4, 14.9},
                           {31, 38.6, 108, 48.7, 2.94, 4.18, 11.6, 14.2},
                           {75, 18.2, 125.9, 16.2, 2.94, 3.94, 10.9, 25.3},
                           {8, 25.5, 72.3, 74.9, 2.95, 3.83, 7.1, 24.2},
                           {235, 36.8, 41.2, 64.2, 2.94, 3.75, 10.2, 14.4},
                           {103, 20.2, 193.6, 19, 3.12, 4.39, 11.9, 11.2},
                           {106, 110.3, 48.6, 53.6, 2.97, 3.68, 9.4, 12.3},
                           {72, 73.9, 58.9, 47.6, 2.91, 3.86, 9.3, 13.6},
                           {103, 13, 146.7, 15.4, 2.86, 3.91, 11.7, 13.1},
                           {165, 14.8, 84.2, 50.3, 2.99, 3.79, 8.4, 13.6},
                           {205, 33.6, 36.4, 58.9, 2.97, 3.80, 7.9, 12.6},
                           {74, 43.6, 43.2, 45, 2.96, 3.74, 9.6, 11},
                           {42, 8.6, 21, 53.4, 2.86, 3.62, 7.3, 15.6},
                           {13, 9.8, 30.4, 51, 3.00, 3.65, 7.2, 13},
                           {28, 4.2, 25, 51.7, 2.75, 3.68, 9.5, 8.2},
                           {26, 6.2, 21.6, 63.5, 2.73, 3.46, 9.1, 7.7},
                           {105, 4, 20.3, 49.5, 2.84, 3.71, 7.1, 10.6}};

fit::ScoreTable table_of(const arma::mat& scores) {
  fit::ScoreTable result;
  result.scores = scores;
  for (arma::uword i = 0; i < scores.n_rows; ++i)
    result.subjects.push_back("subject " + std::to_string(i));
  return result;
}

const fit::ComponentFindings& component_findings(const fit::Proposal& proposal) {
  return std::get<fit::ComponentFindings>(proposal.findings);
}

}  // namespace

TEST_CASE("the handbook's principal components of technology indicators", "[fit]") {
  const fit::Proposal four = fit::principal_components(table_of(technology), group_of(8), 4);
  const auto& findings = component_findings(four);
  // Table 16, in percent of the variance. Table A.2 rounds its logarithms to two digits, which is
  // worth 0.1 here.
  CHECK(near(100 * findings.eigenvalues / 8, arma::vec{41.9, 21.8, 12.3, 11.1, 6.0, 3.7, 2.2, 0.9},
             0.12));
  CHECK(100 * findings.explained == Approx(87.2).margin(0.06));
  // Table 17 gives loadings after a rotation, which leaves each member's sum of squares as it was;
  // the loadings have two digits.
  const arma::mat rotated{{0.07, 0.97, 0.06, 0.06},  {0.13, 0.07, -0.07, 0.93},
                          {0.79, -0.21, 0.21, 0.42}, {-0.64, 0.56, -0.04, 0.36},
                          {0.37, 0.17, 0.38, 0.68},  {0.82, -0.04, 0.25, 0.35},
                          {0.88, 0.23, -0.09, 0.09}, {0.08, 0.04, 0.96, 0.04}};
  const arma::vec published = arma::sum(arma::square(rotated), 1),
                  found = arma::sum(arma::square(findings.loadings), 1);
  CHECK(near(found, published, 0.02));
  CHECK(near(four.shares, published / arma::accu(published), 0.003));
  // by the rule of eigenvalues above 1 only the first two or three count
  CHECK(component_findings(fit::principal_components(table_of(technology), group_of(8))).retained <
        4);
}

TEST_CASE("components don't depend on the direction or the unit of a member", "[fit]") {
  arma::mat turned = technology;
  turned.col(2) = 1000 - 3 * turned.col(2);
  const arma::vec plain = fit::principal_components(table_of(technology), group_of(8)).shares;
  CHECK(plain.min() >= 0);
  CHECK(arma::accu(plain) == Approx(1));
  CHECK(near(fit::principal_components(table_of(turned), group_of(8)).shares, plain, 1e-12));
}

TEST_CASE("figures that say little or nothing", "[fit]") {
  arma::mat scores = technology.head_rows(6);
  scores.col(3).fill(50);  // does not vary
  scores(2, 0) = std::numeric_limits<double>::quiet_NaN();
  weights::Group group = group_of(8);
  const fit::Proposal proposal = fit::principal_components(table_of(scores), group);
  REQUIRE(proposal.found());
  CHECK(component_findings(proposal).constant == std::vector<std::size_t>{3});
  CHECK(component_findings(proposal).unrated == std::vector<std::size_t>{2});
  CHECK(component_findings(proposal).fewer_subjects);
  CHECK(proposal.shares[3] == 0.125);
  CHECK(arma::accu(proposal.shares) == Approx(1));
  CHECK(near(proposal.judgements[2].without, proposal.shares, 1e-12));  // it did not count

  CHECK_FALSE(fit::principal_components(table_of(arma::mat(0, 8)), group).found());
  fit::ScoreTable two = table_of(technology.head_rows(2));
  two.countries = "Hungary and Poland";
  CHECK(fit::principal_components(two, group).failure ==
        "at least three countries have to be rated in all members, and there are two (Hungary and "
        "Poland)");
  CHECK(fit::principal_components(table_of(technology.head_rows(1)), group).failure ==
        "at least three countries have to be rated in all members, and there is one");
  CHECK(fit::principal_components(table_of(technology.head_rows(3)), group).failure.empty());
  CHECK(fit::principal_components(table_of(arma::ones<arma::mat>(4, 8)), group).failure ==
        "no member's scores vary over the countries");
  const arma::mat unrelated{{1, 1}, {1, -1}, {-1, 1}, {-1, -1}};
  CHECK_FALSE(fit::principal_components(table_of(unrelated), group_of(2)).found());
  CHECK(near(fit::principal_components(table_of(unrelated.col(0)), group_of(1)).shares,
             arma::vec{1}, 1e-15));
  CHECK(near(fit::equal_weights(group_of(4)).shares, arma::vec{0.25, 0.25, 0.25, 0.25}, 0));
}

TEST_CASE("benefit of the doubt", "[fit]") {
  weights::Group group = group_of(4);
  group.domain.low = {0.1, 0.1, 0.1, 0.1};
  group.domain.high = {0.5, 0.5, 0.4, 0.4};
  const arma::vec scores{80, 20, 10, 60};
  const fit::Proposal best = fit::benefit_of_the_doubt(scores, "UKR", false, group.domain, group);
  CHECK(near(best.shares, arma::vec{0.1, 0.4, 0.4, 0.1}, 1e-8));
  CHECK(std::get<fit::DoubtFindings>(best.findings).score == Approx(26));
  CHECK(std::get<fit::DoubtFindings>(best.findings).unique);
  CHECK(near(fit::benefit_of_the_doubt(scores, "UKR", true, group.domain, group).shares,
             arma::vec{0.5, 0.1, 0.1, 0.3}, 1e-8));
  // no weights drawn within the limits do better
  const arma::mat drawn = weights::sample(group.domain, 2000, 5);
  CHECK(arma::min(arma::rowvec(scores.t() * drawn)) >= 26 - 1e-9);
  // all the same: today's weights are as good as any
  const fit::Proposal same =
      fit::benefit_of_the_doubt({50, 50, 50, 50}, "UKR", false, group.domain, group);
  CHECK(near(same.shares, group.now, 1e-8));
  CHECK_FALSE(std::get<fit::DoubtFindings>(same.findings).unique);
  group.domain.ties = {{0, 1}};
  CHECK(near(fit::benefit_of_the_doubt(scores, "UKR", false, group.domain, group).shares,
             arma::vec{0.25, 0.25, 0.4, 0.1}, 1e-8));
  CHECK_FALSE(
      fit::benefit_of_the_doubt({50, std::nan(""), 50, 50}, "UKR", false, group.domain, group)
          .found());
}
