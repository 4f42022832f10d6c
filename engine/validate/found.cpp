#include "validate/found.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/digits.hpp"
#include "evaluate/digits.hpp"
#include "model/dependencies.hpp"

namespace waystone::validate {

void Found::note(const std::string& what, std::optional<double> score) {
  if (noted_.insert(what).second) entries_.push_back({what, score});
}

void Found::note_score(const std::string& what, double score, NodeId node, bool beside_band) {
  if (std::isnan(score)) return note(what + " not rated");
  std::vector<std::vector<double>> lists;
  if (beside_band) lists.push_back({score});
  digits_ = std::max(digits_, evaluate::digits_for(model_, node, lists));
  note(what, score);
}

void Found::note_value(const std::string& what, double value) {
  note(std::isnan(value) ? what + " not known" : fmt::format("{} {:.6g}", what, value));
}

void Found::hold_against(const model::Expression& numbers) {
  model::for_each_part(numbers, [&](const model::Expression& part) {
    const bool number = part.op == model::Op::number && part.unit != model::Unit::yes_no &&
                        part.unit != model::Unit::date;
    if (number) hold_against(part.number.value);
  });
}

std::string Found::words() const {
  constexpr int most_digits = 6;
  std::vector<double> seen = held_against_;
  for (const Entry& entry : entries_)
    if (entry.score) seen.push_back(*entry.score);
  int digits = digits_;
  for (const double a : seen)
    for (const double b : seen)
      digits = std::max(
          digits, digits_apart(std::fabs(a), std::fabs(b), digits, most_digits).value_or(digits));
  std::vector<std::string> words;
  for (const Entry& entry : entries_)
    words.push_back(entry.score ? fmt::format("{} {}", entry.what, fixed(*entry.score, digits))
                                : entry.what);
  return fmt::format("{}", fmt::join(words, ", "));
}

}  // namespace waystone::validate
