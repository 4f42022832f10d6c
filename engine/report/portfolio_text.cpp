#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "base/ties.hpp"
#include "report/data.hpp"
#include "report/marks.hpp"
#include "report/portfolio.hpp"
#include "report/replaced.hpp"
#include "report/rules.hpp"
#include "report/score.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using explain::Book;
using explain::BookCost;
using explain::BookLine;
using explain::BookSlice;

constexpr int weighted_digits = 2;  // a portfolio moves by less than a country does
constexpr std::size_t most_names = 12;

std::string of_units(std::int64_t units, int digits, bool sign) {
  const double value = double(units) / std::pow(10.0, digits);
  return sign ? signed_points(value, digits) : points(value, digits);
}

class PortfolioText {
 public:
  explicit PortfolioText(const Weighed& weighed)
      : weighed_(weighed),
        scored_(weighed.scored),
        model_(scored_.rules()),
        output_(model_[weighed.result.output]),
        digits_(scored_.digits_of(weighed.result.output)) {}

  Document text() const {
    Document text = opening();
    for (std::size_t b = 0; b < weighed_.result.books.size(); ++b) text += book(b);
    text += broken();
    if (!marks_.empty()) text += gap() + marks_legend(marks_);
    std::vector<std::string> countries;
    for (const scenario::Exposure& one : weighed_.portfolio->exposures)
      if (scored_.now->lane_of(one.country) < scored_.now->countries.size() &&
          std::find(countries.begin(), countries.end(), one.country) == countries.end())
        countries.push_back(one.country);
    if (const Document notes = override_notes(scored_, countries) + kept_bands(scored_, countries);
        !notes.empty())
      text += gap() + notes;
    return text + stamped(stamp(scored_));
  }

 private:
  std::string seen() const {
    const ViewpointId viewpoint = scored_.assessment->views[weighed_.told].viewpoint;
    return viewpoint.valid() ? fmt::format(", seen by {}", model_.viewpoints[viewpoint.index].name)
                             : "";
  }

  Document opening() const {
    const auto& exposures = weighed_.portfolio->exposures;
    std::vector<std::string> unnamed;
    const Book& first = weighed_.result.books.front();
    std::vector<std::string> countries;
    for (const scenario::Exposure& one : exposures)
      if (std::find(countries.begin(), countries.end(), one.country) == countries.end())
        countries.push_back(one.country);
    std::string text = fmt::format("As of {}: {} in {} ({}), weighed by {}{}.",
                                   long_date(scored_.now->scenario.as_of),
                                   counted(exposures.size(), "exposure", "exposures"),
                                   counted(countries.size(), "country", "countries"),
                                   weighed_.portfolio->path, output_.name, seen());
    if (!first.converted && weighed_.result.books.size() > 1)
      text += " Currencies are not added up: the scenario declares no rates.";
    Document document = document_title(titled(scored_)) + paragraph(text);
    if (first.converted) document += rates();
    return document;
  }

  Document rates() const {
    std::vector<std::string> parts;
    for (const scenario::Rate& rate : weighed_.portfolio->rates)
      parts.push_back(fmt::format("1 {} = {} {} on {} ({}) [{}]", rate.currency, exact(rate.rate),
                                  weighed_.portfolio->currency, to_string(rate.on), rate.source,
                                  line_link(rate.where, *scored_.sources)));
    return paragraph(fmt::format("Rates: {}.", listed(parts)), 0, 2) + rates_of_other_times();
  }

  // A rate of after the date was not known then; one of more than a year before is another time's.
  Document rates_of_other_times() const {
    const Date as_of = scored_.now->scenario.as_of, year_before = add_months(as_of, -12);
    std::vector<std::string> later, older;
    for (const scenario::Rate& rate : weighed_.portfolio->rates)
      if (rate.on > as_of || rate.on < year_before)
        (rate.on > as_of ? later : older)
            .push_back(fmt::format("{} ({})", rate.currency, long_date(rate.on)));
    std::vector<std::string> parts;
    if (!later.empty()) parts.push_back(fmt::format("{} after the scenario's date", joined(later)));
    if (!older.empty())
      parts.push_back(fmt::format("{} more than a year before it", joined(older)));
    if (parts.empty()) return {};
    return paragraph(
        fmt::format("Rates of another time than {}: {}.", long_date(as_of), listed(parts)));
  }

