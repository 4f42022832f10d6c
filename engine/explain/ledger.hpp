// The computation of one score, operation by operation. Replaying it gives the score exactly.
#pragma once
#include <string>
#include <vector>

#include "evaluate/assess.hpp"

namespace waystone::explain {

struct Entry {
  RegisterId reg;
  const program::Operation* operation = nullptr;
  std::vector<double> in;     // values of the registers it reads
  std::vector<double> slots;  // numerals
  double result = 0;
  bool by_range =
      false;  // something it reads is unknown, and the result is its only possible value
};

struct Ledger {
  NodeId output;
  double result = 0;
  std::vector<Entry> entries;  // in order; only what the output needs
};

/// What a program is given for one country: a fact or an override's points, with the range in which
/// it may lie.
struct GivenInput {
  const program::Input* input = nullptr;
  double value = 0, low = 0, high = 0;
};
/// In the order of Program::inputs, before viewpoints put their weights in.
std::vector<GivenInput> given_inputs(const evaluate::Case& scenario_case,
                                     const std::string& country);

Ledger ledger(const evaluate::Case& scenario_case, ViewpointId viewpoint,
              const std::string& country, NodeId output);

}  // namespace waystone::explain
