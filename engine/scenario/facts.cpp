#include "scenario/facts.hpp"
#include "scenario/alike.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

namespace waystone::scenario {
namespace {

constexpr std::array<std::string_view, 6> grade_names{"observed", "estimated", "judged",
                                                      "expected", "assumed",   "typical"};
constexpr std::string_view unreadable =
    "?";  // stands for text that could not be read, so that it is not also called missing
constexpr std::size_t writable_grades = 4;  // the others come from missing policies only

template <class T>
void complete(std::optional<T>& own, const std::optional<T>& other) {
  if (!own) own = other;
}

bool earlier(const Datum& a, const Datum& b) {
  const auto key = [](const Datum& d) { return std::tuple(d.valid, -d.distance, d.known); };
  return key(a) != key(b) ? key(a) < key(b) : a.evidence->source < b.evidence->source;
}

}  // namespace

std::string_view name_of(Grade grade) { return grade_names[std::size_t(grade)]; }

std::optional<Grade> grade_of(std::string_view word, Span where, const Reading& reading) {
  for (std::size_t i = 0; i < writable_grades; ++i)
    if (grade_names[i] == word) return Grade(i);
  const std::vector<std::string> words(grade_names.begin(), grade_names.begin() + writable_grades);
  auto notes = reading.suggest(word, [&] { return words; });
  notes.push_back("a grade is observed, estimated, judged or expected");
  reading.error(Code::E0314, where, fmt::format("no grade is called '{}'", word), std::move(notes));
  return std::nullopt;
}

bool known_source(const std::string& name, Span where, const Reading& reading) {
  if (reading.model.find_source(name) || !reading.knows_model) return true;
  auto notes = reading.suggest(name, [&] { return source_names(reading.model); });
  if (notes.empty())
    notes.push_back("sources are declared in the rule files: source NAME \"title\" { … }");
  reading.error(Code::E0309, where, fmt::format("no source is called '{}'", name),
                std::move(notes));
  return false;
}

std::optional<NodeId> indicator_of(const std::string& name, Span where, const Reading& reading) {
  const auto id = reading.model.find(name);
  if (id && reading.model[*id].is_given()) return id;
  if (!reading.knows_model) return std::nullopt;
  if (id && reading.model[*id].kind == model::NodeKind::indicator)
    reading.error(Code::E0308, where,
                  fmt::format("'{}' is worked out from figures of '{}'; only those are given", name,
                              reading.model[reading.model[*id].source_of_values()].name));
  else if (id)
    reading.error(Code::E0308, where,
                  fmt::format("'{}' is {}; only indicators have facts", name,
                              kind_text(reading.model[*id].kind)));
  else
    reading.error(Code::E0308, where, fmt::format("no indicator is called '{}'", name),
                  reading.suggest(name, [&] { return indicator_names(reading.model); }));
  return std::nullopt;
}

Attributes read_attributes(Keys& keys, const Reading& reading) {
  const std::size_t errors = reading.diagnostics.errors();
  const Entry* entry = keys.take("valid");
  const auto valid = keys.date("valid");
  Attributes result = read_dateless_attributes(keys, reading);
  result.valid = valid;
  if (entry && !valid) result.valid = Said<Date>{Date{}, entry->where};
  result.broken = reading.diagnostics.errors() > errors;
  return result;
}

Attributes read_dateless_attributes(Keys& keys, const Reading& reading) {
  const std::size_t errors = reading.diagnostics.errors();
  const auto text = [&](std::string_view key) {
    const Entry* entry = keys.take(key);
    auto said = keys.text(key);
    if (entry && !said) said = Said<std::string>{std::string(unreadable), entry->where};
    return said;
  };
  Attributes result;
  result.known = keys.date("known");
  result.source = text("source");
  if (result.source && result.source->value != unreadable)
    known_source(result.source->value, result.source->where, reading);
  if (const auto word = text("grade"))
    result.grade = Said<Grade>{
        (word->value == unreadable ? std::nullopt : grade_of(word->value, word->where, reading))
            .value_or(Grade::observed),
        word->where};
  result.by = text("by");
  result.because = text("because");
  result.review = keys.date("review");
  result.note = text("note");
  result.broken = reading.diagnostics.errors() > errors;
  return result;
}

Attributes completed(const Attributes& own, const Attributes& defaults) {
  Attributes result = own;
  result.broken = own.broken || defaults.broken;
  result.misnamed = own.misnamed || defaults.misnamed;
  complete(result.valid, defaults.valid);
  complete(result.known, defaults.known);
  complete(result.review, defaults.review);
  complete(result.note, defaults.note);
  complete(result.grade, defaults.grade);
  const bool judged = result.grade && result.grade->value == Grade::judged;
  if (!own.by) complete(result.source, defaults.source);
  if (!own.source || judged) complete(result.by, defaults.by);
  if (!own.source || judged) complete(result.because, defaults.because);
  return result;
}

namespace {

// What a fact can't do without: E0310 to E0313.
void check_complete(const Attributes& attributes, const Evidence& evidence, Span where,
                    const std::string& name, const Reading& reading) {
  const bool judged = attributes.grade && attributes.grade->value == Grade::judged;
  if (!attributes.valid)
    reading.error(Code::E0310, where, fmt::format("{} does not say when it was true", name),
                  {"give it 'valid', or put 'valid' into [defaults]"});
  if (!attributes.grade)
    reading.error(
        Code::E0313, where, fmt::format("{} has no grade", name),
        {"'grade' is observed, estimated, judged or expected; it may stand in [defaults]"});
  if (judged && (evidence.by.empty() || evidence.because.empty())) {
    const std::string_view lacking = evidence.by.empty() && evidence.because.empty()
                                         ? "by and because"
                                     : evidence.by.empty() ? "by"
                                                           : "because";
    reading.error(Code::E0312, where, fmt::format("{} is judged and lacks {}", name, lacking));
  } else if (evidence.source.empty() && evidence.by.empty()) {
    reading.error(Code::E0311, where, fmt::format("{} has no source and nobody signs it", name),
                  {"give it 'source', or 'by' and 'because'; [defaults] may have them for all"});
  }
}

}  // namespace

TimeSpan lag_of(std::string_view source, const model::Model& model) {
  const auto found = model.find_source(source);
  return found ? model[*found].lag : TimeSpan{};
}

bool settle(const Attributes& attributes, Span where, const std::string& name,
            const Reading& reading, Datum& datum) {
  const std::size_t errors = reading.diagnostics.errors();
  const auto text = [](const std::optional<Said<std::string>>& said) {
    return said ? said->value : std::string();
  };
  datum.where = where;
  Evidence evidence{text(attributes.source),
                    text(attributes.by),
                    text(attributes.because),
                    text(attributes.note),
                    {}};
  if (attributes.review) evidence.review = attributes.review->value;
  if (attributes.grade) datum.grade = attributes.grade->value;
  if (!attributes.misnamed) check_complete(attributes, evidence, where, name, reading);
  if (attributes.valid) {
    datum.valid = attributes.valid->value;
    datum.known_given = attributes.known.has_value();
    datum.known = attributes.known
                      ? attributes.known->value
                      : day_when_over(datum.valid, lag_of(evidence.source, reading.model));
    const bool written_here =
        attributes.known &&
        attributes.known->where.valid();  // what is supposed has no text to correct
    if (written_here && !attributes.broken && datum.known < datum.valid &&
        datum.grade != Grade::expected)
      reading.error(Code::W0301, attributes.known->where,
                    fmt::format("{} was known on {}, before it was true on {}", name,
                                to_string(datum.known), to_string(datum.valid)),
                    {"a forecast is graded expected"});
  }
  datum.evidence = std::make_shared<const Evidence>(std::move(evidence));
  return reading.diagnostics.errors() == errors && !attributes.broken && !attributes.misnamed;
}

namespace {

// Names that other programs have for what a fact says of itself.
std::string meant_of_fact(const Entry& entry) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 16> meant{
      {{"date", "valid"},
       {"as_of", "valid"},
       {"year", "valid"},
       {"day", "valid"},
       {"time", "valid"},
       {"period", "valid"},
       {"on", "valid"},
       {"at", "valid"},
       {"published", "known"},
       {"reason", "because"},
       {"why", "because"},
       {"comment", "note"},
       {"min", "low"},
       {"max", "high"},
       {"quality", "grade"},
       {"author", "by"}}};
  const auto found = std::find_if(meant.begin(), meant.end(),
                                  [&](const auto& pair) { return pair.first == entry.key; });
  return found == meant.end() ? "" : fmt::format("did you mean '{}'?", found->second);
}

}  // namespace

