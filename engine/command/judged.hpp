// A judgement file with every scenario that it names bound: what `tune` and `robust --from` share.
#pragma once
#include <map>
#include <memory>
#include <string>

#include "command/session.hpp"
#include "fit/asked.hpp"

namespace waystone::command {

/// Scenarios of one model, each bound once.
class Cases {
 public:
  Cases(Session& session, const LoadedModel& model) : session_(session), model_(model) {}
  /// A scenario of the command line.
  void name(const std::string& path) { session_.files().name(path); }
  /// Reports what is wrong and throws Stop if it can't be opened.
  const evaluate::Case* open(const std::string& path);
  const evaluate::Case* keep(const std::string& path, scenario::Scenario scenario);

 private:
  Session& session_;
  const LoadedModel& model_;
  std::map<std::string, std::unique_ptr<evaluate::Case>> cases_;
};

/// What a judgement file says about one group under one viewpoint.
struct Judged {
  fit::Judgements judgements;
  std::string path, hash;
  Diagnostics warnings;
};
/// Throws Stop as Session does.
Judged read_judged(const std::string& path, const LoadedModel& model, const weights::Group& group,
                   Session& session);

/// Refers to all that it is given.
fit::Context context_of(const Judged& judged, const LoadedModel& model, const weights::Group& group,
                        ViewpointId viewpoint, Cases& cases, const Session& session);

}  // namespace waystone::command
