#include "fit/direct.hpp"

#include <fmt/format.h>

#include "fit/ahp.hpp"
#include "fit/best_worst.hpp"
#include "fit/budget.hpp"
#include "fit/statistical.hpp"
#include "fit/swing.hpp"

namespace waystone::fit {

std::vector<Proposal> propose(const Judgements& judgements, const weights::Group& group) {
  std::vector<Proposal> result;
  if (judgements.swing) result.push_back(propose(*judgements.swing, group));
  if (judgements.ahp) result.push_back(propose(*judgements.ahp, group));
  if (judgements.best_worst) result.push_back(propose(*judgements.best_worst, group));
  if (!judgements.budgets.empty())
    result.push_back(propose(judgements.budgets, judgements.pool, group));
  if (judgements.data && judgements.data->method == DataMethod::equal) {
    result.push_back(equal_weights(group));
    result.back().trust = judgements.data->signature.trust;
    result.back().where = judgements.data->signature.where;
  }
  return result;
}

namespace {

constexpr std::size_t most_named = 3;  // judgements that hurt

void remark(const Proposal& proposal, const AhpFindings& findings, Diagnostics& diagnostics) {
  if (findings.consistency_ratio <= accepted_consistency_ratio) return;
  Diagnostic said{Code::W0402, proposal.where, "", {}, {}, {}};
  said.message =
      fmt::format("the comparisons contradict each other: consistency ratio {:.3f}, above {}",
                  findings.consistency_ratio, accepted_consistency_ratio);
  for (std::size_t k = 0; k < std::min(most_named, findings.fits.size()); ++k) {
    const ComparisonFit& fit = findings.fits[k];
    const Contribution& judgement = proposal.judgements[fit.comparison];
    said.others.push_back(
        {judgement.where, fmt::format("the weights say {:.2f}; with that the ratio is {:.3f}",
                                      fit.implied, fit.ratio_replaced)});
  }
  diagnostics.add(std::move(said));
}

void remark(const Proposal& proposal, const BestWorstFindings& findings,
            const weights::Group& group, Diagnostics& diagnostics) {
  if (!findings.threshold || !(findings.input_ratio > *findings.threshold)) return;
  std::vector<std::string> notes;
  if (findings.worst_member)
    notes.push_back(
        fmt::format("those about '{}' disagree most", group.members[*findings.worst_member]));
  diagnostics.add(Code::W0402, proposal.where,
                  fmt::format("the judgements contradict each other: input-based consistency ratio "
                              "{:.3f}, above {:.3f}",
                              findings.input_ratio, *findings.threshold),
                  {}, std::move(notes));
}

}  // namespace

Diagnostics remarks(const std::vector<Proposal>& proposals, const weights::Group& group) {
  Diagnostics diagnostics;
  for (const Proposal& proposal : proposals) {
    if (const auto* findings = std::get_if<AhpFindings>(&proposal.findings))
      remark(proposal, *findings, diagnostics);
    if (const auto* findings = std::get_if<BestWorstFindings>(&proposal.findings))
      remark(proposal, *findings, group, diagnostics);
  }
  return diagnostics;
}

}  // namespace waystone::fit
