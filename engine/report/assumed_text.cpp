#include <cmath>
#include <map>

#include <fmt/format.h>

#include "report/assumed.hpp"
#include "report/data.hpp"
#include "report/replaced.hpp"
#include "report/rules.hpp"
#include "report/score.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using explain::Assumption;
using explain::AssumptionKind;
using explain::Resting;

std::string assumed_output(const Assumed& assumed) {
  const model::Model& model = assumed.scored.rules();
  const std::string& name = model[assumed.found.output].name;
  const ViewpointId viewpoint = assumed.found.viewpoint;
  return viewpoint.valid() ? fmt::format("{} ({})", name, model.viewpoints[viewpoint.index].name)
                           : name;
}

// "63% rests on judged figures, 2% on what the rules fill in and 4% is missing"
std::string resting_words(const Resting& rests) {
  std::vector<std::string> parts;
  const auto add = [&](double share, std::string_view what) {
    if (share > 0) parts.push_back(fmt::format("{} {}", share_told(share), what));
  };
  add(rests.judged, "rests on judged figures");
  add(rests.expected, "on expected ones");
  add(rests.filled, "on what the rules fill in");
  add(rests.carried, "on figures carried over a year or more");
  add(rests.missing, "is missing");
  if (parts.empty()) return "all rests on figures that were measured for the time";
  std::string text = joined(parts);
  if (rests.judged <= 0 && text.find("rests") == std::string::npos) {
    const std::size_t at = text.find(" on ");
    if (at != std::string::npos) text.insert(at, " rests");
  }
  return text;
}

Document opening_of_assumptions(const Assumed& assumed) {
  const scenario::Scenario& scenario = assumed.scored.now->scenario;
  const std::size_t countries = assumed.found.countries.size();
  return document_title(titled(assumed.scored)) +
         paragraph(fmt::format(
             "What {} {} on that nobody measured, as of {}. Of its weight, {}{}. The rest is what "
             "was observed or estimated for the time.",
             assumed_output(assumed),
             countries == 1
                 ? fmt::format("of {} rests", country_title(assumed.found.countries[0].code))
                 : fmt::format("of {} rests", counted(countries, "country", "countries")),
             long_date(scenario.as_of), resting_words(assumed.found.mean),
             countries == 1 ? "" : ", in the mean of the countries"));
}

Document table_of_resting(const Assumed& assumed) {
  if (assumed.found.countries.size() < 2) return {};
  Table table({{"share of the weight"},
               {"judged", Align::right},
               {"expected", Align::right},
               {"filled in", Align::right},
               {"carried", Align::right},
               {"missing", Align::right}});
  const auto cell = [](double share) { return share > 0 ? share_told(share) : std::string(); };
  for (const Resting& rests : assumed.found.countries)
    table.add({country_title(rests.code), cell(rests.judged), cell(rests.expected),
               cell(rests.filled), cell(rests.carried), cell(rests.missing)});
  return gap() + inset(table);
}

std::string share_or_points(const Assumption& one, int digits) {
  if (!std::isnan(one.share)) return one.share > 0 ? share_told(one.share) : "rules";
  return std::isnan(one.points) || one.points == 0 ? "0" : small_points(one.points, digits);
}

// "Waystone model desk, 2026-11-01, review on 2027-05-01: because …. [file:12]"
std::string grounds_of(const Assumed& assumed, const Assumption& one) {
  std::vector<std::string> who;
  if (!one.by.empty()) who.push_back("by " + one.by);
  if (one.on) who.push_back(to_string(*one.on));
  if (one.fact && one.fact->datum && !assumed.one_by_one) {
  } else if (one.fact && one.fact->datum) {
    if (one.by.empty() && !one.fact->datum->evidence->source.empty())
      who.push_back("source " + one.fact->datum->evidence->source);
    who.push_back("of " + to_string(one.fact->datum->valid));
  }
  if (const std::string review = review_words(assumed, one); !review.empty()) who.push_back(review);
  std::string text = joined(who, ", ");
  if (!one.because.empty()) text += (text.empty() ? "because " : ": because ") + one.because;
  if (!text.empty()) text += ".";
  if (const std::string place = line_link(one.where, *assumed.scored.sources); !place.empty())
    text += fmt::format("{}[{}]", text.empty() ? "" : " ", place);
  return text;
}

Document entry(const Assumed& assumed, const Assumption& one, const std::string& subject,
               const std::string& grounds) {
  const int digits = assumed.scored.digits_of(assumed.found.output);
  std::string text = subject;
  if (!grounds.empty()) text += ". " + capitalised(grounds);
  return labelled(padded(share_or_points(one, digits), 5, Align::right) + "  ", text, 7);
}

std::string bears_on(const Assumed& assumed, const Assumption& one) {
  const std::size_t all = assumed.found.countries.size();
  if (one.rule.valid() || one.kind == AssumptionKind::absence)
    return all == 1 ? (one.countries == 1 ? "" : "does not hold")
                    : fmt::format("{} of {}", one.countries, counted(all, "country", "countries"));
  return "";
}