std::optional<Datum> read_fact(const Value& value, const std::string& name, const model::Node* node,
                               const Attributes& defaults, const Reading& reading) {
  Datum datum;
  Quantity quantity;
  Attributes own;
  bool good = true;
  if (value.kind == Value::Kind::table) {
    Keys keys(value, name, reading);
    const auto part = [&](std::string_view key) {
      const Entry* found = keys.take(key);
      return found ? std::optional(written(found->value)) : std::nullopt;
    };
    const Entry* given = keys.take("value");
    if (given) quantity.value = written(given->value);
    quantity.low = part("low");
    quantity.high = part("high");
    quantity.sd = part("sd");
    const auto in_unit = keys.text("unit");
    if (in_unit)
      quantity.unit = Said<std::string_view>{keys.take("unit")->value.text, in_unit->where};
    own = read_attributes(keys, reading);
    if (!given) {
      const bool ranged = quantity.low || quantity.high;
      keys.lacks("value", value.where, fmt::format("{} has no value", name),
                 ranged ? std::vector<std::string>{"for a range alone write value = \"unknown\""}
                        : std::vector<std::string>{});
      good = false;
    }
    own.misnamed = !keys.finish(meant_of_fact);
  } else {
    quantity.value = written(value);
  }
  good = settle(completed(own, defaults), value.where, name, reading, datum) && good;
  if (quantity.value && node) good = quantify(quantity, *node, reading, datum) && good;
  if (!good || !node) return std::nullopt;
  return datum;
}

