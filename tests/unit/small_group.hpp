// Weights of members called a, b, c …, which may move freely.
#pragma once
#include "weights/group.hpp"

namespace waystone::tests {

inline weights::Group group_of(std::size_t n) {
  weights::Group group;
  for (std::size_t m = 0; m < n; ++m) group.members.push_back(std::string(1, char('a' + m)));
  group.now = arma::ones<arma::vec>(n) / double(n);
  group.domain = {arma::zeros<arma::vec>(n), arma::ones<arma::vec>(n), {}};
  return group;
}

}  // namespace waystone::tests
