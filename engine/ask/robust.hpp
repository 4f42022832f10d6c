// How firmly an order stands when weights move.
#pragma once
#include <cstdint>
#include <deque>
#include <string>

#include "ask/judged.hpp"
#include "ask/situation.hpp"
#include "report/robust.hpp"

namespace waystone::ask {

struct RobustAsking {
  std::string first, second;  // codes; both "": the whole ranking
  std::string output;         // output or factor whose order it is; "": the main output
  std::string node;           // whose weights move; "": the node that viewpoints weigh
  std::string judgements;     // path of a judgement file, or ""
  std::size_t samples = 10000;
  std::uint64_t seed = 1;
  std::string tool;  // for the stamp of reports
};

struct Robustness {
  SharedSituation situation;  // what the report points into, with `sources` and `cases`
  std::shared_ptr<const SourceMap> sources;
  std::deque<Cases> cases;
  report::Robust report;

  /// Whether judgements contradict each other from some viewpoint.
  bool contradictory() const;
};

/// `texts`: those of the situation, or a copy. Fails where the scenario doesn't score a country,
/// where nothing has weights that could move, and where more draws are asked for than are kept at
/// once. Warnings are about the judgement file.
Answer<Robustness> robust(const SharedSituation& situation, const RobustAsking& asking,
                          const Texts& texts);

}  // namespace waystone::ask