  // ---- one currency

  Document book(std::size_t b) const {
    const Book& book = weighed_.result.books[b];
    const bool part = b > 0 && weighed_.result.books.front().converted;
    Document text =
        gap() + section(book.converted ? fmt::format("All in {}", book.currency) : book.currency,
                        fmt::format(": {}", summary(book)));
    text += paragraph(concentration(book));
    if (const std::string out = left_out(book); !out.empty()) text += paragraph(out);
    if (part) return text;  // its names, bands and groups are in the whole
    text += names(book) + bands(book) + groups(book);
    if (b < weighed_.result.costs.size()) text += cost(book, weighed_.result.costs[b]);
    return text;
  }

  std::string summary(const Book& book) const {
    std::string text = std::isnan(book.weighted)
                           ? fmt::format("{} at stake, no country rated", amount(book.total))
                           : fmt::format("{} at stake, weighted {} {}", amount(book.total),
                                         output_.name, points(book.weighted, weighted_digits));
    std::vector<std::string> others;
    const auto& views = scored_.assessment->views;
    for (std::size_t v = 0; v < views.size(); ++v)
      if (v != weighed_.told && !std::isnan(book.by_view[v]))
        others.push_back(fmt::format(
            "{} {}{}", views[v].name, points(book.by_view[v], weighted_digits),
            tie(book.rated_by_view[v], book.rated)
                ? std::string()
                : fmt::format(" of the {} that it rates", amount(book.rated_by_view[v]))));
    if (!others.empty()) text += fmt::format(" ({})", joined(others, ", "));
    return text;
  }

  static std::string concentration(const Book& book) {
    const BookSlice& largest = book.countries.front();
    if (book.countries.size() == 1)
      return fmt::format("Concentration: all of it is in {}.", country_title(largest.name));
    if (points(1 / book.herfindahl, 1) == "1.0")
      return fmt::format("Concentration: nearly all of it is in {} ({}).",
                         country_title(largest.name), share_told(largest.share));
    return fmt::format(
        "Concentration: {} is the largest with {}; Herfindahl index {}, as if {} countries of one "
        "size shared it.",
        country_title(largest.name), share_told(largest.share), points(book.herfindahl, 3),
        points(1 / book.herfindahl, 1));
  }

