// [swing], [ahp], [best_worst] and [[budget]]: numbers that people give to members or to pairs of
// them.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "fit/reading.hpp"
#include "scenario/notation.hpp"

namespace waystone::fit {

using scenario::Entry;
using scenario::Keys;
using scenario::Value;

namespace {

// Points of one person: complete, none negative, not all 0.
std::vector<Said> read_points(Keys& keys, const std::string& what, const FileReading& file) {
  const std::size_t errors = file.reading.diagnostics.errors();
  keys.need("points");
  const Value* points = keys.table("points");
  if (!points) return {};
  const std::vector<Said> said = read_numbers(*points, file);
  std::vector<bool> has(file.group.size());
  for (const Said& one : said) {
    has[one.member] = true;
    if (one.number < 0)
      file.error(Code::E0406, one.where,
                 fmt::format("points are 0 or more, these are {}", one.number));
  }
  if (file.reading.diagnostics.errors() > errors) return said;
  check_complete(has, points->where, what, file);
  if (std::none_of(said.begin(), said.end(), [](const Said& one) { return one.number > 0; }))
    file.error(Code::E0406, points->where, fmt::format("{} gives no points to anything", what));
  return said;
}

std::optional<double> read_ratio(const Value& value, double least, const std::string& name,
                                 const FileReading& file) {
  if (least >= 1 && value.kind == Value::Kind::text && scenario::turned_fraction(value.text)) {
    file.error(
        Code::E0407, value.where,
        fmt::format(
            "nothing is more important than the best or less than the worst, but this ratio is {}",
            value.text),
        {"ratios of [best_worst] are 1 or more"});
    return std::nullopt;
  }
  const auto number = number_of(value, name, file);
  if (!number) return std::nullopt;
  if (*number >= least && *number > 0 && *number >= 1 / widest_ratio && *number <= widest_ratio)
    return number;
  if (least >= 1 && *number > 0 && *number < 1)
    file.error(
        Code::E0407, value.where,
        fmt::format(
            "nothing is more important than the best or less than the worst, but this ratio is {}",
            *number),
        {"ratios of [best_worst] are 1 or more"});
  else
    file.error(Code::E0407, value.where,
               fmt::format("a ratio is a number above 0 and at most {:.0f}, this is {}",
                           widest_ratio, *number));
  return std::nullopt;
}

void warn_of_scale(double ratio, Span where, const FileReading& file) {
  const bool on_scale = ratio >= 1.0 / 9 - 1e-9 && ratio <= 9 + 1e-9;
  if (!on_scale)
    file.error(Code::W0401, where, fmt::format("{:.6g} is off Saaty's scale of 1/9 to 9", ratio));
}

// ---- [ahp]

class ComparisonReader {
 public:
  explicit ComparisonReader(const FileReading& file) : file_(file), has_(file.group.size()) {}

  std::vector<Comparison> read(const Value& list) {
    const std::size_t errors = file_.reading.diagnostics.errors();
    for (const Value& item : list.items) read_one(item);
    if (file_.reading.diagnostics.errors() == errors)
      check_complete(has_, list.where, "[ahp]", file_);
    if (file_.reading.diagnostics.errors() == errors) check_connected(list.where);
    return std::move(result_);
  }

 private:
  void read_one(const Value& item) {
    if (refuse_comma(item)) return;
    const auto text = [](const Value& value) { return value.kind == Value::Kind::text; };
    if (item.kind != Value::Kind::array || item.items.size() != 3 || !text(item.items[0]) ||
        !text(item.items[1]))
      return scenario::wrong_kind(
          file_.reading, "compare", item,
          "lists of two members and a number: [\"security\", \"corridor\", 3]");
    const auto first = member_of(item.items[0].text, item.items[0].where, file_);
    const auto second = member_of(item.items[1].text, item.items[1].where, file_);
    if (refuse_fraction(item)) return;
    const auto ratio = read_ratio(item.items[2], 0, "compare", file_);
    if (!first || !second || !ratio) return;
    if (first == second)
      return file_.error(Code::E0408, item.where,
                         fmt::format("'{}' is compared with itself", file_.group.members[*first]));
    warn_of_scale(*ratio, item.items[2].where, file_);
    add({*first, *second, *ratio, item.where});
  }

