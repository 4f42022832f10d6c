#include "report/unsplit.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "model/dependencies.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

// Whether several nodes or rules read it: then one of its places alone may be meant.
bool is_read_in_several(NodeId read, const model::Model& model) {
  std::size_t readers = 0;
  const auto count = [&](const auto& list) {
    for (const auto& one : list) {
      const auto nodes = model::reads_of(one).nodes;
      readers += std::find(nodes.begin(), nodes.end(), read) != nodes.end();
    }
  };
  count(model.nodes);
  count(model.rules);
  return readers > 1;
}

// Of what is read in several places with the place: only there is it as on the other side.
std::string player_name(const explain::Player& player, const model::Model& model) {
  if (player.kind != explain::PlayerKind::leaf) return explain::name_of(player, model);
  const std::string name = spoken(model[player.node].name);
  return is_read_in_several(player.node, model)
             ? fmt::format("{} in {}", name, spoken(model[player.reader].name))
             : name;
}

// "order, market or trade": each of them by itself.
std::string any_of(const std::vector<explain::Player>& players, const model::Model& model) {
  constexpr std::size_t most_named = 3;
  std::vector<std::string> names;
  for (const explain::Player& player : players)
    if (const std::string name = player_name(player, model);
        names.size() < most_named && (names.empty() || names.back() != name))
      names.push_back(name);
  return joined(names, " or ");
}

}  // namespace

std::string unsplit_words(const explain::Unsplit& unsplit, const model::Model& model,
                          const std::string& from, const std::string& to) {
  const auto clause = [&](const std::vector<explain::Player>& players, const std::string& of_these,
                          const std::string& of_the_rest) {
    return fmt::format("with {} as in {} and all else as in {} it is not rated",
                       any_of(players, model), of_these, of_the_rest);
  };
  if (!unsplit.ahead.empty()) return clause(unsplit.ahead, to, from);
  if (!unsplit.behind.empty()) return clause(unsplit.behind, from, to);
  return fmt::format("with some facts as in {} and the others as in {} it is not rated", to, from);
}

}  // namespace waystone::report
