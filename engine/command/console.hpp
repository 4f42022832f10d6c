// The terminal: stdout is data, stderr is commentary.
#pragma once
#include <functional>
#include <string>

#include "command/mapped.hpp"
#include "command/stop.hpp"
#include "diagnose/diagnostic.hpp"
#include "report/document.hpp"
#include "report/results.hpp"

namespace waystone::command {

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
  /// The same, unchanged: for JSON, which escapes what it must.
  void out_raw(const std::string& text) const;
  /// To an open descriptor that the command line calls `path`, unchanged.
  void write_to(int descriptor, const std::string& path, const std::string& text) const;
  /// Closes standard output at the end of a run: some file systems report only then that written
  /// data is lost.
  void close() const;
  void say(const std::string& text) const;  // to stderr, with a newline
  /// Whether stderr is a terminal, on which progress can be drawn and taken away again.
  bool shows_progress() const { return progress_err_; }
  /// On one line of stderr, which is empty again once anything else is written.
  void progress(const Progress& progress) const;
  void diagnostics(const Diagnostics& diagnostics, const SourceMap& sources) const;  // to stderr
  /// Who hears what is said on stderr, without colours; progress is not told.
  void overhear(std::function<void(const std::string&)> listener) { heard_ = std::move(listener); }

 private:
  void clear_progress() const;
  bool color_out_, color_err_, progress_err_;
  std::function<void(const std::string&)> heard_;
  mutable bool drawn_ = false;  // progress stands on the last line of stderr
};

}  // namespace waystone::command
