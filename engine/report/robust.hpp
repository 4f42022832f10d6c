// What `robust` reports on.
#pragma once
#include "fit/asked.hpp"
#include "report/document.hpp"
#include "report/json.hpp"
#include "report/verdicts.hpp"
#include "robust/study.hpp"

namespace waystone::report {

/// What judgements ask under one viewpoint.
struct JudgedView {
  fit::Asked asked;
  std::vector<std::size_t>
      conflict;  // statements that contradict each other, where no weights meet all
  bool chooses =
      false;  // some judgements say where the weights should be: they narrow nothing here
};

struct RobustJudgements {
  std::string path, title, hash;  // "" without any
  std::vector<JudgedView> views;  // as Study::views
};

struct Robust {
  Scored scored;
  robust::Study study;
  RobustJudgements judgements;
};

/// docs/schema/robust.md
Json robust_json(const Robust& robust);
Document robust_text(const Robust& robust);

/// The viewpoint of a study's view; the first, if the view is the same for all.
ViewpointId viewpoint_of(const Scored& scored, const robust::ViewStudy& view);
/// Its scores.
const evaluate::ViewResult& results_of(const Scored& scored, const robust::ViewStudy& view);
/// A share of weight: "12%", "23.1%".
std::string share_in_words(double share);
/// A weight of a group: its share, or of a sum its multiplier, "x 0.25".
std::string weight_in_words(const weights::Group& group, double share);
/// Changes from `least` to `most` points: "0.5 to 5.2 points of weight"; of a sum "0.1 to 0.4 of
/// the multipliers".
std::string moves_in_words(const weights::Group& group, double least, double most);
/// "8 points of weight, from security to market_access"; with several, how much of each: "from
/// security (5) and corridor (3)".
std::string change_in_words(const weights::Group& group, const robust::Change& change);

/// "under half of its weight is known": why a country whose node is re-weighted is not rated.
std::string too_little_known(const Robust& robust);

/// The smallest changes that turn an order, leave a country not rated, or move one to another band.
/// If there are many, the smallest, and what is left out.
Document order_changes_text(const Robust& robust, const robust::ViewStudy& view);
Document lapses_text(const Robust& robust, const robust::ViewStudy& view);
Document band_changes_text(const Robust& robust, const robust::ViewStudy& view);

/// Answers over all weights of a region: pairs whose order is necessary or possible, then what the
/// draws give.
struct OverAll {
  const Robust& robust;
  const robust::Question& question;
  const std::vector<std::size_t>& ranking;
  const std::vector<robust::Preference>& preferences;
  const std::vector<robust::RankRange>& always;
  const robust::Acceptabilities& acceptabilities;
  const model::Node& output;
  int digits = 0;  // of the output's scores
  const robust::CompatibleStudy* compatible =
      nullptr;                  // whose answers they are; null: of all weights within the limits
  bool of_rated_today = false;  // other weights rate countries that are left out
};
Document over_all_text(const OverAll& over);
/// One row a country: its rank today, the ranks for 90% of the weights and for all and, if the page
/// has room, the share of the draws for each.
Document ranks_text(const OverAll& over);
/// What judgements ask, which weights they leave, and the answers over these. `view`: index of the
/// viewpoint.
Document judged_text(const Robust& robust, std::size_t view);

/// Members that a change moves: name, share today and after.
Json change_json(const weights::Group& group, const robust::Turning& turning);

}  // namespace waystone::report
