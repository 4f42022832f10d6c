// What this room gives: a value, or why there is none.
#pragma once
#include <optional>
#include <string>
#include <utility>

#include "diagnose/diagnostic.hpp"

namespace waystone::ask {

/// Why a question has no answer.
struct Failure {
  enum class Kind {
    question,   // it asks for what the files don't have: `message`
    setting,    // a fact to put in place is wrong: `diagnostics`, which have no place
    files,      // a file is faulty: `diagnostics`
    unreadable  // a file can't be read: `message`
  };
  Kind kind = Kind::question;
  std::string message;      // one sentence, no full stop
  Diagnostics diagnostics;  // sorted; warnings may be among them
  std::string path;         // of the file that was asked about

  static Failure question(std::string message) {
    return {Kind::question, std::move(message), {}, {}};
  }
  static Failure setting(Diagnostics diagnostics) {
    return {Kind::setting, {}, std::move(diagnostics), {}};
  }
  static Failure files(Diagnostics diagnostics, std::string path) {
    diagnostics.sort();
    return {Kind::files, {}, std::move(diagnostics), std::move(path)};
  }
  static Failure unreadable(std::string path, const std::string& why) {
    return {Kind::unreadable, "can't read '" + path + "': " + why, {}, std::move(path)};
  }
};

/// A value or a failure; warnings may come with either.
template <class T>
struct Answer {
  std::optional<T> value;
  Failure failure;  // where there is no value
  Diagnostics warnings;

  Answer(T given) : value(std::move(given)) {}
  Answer(Failure why) : failure(std::move(why)) {}
  Answer(T given, Diagnostics said) : value(std::move(given)), warnings(std::move(said)) {}
  Answer(Failure why, Diagnostics said) : failure(std::move(why)), warnings(std::move(said)) {}
  explicit operator bool() const { return value.has_value(); }
};

}  // namespace waystone::ask
