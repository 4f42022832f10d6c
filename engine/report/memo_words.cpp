#include "report/memo_words.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "explain/reasons.hpp"
#include "report/rules.hpp"
#include "report/score.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

// Words that keep their capital within a sentence: keys of rule files have none.
constexpr std::array<std::string_view, 16> proper_words{
    "african", "american", "arab",   "asian",   "chinese", "european", "eurasian",  "german",
    "indian",  "iranian",  "arctic", "russian", "soviet",  "turkish",  "ukrainian", "western"};

constexpr std::array<std::string_view, 7> initials{"gdp", "eu", "cis", "wto", "imf", "un", "us"};

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

// "Logistics Performance Index": a name, where most words have a capital.
bool is_name(std::string_view text) {
  std::size_t capitals = 0, words = 0;
  for (std::size_t at = 0; at < text.size(); ++at)
    if (at == 0 || text[at - 1] == ' ') ++words, capitals += is_upper(text[at]);
  return words > 1 && 2 * capitals > words;
}

// A first word that has a capital wherever it stands: "WTO", "China's", "Russian", "EU".
bool keeps_capital(std::string_view text) {
  std::string word(text.substr(0, text.find_first_of(" ,")));
  if (word.ends_with("'s")) word.resize(word.size() - 2);
  if (word.size() > 1 && !is_lower(word[1])) return true;
  if (word.size() + 1 < text.size() && is_upper(text[word.size() + 1]) &&
      text[word.size()] == ' ' && word.find('-') == std::string::npos && is_name(text))
    return true;
  std::string small = word;
  if (!small.empty() && is_upper(small[0])) small[0] = char(small[0] - 'A' + 'a');
  if (std::find(proper_words.begin(), proper_words.end(), small) != proper_words.end()) return true;
  constexpr std::array<std::string_view, 6> places{"China",   "Russia",  "Belarus",
                                                   "Ukraine", "Beijing", "Europe"};
  return std::find(places.begin(), places.end(), word) != places.end();
}

std::string lower_first(std::string text) {
  if (!text.empty() && is_upper(text[0]) && !keeps_capital(text))
    text[0] = char(text[0] - 'A' + 'a');
  return text;
}

// "(WGI)", "(BTI 7.3)", "(v2cagenmob)": which column of whose it is stands in the notes.
std::string without_source_mark(std::string label) {
  if (!label.ends_with(')')) return label;
  const std::size_t open = label.rfind(" (");
  if (open == std::string::npos) return label;
  const std::string_view inside = std::string_view(label).substr(open + 2);
  const bool mark = inside.find(' ') == std::string_view::npos ||
                    inside.find_first_of("0123456789") != std::string_view::npos;
  return mark ? label.substr(0, open) : label;
}

const model::Level* anchored(const model::Node& node, double value) {
  if (node.kind != model::NodeKind::indicator) return nullptr;
  for (const model::Level& level : node.indicator().levels)
    if (level.value == value && !level.anchor.empty()) return &level;
  return nullptr;
}

std::string yes_no_phrase(const std::string& label, bool yes) {
  if (label.starts_with("member of ")) return (yes ? "a " : "not a ") + label;
  if (label.starts_with("in a ") || label.starts_with("in the "))
    return yes ? label : "not " + label;
  if (label.starts_with("free trade ")) return yes ? label : "no " + label;
  return fmt::format("{} ({})", label, yes ? "yes" : "no");
}

bool has_no_unit(const model::Node& node) {
  return node.unit == model::Unit::plain || node.unit == model::Unit::points ||
         (node.unit == model::Unit::share && node.kind == model::NodeKind::derived);
}

}  // namespace

std::string spoken_proper(std::string_view name) { return spoken_proper_words(spoken(name)); }

std::string spoken_proper_words(std::string text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string_view word = std::string_view(text).substr(at, end - at);
    if (std::find(proper_words.begin(), proper_words.end(), word) != proper_words.end())
      text[at] = char(text[at] - 'a' + 'A');
    if (std::find(initials.begin(), initials.end(), word) != initials.end())
      for (std::size_t k = at; k < end; ++k) text[k] = char(text[k] - 'a' + 'A');
    at = end + 1;
  }
  return text;
}

std::string plain_label(const model::Node& node) {
  if (node.label.empty()) return spoken_proper(node.name);
  const std::string label = without_source_mark(node.label);
  return lower_first(label.substr(0, label.find(": ")));  // what explains it stands in the notes
}

std::string plain_title(const model::Rule& rule) {
  const std::string title = rule_title(rule);
  const std::size_t colon = title.find(": ");
  const bool code = colon != std::string::npos && colon < 10 &&
                    std::all_of(title.begin(), title.begin() + std::ptrdiff_t(colon),
                                [](char c) { return c != ' ' && !is_lower(c); });
  return code ? title.substr(colon + 2) : lower_first(title);
}

