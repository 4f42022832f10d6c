// What windows over past figures and values over a relation share. Private to this room.
#pragma once
#include <optional>
#include <string>

#include "model/draft.hpp"

namespace waystone::model {

std::string_view sign_of(Op comparison);  // ">="
/// A number as windows are named by it: "30%", "5 years", "1 year".
std::string number_text(const syntax::Number& number);
/// A number, or minus a number.
std::optional<syntax::Number> constant_of(const syntax::Expression& e);
/// The unit of an indicator that scenarios give; none where it is missing.
Unit declared_unit(const syntax::Indicator& tree);
/// The unit of a window over an indicator of `unit`.
Unit unit_of_window(WindowFunction function, Unit unit);
/// Whether an expression is a comparison (`<` … `!=`).
bool is_comparison(const syntax::Expression& e);

}  // namespace waystone::model
