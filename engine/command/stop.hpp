// How a verb ends before its time.
#pragma once
#include <string>

namespace waystone::command {

enum Exit {
  done = 0,
  findings = 1,
  wrong_use = 2,
  faulty_file = 3,
  input_output = 4,
  internal_error = 70
};

/// Ends a verb. The message goes to stderr; "" where everything has been said.
struct Stop {
  int code = internal_error;
  std::string message;
};

}  // namespace waystone::command
