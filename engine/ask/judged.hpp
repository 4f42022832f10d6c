// A judgement file with every scenario that it names bound: what `tune` and `robust` share.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "ask/answer.hpp"
#include "ask/rules.hpp"
#include "evaluate/assess.hpp"
#include "fit/asked.hpp"

namespace waystone::ask {

/// Scenarios of some rules, each bound once. The first that can't be had leaves a failure, and all
/// asked for after it are null.
class Cases {
 public:
  Cases(SharedRules rules, Texts texts) : rules_(std::move(rules)), texts_(std::move(texts)) {}
  const evaluate::Case* open(const std::string& path);
  const evaluate::Case* keep(const std::string& path, scenario::Scenario scenario);
  const std::optional<Failure>& failure() const { return failure_; }

 private:
  const evaluate::Case* fail(Failure failure);

  SharedRules rules_;
  Texts texts_;
  std::map<std::string, std::unique_ptr<evaluate::Case>> cases_;
  std::optional<Failure> failure_;
};

/// What a judgement file says about one group under one viewpoint.
struct Judged {
  fit::Judgements judgements;
  std::string path, hash;
};
Answer<Judged> read_judged(const std::string& path, const Rules& rules, const weights::Group& group,
                           const Texts& texts);

/// Refers to all that it is given. Look at `cases.failure()` afterwards, and after what is done
/// with it.
fit::Context context_of(const Judged& judged, const Rules& rules, const weights::Group& group,
                        ViewpointId viewpoint, Cases& cases, const Texts& texts);

}  // namespace waystone::ask
