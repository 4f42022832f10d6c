// One scenario on several dates: a table of country by date from each viewpoint.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/digits.hpp"
#include "base/ties.hpp"
#include "evaluate/digits.hpp"
#include "evaluate/ranking.hpp"
#include "explain/reasons.hpp"
#include "report/causes.hpp"
#include "report/document.hpp"
#include "report/marks.hpp"
#include "report/replaced.hpp"
#include "report/score.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using evaluate::CountryResult;

bool is_last_of_month(Date date) { return to_string(Date{date.days + 1}).ends_with("-01"); }

// Names of bands cut to as few letters as tell them apart.
std::vector<std::string> short_names(const model::Bands& bands) {
  const auto cut = [&](std::size_t length) {
    std::vector<std::string> names;
    for (const std::string& name : bands.names) names.push_back(name.substr(0, length));
    return names;
  };
  for (std::size_t length = 1;; ++length) {
    const auto names = cut(length);
    if (std::set<std::string>(names.begin(), names.end()).size() == names.size() ||
        names == bands.names)
      return names;
  }
}

class DateTables {
 public:
  DateTables(const std::vector<Scored>& days, const Ranking& last)
      : days_(days),
        last_(last),
        model_(days.front().rules()),
        node_(last.node),
        output_(model_[node_]),
        headers_(date_headers(days)) {
    std::vector<const evaluate::Assessment*> printed;
    for (const Scored& day : days) printed.push_back(day.assessment);
    digits_ = evaluate::digits_of(model_, printed, node_)[node_.index];
    if (output_.bands) short_bands_ = short_names(*output_.bands);
    find_common_marks();
  }

  Document text() {
    Document text;
    for (std::size_t v = 0; v < days_.front().assessment->views.size(); ++v) {
      const std::string& name = days_.front().assessment->views[v].name;
      text += gap() +
              section(fmt::format("{}{}", output_.name, name.empty() ? "" : ", viewpoint " + name),
                      note(v)) +
              fitted(v);
    }
    return text + gap() + legend();
  }

 private:
  const CountryResult* result(std::size_t day, std::size_t view, const std::string& code) const {
    return days_[day].assessment->views[view].find(code);
  }

  std::string note(std::size_t view) const {
    if (last_.only.empty() && last_.top == 0) return "";
    return fmt::format(" ({}{} of {} countries)", last_.only.empty() ? "" : last_.only + ": ",
                       countries(view).size(), days_.back().now->countries.size());
  }

  // By the last date, whose scores stand at the end of each line.
  std::vector<std::string> countries(std::size_t view) const {
    const evaluate::ViewResult& last = days_.back().assessment->views[view];
    std::vector<std::string> codes;
    for (const evaluate::Place& place : shown_places(last_, view))
      codes.push_back(last.countries[place.country].code);
    return codes;
  }

  // What most scores of a large table bear is said once.
  void find_common_marks() {
    std::map<char, std::size_t> marked;
    std::size_t printed = 0;
    for (std::size_t v = 0; v < days_.front().assessment->views.size(); ++v)
      for (const std::string& code : countries(v))
        for (std::size_t d = 0; d < days_.size(); ++d) {
          const CountryResult* country = result(d, v, code);
          if (!country || std::isnan((*country)[node_].value)) continue;
          ++printed;
          for (const char mark : report::marks_of(days_[d], *country, node_)) ++marked[mark];
        }
    for (const auto& [mark, count] : marked)
      if (days_.front().now->countries.size() > most_in_columns &&
          borne_by_nearly_all(count, printed))
        common_[mark] = {count, printed};
  }

  std::string marks_of(std::size_t day, const CountryResult& country) {
    std::string marks;
    for (const char mark : all_marks_of(*days_[day].now, country, node_))
      if (!common_.contains(mark)) marks += mark;
    marks_.insert(marks.begin(), marks.end());
    return marks;
  }

  std::string band_cell(const CountryResult& country) const {
    const auto band = country.band.find(node_);
    if (band == country.band.end() || band->second.empty()) return "";
    const auto& names = output_.bands->names;
    return short_bands_[std::size_t(std::find(names.begin(), names.end(), band->second) -
                                    names.begin())];
  }

  Table table(std::size_t view, std::size_t from, std::size_t to) {
    std::vector<Column> columns = {{""}};
    for (std::size_t d = from; d < to; ++d) {
      columns.push_back({headers_[d], Align::right});
      columns.push_back({"", Align::left, 0});
      if (output_.bands) columns.push_back({"", Align::left, 1});
    }
    Table table(std::move(columns));
    for (const std::string& code : countries(view)) {
      std::vector<std::string> cells = {country_title(code)};
      for (std::size_t d = from; d < to; ++d) {
        const CountryResult* country = result(d, view, code);
        const bool rated = country && !std::isnan((*country)[node_].value);
        unrated_ = unrated_ || !rated;
        cells.push_back(rated ? points((*country)[node_].value, digits_) : "?");
        cells.push_back(rated ? marks_of(d, *country) : "");
        if (output_.bands) cells.push_back(rated ? band_cell(*country) : "");
      }
      table.add(std::move(cells));
      add_without_override(view, code, from, to, table);
    }
    return table;
  }

