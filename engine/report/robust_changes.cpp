// The smallest changes of weights that do something: the nearest few in sentences, of the others
// how many there are and what they take.
#include <algorithm>

#include <fmt/format.h>

#include "report/document.hpp"
#include "report/robust.hpp"
#include "report/score.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using robust::Found;
using robust::Turning;
using robust::ViewStudy;

constexpr std::size_t most_changes = 12;

// A sentence about one change; points of weight that it takes, NaN where there is no change.
struct Told {
  double points;
  std::string text;
};

// "120 take 0.5 to 5.2 points of weight, 3 can't be had"
std::string rest_in_words(const weights::Group& group, const std::vector<Told>& rest) {
  double least = arma::datum::inf, most = 0;
  std::size_t changes = 0;
  for (const Told& one : rest) {
    if (std::isnan(one.points)) continue;
    ++changes;
    least = std::min(least, one.points);
    most = std::max(most, one.points);
  }
  std::vector<std::string> parts;
  if (changes > 0)
    parts.push_back(fmt::format("{} {} {}", amount(double(changes)),
                                changes == 1 ? "takes" : "take",
                                moves_in_words(group, least, most)));
  if (changes < rest.size())
    parts.push_back(fmt::format("for {} no change was found, or there is none to make",
                                amount(double(rest.size() - changes))));
  return joined(parts);
}

// All of a few; of many the smallest, and what the others come to.
Document nearest_first(const weights::Group& group, std::vector<Told> changes, std::size_t indent) {
  Document text;
  const auto tell = [&](const Told& one) { text += paragraph(one.text, indent, indent + 2); };
  if (changes.size() > most_changes) {
    const auto nearer = [](const Told& a, const Told& b) {
      return std::isnan(b.points) ? !std::isnan(a.points) : a.points < b.points;
    };
    std::stable_sort(changes.begin(), changes.end(), nearer);
  }
  const auto cut = changes.begin() + std::ptrdiff_t(std::min(most_changes, changes.size()));
  std::for_each(changes.begin(), cut, tell);
  const std::vector<Told> rest(cut, changes.end());
  if (!rest.empty())
    text += paragraph(
        fmt::format("Those are the {} smallest. Left out are {} more: {}. --json has all.",
                    most_changes, amount(double(rest.size())), rest_in_words(group, rest)),
        indent, indent + 2);
  return text;
}

double points_of(const Turning& turning) {
  return turning.change ? turning.change->points : arma::datum::nan;
}

class ChangesTeller {
 public:
  ChangesTeller(const Robust& robust, const ViewStudy& view)
      : robust_(robust), view_(view), question_(view.question) {}

  Document pair() const {
    const robust::OrderTurning& order = view_.orders.front();
    const Document edited = order.turning.change ? edit(order.turning) : Document();
    const std::string head =
        fmt::format("Smallest change of weights after which {} scores higher than {}",
                    title(order.low), title(order.high));
    return paragraph(sentence(order, head, true), 0, 2) + edited + lapses(0);
  }

  Document neighbours() const {
    std::vector<Told> told;
    for (const robust::OrderTurning& order : view_.orders) {
      const std::string head = fmt::format("{} and {}", title(order.high), title(order.low));
      told.push_back({points_of(order.turning), sentence(order, head, false)});
    }
    return nearest_first(question_.group, std::move(told), 0);
  }

  Document lapses(std::size_t indent) const {
    const bool pair = view_.orders.size() == 1;
    std::vector<Told> told;
    for (const robust::Lapse& lapse : view_.lapses) {
      const std::string head =
          pair ? fmt::format("Smallest change that leaves {} not rated", title(lapse.country))
               : title(lapse.country);
      const std::string why =
          lapse.knows_too_little ? ": " + too_little_known(robust_) + " then" : "";
      told.push_back(
          {lapse.change.points,
           fmt::format("{}: {}{}.", head, change_in_words(question_.group, lapse.change), why)});
    }
    return nearest_first(question_.group, std::move(told), indent);
  }

  Document bands() const {
    std::vector<Told> told;
    for (const robust::BandTurning& band : view_.bands) {
      const Turning& turning = band.turning;
      const std::string outcome = turning.change
                                      ? change_in_words(question_.group, *turning.change)
                                      : fmt::format("no weights within the limits{}",
                                                    turning.proved ? " (proved)" : " were found");
      told.push_back({points_of(turning),
                      fmt::format("{} from {} to {} ({} {:g}): {}.", title(band.country), band.from,
                                  band.to, band.up ? "from" : "below", band.edge, outcome)});
    }
    return nearest_first(question_.group, std::move(told), 2);
  }

 private:
  std::string title(std::size_t country) const {
    return country_title(question_.countries[country]);
  }

  std::string how_searched(const Turning& turning) const {
    if (turning.proved) return "That is proved: the sign of the gap is linear in these weights";
    return fmt::format(
        "Tried were {} transfers, {} corners and {} draws of weights, and {} from the "
        "best of them",
        amount(double(view_.transfers)), amount(double(view_.corners)), amount(double(view_.drawn)),
        counted(turning.started, "local search", "local searches"));
  }

  std::string sentence(const robust::OrderTurning& order, const std::string& head,
                       bool pair) const {
    const Turning& turning = order.turning;
    if (turning.found == Found::settled)
      return fmt::format("{} and {} are equal today: there is no order to turn.", title(order.high),
                         title(order.low));
    if (!turning.change)
      return fmt::format("{}: none. No weights within the limits do that. {}.", head,
                         how_searched(turning));
    const std::string sure =
        turning.proved ? " No smaller one does."
        : pair ? fmt::format(" That no smaller one does is not proved. {}.", how_searched(turning))
               : " (Found by search.)";
    return fmt::format("{}: {}.{}", head, change_in_words(question_.group, *turning.change), sure);
  }

  Document edit(const Turning& turning) const {
    if (!turning.edit)
      return paragraph("No numerals of up to nine decimals do it within the limits.");
    const auto written = [&](const std::string& numeral) {
      return numeral + (question_.group.percent ? "%" : " parts");
    };
    Table table({{"", Align::right}, {""}, {"", Align::right}, {""}, {""}});
    for (const robust::EditedWeight& weight : turning.edit->weights)
      table.add({written(weight.before), "->", written(weight.after),
                 question_.group.members[weight.member],
                 fmt::format("[{}]", robust_.scored.sources->where(weight.where))});
    return inset(table, 2);
  }

  const Robust& robust_;
  const ViewStudy& view_;
  const robust::Question& question_;
};

}  // namespace

Document order_changes_text(const Robust& robust, const ViewStudy& view) {
  const ChangesTeller teller(robust, view);
  if (view.orders.size() == 1) return teller.pair();
  return gap() + section("Smallest change that turns two neighbours") + teller.neighbours();
}

Document lapses_text(const Robust& robust, const ViewStudy& view) {
  if (view.lapses.empty() || view.orders.size() == 1) return {};  // a pair's stand with its order
  return gap() + section("Smallest change that leaves a country not rated") +
         ChangesTeller(robust, view).lapses(2);
}

Document band_changes_text(const Robust& robust, const ViewStudy& view) {
  if (view.bands.empty()) return {};
  const std::string& previous = robust.scored.now->scenario.previous;
  return gap() + section("Smallest change that moves a country to another band") +
         ChangesTeller(robust, view).bands() +
         (previous.empty()
              ? Document()
              : paragraph("Bands here are those of the edges alone: " + previous + " keeps none.",
                          2, 4));
}

}  // namespace waystone::report
