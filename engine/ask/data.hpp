// Which data a scenario holds for what its model asks.
#pragma once
#include <string>
#include <vector>

#include "ask/situation.hpp"
#include "report/data.hpp"

namespace waystone::ask {

struct DataAsking {
  std::vector<std::string> countries;  // to tell fact by fact; all else is about these alone
  bool all = false;                    // tell every country so
  std::string output;                  // whose weight is meant; "": the main output
  report::Held::Part part = report::Held::Part::all;
  std::string tool;  // for the stamp of reports
};

struct Data {
  SharedSituation situation;  // what the report points into
  report::Held report;
};

/// By the weights of the situation's first viewpoint. Fails where the scenario doesn't score a
/// country or the model has no such output.
Answer<Data> data(const SharedSituation& situation, const DataAsking& asking);

}  // namespace waystone::ask
