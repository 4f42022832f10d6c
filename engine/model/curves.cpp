#include "model/curves.hpp"

#include <limits>
#include <map>

#include "model/units.hpp"

namespace waystone::model {
namespace {

Numeral plain(const syntax::Number& number) { return {number.value, number.numeral_where}; }

// Scores between those that are known lie on straight lines.
void interpolate(std::vector<std::pair<Numeral, Numeral>>& points, const std::vector<bool>& known) {
  std::size_t before = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!known[i]) continue;
    const auto& [x0, y0] = points[before];
    const auto& [x1, y1] = points[i];
    for (std::size_t j = before + 1; j < i; ++j)
      points[j].second.value = y0.value + (y1.value - y0.value) *
                                              (points[j].first.value - x0.value) /
                                              (x1.value - x0.value);
    before = i;
  }
}

}  // namespace

Curve build_curve(Draft& draft, const syntax::Curve& tree, Unit unit) {
  Curve curve;
  curve.where = tree.where;
  curve.kind = tree.kind;
  if (tree.best_yes) {
    curve.kind = CurveKind::knots;
    curve.points = {{{0, {}}, {*tree.best_yes ? 100.0 : 0.0, {}}},
                    {{1, {}}, {*tree.best_yes ? 0.0 : 100.0, {}}}};
    return curve;
  }
  const Unit values =
      is_number(unit) ? unit : Unit::none;  // a number on a date or code is said elsewhere
  if (tree.best) curve.best = in_unit(draft, *tree.best, values);
  if (tree.worst) curve.worst = in_unit(draft, *tree.worst, values);
  if (tree.steepness) curve.steepness = plain(*tree.steepness);
  curve.from_one_plus = tree.from_one_plus;
  if (tree.kind == CurveKind::steps && tree.first_step)
    curve.points.emplace_back(Numeral{-std::numeric_limits<double>::infinity(), {}},
                              in_unit(draft, *tree.first_step, Unit::points));
  for (const auto& [value, score] : tree.points)
    curve.points.emplace_back(in_unit(draft, value, values), in_unit(draft, score, Unit::points));
  return curve;
}

Curve build_level_curve(const syntax::Levels& tree) {
  Curve curve;
  curve.kind = CurveKind::knots;
  curve.where = tree.where;
  std::vector<bool> known;
  for (const syntax::Level& level : tree.levels) {
    curve.points.emplace_back(level.value ? plain(*level.value) : Numeral{},
                              level.score ? plain(*level.score) : Numeral{});
    known.push_back(level.score.has_value());
  }
  if (curve.points.empty()) return curve;
  if (!known.front()) curve.points.front().second.value = tree.best_last ? 100 : 0;
  if (!known.back()) curve.points.back().second.value = tree.best_last ? 0 : 100;
  known.front() = known.back() = true;
  interpolate(curve.points, known);
  return curve;
}

std::optional<Curve> build_code_curve(const syntax::Levels& tree,
                                      const std::vector<syntax::Name>& codes) {
  std::map<std::string_view, const syntax::Level*> by_code;
  bool scored = false;
  for (const syntax::Level& level : tree.levels) {
    if (level.code) by_code.emplace(level.code->text, &level);
    scored = scored || level.score;
  }
  if (!scored) return std::nullopt;
  Curve curve;
  curve.kind = CurveKind::knots;
  curve.where = tree.where;
  for (const syntax::Name& code : codes) {
    const auto level = by_code.find(code.text);
    const bool has_score = level != by_code.end() && level->second->score;
    curve.points.emplace_back(Numeral{double(curve.points.size()), {}},
                              has_score ? plain(*level->second->score) : Numeral{});
  }
  return curve;
}

}  // namespace waystone::model
