// What a judgement file asks of scores: its examples and the expectations that it points at, as
// requirements on the weights.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "fit/examples.hpp"
#include "fit/judgements.hpp"
#include "robust/compatible.hpp"

namespace waystone::fit {

/// What judgements are about, with everything that they name.
struct Context {
  const model::Model* model = nullptr;
  const weights::Group* group = nullptr;
  ViewpointId viewpoint;  // under which examples are scored; invalid where the model has none
  std::string viewpoint_name;
  const Judgements* judgements = nullptr;
  std::map<std::string, const evaluate::Case*>
      cases;           // of every scenario that the judgements name, by path
  FindCase find_case;  // other scenarios that examples name
  const SourceMap* sources = nullptr;
};

struct Asked {
  std::vector<Statement> statements;  // examples and expectations about this viewpoint
  std::vector<LeftOut> left_out;
  weights::Requirements requirements;               // of the statements
  std::vector<std::size_t> statement;               // by requirement
  std::vector<std::vector<std::string>> not_rated;  // by statement: codes of its countries that no
                                                    // weights within the limits rate, as
                                                    // far as was tried
  std::vector<std::string> countries;               // codes, by subject of the requirements
};
Asked asked_of(const Context& context);

/// By statement: codes of its countries that these weights leave not rated.
std::vector<std::vector<std::string>> not_rated_by(const Asked& asked, const arma::vec& shares);

/// The weights that meet all requirements and keep the limits. `robust::Compatible::inside`: those
/// nearest to today's that were found.
struct Left {
  Asked asked;
  robust::Compatible compatible;
  std::vector<std::size_t>
      conflict;  // statements that contradict each other, where no weights were found
};
Left left_by(const Context& context);

}  // namespace waystone::fit
