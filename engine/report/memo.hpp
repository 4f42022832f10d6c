// `memo`: two pages that a committee can read.
#pragma once
#include <optional>
#include <vector>

#include "explain/brief.hpp"
#include "explain/compare.hpp"
#include "report/document.hpp"
#include "report/memo_words.hpp"
#include "report/results.hpp"
#include "robust/study.hpp"

namespace waystone::report {

struct Memo {
  Scored scored;
  std::vector<Scored> days;                    // ascending, the last is `scored`'s; one or more
  std::vector<explain::Brief> briefs;          // one a country asked about, from the viewpoint told
  std::optional<explain::Comparison> pair;     // of two countries, by viewpoint
  std::vector<robust::ViewTurning> turning;    // of two countries
  std::optional<explain::PairPast> pair_past;  // of two countries
  std::size_t told = 0;                        // index of the viewpoint told
};

/// A few pages of sentences, with numbered notes. `record`: how such scores did; none: not tested.
Document memo_text(const Memo& memo, const Document& record = {});

// ---- sections, the same for one country and for two

/// What the sections of a memo share.
struct MemoPage {
  const Memo& memo;
  const model::Model& model;
  const model::Node& output;
  int digits = 0;
  Notes notes;

  explicit MemoPage(const Memo& about);
  std::string score(double value) const;  // "46"
  const evaluate::ViewResult& view() const;
  std::string name(const explain::Brief& brief) const;  // of its country
  /// `economic crisis ("Can returns be paid?")`
  std::string part_name(NodeId part) const;
  /// Leaves of a part as phrases with notes: the `most` that cost most.
  std::vector<std::string> costly(const explain::Brief& brief, const explain::BriefPart& part,
                                  std::size_t most);
  std::string phrase(const explain::Brief& brief, NodeId node, double score);
  /// "Poland: risk is not rated, because debt is not known."
  std::string why_not_rated(const explain::Brief& brief) const;
  /// "now", of an older figure "at the end of 2022 it was".
  std::string time_of(const explain::Brief& brief, NodeId node) const;
  /// "the state would put it at 44, the enterprise at 47"
  std::string other_views(const std::string& country) const;
  /// "the committee"; "seen by the committee"; "" where the model has no viewpoints.
  std::string told_asker() const;
  std::string seen() const;
};

Document memo_heading(MemoPage& page, const std::string& title);
Document memo_how_sure(MemoPage& page, const explain::Brief& brief);
Document memo_events(MemoPage& page, const explain::Brief& brief, std::size_t most);
Document memo_watch(MemoPage& page);
Document memo_record(MemoPage& page, const explain::Brief& brief);
/// How two countries stood to each other before.
Document memo_pair_record(MemoPage& page);
Document memo_limits(MemoPage& page);
/// The memo of two countries: verdict, why, how sure, what would turn it.
Document memo_of_pair(MemoPage& page);

}  // namespace waystone::report
