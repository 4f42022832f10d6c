#include <array>

#include "model/checks/checks.hpp"

namespace waystone::model {

std::span<const Check> all_checks() {
  static constexpr std::array checks{Check{"reserved", check_reserved},
                                     Check{"labels", check_labels},
                                     Check{"provenance", check_provenance},
                                     Check{"indicator units", check_indicator_units},
                                     Check{"missing", check_missing},
                                     Check{"ranges", check_ranges},
                                     Check{"curves", check_curves},
                                     Check{"levels", check_levels},
                                     Check{"parameters", check_parameters},
                                     Check{"members", check_members},
                                     Check{"viewpoints", check_viewpoints},
                                     Check{"weights", check_weights},
                                     Check{"limits", check_limits},
                                     Check{"combinations", check_combinations},
                                     Check{"bands", check_bands},
                                     Check{"rules", check_rules},
                                     Check{"effects", check_effects},
                                     Check{"countries", check_countries},
                                     Check{"conditions", check_conditions},
                                     Check{"contradictions", check_contradictions},
                                     Check{"beyond scale", check_beyond_scale},
                                     Check{"standing still", check_standing_still},
                                     Check{"examples", check_examples},
                                     Check{"circumstances", check_circumstances},
                                     Check{"unused", check_unused}};
  return checks;
}

}  // namespace waystone::model
