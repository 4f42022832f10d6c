// What a page says first: the verdict of a date in a few sentences; and last: how scores come
// about, and what they can't say.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "report/memo_words.hpp"
#include "report/pack.hpp"
#include "report/page.hpp"
#include "report/score.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

constexpr std::size_t named_first = 3;  // countries that a sentence names

struct Standing {
  std::size_t country = 0;  // of the page
  std::size_t lane = 0;
};

class VerdictWriter {
 public:
  VerdictWriter(const Page& page, std::size_t day)
      : page_(page),
        day_(page.days[day]),
        before_(day > 0 ? &page.days[day - 1] : nullptr),
        model_(page.rules()),
        output_(model_[model_.main]) {}

  Document write() const {
    const PageView* first = nullptr;
    for (const PageView& view : day_.views)
      if (view.view && !first) first = &view;
    if (!first) return paragraph("Nobody is scored on this date.");
    const std::vector<Standing> rated = order(*first);
    if (rated.empty()) return paragraph(fmt::format("No country's {} is rated.", name()));
    if (page_.compares) return {};
    Document text = rated.size() == 1 ? one(*first, rated.front()) : many(*first, rated);
    return text + movers(*first, rated) + surprises(*first, rated);
  }

 private:
  std::string name() const { return spoken_proper(output_.name); }
  int digits() const { return day_.scored.digits_of(model_.main); }
  double value(const PageView& view, std::size_t lane) const {
    return view.view->countries[lane][model_.main].value;
  }
  std::string title(const Standing& one) const {
    return country_title(page_.countries[one.country]);
  }
  std::string seen(const PageView& view) const {
    if (!view.view->viewpoint.valid()) return "";
    return "Seen by " + asker(model_.viewpoints[view.view->viewpoint.index], false) + ", ";
  }
  std::string worst_word() const {
    return output_.factor().worse.most.empty() ? "worst" : output_.factor().worse.most;
  }

  // Those rated, the worst first.
  std::vector<Standing> order(const PageView& view) const {
    std::vector<Standing> found;
    for (std::size_t c = 0; c < day_.lanes.size(); ++c)
      if (day_.lanes[c] != no_lane && !std::isnan(value(view, day_.lanes[c])))
        found.push_back({c, day_.lanes[c]});
    std::stable_sort(found.begin(), found.end(), [&](const Standing& a, const Standing& b) {
      return view.outputs[0].places[a.lane].rank < view.outputs[0].places[b.lane].rank;
    });
    if (output_.factor().higher_is_better) std::reverse(found.begin(), found.end());
    return found;
  }

  std::string with_value(const PageView& view, const Standing& one) const {
    return fmt::format("{} ({})", title(one), points(value(view, one.lane), digits()));
  }

  Document one(const PageView& view, const Standing& only) const {
    const std::string band = band_cell(day_.scored, page_.countries[only.country], 0, model_.main);
    return paragraph(capitalised(
        fmt::format("{}{} {} is {} of 100{}.", seen(view), possessive(title(only)), name(),
                    points(value(view, only.lane), digits()), band.empty() ? "" : ", " + band)));
  }