Document of_rules_entry(const Assumed& assumed, const Assumption& one) {
  std::string subject =
      fmt::format("{}: {}", assumed_name(assumed, one), assumed_words(assumed, one));
  if (const std::string where = bears_on(assumed, one); !where.empty())
    subject += fmt::format(" ({})", where);
  return entry(assumed, one, subject, grounds_of(assumed, one));
}

// Facts of one kind, country by country, or an indicator and an owner at a time.
class FactList {
 public:
  FactList(const Assumed& assumed, AssumptionKind kind) : assumed_(assumed), kind_(kind) {}

  Document told() const {
    Document text;
    if (assumed_.one_by_one) {
      for (const Assumption& one : assumed_.found.all)
        if (one.kind == kind_)
          text += entry(assumed_, one,
                        fmt::format("{}, {}: {}", country_title(one.country),
                                    assumed_name(assumed_, one), assumed_words(assumed_, one)),
                        grounds_of(assumed_, one));
      return text;
    }
    std::vector<std::vector<const Assumption*>> groups;
    for (const Assumption& one : assumed_.found.all) {
      if (one.kind != kind_) continue;
      auto found = std::find_if(groups.begin(), groups.end(), [&](const auto& group) {
        return group.front()->node == one.node && group.front()->by == one.by;
      });
      if (found == groups.end())
        found = groups.insert(groups.end(), std::vector<const Assumption*>());
      found->push_back(&one);
    }
    std::stable_sort(groups.begin(), groups.end(),
                     [](const auto& a, const auto& b) { return a.size() > b.size(); });
    for (const auto& group : groups) text += told(group);
    return text;
  }

 private:
  Document told(const std::vector<const Assumption*>& group) const {
    std::vector<std::string> names;
    for (const Assumption* one : group) names.push_back(country_title(one->country));
    std::sort(names.begin(), names.end());
    Assumption first = *group.front();
    std::string text =
        fmt::format("{}: {}, {}", assumed_name(assumed_, first),
                    counted(group.size(), "country", "countries"), joined_up_to(names, 6));
    if (!first.by.empty()) text += fmt::format("; by {}", first.by);
    return paragraph("- " + text + ".", 2, 4);
  }

  const Assumed& assumed_;
  AssumptionKind kind_;
};

struct Part {
  AssumptionKind kind;
  std::string_view title, note;
};
constexpr Part fact_parts[] = {
    {AssumptionKind::judged, "Judged figures", ", by their share of the weight"},
    {AssumptionKind::expected, "Expected figures", ", by their share of the weight"},
    {AssumptionKind::assumed, "Filled in with an assumed value", ""},
    {AssumptionKind::typical, "Filled in with what is typical", ""},
    {AssumptionKind::carried, "Carried over from a year or more before", ""},
    {AssumptionKind::override_points, "Overrides", ", by the points that they move"},
};
constexpr Part rule_parts[] = {
    {AssumptionKind::weights, "Weights of the viewpoint", ""},
    {AssumptionKind::combination, "How parts are put together",
     ", by the weight that passes through"},
    {AssumptionKind::scale, "Scales from a figure to a score", ", by their share of the weight"},
    {AssumptionKind::parameter, "Parameters", ", by their share of the weight"},
    {AssumptionKind::floor, "Floors", ", by the points that they move"},
    {AssumptionKind::cap, "Caps", ", by the points that they move"},
    {AssumptionKind::rule, "Other rules", ", by the points that they move"},
    {AssumptionKind::absence, "What stands in for a missing figure",
     ", by the weight that it stands for"},
};

Document headed(const Part& part, const Document& body) {
  if (body.empty()) return {};
  return gap() + section(std::string(part.title), std::string(part.note)) + body;
}

}  // namespace

Document assumptions_text(const Assumed& assumed) {
  const Document stamp_line = stamped(stamp(assumed.scored));
  if (assumed.found.countries.empty())
    return document_title(titled(assumed.scored)) + paragraph("The scenario scores no country.") +
           stamp_line;
  Document text = opening_of_assumptions(assumed);
  if (assumed.one_by_one) text += table_of_resting(assumed);
  for (const Part& part : fact_parts) {
    if (part.kind != AssumptionKind::override_points) {
      text += headed(part, FactList(assumed, part.kind).told());
      continue;
    }
    Document body;
    for (const Assumption& one : assumed.found.all)
      if (one.kind == part.kind)
        body += entry(assumed, one,
                      fmt::format("{}, {}: {}", country_title(one.country),
                                  assumed_name(assumed, one), assumed_words(assumed, one)),
                      grounds_of(assumed, one));
    text += headed(part, body);
  }
  for (const Part& part : rule_parts) {
    Document body;
    for (const Assumption& one : assumed.found.all)
      if (one.kind == part.kind) body += of_rules_entry(assumed, one);
    text += headed(part, body);
  }
  if (assumed.found.idle_policies > 0)
    text += paragraph(
        fmt::format("For {} nothing is missing, so that nothing stands in.",
                    counted(assumed.found.idle_policies, "other indicator", "other indicators")));
  return text + gap() +
         paragraph(
             "Shares: of the weight of the output. \"rules\": it carries no weight; rules "
             "alone read it. Points: the mean of what it moves the output by.") +
         stamp_line;
}

}  // namespace waystone::report
