// The terminal: stdout is data, stderr is commentary.
#pragma once
#include <string>

#include "diagnose/diagnostic.hpp"
#include "report/results.hpp"

namespace waystone::command {

enum Exit { done = 0, findings = 1, wrong_use = 2, faulty_file = 3, input_output = 4, internal_error = 70 };

/// Ends a verb. The message goes to stderr; "" where everything has been said.
struct Stop {
  int code = internal_error;
  std::string message;
};

enum class ColorChoice { automatic, always, never };

class Console {
 public:
  explicit Console(ColorChoice choice);
  report::Style style() const { return {color_out_}; }
  TextStyle diagnostic_style() const { return {color_err_, 20}; }
  /// For verbs whose data are diagnostics.
  TextStyle diagnostic_style_out() const { return {color_out_, 20}; }
  /// To stdout, whole, as `visible` gives it. A closed pipe ends the verb quietly.
  void out(const std::string& text) const;
  /// The same as it is: for JSON, which escapes what it must.
  void out_raw(const std::string& text) const;
  void say(const std::string& text) const;  // to stderr, with a newline
  void diagnostics(const Diagnostics& diagnostics, const SourceMap& sources) const;  // to stderr

 private:
  bool color_out_, color_err_;
};

/// Stop{input_output} with the reason where a file can't be written, as far as that can be told beforehand.
void require_writable(const std::string& path);
/// Writes beside and renames, so that a stop at any moment leaves the old file or the new one, whole. A symbolic link stays: what it points to is
/// written, also where that does not exist yet. A file that exists keeps its mode, and its owner where that is allowed. Stop{input_output} with the
/// reason where the file or its folder can't be written to; then nothing has changed.
void write_file(const std::string& path, const std::string& text);

}  // namespace waystone::command