  // Below a country's scores what they would be without overrides, where those move them.
  void add_without_override(std::size_t view, const std::string& code, std::size_t from,
                            std::size_t to, Table& table) const {
    std::vector<std::string> cells = {"  without override"};
    bool moves = false;
    for (std::size_t d = from; d < to; ++d) {
      const CountryResult* country = result(d, view, code);
      const double value = country ? (*country)[node_].value : evaluate::unknown_value,
                   without = country ? (*country)[node_].without_override : evaluate::unknown_value;
      const bool moved = !std::isnan(value) && !tie(value, without);
      moves = moves || moved;
      cells.push_back(moved ? points(without, digits_) : "");
      cells.insert(cells.end(), output_.bands ? 2 : 1, "");
    }
    if (moves) table.add(std::move(cells));
  }

  Document overrides() const {
    Document text;
    const scenario::Scenario& scenario = days_.front().now->scenario;
    for (const scenario::Override& entry : scenario.overrides)
      text += paragraph(fmt::format("Override of {}, {}: {} points by {}, until {}: {}.",
                                    model_[entry.target].name, country_title(entry.country),
                                    signed_points(entry.points, decimals_in(entry.points)),
                                    entry.by, to_string(entry.until), entry.because),
                        0, 2);
    return text;
  }

  // As many dates beside each other as the page is wide.
  Document fitted(std::size_t view) {
    Document text;
    for (std::size_t from = 0; from < days_.size();) {
      std::size_t to = from + 1;
      while (to < days_.size() && table(view, from, to + 1).width() <= page_width) ++to;
      if (from > 0) text += gap();
      text += inset(table(view, from, to));
      from = to;
    }
    return text;
  }

  Document legend() const {
    std::vector<std::string> words = {fmt::format("{}: {}", output_.name, direction_words(output_)),
                                      "in order of the last date"};
    if (output_.bands) {
      std::vector<std::string> bands;
      for (std::size_t b = 0; b < short_bands_.size(); ++b)
        bands.push_back(fmt::format("{} {}", short_bands_[b], output_.bands->names[b]));
      words.push_back("bands: " + joined(bands, ", "));
    }
    if (unrated_) words.push_back("?: not rated");
    return paragraph(listed(words) + ". 'score' and 'explain' with one of the dates say more.") +
           common_marks_legend(common_) + marks_legend(marks_) + not_rated() + overrides();
  }

  // Why each `?` stands, once for all dates that have the same reason.
  Document not_rated() const {
    std::vector<std::pair<std::string, std::vector<std::string>>> reasons;  // and their dates
    const auto& views = days_.front().assessment->views;
    for (std::size_t v = 0; v < views.size(); ++v)
      for (const std::string& code : countries(v))
        for (std::size_t d = 0; d < days_.size(); ++d) {
          const CountryResult* country = result(d, v, code);
          if (!country || !std::isnan((*country)[node_].value)) continue;
          for (std::string& line : not_rated_lines(days_[d], views[v].viewpoint, {code}, node_)) {
            const auto same = std::find_if(reasons.begin(), reasons.end(),
                                           [&](const auto& one) { return one.first == line; });
            if (same == reasons.end())
              reasons.push_back({std::move(line), {headers_[d]}});
            else if (!is_among(same->second, headers_[d]))  // another viewpoint's
              same->second.push_back(headers_[d]);
          }
        }
    Document text;
    for (std::size_t k = 0; k < std::min(reasons.size(), most_reasons); ++k)
      text += paragraph(fmt::format("{}: {}", joined_up_to(reasons[k].second, 6), reasons[k].first),
                        0, 2);
    if (reasons.size() > most_reasons)
      text += paragraph(fmt::format("And {} more; 'explain' says which.",
                                    counted(reasons.size() - most_reasons, "reason", "reasons")));
    return text;
  }

  static bool is_among(const std::vector<std::string>& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  }

  static constexpr std::size_t most_reasons = 8;
  const std::vector<Scored>& days_;
  const Ranking& last_;
  const model::Model& model_;
  NodeId node_;
  const model::Node& output_;
  std::vector<std::string> headers_, short_bands_;
  int digits_ = 0;
  bool unrated_ = false;
  std::set<char> marks_;
  CommonMarks common_;
};

Document dates_heading(const std::vector<Scored>& days) {
  const evaluate::Case& now = *days.front().now;
  const bool then = std::all_of(days.begin(), days.end(), [](const Scored& day) {
    return day.now->scenario.known_by == day.now->scenario.as_of;
  });
  const std::string known = then ? "By what was known on each date"
                                 : "By what was known on " + long_date(now.scenario.known_by);
  return document_title(titled(days)) +
         paragraph(fmt::format("{}; horizon {} {}. Scores run from 0 to 100.", known,
                               amount(now.horizon_years),
                               now.horizon_years == 1 ? "year" : "years"));
}

}  // namespace

std::vector<std::string> date_headers(const std::vector<Scored>& days) {
  std::vector<std::string> names;
  std::size_t length = 4;
  for (const Scored& day : days) {
    names.push_back(to_string(day.now->scenario.as_of));
    if (!is_last_of_month(day.now->scenario.as_of))
      length = 10;
    else if (!names.back().ends_with("-12-31"))
      length = std::max<std::size_t>(length, 7);
  }
  for (std::string& name : names) name.resize(length);
  return names;
}

Document dates_text(const std::vector<RankedScored>& ranked) {
  std::vector<Scored> days;
  for (const RankedScored& one : ranked) days.push_back(one.scored);
  const Scored& first = days.front();
  Document text = dates_heading(days);
  text += first.now->countries.empty()
              ? gap() + paragraph("No country has a fact: nothing to score.")
              : DateTables(days, ranked.back().ranking).text();
  return text + stamped(stamp_of_files(first));
}

}  // namespace waystone::report
