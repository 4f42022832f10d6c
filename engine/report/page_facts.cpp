// The facts of a page: what counts on each date, written once while it stays, and how it is known.
#include <algorithm>
#include <cmath>
#include <map>

#include "report/page.hpp"

namespace waystone::report {
namespace {

using data::Chosen;

char letter_of(const Chosen& fact) {
  if (!fact.value) return '-';
  switch (fact.grade) {
    case scenario::Grade::observed: return 'o';
    case scenario::Grade::estimated: return 'e';
    case scenario::Grade::judged: return 'j';
    case scenario::Grade::expected: return 'x';
    case scenario::Grade::assumed: return 'a';
    case scenario::Grade::typical: return 't';
  }
  return '-';
}

double value_of(const Chosen& fact) { return fact.value.value_or(evaluate::unknown_value); }

bool same_number(double a, double b) { return a == b || (a != a && b != b); }

bool stays(const Chosen& before, const Chosen& now) {
  return same_number(value_of(before), value_of(now)) && letter_of(before) == letter_of(now);
}

// How figures are known, each way once; their words, too.
class Figures {
 public:
  explicit Figures(PageKeys& keys) : keys_(keys) {}

  std::size_t place(const Chosen& fact, const model::Node& node) {
    const bool apart = std::any_of(fact.others.begin(), fact.others.end(), [&](const auto* other) {
      return fact.value && other->value && data::differ(node, *fact.value, *other->value);
    });
    Json row = Json::array({nullptr, nullptr, 0, 0, 0, nullptr, nullptr});
    if (const scenario::Datum* datum = fact.datum) {
      const scenario::Evidence& evidence = *datum->evidence;
      const auto source = keys_.model().find_source(evidence.source);
      if (datum->where.valid()) row[0] = keys_.file(datum->where.file);
      if (source) row[1] = source->index;
      row[2] = word(evidence.by);
      row[3] = word(evidence.because);
      row[4] = word(evidence.note);
      row[5] = to_string(datum->valid);
      row[6] = to_string(datum->known);
    }
    row.push_back(word(fact.note));
    row.push_back(int(fact.stale) + 2 * int(apart));
    const auto [found, fresh] = places_.try_emplace(row.dump(), rows_.size());
    if (fresh) rows_.push_back(std::move(row));
    return found->second;
  }

  Json json() && {
    return object(
        {{"columns",
          {"file", "source", "by", "because", "note", "valid", "known", "choice", "marks"}},
         {"words", std::move(words_)},
         {"rows", std::move(rows_)}});
  }

 private:
  std::size_t word(const std::string& text) {
    const auto [found, fresh] = word_places_.try_emplace(text, words_.size());
    if (fresh) words_.push_back(text);
    return found->second;
  }

  PageKeys& keys_;
  std::map<std::string, std::size_t> places_, word_places_{{"", 0}};
  Json rows_ = Json::array(), words_ = Json::array({""});
};

class FactTables {
 public:
  explicit FactTables(PageKeys& keys) : keys_(keys), page_(keys.page()), figures_(keys) {}

  void add(Json& payload) {
    Json facts = Json::array();
    for (const NodeId indicator : keys_.indicators()) {
      Json days = Json::array();
      for (std::size_t d = 0; d < page_.days.size(); ++d) days.push_back(table(indicator, d));
      facts.push_back(std::move(days));
    }
    payload["facts"] = std::move(facts);
    payload["figures"] = std::move(figures_).json();
  }

 private:
  // Null where the date doesn't score the country.
  const Chosen* fact(NodeId indicator, std::size_t day, std::size_t country) const {
    if (page_.days[day].lanes[country] == no_lane) return nullptr;
    return &page_.days[day].scored.now->fact(page_.countries[country], indicator);
  }

  Json table(NodeId indicator, std::size_t d) {
    const std::size_t count = page_.countries.size();
    std::vector<const Chosen*> facts;
    std::string fresh(count, '0');
    for (std::size_t c = 0; c < count; ++c) {
      facts.push_back(fact(indicator, d, c));
      const Chosen* before = d > 0 ? fact(indicator, d - 1, c) : nullptr;
      if (facts[c] && !(before && stays(*before, *facts[c]))) fresh[c] = '1';
    }
    Json json = Json::object();
    if (fresh.find('0') != std::string::npos) json["new"] = fresh;
    add_values(facts, fresh, json);
    if (!page_.days[d].whole) return json;
    add_ranges(keys_.model()[indicator], facts, json);
    add_origins(keys_.model()[indicator], facts, json);
    return json;
  }

  static void add_values(const std::vector<const Chosen*>& facts, const std::string& fresh,
                         Json& json) {
    Json values = Json::array();
    std::string grades;
    for (std::size_t c = 0; c < facts.size(); ++c) {
      if (fresh[c] == '0') continue;
      values.push_back(plain_number(value_of(*facts[c])));
      grades += letter_of(*facts[c]);
    }
    if (!grades.empty() && grades.find_first_not_of(grades[0]) == std::string::npos)
      grades.resize(1);
    json["value"] = std::move(values);
    json["grade"] = grades;
  }

  static void add_ranges(const model::Node& node, const std::vector<const Chosen*>& facts,
                         Json& json) {
    Json ranged = Json::array(), low = Json::array(), high = Json::array();
    for (std::size_t c = 0; c < facts.size(); ++c) {
      if (!facts[c]) continue;
      const Chosen& fact = *facts[c];
      const double least = fact.value.value_or(lowest(node)),
                   most = fact.value.value_or(highest(node));
      if (fact.low == least && fact.high == most) continue;
      ranged.push_back(c);
      low.push_back(plain_number(fact.low));
      high.push_back(plain_number(fact.high));
    }
    if (ranged.empty()) return;
    json["ranged"] = std::move(ranged);
    json["low"] = std::move(low);
    json["high"] = std::move(high);
  }

  static double lowest(const model::Node& node) {
    return node.low.value_or(-std::numeric_limits<double>::infinity());
  }
  static double highest(const model::Node& node) {
    return node.high.value_or(std::numeric_limits<double>::infinity());
  }

  void add_origins(const model::Node& node, const std::vector<const Chosen*>& facts, Json& json) {
    const SourceMap& sources = *page_.last().scored.sources;
    Json how = Json::array(), lines = Json::array();
    for (const Chosen* fact : facts) {
      how.push_back(fact ? Json(figures_.place(*fact, node)) : Json(nullptr));
      const bool written = fact && fact->datum && fact->datum->where.valid();
      lines.push_back(
          written ? sources[fact->datum->where.file].place(fact->datum->where.begin).line : 0);
    }
    json["how"] = alike(how) ? how[0] : std::move(how);
    json["line"] = alike(lines) ? lines[0] : std::move(lines);
  }

  static bool alike(const Json& list) {
    return std::all_of(list.begin(), list.end(), [&](const Json& one) { return one == list[0]; });
  }

  PageKeys& keys_;
  const Page& page_;
  Figures figures_;
};

}  // namespace

void add_page_facts(PageKeys& keys, Json& payload) { FactTables(keys).add(payload); }

}  // namespace waystone::report
