// Beside an explanation: how its factors and the rules that hold did on earlier year ends.
#pragma once
#include "report/backtest.hpp"

namespace waystone::report {

/// Of the factors meant for outcomes, of the rules that hold for a country and act on such a
/// factor, and of what came to the country. Of a back-test by the same rules.
Document record_text(const BackTested& tested, const evaluate::CountryResult& country);
/// How the scores of an output or factor did, an item an outcome: for a memo about it.
Document record_of_score(const BackTested& tested, NodeId output);
/// docs/schema/explain.md
Json record_json(const BackTested& tested, const evaluate::CountryResult& country);

}  // namespace waystone::report