  std::string left_out(const Book& book) const {
    std::vector<std::string> unrated, unknown;
    double share = 0;
    for (const BookLine& line : book.lines) {
      if (!std::isnan(line.score)) continue;
      share += line.share;
      auto& names = line.scored ? unrated : unknown;
      const std::string name = country_title(line.exposure->country);
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
    if (unrated.empty() && unknown.empty()) return "";
    std::vector<std::string> parts;
    if (!unrated.empty()) parts.push_back(fmt::format("not rated: {}", joined(unrated)));
    if (!unknown.empty()) parts.push_back(fmt::format("not in the scenario: {}", joined(unknown)));
    return fmt::format("{} of the amount is left out of the weighted {} ({}).", share_told(share),
                       output_.name, listed(parts));
  }

  static std::string line_name(const scenario::Exposure& one) {
    return one.name.empty() ? country_title(one.country)
                            : fmt::format("{}, {}", country_title(one.country), one_line(one.name));
  }

  Document names(const Book& book) const {
    std::vector<const BookLine*> lines;
    std::vector<double> parts;
    for (const BookLine& line : book.lines) lines.push_back(&line);
    std::stable_sort(lines.begin(), lines.end(), [](const BookLine* a, const BookLine* b) {
      return std::make_pair(!std::isnan(a->points), std::isnan(a->points) ? 0 : a->points) >
             std::make_pair(!std::isnan(b->points), std::isnan(b->points) ? 0 : b->points);
    });
    for (const BookLine* line : lines) parts.push_back(std::isnan(line->points) ? 0 : line->points);
    const auto units = explain::units_that_add_up(parts, weighted_digits);
    Table table({{"name"},
                 {"amount", Align::right},
                 {"share", Align::right},
                 {output_.name, Align::right},
                 {"", Align::left, 0},
                 {"band"},
                 {"points", Align::right},
                 {"of limit", Align::right}});
    std::int64_t rest = 0;
    for (std::size_t k = 0; k < lines.size(); ++k) {
      const BookLine& line = *lines[k];
      if (k >= most_names && lines.size() > most_names + 1) {
        rest += units[k];
        continue;
      }
      const std::string marks = portfolio_marks(weighed_, line);
      marks_.insert(marks.begin(), marks.end());
      table.add({line_name(*line.exposure), amount(line.amount), share_told(line.share),
                 std::isnan(line.score) ? "?" : points(line.score, digits_), marks, line.band,
                 std::isnan(line.points) ? "" : of_units(units[k], weighted_digits, false),
                 limit_cell(*line.exposure)});
    }
    if (lines.size() > most_names + 1)
      table.add({fmt::format("{} others", lines.size() - most_names), "", "", "", "", "",
                 of_units(rest, weighted_digits, false), ""});
    return gap() +
           section("What carries it", fmt::format(" (points of the weighted {}, which they add up "
                                                  "to)",
                                                  output_.name)) +
           inset(table);
  }

  static std::string limit_cell(const scenario::Exposure& one) {
    if (!one.limit) return "";
    if (*one.limit == 0) return one.amount > 0 ? "none allowed" : "closed";
    return percent(one.amount / *one.limit);
  }

  Document slices(const std::string& title, const std::vector<BookSlice>& slices,
                  std::string_view none) const {
    Table table(
        {{title}, {"amount", Align::right}, {"share", Align::right}, {"weighted", Align::right}});
    for (const BookSlice& slice : slices)
      table.add({label_of(slice, none), amount(slice.amount), share_told(slice.share),
                 std::isnan(slice.weighted) ? "?" : points(slice.weighted, weighted_digits)});
    return gap() + inset(table);
  }

  std::string label_of(const BookSlice& slice, std::string_view none) const {
    if (slice.name.empty()) return std::string(none);
    const scenario::Group* group =
        slice.kind.empty() ? nullptr : scenario::find_group(scored_.now->scenario, slice.name);
    return group ? group->label : slice.name;
  }

  Document bands(const Book& book) const {
    return book.bands.empty() ? Document() : slices("band", book.bands, "not rated");
  }

  Document groups(const Book& book) const {
    Document text;
    for (std::size_t at = 0; at < book.groups.size();) {
      std::vector<BookSlice> own;
      const std::string kind = book.groups[at].kind;
      while (at < book.groups.size() && book.groups[at].kind == kind)
        own.push_back(book.groups[at++]);
      text += slices(spoken(kind), own, "in none");
      double shares = 0;
      for (const BookSlice& slice : own) shares += slice.share;
      if (below(1, shares))
        text += paragraph("Some countries are in several of these groups, and count in each.");
    }
    return text;
  }

  // ---- what a change costs

  std::string change_title() const {
    switch (weighed_.change) {
      case Weighed::Change::settings: return "What " + change_words(weighed_) + " costs";
      case Weighed::Change::scenario: return "What " + change_words(weighed_) + " would cost";
      default: return "What has changed since " + change_words(weighed_);
    }
  }

  std::string other_rules() const {
    if (weighed_.change != Weighed::Change::scenario ||
        weighed_.against->model.hash == scored_.model.hash)
      return "";
    return fmt::format(
        "It follows other rules (\"{}\"), so that rules and facts move the scores together.",
        weighed_.against->rules().title);
  }

  Document cost(const Book& book, const BookCost& cost) const {
    Document text = gap() + section(change_title());
    if (cost.none_on_both) return text + paragraph("No country at stake is rated on both sides.");
    text += paragraph(fmt::format(
        "The weighted {} goes from {} to {}: {}.", output_.name, points(cost.from, weighted_digits),
        points(cost.to, weighted_digits), small_points(cost.points, weighted_digits)));
    if (!cost.one_sided.empty()) {
      std::vector<std::string> names;
      for (const std::string& code : cost.one_sided) names.push_back(country_title(code));
      text += paragraph(
          fmt::format("{} of the amount is left out, since it is rated on one side alone: {}.",
                      share_told(cost.one_sided_share), joined_up_to(names, 8)));
    }
    if (const std::string rules = other_rules(); !rules.empty()) text += paragraph(rules);
    if (cost.parts.empty()) return text + paragraph("No score at stake moves.");
    std::vector<double> parts;
    for (const explain::CostPart& part : cost.parts) parts.push_back(part.points);
    const auto units = explain::units_that_add_up(parts, weighted_digits);
    Table table({{"country"},
                 {"share", Align::right},
                 {"from", Align::right},
                 {"to", Align::right},
                 {"points", Align::right},
                 {"most of all"}});
    std::int64_t rest = 0, sum = 0;
    for (std::size_t k = 0; k < cost.parts.size(); ++k) {
      sum += units[k];
      if (k >= most_names && cost.parts.size() > most_names + 1) {
        rest += units[k];
        continue;
      }
      const explain::CostPart& part = cost.parts[k];
      table.add({country_title(part.country), share_told(part.share), points(part.from, digits_),
                 points(part.to, digits_), of_units(units[k], weighted_digits, true),
                 part.because.empty() ? "" : spoken(model_[part.because.front().node].name)});
    }
    if (cost.parts.size() > most_names + 1)
      table.add({fmt::format("{} others", cost.parts.size() - most_names), "", "", "",
                 of_units(rest, weighted_digits, true), ""});
    table.add({"all", "", "", "", of_units(sum, weighted_digits, true), ""});
    (void)book;
    return text + inset(table);
  }

  // ---- limits

  Document broken() const {
    const auto& broken = weighed_.result.broken;
    std::size_t limits = weighed_.portfolio->limits.size();
    for (const scenario::Exposure& one : weighed_.portfolio->exposures) limits += one.limit ? 1 : 0;
    if (limits == 0) return gap() + paragraph("No limit is set.");
    const Document unseen = unseen_limits();
    limits -= weighed_.result.unseen.size();
    if (limits == 0) return gap() + unseen;
    if (broken.empty())
      return gap() +
             paragraph(fmt::format("{} kept.", limits == 1
                                                   ? "The one limit is"
                                                   : fmt::format("All {} limits are", limits))) +
             unseen;
    Document text =
        gap() + section("Limits broken", fmt::format(": {} of {}", broken.size(), limits));
    for (const explain::BrokenLimit& one : broken) {
      const std::string what = one.exposure              ? line_name(*one.exposure)
                               : one.limit->band.empty() ? fmt::format("group {}", one.limit->group)
                                                         : fmt::format("band {}", one.limit->band);
      const bool alike = amount(one.amount) == amount(one.allowed);
      text += paragraph(
          fmt::format(
              "- {}: {} {} against {}, {} too much.{} [{}]", what, one.currency,
              alike ? exact(one.amount) : amount(one.amount),
              alike ? exact(one.allowed) : amount(one.allowed), amount(one.amount - one.allowed),
              (one.limit && !one.limit->because.empty() ? because_of(*one.limit) : std::string()) +
                  without_change(one),
              line_link(one.exposure ? one.exposure->where : one.limit->where, *scored_.sources)),
          2, 4);
    }
    return text + unseen;
  }

  // Whether what the command line put in place broke the limit.
  std::string without_change(const explain::BrokenLimit& broken) const {
    if (!weighed_.before) return "";
    for (const explain::BrokenLimit& one : weighed_.before->broken)
      if (one.exposure == broken.exposure && one.limit == broken.limit)
        return tie(one.amount, broken.amount)
                   ? ""
                   : fmt::format(" Without {} it would be {} too much.", change_words(weighed_),
                                 amount(one.amount - one.allowed));
    return fmt::format(" Without {} it would be kept.", change_words(weighed_));
  }

  static std::string because_of(const scenario::ExposureLimit& limit) {
    std::string reason = limit.because;
    while (reason.ends_with('.')) reason.pop_back();
    return fmt::format(" The limit stands because {}.", reason);
  }

  Document unseen_limits() const {
    Document text;
    for (const scenario::ExposureLimit* limit : weighed_.result.unseen)
      text += paragraph(fmt::format(
          "The limit on {} sees nothing, and is neither kept nor broken: it is in {}, in which "
          "nothing is at stake, and no rates are declared. [{}]",
          limit->band.empty() ? "group " + limit->group : "band " + limit->band, limit->currency,
          line_link(limit->where, *scored_.sources)));
    return text;
  }

  const Weighed& weighed_;
  const Scored& scored_;
  const model::Model& model_;
  const model::Node& output_;
  int digits_;
  mutable std::set<char> marks_;  // printed so far
};

}  // namespace

Document portfolio_text(const Weighed& weighed) { return PortfolioText(weighed).text(); }

}  // namespace waystone::report
