// The countries that a statistic rests on, and those that it must leave out. Figures from a sample
// are only as good as the sample.
#pragma once
#include <string>
#include <vector>

#include "weights/scores.hpp"

namespace waystone::fit {

/// A country of a scenario that a statistic leaves out.
struct Unrated {
  std::string country, scenario;     // code; path
  std::vector<std::string> unknown;  // names of the members whose score is not known; empty where
                                     // all are and only what they add up to is not rated
};

/// What a statistic over countries rests on. A country counts once a scenario.
struct Basis {
  std::size_t countries = 0;
  std::vector<Unrated> left_out;
};

/// The sample of a statistic.
struct Sample {
  std::vector<weights::Subject> subjects;  // those that are rated and whose members are all known
  std::vector<Unrated> left_out;           // the others
  arma::mat members;                       // subjects x members: the members' scores, 0..100

  Basis basis() const { return {subjects.size(), left_out}; }
};

/// `subjects` name the node that is to be rated: the group's own or an output above it.
Sample sample_of(const weights::Group& group, ViewpointId viewpoint,
                 const std::vector<weights::Subject>& subjects);

/// "Serbia (economy is not known)", "Serbia in b.toml (it is not rated)" where `by_scenario`.
std::string in_words(const Unrated& unrated, bool by_scenario);

/// "Hungary and Poland"; each once.
std::string names_of(const std::vector<weights::Subject>& subjects);

}  // namespace waystone::fit
