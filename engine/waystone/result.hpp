/// \file
/// A value, or what is wrong with the files and the question.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace waystone {

/// Something wrong with a file or a question.
struct Problem {
  bool error = true;               ///< Else a warning, which comes with a value.
  std::string code;                ///< "E0210", with a page in docs/diagnostics; "" for a question.
  std::string path;                ///< Of the file; "" for what stands in none.
  int line = 0;                    ///< From 1; 0 without a file.
  int column = 0;                  ///< From 1, in characters; 0 without a file.
  std::string message;             ///< One sentence without a full stop.
  std::vector<std::string> notes;  ///< What would help: "did you mean 'security'?"
};

/// A value, or nothing and the problems that stand against it. Nothing here throws for a file or
/// name that is wrong. Keep it in a variable for as long as you hold references into its value.
template <class T>
class Result {
 public:
  /// \param value What was asked for.
  /// \param problems Warnings.
  Result(T value, std::vector<Problem> problems = {})
      : value_(std::move(value)), problems_(std::move(problems)) {}
  /// \param problems One or more, at least one of them an error.
  /// \param text The same in words.
  Result(std::vector<Problem> problems, std::string text)
      : problems_(std::move(problems)), text_(std::move(text)) {}

  /// Whether there is a value.
  explicit operator bool() const { return value_.has_value(); }
  /// The value. There must be one.
  const T& operator*() const& { return *value_; }
  /// The value, moved out of a result that is about to go. There must be one.
  T operator*() && { return std::move(*value_); }
  /// A member of the value. There must be one.
  const T* operator->() const { return &*value_; }
  /// Errors where there is no value, else warnings; in the order of files and lines.
  const std::vector<Problem>& problems() const { return problems_; }
  /// The errors as the program prints them, with lines of the files; "" where there is a value.
  const std::string& text() const { return text_; }

 private:
  std::optional<T> value_;
  std::vector<Problem> problems_;
  std::string text_;
};

}  // namespace waystone
