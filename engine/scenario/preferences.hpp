// Whose figure counts where several sources give one of the same date: `[[prefer]]`.
#pragma once
#include <map>
#include <vector>

#include "scenario/reading.hpp"

namespace waystone::scenario {

using Preferences = std::map<NodeId, Preference>;

/// The tables `[[prefer]]` of one file, put in place of what `preferences` has for the same
/// indicators: E0308, E0309, E0314, E0360, E0361.
void read_preferences(const std::vector<const Value*>& tables, const Reading& reading,
                      Preferences& preferences);

/// Gives each datum its place in the order of its indicator's sources, and finds figures of several
/// sources of which none is preferred: E0326, or a fault if they are figures of tables. `facts`: in
/// order (`order_facts`).
void prefer_sources(const Preferences& preferences, std::map<std::string, Facts>& facts,
                    std::vector<Fault>& faults, const Reading& reading);

/// W0315: sources of an order that give no figure of its indicator.
void warn_of_idle_sources(const Preferences& preferences, const FactTable& facts,
                          const std::vector<Fault>& faults, const Reading& reading);

}  // namespace waystone::scenario
