// What the parts of the reader of judgement files share.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "fit/judgements.hpp"
#include "scenario/reading.hpp"

namespace waystone::fit {

struct FileReading {
  const std::string& path;  // of the judgement file
  const weights::Group& group;
  const scenario::Reading& reading;
  Signature defaults;  // `by` may be empty here
  Judgements& judgements;

  void error(Code code, Span where, std::string message,
             std::vector<std::string> notes = {}) const {
    reading.error(code, where, std::move(message), std::move(notes));
  }
  void error_with(Code code, Span where, std::string message, std::vector<Label> others,
                  std::vector<std::string> notes = {}) const {
    reading.diagnostics.add(
        {code, where, std::move(message), {}, std::move(others), std::move(notes)});
  }
};

/// The member of a name; E0401.
std::optional<std::size_t> member_of(const std::string& name, Span where, const FileReading& file);
/// by, because, on, trust of a table, completed by those of the top; E0402, E0406. `what` names the
/// table in messages: "[swing]".
Signature read_signature(scenario::Keys& keys, const scenario::Value& table,
                         const std::string& what, const FileReading& file);
/// A finite number; E0304, E0315. `name` is what messages call it.
std::optional<double> number_of(const scenario::Value& value, const std::string& name,
                                const FileReading& file);
/// The numbers of a table keyed by members, by member. Checks names and kinds, but not which
/// numbers are allowed.
std::vector<Said> read_numbers(const scenario::Value& table, const FileReading& file);
/// Paths of scenarios, each read into the judgements; their problems are reported.
std::vector<Path> read_paths(const std::vector<scenario::Said<std::string>>& texts,
                             const FileReading& file);
/// E0405 for every member of the group that `has` lacks and that is not locked.
void check_complete(const std::vector<bool>& has, Span where, const std::string& what,
                    const FileReading& file);

// One function a table of the file.
void read_limits(const scenario::Value& table, const FileReading& file);  // E0403, E0404
void read_swing(const scenario::Value& table, const FileReading& file);   // E0405, E0406
void read_ahp(const scenario::Value& table, const FileReading& file);     // E0407 to E0409, W0401
void read_best_worst(const scenario::Value& table, const FileReading& file);  // E0407, E0408
void read_budgets(const std::vector<const scenario::Value*>& tables, const FileReading& file);
void read_example_list(const std::vector<const scenario::Value*>& tables, const FileReading& file);
void read_examples(const scenario::Value& table, const FileReading& file);
void read_importance(const scenario::Value& table, const FileReading& file);  // E0410
void read_data(const scenario::Value& table, const FileReading& file);

}  // namespace waystone::fit