  // ["growth", "debt", 1,5]
  bool refuse_comma(const Value& item) const {
    const auto is = [&](std::size_t k, Value::Kind kind) { return item.items[k].kind == kind; };
    if (item.kind != Value::Kind::array || item.items.size() != 4) return false;
    if (!is(0, Value::Kind::text) || !is(1, Value::Kind::text) || !is(2, Value::Kind::number) ||
        !is(3, Value::Kind::number))
      return false;
    const auto numeral = [&](std::size_t k) {
      return file_.reading.sources.text(item.items[k].where);
    };
    file_.error(Code::E0304, item.items[2].where,
                fmt::format("a point is the decimal mark: [\"{}\", \"{}\", {}.{}]",
                            item.items[0].text, item.items[1].text, numeral(2), numeral(3)));
    return true;
  }

  // ["growth", "debt", "1/5"]
  bool refuse_fraction(const Value& item) const {
    const Value& ratio = item.items[2];
    const auto turned =
        ratio.kind == Value::Kind::text ? scenario::turned_fraction(ratio.text) : std::nullopt;
    if (!turned) return false;
    file_.error(Code::E0304, ratio.where,
                fmt::format("turn the pair round: [\"{}\", \"{}\", {}]", item.items[1].text,
                            item.items[0].text, *turned),
                {"'compare' wants a number, this is a fraction as text"});
    return true;
  }

  void add(const Comparison& comparison) {
    const auto same_pair = [&](const Comparison& other) {
      return std::minmax(other.first, other.second) ==
             std::minmax(comparison.first, comparison.second);
    };
    const auto known = std::find_if(result_.begin(), result_.end(), same_pair);
    if (known == result_.end()) {
      has_[comparison.first] = has_[comparison.second] = true;
      result_.push_back(comparison);
      return;
    }
    const double again = known->first == comparison.first ? comparison.ratio : 1 / comparison.ratio;
    if (std::abs(again - known->ratio) <= 1e-9 * known->ratio) return;  // the same said twice
    file_.error_with(Code::E0408, comparison.where,
                     fmt::format("'{}' against '{}' is {:.6g} here and {:.6g} before",
                                 file_.group.members[known->first],
                                 file_.group.members[known->second], again, known->ratio),
                     {{known->where, "before"}});
  }

  void check_connected(Span where) {
    std::vector<std::size_t> part(file_.group.size());
    for (std::size_t m = 0; m < part.size(); ++m) part[m] = m;
    for (const Comparison& comparison : result_) {
      const std::size_t to = part[comparison.first], from = part[comparison.second];
      std::replace(part.begin(), part.end(), std::size_t(from), std::size_t(to));
    }
    std::map<std::size_t, std::vector<std::string>> parts;
    for (std::size_t m = 0; m < part.size(); ++m)
      if (has_[m]) parts[part[m]].push_back(file_.group.members[m]);
    if (parts.size() < 2) return;
    std::vector<std::string> notes;
    for (const auto& [id, members] : parts)
      notes.push_back(fmt::format("compared among each other: {}", fmt::join(members, ", ")));
    file_.error(Code::E0409, where, "no chain of comparisons leads from some members to the others",
                std::move(notes));
  }

  const FileReading& file_;
  std::vector<bool> has_;  // by member
  std::vector<Comparison> result_;
};

// ---- [best_worst]

class BestWorstReader {
 public:
  BestWorstReader(const Value& table, const FileReading& file) : table_(table), file_(file) {}

  void read() {
    const std::size_t errors = file_.reading.diagnostics.errors();
    Keys keys(table_, "[best_worst]", file_.reading);
    BestWorst result;
    result.signature = read_signature(keys, table_, "[best_worst]", file_);
    const auto best = read_member(keys, "best"), worst = read_member(keys, "worst");
    for (const std::string_view key : {"best_to_others", "others_to_worst"}) keys.need(key);
    const Value *to_others = keys.table("best_to_others"),
                *to_worst = keys.table("others_to_worst");
    keys.finish();
    if (best && worst && *best == *worst)
      file_.error(Code::E0408, table_.where,
                  fmt::format("'{}' can't be the best and the worst", file_.group.members[*best]));
    if (to_others) result.best_to_others = read_ratios(*to_others, "best_to_others", best);
    if (to_worst) result.others_to_worst = read_ratios(*to_worst, "others_to_worst", worst);
    if (file_.reading.diagnostics.errors() > errors || !best || !worst) return;
    result.best = *best;
    result.worst = *worst;
    check_complete(result);
    check_agreement(result);
    file_.judgements.best_worst = std::move(result);
  }

 private:
  std::optional<std::size_t> read_member(Keys& keys, std::string_view key) {
    keys.need(key);
    const auto name = keys.text(key);
    return name ? member_of(name->value, name->where, file_) : std::nullopt;
  }

