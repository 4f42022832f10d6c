#include "ask/difference.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "ask/names.hpp"
#include "base/ties.hpp"
#include "report/words.hpp"

namespace waystone::ask {
namespace {

class Differ {
 public:
  Differ(Sides sides, const DifferenceAsking& asking) : sides_(std::move(sides)), asking_(asking) {}

  Answer<Difference> differ() {
    if (auto failure = find_node()) return std::move(*failure);
    if (auto failure = choose()) return std::move(*failure);
    if (auto failure = pair_views()) return std::move(*failure);
    made_.what = asking_.what;
    made_.from = sides_.from->scored(asking_.tool, made_.node_from);
    made_.to = sides_.to->scored(asking_.tool, made_.node_to);
    if (sides_.from_by_second) {
      made_.from_by_second = sides_.from_by_second->now.get();
      made_.to_by_first = sides_.to_by_first->now.get();
    }
    for (report::DifferentView& view : made_.views) fill(view);
    return Difference{std::move(sides_), std::move(made_)};
  }

 private:
  using Step = std::optional<Failure>;  // nothing where it went well
  const model::Model& first() const { return sides_.from->rules->model; }
  const model::Model& second() const { return sides_.to->rules->model; }

  Step find_node() {
    const auto later = find_output(second(), asking_.output);
    if (!later) return later.failure;
    const std::string& name = second()[*later.value].name;
    if (asking_.output.empty() && first()[first().main].name != name)
      return Failure::question(
          fmt::format("the main outputs of the rule files have two names, {} and {}; --output "
                      "takes a name that both have",
                      first()[first().main].name, name));
    const auto earlier = find_output(first(), name);
    if (!earlier)
      return Failure::question(fmt::format("{}: {}", first_rules(), earlier.failure.message));
    made_.node_from = *earlier.value;
    made_.node_to = *later.value;
    return std::nullopt;
  }

  const std::string& first_rules() const { return sides_.from->rules->path; }

  Step choose() {
    for (const SharedSituation& side : {sides_.from, sides_.to})
      if (!asking_.country.empty())
        if (auto failure = not_scored(*side->now, asking_.country)) {
          if (asking_.what == report::Differing::What::scenarios)
            failure->message = side->path + ": " + failure->message;
          return failure;
        }
    std::vector<std::string> only = asking_.only;
    if (!asking_.country.empty()) only = {asking_.country};
    auto selection = select(*sides_.to->now, only);
    if (!selection) return std::move(selection.failure);
    made_.only = std::move(selection.value->words);
    made_.country = asking_.country;
    const auto &then = sides_.from->now->countries, &now = sides_.to->now->countries;
    for (std::size_t c = 0; c < now.size(); ++c) {
      if (!selection.value->shown[c]) continue;
      const std::size_t lane = sides_.from->now->lane_of(now[c]);
      if (lane < then.size())
        shown_.push_back({now[c], lane, c, std::nullopt});
      else
        made_.only_to.push_back(now[c]);
    }
    if (only.empty())
      for (const std::string& code : then)
        if (sides_.to->now->lane_of(code) == now.size()) made_.only_from.push_back(code);
    for (auto* codes : {&made_.only_from, &made_.only_to})
      std::sort(codes->begin(), codes->end(), scenario::named_before);
    return std::nullopt;
  }

  Step pair_views() {
    const auto &then = sides_.from->assessment.views, &now = sides_.to->assessment.views;
    for (std::size_t v = 0; v < now.size(); ++v) {
      const auto same = std::find_if(then.begin(), then.end(),
                                     [&](const auto& view) { return view.name == now[v].name; });
      if (same == then.end())
        made_.views_of_one.push_back(now[v].name);
      else
        made_.views.push_back({now[v].name, std::size_t(same - then.begin()), v, {}, 0, 0});
    }
    for (const evaluate::ViewResult& view : then)
      if (!sides_.to->assessment.find(view.name)) made_.views_of_one.push_back(view.name);
    std::erase(made_.views_of_one, "");
    if (made_.views.empty())
      return Failure::question(
          "the sides are seen from different viewpoints, so there is nothing to compare; "
          "--viewpoint takes one that both have");
    made_.top = asking_.top > 0 ? asking_.top : made_.views.size() > 1 ? 5 : 10;
    return std::nullopt;
  }

  explain::Corner corner(const Situation& situation, ViewpointId viewpoint, NodeId node) const {
    return {situation.now.get(), &situation.rules->separate(), viewpoint, node};
  }

  explain::Corners corners(const report::DifferentView& view) const {
    const ViewpointId before = sides_.from->assessment.views[view.from].viewpoint,
                      after = sides_.to->assessment.views[view.to].viewpoint;
    explain::Corners result{corner(*sides_.from, before, made_.node_from),
                            corner(*sides_.to, after, made_.node_to), std::nullopt, false};
    if (!sides_.from_by_second) return result;
    result.crossed =
        explain::Corners::Crossed{corner(*sides_.from_by_second, after, made_.node_to),
                                  corner(*sides_.to_by_first, before, made_.node_from)};
    result.same_facts = asking_.what == report::Differing::What::rules;
    return result;
  }

  void fill(report::DifferentView& view) const {
    view.countries = shown_;
    const auto &then = sides_.from->assessment.views[view.from].countries,
               &now = sides_.to->assessment.views[view.to].countries;
    const auto move = [&](const report::DifferentCountry& country) {
      return now[country.to][made_.node_to].value - then[country.from][made_.node_from].value;
    };
    std::stable_sort(
        view.countries.begin(), view.countries.end(), [&](const auto& a, const auto& b) {
          const double x = decimal(std::fabs(move(a))), y = decimal(std::fabs(move(b)));
          if (std::isnan(x) != std::isnan(y)) return std::isnan(y);
          if (!std::isnan(x) && x != y) return x > y;
          return scenario::named_before(a.code, b.code);
        });
    const explain::Corners all = corners(view);
    for (report::DifferentCountry& country : view.countries) {
      if (std::isnan(move(country))) continue;
      view.moved += std::fabs(move(country)) > 1e-9;
      if (view.rated++ < made_.top) country.split = explain::difference(all, country.code);
    }
  }

  Sides sides_;
  const DifferenceAsking& asking_;
  std::vector<report::DifferentCountry> shown_;
  report::Differing made_;
};

}  // namespace

Answer<Difference> difference(Sides sides, const DifferenceAsking& asking) {
  return Differ(std::move(sides), asking).differ();
}

}  // namespace waystone::ask