namespace {

// What many facts lack, [defaults] most likely: told once.
struct LackingFacts {
  Diagnostics found;  // of one fact
  Reading apart;      // fills `found`
  Alike lacking;

  explicit LackingFacts(const Reading& reading) : apart(reading.into(found)) {}

  void sort_out(Diagnostics& others) {
    for (const Diagnostic& diagnostic : found.list()) {
      const Code code = diagnostic.code;
      const bool lacks =
          code == Code::E0310 || code == Code::E0311 || code == Code::E0312 || code == Code::E0313;
      if (lacks)
        lacking.add(diagnostic);
      else
        others.add(diagnostic);
    }
    found = {};
  }
};

void read_facts_of(const std::string& country, const Value& table, const Attributes& defaults,
                   const Reading& reading, LackingFacts& lacking, Facts& facts) {
  for (const Entry& entry : table.entries) {
    if (!reading.model.find(entry.key) &&
        report_misplaced(entry, fmt::format("[country.{}.facts]", country), reading))
      continue;
    const auto id = indicator_of(entry.key, entry.where, reading);
    if (!id && reading.knows_model) continue;
    const model::Node* node = id ? &reading.model[*id] : nullptr;
    const std::string name = fmt::format("{}.{}", country, entry.key);
    std::vector<Datum>* data = id ? &facts[*id] : nullptr;
    const auto add = [&](const Value& value) {
      auto datum = read_fact(value, name, node, defaults, lacking.apart);
      lacking.sort_out(reading.diagnostics);
      if (datum && data) data->push_back(std::move(*datum));
    };
    if (entry.value.kind == Value::Kind::array)
      std::for_each(entry.value.items.begin(), entry.value.items.end(), add);
    else
      add(entry.value);
  }
}

// Facts right under [country.POL]: told once, however many there are.
void pass_over_bare_facts(const Entry& country, Keys& keys, const Reading& reading) {
  bool told = false;
  for (const Entry& entry : country.value.entries) {
    const auto id = reading.model.find(entry.key);
    if (!id || !reading.model[*id].is_given()) continue;
    if (!told)
      reading.error(Code::E0302, entry.where,
                    fmt::format("[country.{}] has no key '{}'", country.key, entry.key),
                    {fmt::format("facts stand under [country.{}.facts]", country.key)});
    told = true;
    keys.pass_over(entry.key);
  }
}

}  // namespace

void read_inline_facts(const Value& countries, const CountryRule& rule, const Attributes& defaults,
                       const Reading& reading, std::map<std::string, Facts>& facts) {
  LackingFacts lacking(reading);
  for (const Entry& entry : countries.entries) {
    const bool good = rule.check(entry.key, entry.where, reading);
    if (entry.value.kind != Value::Kind::table) {
      wrong_kind(reading, entry.key, entry.value, "a table");
      continue;
    }
    Keys keys(entry.value, fmt::format("[country.{}]", entry.key), reading);
    const Value* table = keys.table("facts");
    pass_over_bare_facts(entry, keys, reading);
    keys.finish();
    Facts ignored;  // of a country that does not exist: read for its own problems
    if (good) facts.try_emplace(entry.key);  // named, whether anything is known of it or not
    if (table)
      read_facts_of(entry.key, *table, defaults, reading, lacking,
                    good ? facts[entry.key] : ignored);
  }
  lacking.lacking.finish(reading.diagnostics);
}

namespace {

// Data in order of date, without those that say again what another says: that is an error, or of a
// figure of a table a fault. Whether another source says it, too, is not asked here.
void drop_twins(const std::string& country, NodeId id, std::vector<Datum>& data,
                std::vector<Fault>& faults, const Reading& reading) {
  const auto of_table = [](const Datum& datum) { return datum.distance % 2 == 1; };
  std::size_t kept = 0;
  for (std::size_t i = 1; i < data.size(); ++i) {
    const Datum &a = data[kept], &b = data[i];
    const bool rivals = a.evidence->source != b.evidence->source && !a.evidence->source.empty();
    if (a.valid != b.valid || a.known != b.known || a.distance != b.distance || rivals) {
      if (++kept != i) data[kept] = std::move(data[i]);
      continue;
    }
    const std::string& name = reading.model[id].name;
    Diagnostic twice{Code::E0326, b.where, {}, {}, {{a.where, "here first"}}, {}};
    twice.message = fmt::format("'{}' of {} on {} stands twice", name, country, to_string(b.valid));
    if (of_table(b))
      faults.push_back({country, id, b, "twice " + name, std::move(twice)});
    else
      reading.diagnostics.add(std::move(twice));
  }
  data.resize(data.empty() ? 0 : kept + 1);
}

}  // namespace

void order_facts(std::map<std::string, Facts>& facts, std::vector<Fault>& faults,
                 const Reading& reading) {
  for (auto& [country, indicators] : facts) {
    for (auto& [id, data] : indicators) {
      if (!std::is_sorted(data.begin(), data.end(), earlier))
        std::stable_sort(data.begin(), data.end(), earlier);
      drop_twins(country, id, data, faults, reading);
    }
  }
}

}  // namespace waystone::scenario