  // Against itself a member is 1, which need not be said and is not kept.
  std::vector<Said> read_ratios(const Value& table, const std::string& what,
                                std::optional<std::size_t> itself) {
    std::vector<Said> result;
    for (const Entry& entry : table.entries) {
      const auto member = member_of(entry.key, entry.where, file_);
      const auto ratio = read_ratio(entry.value, 1, what, file_);
      if (!member || !ratio) continue;
      if (member == itself) {
        if (*ratio != 1)
          file_.error(Code::E0408, entry.value.where,
                      fmt::format("'{}' against itself is 1, this is {}", entry.key, *ratio));
        continue;
      }
      warn_of_scale(*ratio, entry.value.where, file_);
      result.push_back({*member, *ratio, entry.value.where});
    }
    std::sort(result.begin(), result.end(),
              [](const Said& a, const Said& b) { return a.member < b.member; });
    return result;
  }

  void check_complete(const BestWorst& said) const {
    std::vector<bool> others(file_.group.size()), worst(file_.group.size());
    for (const Said& one : said.best_to_others) others[one.member] = true;
    for (const Said& one : said.others_to_worst) worst[one.member] = true;
    others[said.best] = worst[said.worst] = true;
    // the best against the worst may stand on either side
    const bool either = others[said.worst] || worst[said.best];
    others[said.worst] = worst[said.best] = either;
    fit::check_complete(others, table_.find("best_to_others")->value.where, "best_to_others",
                        file_);
    // where neither side has it, once is enough
    if (!either) worst[said.best] = true;
    fit::check_complete(worst, table_.find("others_to_worst")->value.where, "others_to_worst",
                        file_);
  }

  void check_agreement(const BestWorst& said) const {
    const auto of = [](const std::vector<Said>& list, std::size_t member) {
      return std::find_if(list.begin(), list.end(),
                          [&](const Said& one) { return one.member == member; });
    };
    const auto here = of(said.best_to_others, said.worst),
               there = of(said.others_to_worst, said.best);
    if (here == said.best_to_others.end() || there == said.others_to_worst.end() ||
        here->number == there->number)
      return;
    file_.error_with(
        Code::E0408, there->where,
        fmt::format("the best against the worst is {:.6g} here and {:.6g} in best_to_others",
                    there->number, here->number),
        {{here->where, ""}});
  }

  const Value& table_;
  const FileReading& file_;
};

// One 0 would be a veto.
void refuse_veto(const std::vector<Said>& points, const FileReading& file) {
  if (file.judgements.pool != Pool::geometric) return;
  for (const Said& one : points)
    if (one.number == 0)
      file.error(Code::E0406, one.where,
                 "a geometric mean needs points above 0: one 0 would be a veto",
                 {"pool = \"arithmetic\" at the top of the file can have it"});
}

}  // namespace

void read_swing(const Value& table, const FileReading& file) {
  Keys keys(table, "[swing]", file.reading);
  Swing result;
  result.signature = read_signature(keys, table, "[swing]", file);
  result.points = read_points(keys, "[swing]", file);
  keys.finish();
  refuse_veto(result.points, file);
  file.judgements.swing = std::move(result);
}

void read_ahp(const Value& table, const FileReading& file) {
  Keys keys(table, "[ahp]", file.reading);
  Ahp result;
  result.signature = read_signature(keys, table, "[ahp]", file);
  const Entry* compare = keys.need("compare");
  keys.finish();
  if (!compare) return;
  if (compare->value.kind != Value::Kind::array)
    return scenario::wrong_kind(file.reading, "compare", compare->value, "a list of comparisons");
  result.comparisons = ComparisonReader(file).read(compare->value);
  file.judgements.ahp = std::move(result);
}

void read_best_worst(const Value& table, const FileReading& file) {
  BestWorstReader(table, file).read();
}

void read_budgets(const std::vector<const Value*>& tables, const FileReading& file) {
  for (const Value* table : tables) {
    Keys keys(*table, "[[budget]]", file.reading);
    Budget result;
    result.signature = read_signature(keys, *table, "[[budget]]", file);
    const std::string what = result.signature.by.empty()
                                 ? "[[budget]]"
                                 : fmt::format("the budget of '{}'", result.signature.by);
    result.points = read_points(keys, what, file);
    keys.finish();
    refuse_veto(result.points, file);
    file.judgements.budgets.push_back(std::move(result));
  }
}

}  // namespace waystone::fit