std::string moment(Date date) {
  const std::string day = long_date(date);
  if (day.starts_with("31 December ")) return "the end of " + day.substr(12);
  const bool ends_month = to_string(Date{date.days + 1}).ends_with("-01");
  return ends_month ? day.substr(day.find(' ') + 1) : day;
}

std::string at_moment(Date date) {
  const std::string words = moment(date);
  if (words.starts_with("the end ")) return "at " + words;
  return (words[0] >= '0' && words[0] <= '9' ? "on " : "in ") + words;
}

std::string number_word(std::size_t number) {
  constexpr std::array<std::string_view, 13> words{"none", "one",    "two",   "three", "four",
                                                   "five", "six",    "seven", "eight", "nine",
                                                   "ten",  "eleven", "twelve"};
  return number < words.size() ? std::string(words[number]) : amount(double(number));
}

std::string possessive(const std::string& name) {
  return name + (name.ends_with("es") || name.ends_with("ds") ? "'" : "'s");
}

std::string asker(const model::Viewpoint& viewpoint, bool with_label) {
  const std::size_t colon = viewpoint.label.find(": ");
  const std::string name = "the " + spoken_proper(viewpoint.name);
  if (!with_label || colon == std::string::npos) return name;
  return fmt::format("{} ({})", name, viewpoint.label.substr(colon + 2));
}

std::string fact_phrase(const model::Node& node, double value, double score) {
  const std::string label = plain_label(node);
  if (node.unit == model::Unit::yes_no) return yes_no_phrase(label, value != 0);
  if (const model::Level* level = anchored(node, value))
    return fmt::format("{} (\"{}\")", label, level->anchor);
  if (node.unit == model::Unit::count && value == 0) return "no " + label;
  if (const std::size_t of = label.find(", percent of ");
      of != std::string::npos && node.unit == model::Unit::percent)
    return fmt::format("{} ({} of {})", label.substr(0, of), value_in_short(node, value),
                       label.substr(of + 13));
  const std::string told = value_in_short(node, value);
  if (has_no_unit(node) && !std::isnan(score))
    return fmt::format("{} ({}, scored {})", label, told, points(score, 0));
  return fmt::format("{} ({})", label, told);
}

std::string ask_phrase(const model::Node& node, const explain::BriefAsk& ask) {
  if (node.unit == model::Unit::yes_no) {
    const std::string words = yes_no_phrase(plain_label(node), ask.threshold != 0);
    return words.ends_with(" (yes)") ? words.substr(0, words.size() - 6) : words;
  }
  const std::string value = value_in_short(node, ask.threshold), label = plain_label(node);
  switch (ask.op) {
    case model::Op::greater_equal: return fmt::format("{} at {} or more", label, value);
    case model::Op::greater: return fmt::format("{} above {}", label, value);
    case model::Op::less_equal: return fmt::format("{} at {} or less", label, value);
    default: return fmt::format("{} below {}", label, value);
  }
}

std::string band_span(const model::Bands& bands, std::string_view name) {
  for (std::size_t k = 0; k < bands.names.size(); ++k) {
    if (bands.names[k] != name) continue;
    const std::string from = k == 0 ? "0" : amount(bands.edges[k - 1]);
    const std::string to = k < bands.edges.size() ? amount(bands.edges[k]) : "100";
    return fmt::format("{} to {}", from, to);
  }
  return "";
}

namespace {

constexpr std::array<std::string_view, 10> superscripts{"⁰", "¹", "²", "³", "⁴",
                                                        "⁵", "⁶", "⁷", "⁸", "⁹"};

// In full, as the rule file has it.
std::string note_label(const model::Node& node) {
  return node.label.empty() ? capitalised(spoken_proper(node.name)) : node.label;
}

}  // namespace

std::string Notes::mark(const std::string& key, const std::string& text) {
  const auto found = std::find_if(notes_.begin(), notes_.end(),
                                  [&](const auto& note) { return note.first == key; });
  const std::size_t number = std::size_t(found - notes_.begin()) + 1;
  if (found == notes_.end()) notes_.emplace_back(key, text);
  std::string mark;
  for (const char digit : std::to_string(number)) mark += superscripts[std::size_t(digit - '0')];
  return mark;
}

// "50.3% on 2023-12-31. International Debt Statistics (scenarios/…/wdi.csv:947)"
std::string Notes::of_figure(const model::Node& node, const data::Chosen& fact) const {
  if (!fact.value) return "not known";
  const model::Model& model = scored_.rules();
  std::string text = value_in_short(node, *fact.value);
  if (!fact.known || !fact.datum)
    return fact.note.empty() ? text : fmt::format("{}, {}", text, fact.note);
  const scenario::Datum& datum = *fact.datum;
  text += " on " + to_string(datum.valid);
  if (!datum.evidence->by.empty())
    text += fmt::format(", {} by {}", scenario::name_of(datum.grade), datum.evidence->by);
  if (const auto source = model.find_source(datum.evidence->source))
    text += ". " + model[*source].title;
  if (const std::string place = line_link(datum.where, *scored_.sources); !place.empty())
    text += fmt::format(" ({})", place);
  return text;
}

