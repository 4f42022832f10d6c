// `report`: everything that a page shows and can't work out by itself, and the page in one file.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "evaluate/ranking.hpp"
#include "explain/standing.hpp"
#include "explain/would_be.hpp"
#include "report/assumed.hpp"
#include "report/data.hpp"
#include "report/document.hpp"
#include "report/explained.hpp"
#include "report/json.hpp"
#include "report/pieces.hpp"
#include "report/results.hpp"
#include "report/track.hpp"

namespace waystone::report {

/// One output from one viewpoint on one date; by country as in its ViewResult.
struct PageOutput {
  std::vector<evaluate::Place> places;
  std::vector<evaluate::RankRange> within;
  std::vector<explain::Change> changes;  // on the date before; empty on the first
};

/// One viewpoint on one date.
struct PageView {
  const evaluate::ViewResult* view = nullptr;  // null: the scenario leaves it out
  std::vector<PageOutput> outputs;             // as in Page::outputs
  // Of the main output, on whole days; drivers by country of the view.
  std::vector<std::vector<explain::Driver>> drivers;
  std::vector<explain::WouldBe> would;
};

struct PageDay {
  Scored scored;
  std::vector<PageView> views;     // as in Page::viewpoints
  std::vector<std::size_t> lanes;  // by country of the page: its place in the case, or no_lane
  bool whole = false;              // with ranges and origins of facts, factors, drivers
};
inline constexpr std::size_t no_lane = std::size_t(-1);

struct PageText {
  std::size_t country = 0, day = 0, viewpoint = 0;
  bool whole = false;  // all that `explain` says
  Explained explained;
};

struct PageMove {
  std::size_t country = 0, viewpoint = 0, from = 0, to = 0;  // from and to: days
  explain::Movement movement;
};

struct PagePair {
  std::size_t day = 0;
  Compared compared;
};

/// All days by the same rules. Places of countries, viewpoints and days count in these lists.
struct Page {
  std::vector<PageDay> days;            // ascending, one or more
  std::vector<std::string> countries;   // codes, ascending
  std::vector<ViewpointId> viewpoints;  // one that is invalid where the model has none
  std::vector<NodeId> outputs;          // the main one first
  std::string only;                     // which countries there are, in words; "": all
  std::vector<std::size_t> named;       // countries asked for by name; of a comparison two
  bool compares = false;
  std::vector<PageText> texts;
  std::vector<PageMove> moves;
  std::vector<PagePair> pairs;
  std::optional<Held> held;  // of the last day; none where it rates nobody from the first viewpoint
  std::optional<Assumed> assumed;  // likewise
  Document record;                 // of --record; empty: none

  const PageDay& last() const { return days.back(); }
  const model::Model& rules() const { return last().scored.rules(); }
};

/// Facts of so many countries are listed one by one among the assumptions, at most.
inline constexpr std::size_t most_assumed_facts = 300;

/// docs/schema/report.md
Json page_json(const Page& page);
/// Its text in one line.
std::string payload_text(const Json& payload);

struct PageFile {
  std::string title;
  std::string payload;  // as `payload_text` gives it
  std::string model;    // a script that sets `waystoneModel` (docs/emit.md)
};
/// One HTML file that needs no other.
std::string page_file(const PageFile& file);

// ---- parts of page_json

/// What numbers of the payload refer to.
class PageKeys {
 public:
  explicit PageKeys(const Page& page);

  const Page& page() const { return page_; }
  const model::Model& model() const { return model_; }
  const std::vector<NodeId>& factors() const { return factors_; }
  const std::vector<NodeId>& indicators() const { return indicators_; }  // of the facts
  /// [#file, line], or null.
  Json at(const Span& span);
  std::size_t file(FileId id);
  /// Blocks, with links to what has a place.
  Json blocks(const Document& document);
  /// The files that anything referred to; rule files with their text.
  Json files() const;

 private:
  const Page& page_;
  const model::Model& model_;
  std::vector<NodeId> factors_, indicators_;
  std::vector<FileId> files_;
};

Json page_nodes(PageKeys& keys);
Json page_rules(PageKeys& keys);
Json page_tripwires(PageKeys& keys);
Json page_sources(PageKeys& keys);
Json page_dates(PageKeys& keys);
/// By viewpoint and date.
Json page_results(const PageKeys& keys);
/// Facts and figures, as members of `payload`.
void add_page_facts(PageKeys& keys, Json& payload);
/// Texts, comparisons, moves, assumptions.
void add_page_texts(PageKeys& keys, Json& payload);

/// The verdict of a day in a few sentences.
Document page_verdict(const Page& page, std::size_t day);
/// How scores come about, and what they can't say.
Document page_method(const Page& page);
Document page_limits(const Page& page);

/// As `number`, whole numbers without a point.
Json plain_number(double value);
/// The same, rounded to so many digits after the point.
Json rounded_number(double value, int digits);
inline Json short_number(double value) { return rounded_number(value, 4); }
Json labels_json(const model::Provenance& provenance);
/// Who judged it, why and when; null where nobody signs.
Json signature_json(const model::Provenance& provenance);

}  // namespace waystone::report
