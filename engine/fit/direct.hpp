// All sources of a judgement file whose weights follow from what people said alone.
#pragma once
#include "fit/proposal.hpp"

namespace waystone::fit {

/// In this order, of those in the file: swing weights, comparisons, best-worst method, budgets,
/// equal weights.
std::vector<Proposal> propose(const Judgements& judgements, const weights::Group& group);

/// W0402 if the judgements of a proposal disagree more than their method accepts; it names those
/// that disagree most.
Diagnostics remarks(const std::vector<Proposal>& proposals, const weights::Group& group);

}  // namespace waystone::fit
