// The one walk over expressions, those of a text and those of a checked model.
#pragma once
#include <vector>

namespace waystone::syntax {

/// Calls `visit` for an expression and each of its parts, from the outside in and in the order in
/// which they are written. Without recursion: a long sum is a deep tree.
template <class Tree, class Visit>
void for_each_part(const Tree& whole, Visit visit) {
  std::vector<const Tree*> left{&whole};
  while (!left.empty()) {
    const Tree& part = *left.back();
    left.pop_back();
    visit(part);
    for (auto argument = part.arguments.rbegin(); argument != part.arguments.rend(); ++argument)
      left.push_back(&*argument);
  }
}

/// Whether `is` holds of an expression or any of its parts.
template <class Tree, class Is>
bool any_part(const Tree& whole, Is is) {
  bool found = false;
  for_each_part(whole, [&](const Tree& part) { found = found || is(part); });
  return found;
}

}  // namespace waystone::syntax
