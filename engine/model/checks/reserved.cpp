// Declarations that the grammar knows and this version does not have.
#include <fmt/format.h>

#include "model/checks/checks.hpp"

namespace waystone::model {

void check_reserved(Draft& draft) {
  for (const syntax::Reserved* tree : draft.reserved)
    draft.say(Code::E0205, tree->keyword.where,
              fmt::format("this version has no '{}' declarations", tree->keyword.text), {},
              {"give what it would work out as an indicator of its own"});
}

}  // namespace waystone::model
