#include <algorithm>
#include <tuple>

#include "diagnose/diagnostic.hpp"

namespace waystone {

void Diagnostics::add(Diagnostic diagnostic) {
  ++(diagnostic.severity() == Severity::error ? errors_ : warnings_);
  if (list_.size() < most) list_.push_back(std::move(diagnostic));
}

void Diagnostics::add(Code code, Span where, std::string message, std::string label,
                      std::vector<std::string> notes) {
  add(Diagnostic{code, where, std::move(message), std::move(label), {}, std::move(notes)});
}

void Diagnostics::append(const Diagnostics& others) {
  for (const Diagnostic& diagnostic : others.list_) add(diagnostic);
  const auto kept_errors =
      std::size_t(std::count_if(others.list_.begin(), others.list_.end(), [](const Diagnostic& d) {
        return d.severity() == Severity::error;
      }));
  errors_ += others.errors_ - kept_errors;  // those the other list only counted
  warnings_ += others.warnings_ - (others.list_.size() - kept_errors);
}

void Diagnostics::sort() {
  const auto key = [](const Diagnostic& d) {
    return std::tie(d.where.file, d.where.begin, d.where.end, d.code, d.message);
  };
  std::stable_sort(list_.begin(), list_.end(),
                   [&](const auto& a, const auto& b) { return key(a) < key(b); });
  const auto same = std::unique(list_.begin(), list_.end(),
                                [&](const auto& a, const auto& b) { return key(a) == key(b); });
  for (auto it = same; it != list_.end(); ++it)
    --(it->severity() == Severity::error ? errors_ : warnings_);
  list_.erase(same, list_.end());
}

Diagnostic presentable(const Diagnostic& diagnostic, const SourceMap& sources) {
  const auto withheld = [&](const Span& span) {
    return span.valid() && sources[span.file].withheld();
  };
  const bool any = withheld(diagnostic.where) ||
                   std::any_of(diagnostic.others.begin(), diagnostic.others.end(),
                               [&](const Label& label) { return withheld(label.where); });
  if (!any) return diagnostic;
  return {
      diagnostic.code,
      diagnostic.where,
      std::string(title_of(diagnostic.code)),
      {},
      {},
      {"what stands there is not shown: by its name the file is no rule file, scenario or table"}};
}

}  // namespace waystone
