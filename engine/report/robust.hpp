// What `robust` reports on.
#pragma once
#include "report/json.hpp"
#include "robust/study.hpp"

namespace waystone::report {

struct Robust {
  Scored scored;
  robust::Study study;
};

/// docs/schema/robust.md
Json robust_json(const Robust& robust);
std::string robust_text(const Robust& robust, const Style& style);

/// A share of weight: "12%", "23.1%".
std::string share_in_words(double share);
/// "8 points of weight, from security to market_access"; with several, how much of each: "from security (5) and corridor (3)".
std::string change_in_words(const weights::Group& group, const robust::Change& change);

/// Members of a change: name, share today and after; those that stay are left out.
Json change_json(const weights::Group& group, const robust::Turning& turning);

}  // namespace waystone::report
