// Goalposts, knots and steps.
#include <cmath>

#include <fmt/format.h>

#include "model/checks/checks.hpp"
#include "model/units.hpp"

namespace waystone::model {
namespace {

struct Looker {
  Draft& draft;
  const Node& node;
  const syntax::Curve& tree;
  const Curve& curve;

  bool inside(double value) const {
    return !node.low || !node.high || *node.low >= *node.high ||
           (value >= *node.low && value <= *node.high);
  }

  void inside(double value, Span where, std::string_view what) const {
    if (!inside(value))
      draft.say(Code::E0244, where,
                fmt::format("{} {} lies outside the range, {} to {}", what, value, *node.low,
                            *node.high));
  }

  bool fits() const {
    if (tree.best_yes) {
      if (node.unit == Unit::yes_no) return true;
      draft.say(Code::E0253, tree.where,
                fmt::format("'best yes' and 'best no' are for yes/no; '{}' is {}", node.name,
                            in_words(node.unit)));
      return false;
    }
    if (is_number(node.unit) && node.unit != Unit::level) return true;
    draft.say(Code::E0253, tree.where,
              fmt::format("goalposts and curves are for numbers; '{}' is {}", node.name,
                          in_words(node.unit)),
              {},
              node.unit == Unit::yes_no
                  ? std::vector<std::string>{"write 'best yes, worst no' or the reverse"}
              : node.unit == Unit::date
                  ? std::vector<std::string>{"a derived value can count the months since it"}
                  : std::vector<std::string>{"its levels can say 'scores N'"});
    return false;
  }

  void goalposts() const {
    if (!tree.best || !tree.worst) return;
    const double best = curve.best.value, worst = curve.worst.value;
    if (best == worst)
      return draft.say(Code::E0243, tree.where, fmt::format("best and worst are both {}", best));
    inside(best, tree.best->where, "best");
    inside(worst, tree.worst->where, "worst");
    if (tree.kind == CurveKind::logarithmic) {
      const bool possible = tree.from_one_plus ? best >= 0 && worst >= 0 : best > 0 && worst > 0;
      if (!possible)
        draft.say(Code::E0247, tree.where,
                  tree.from_one_plus
                      ? "goalposts of a logarithm of one plus the value must not be negative"
                      : "goalposts of a logarithm must be positive",
                  {},
                  tree.from_one_plus
                      ? std::vector<std::string>{}
                      : std::vector<std::string>{"'logarithmic from 1 plus value' begins at zero"});
    }
    if (tree.steepness && tree.steepness->value <= 0)
      draft.say(Code::E0248, tree.steepness->where,
                fmt::format("the steepness must be positive, not {}", tree.steepness->value));
  }

  void score(const syntax::Number& number) const {
    if (number.value < 0 || number.value > 100)
      draft.say(Code::E0246, number.where,
                fmt::format("a score lies between 0 and 100, not at {}", number.value));
  }

  void points() const {
    const std::size_t first =
        tree.kind == CurveKind::steps ? 1 : 0;  // the first step of the curve has no edge
    if (tree.first_step) score(*tree.first_step);
    for (std::size_t i = 0; i < tree.points.size(); ++i) {
      score(tree.points[i].second);
      inside(curve.points[i + first].first.value, tree.points[i].first.where,
             tree.kind == CurveKind::steps ? "the edge" : "the knot");
      if (i > 0 && curve.points[i + first].first.value <= curve.points[i + first - 1].first.value)
        draft.say(Code::E0245, tree.points[i].first.where,
                  fmt::format("{} ascend; this one is not above the one before",
                              tree.kind == CurveKind::steps ? "steps" : "knots"));
    }
    if (tree.kind == CurveKind::knots && tree.points.size() < 2)
      draft.say(Code::E0245, tree.where, "a curve goes through two knots or more");
  }
};

}  // namespace

void check_curves(Draft& draft) {
  for (std::size_t i = 0; i < draft.nodes.rows.size(); ++i) {
    const Node& node = draft.model.nodes[i];
    const std::optional<syntax::Curve>* tree = nullptr;
    if (const auto* indicator = std::get_if<const syntax::Indicator*>(&draft.nodes.rows[i]))
      tree = &(*indicator)->curve;
    if (const auto* derived = std::get_if<const syntax::Derived*>(&draft.nodes.rows[i]))
      tree = &(*derived)->curve;
    if (!tree || !*tree || !node.curve || node.unit == Unit::none) continue;
    const Looker looker{draft, node, **tree, *node.curve};
    if (!looker.fits()) continue;
    looker.goalposts();
    if ((*tree)->kind == CurveKind::knots || (*tree)->kind == CurveKind::steps) looker.points();
  }
}

}  // namespace waystone::model