std::string Notes::of_derived(const std::string& country, NodeId node) const {
  constexpr std::size_t most = 2;
  const model::Model& model = scored_.rules();
  std::vector<std::string> parts;
  std::set<NodeId> told;
  for (NodeId fact : explain::indicators_below(model, node)) {
    while (!model[fact].is_given()) fact = model[fact].source_of_values();
    const data::Chosen& chosen = scored_.now->fact(country, fact);
    if (chosen.value && parts.size() < most && told.insert(fact).second)
      parts.push_back(
          fmt::format("{}, {}", plain_label(model[fact]), of_figure(model[fact], chosen)));
  }
  return fmt::format("worked out by {}{}{}", line_link(model[node].where, *scored_.sources),
                     parts.empty() ? "" : " from ", listed(parts));
}

// One source and one day for both: "Belarus 0 (figures.csv:257), Ukraine 277 (figures.csv:558),
// both on 2019-06-30. UCDP …"
std::string Notes::of_both(NodeId id) const {
  const model::Node& node = scored_.rules()[id];
  std::vector<std::string> parts;
  const scenario::Datum* first = nullptr;
  for (const std::string& code : countries_) {
    const data::Chosen& fact = scored_.now->fact(code, id);
    if (!fact.known || !fact.datum) return "";
    if (!first) first = fact.datum;
    if (fact.datum->valid != first->valid || fact.datum->grade != first->grade ||
        fact.datum->evidence->source != first->evidence->source ||
        fact.datum->evidence->by != first->evidence->by)
      return "";
    parts.push_back(fmt::format("{} {} ({})", country_title(code),
                                value_in_short(node, *fact.value),
                                line_link(fact.datum->where, *scored_.sources)));
  }
  std::string text = fmt::format("{}, both on {}", joined(parts, ", "), to_string(first->valid));
  if (!first->evidence->by.empty())
    text += fmt::format(", {} by {}", scenario::name_of(first->grade), first->evidence->by);
  if (const auto source = scored_.rules().find_source(first->evidence->source))
    text += ". " + scored_.rules()[*source].title;
  return text;
}
std::string Notes::fact(const std::string& country, NodeId id) {
  const model::Model& model = scored_.rules();
  const model::Node& node = model[id];
  const auto of = [&](const std::string& code) {
    return node.kind == model::NodeKind::indicator && scored_.now->fact(code, id).datum
               ? of_figure(node, scored_.now->fact(code, id))
               : of_derived(code, id);
  };
  const std::string label = note_label(node);
  if (countries_.size() < 2) return mark(node.name, fmt::format("{}: {}.", label, of(country)));
  if (node.kind == model::NodeKind::indicator)
    if (const std::string both = of_both(id); !both.empty())
      return mark(node.name, fmt::format("{}: {}.", label, both));
  std::vector<std::string> parts;  // one note of a fact for all countries of the memo
  for (const std::string& code : countries_)
    parts.push_back(fmt::format("{} {}", country_title(code), of(code)));
  return mark(node.name, fmt::format("{}: {}.", label, listed(parts)));
}

std::string Notes::next(const std::string& country, NodeId id, const scenario::Datum& next) {
  const model::Node& node = scored_.rules()[id];
  return mark("next " + country + " " + node.name,
              fmt::format("{}, {} on {} ({}).", note_label(node), value_in_short(node, *next.value),
                          to_string(next.valid), line_link(next.where, *scored_.sources)));
}

std::string Notes::rule(RuleId id) {
  const model::Rule& rule = scored_.rules()[id];
  return mark("rule " + rule.name,
              fmt::format("Rule \"{}\": {} ({}).", plain_title(rule), rule.because,
                          line_link(rule.where, *scored_.sources)));
}

std::string Notes::viewpoint(ViewpointId id) {
  const model::Viewpoint& viewpoint = scored_.rules().viewpoints[id.index];
  const auto& judged = viewpoint.provenance.judged;
  if (!judged) return "";
  return mark("viewpoint " + viewpoint.name,
              fmt::format("Weights of {}: judged by {} on {}, {} ({}).", asker(viewpoint, false),
                          judged->by, to_string(judged->on), judged->because,
                          line_link(viewpoint.where, *scored_.sources)));
}

Document Notes::list() const {
  Document text;
  for (std::size_t k = 0; k < notes_.size(); ++k)
    text += paragraph(fmt::format("{}. {}", k + 1, notes_[k].second), 0, k < 9 ? 3 : 4);
  return text;
}

}  // namespace waystone::report
