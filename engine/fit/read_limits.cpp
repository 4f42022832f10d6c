// [limits]: where the weights may lie, beside what the rule files say, and what leaves no weights
// at all.
#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "fit/reading.hpp"

namespace waystone::fit {

using scenario::Entry;
using scenario::Keys;
using scenario::Value;

namespace {

constexpr double rounding = 1e-12;  // shares; as weights::is_empty

struct Limits {
  double low = 0, high = 100;  // percent
};

// A number with its % sign off the front of a text.
std::optional<double> take_percent(std::string_view& text) {
  const auto trim = [&] { text.remove_prefix(std::min(text.find_first_not_of(' '), text.size())); };
  trim();
  double number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc{} || !std::isfinite(number)) return std::nullopt;
  text.remove_prefix(std::size_t(end - text.data()));
  trim();
  if (!text.starts_with('%')) return std::nullopt;
  text.remove_prefix(1);
  trim();
  return number;
}

bool take_word(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

// "5% to 30%", "at least 5%", "at most 30%"
std::optional<Limits> parse_limits(std::string_view text) {
  Limits limits;
  const bool least = take_word(text, "at least "), most = !least && take_word(text, "at most ");
  const auto first = take_percent(text);
  if (!first) return std::nullopt;
  if (least)
    limits.low = *first;
  else if (most)
    limits.high = *first;
  else {
    const auto second = take_word(text, "to ") ? take_percent(text) : std::nullopt;
    if (!second) return std::nullopt;
    limits = {*first, *second};
  }
  if (!text.empty() || !(limits.low >= 0 && limits.low <= limits.high && limits.high <= 100))
    return std::nullopt;
  return limits;
}

class LimitReader {
 public:
  explicit LimitReader(const FileReading& file)
      : file_(file), domain_(file.judgements.domain), where_(file.group.size()) {}

  void read(const Value& table) {
    const std::size_t errors = file_.reading.diagnostics.errors();
    if (file_.defaults.by.empty())
      file_.error(Code::E0402, table.where, "[limits] is not signed",
                  {"limits are signed by the top of the file: by = \"…\""});
    Keys keys(table, "[limits]", file_.reading);
    for (const auto& name : keys.texts("locked"))
      if (const auto member = member_of(name.value, name.where, file_)) lock(*member, name.where);
    if (const Entry* ties = keys.take("ties")) read_ties(ties->value);
    for (const Entry& entry : table.entries)
      if (entry.key != "locked" && entry.key != "ties") read_limit(entry);
    if (file_.reading.diagnostics.errors() == errors) check(table.where);
  }

 private:
  void read_limit(const Entry& entry) {
    const auto member = member_of(entry.key, entry.where, file_);
    if (entry.value.kind == Value::Kind::number)
      return file_.error(Code::E0304, entry.value.where,
                         fmt::format("'{}' wants text, this is a number", entry.key),
                         {"limits are text: \"5% to 30%\", \"at least 5%\", \"at most 30%\""});
    if (entry.value.kind != Value::Kind::text)
      return scenario::wrong_kind(file_.reading, entry.key, entry.value, "text");
    const auto limits = parse_limits(entry.value.text);
    if (!limits)
      return file_.error(Code::E0403, entry.value.where,
                         fmt::format("'{}' gives no limits", entry.value.text),
                         {"limits are percent of the whole, from 0 to 100, the lower first: \"5% "
                          "to 30%\", \"at least 5%\", \"at most 30%\""});
    if (member) narrow(*member, limits->low / 100, limits->high / 100, entry.value.where);
  }

  void lock(std::size_t member, Span where) {
    file_.judgements.locked[member] = true;
    narrow(member, file_.group.now[member], file_.group.now[member], where);
  }

  void narrow(std::size_t member, double low, double high, Span where) {
    domain_.low[member] = std::max(domain_.low[member], low);
    domain_.high[member] = std::min(domain_.high[member], high);
    where_[member].push_back(where);
  }

  void read_ties(const Value& value) {
    const bool list = value.kind == Value::Kind::array;
    const bool lists =
        list && std::all_of(value.items.begin(), value.items.end(),
                            [](const Value& v) { return v.kind == Value::Kind::array; });
    if (!lists)
      return scenario::wrong_kind(file_.reading, "ties", value,
                                  "a list of lists: [[\"corridor\", \"security\"]]");
    for (const Value& tie : value.items) read_tie(tie);
  }

  void read_tie(const Value& tie) {
    std::vector<std::size_t> members;
    for (const Value& item : tie.items) {
      if (item.kind != Value::Kind::text)
        scenario::wrong_kind(file_.reading, "ties", item, "text");
      else if (const auto member = member_of(item.text, item.where, file_))
        members.push_back(*member);
    }
    std::sort(members.begin(), members.end());
    members.erase(std::unique(members.begin(), members.end()), members.end());
    if (members.empty()) return;
    for (const std::size_t member : members) where_[member].push_back(tie.where);
    domain_.ties.push_back(std::move(members));
  }

  // ---- what leaves nothing

  std::string percent(double share) const { return fmt::format("{:.6g}%", 100 * share); }
  std::string name(std::size_t member) const {
    return fmt::format("'{}'", file_.group.members[member]);
  }

  std::vector<Label> labels(const std::vector<std::size_t>& members) const {
    std::vector<Label> result;
    for (const std::size_t member : members)
      for (const Span where : where_[member]) {
        const bool known = std::any_of(result.begin(), result.end(),
                                       [&](const Label& label) { return label.where == where; });
        if (!known) result.push_back({where, ""});
      }
    return result;
  }

  void empty(Span where, std::string message, const std::vector<std::size_t>& members) const {
    auto others = labels(members);
    if (!others.empty()) {
      where = others.front().where;
      others.erase(others.begin());
    }
    file_.error_with(Code::E0404, where, std::move(message), std::move(others));
  }

  void check(Span where) const {
    bool crossed = false;
    for (const weights::Block& block : weights::blocks_of(domain_)) {
      if (block.low <= block.high + rounding) continue;
      crossed = true;
      std::string who = name(block.members[0]);
      for (std::size_t k = 1; k < block.members.size(); ++k)
        who += (k + 1 < block.members.size() ? ", " : " and ") + name(block.members[k]);
      empty(where,
            fmt::format("nothing is left for {}: at least {} and at most {}", who,
                        percent(block.low), percent(block.high)),
            block.members);
    }
    if (!crossed) check_sum(where);
  }

  void check_sum(Span where) const {
    double least = 0, most = 0;
    std::vector<std::size_t> lows, highs;  // members that have a part in it
    for (const weights::Block& block : weights::blocks_of(domain_)) {
      least += double(block.members.size()) * block.low;
      most += double(block.members.size()) * block.high;
      for (const std::size_t member : block.members) {
        if (block.low > 0) lows.push_back(member);
        if (block.high < 1) highs.push_back(member);
      }
    }
    if (least > 1 + rounding)
      empty(where,
            fmt::format("the least that the limits ask for adds up to {}, above 100%",
                        percent(least)),
            lows);
    if (most < 1 - rounding)
      empty(where,
            fmt::format("the most that the limits allow adds up to {}, below 100%", percent(most)),
            highs);
  }

  const FileReading& file_;
  weights::Domain& domain_;
  std::vector<std::vector<Span>> where_;  // by member: the limits, locks and ties it stands in
};

}  // namespace

void read_limits(const Value& table, const FileReading& file) { LimitReader(file).read(table); }

}  // namespace waystone::fit