  Document many(const PageView& view, const std::vector<Standing>& rated) const {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < std::min(named_first, rated.size() - 1); ++i)
      names.push_back(with_value(view, rated[i]));
    const bool several = names.size() > 1;
    std::string text =
        fmt::format("{}{} {} {} of {}; {} stands best.", seen(view), joined(names),
                    several ? "are the" : "is the", worst_word(),
                    counted(rated.size(), "country", "countries"), with_value(view, rated.back()));
    if (output_.bands) text += " " + worst_band(view, rated);
    return paragraph(capitalised(text));
  }

  // "11 are in the worst band that any reaches, high."
  std::string worst_band(const PageView& view, const std::vector<Standing>& rated) const {
    const auto band = [&](const Standing& one) {
      return view.view->countries[one.lane].band.at(model_.main);
    };
    const std::string worst = band(rated.front());
    const auto count = std::size_t(std::count_if(
        rated.begin(), rated.end(), [&](const Standing& one) { return band(one) == worst; }));
    return fmt::format("{} {} in the band \"{}\".", capitalised(number_word(count)),
                       count == 1 ? "is" : "are", worst);
  }

  // Who moved most since the date before.
  Document movers(const PageView& view, std::vector<Standing> rated) const {
    if (!before_ || view.outputs[0].changes.empty()) return {};
    const auto moved = [&](const Standing& one) {
      return view.outputs[0].changes[one.lane].points;
    };
    std::erase_if(rated, [&](const Standing& one) {
      return !(std::fabs(moved(one)) >= least_told(digits()));
    });
    if (rated.empty()) return {};
    std::stable_sort(rated.begin(), rated.end(),
                     [&](const Standing& a, const Standing& b) { return moved(a) > moved(b); });
    const auto words = [&](auto begin, auto end, bool up) {
      std::vector<std::string> names;
      for (auto at = begin; at != end && names.size() < named_first; ++at)
        if ((moved(*at) > 0) == up)
          names.push_back(fmt::format("{} ({})", title(*at), signed_points(moved(*at), digits())));
      return joined(names);
    };
    const std::string up = words(rated.begin(), rated.end(), true),
                      down = words(rated.rbegin(), rated.rend(), false);
    std::string text = "Since " + moment(before_->scored.now->scenario.as_of) + " ";
    if (!up.empty()) text += up + " rose most";
    if (!down.empty()) text += (up.empty() ? "" : ", and ") + down + " fell most";
    return paragraph(text + ".");
  }

  // Whose place hangs most on who asks.
  Document surprises(const PageView& first, const std::vector<Standing>& rated) const {
    std::size_t most = 0;
    Standing which;
    const PageView *lowest = nullptr, *highest = nullptr;
    for (const Standing& one : rated) {
      const PageView *low = &first, *high = &first;
      const auto rank = [&](const PageView& view) { return view.outputs[0].places[one.lane].rank; };
      for (const PageView& view : day_.views) {
        if (!view.view || rank(view) == 0) continue;
        if (rank(view) < rank(*low)) low = &view;
        if (rank(view) > rank(*high)) high = &view;
      }
      if (rank(*high) - rank(*low) <= most) continue;
      most = rank(*high) - rank(*low);
      which = one;
      lowest = low;
      highest = high;
    }
    if (most < 2 || rated.size() < 4) return {};
    const auto place = [&](const PageView& view) {
      return fmt::format("{} for {}", view.outputs[0].places[which.lane].rank,
                         asker(model_.viewpoints[view.view->viewpoint.index], false));
    };
    return paragraph(fmt::format("Who asks matters most for {}: place {}, {}.", title(which),
                                 place(*lowest), place(*highest)));
  }

  const Page& page_;
  const PageDay& day_;
  const PageDay* before_;
  const model::Model& model_;
  const model::Node& output_;
};

}  // namespace

Document page_verdict(const Page& page, std::size_t day) {
  for (const PagePair& pair : page.pairs)
    if (pair.day == day) return compare_verdict(pair.compared);
  return VerdictWriter(page, day).write();
}

Document page_method(const Page& page) { return pack_method(page.last().scored); }

Document page_limits(const Page& page) {
  const Scored& scored = page.last().scored;
  Document text;
  for (const std::string& limit :
       {fmt::format("A score puts countries in order. It is no probability, and a point is no "
                    "sum of money; a gap under {} counts as level.",
                    written_points(scored.rules().level_margin)),
        std::string("It knows only its facts, and of them those that count as known by the date: "
                    "each from the day for which it is true plus the lag of its source. Many "
                    "stand as their sources revised them since, and some lists and judgements "
                    "were made afterwards (docs/method/hindsight.md). What happened since, and "
                    "what nobody counts, is not in it."),
        std::string("Weights, scales, bands and the size of what rules do are judgements; who "
                    "answers for each is said beside it."),
        std::string("Bounds hold over what is unknown or uncertain of the facts. They say "
                    "nothing of whether the rules are right."),
        std::string(page.record.empty()
                        ? "Whether such scores told beforehand what happened afterwards is not "
                          "shown here; a page made with --record says it."
                        : "How such scores did on earlier year ends is told under the record; "
                          "what comes may be of another kind.")})
    text += paragraph("- " + limit, 0, 2);
  return text;
}

}  // namespace waystone::report
