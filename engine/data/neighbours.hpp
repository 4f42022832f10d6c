// Values over the partners of a country. Private to this room.
#pragma once
#include <functional>
#include <string>

#include "data/choose.hpp"

namespace waystone::data {

/// What another country has of an indicator, given or a window.
using ChosenOf = std::function<Chosen(const std::string& country, NodeId id)>;

/// The value `id` of a country over a relation on the scenario's date.
Chosen choose_over(const scenario::Scenario& scenario, const model::Model& model,
                   const std::string& country, NodeId id, const ChosenOf& chosen_of);

}  // namespace waystone::data
