// In which order the model can be computed. A node depends on what it reads and on every rule that
// acts on it, a rule on everything its condition and amounts read. No recursion over the number of
// declarations.
#include <algorithm>
#include <queue>

#include <fmt/format.h>

#include "model/dependencies.hpp"
#include "model/draft.hpp"

namespace waystone::model {
namespace {

// What goes through a model by recursion needs some 100 bytes of stack a step; a person who follows
// a score down to its facts gives up long before.
constexpr std::size_t deepest_model = 1000;

// Vertices: nodes, then rules. `rank` is the place in name order, nodes before rules of the same
// name.
class Graph {
 public:
  explicit Graph(const Model& model)
      : model_(model), reads_(model.nodes.size() + model.rules.size()) {
    const Dependencies dependencies(model);
    for (std::size_t i = 0; i < model.nodes.size(); ++i) {
      add(i, dependencies.of(NodeId{i}));
      add(i, dependencies.acting_on(NodeId{i}));
    }
    for (std::size_t r = 0; r < model.rules.size(); ++r)
      add(model.nodes.size() + r, dependencies.of(RuleId{r}));
    for (auto& read : reads_) {
      std::sort(read.begin(), read.end());
      read.erase(std::unique(read.begin(), read.end()), read.end());
    }
    rank();
  }

  std::size_t size() const { return reads_.size(); }
  const std::vector<std::size_t>& reads(std::size_t v) const { return reads_[v]; }
  std::size_t rank_of(std::size_t v) const { return rank_[v]; }
  std::size_t at_rank(std::size_t r) const { return by_rank_[r]; }
  Step step(std::size_t v) const {
    if (v < model_.nodes.size()) return NodeId{v};
    return RuleId{v - model_.nodes.size()};
  }
  std::string text(std::size_t v) const {
    return v < model_.nodes.size() ? model_.nodes[v].name
                                   : "rule " + model_.rules[v - model_.nodes.size()].name;
  }
  Span where(std::size_t v) const {
    return v < model_.nodes.size() ? model_.nodes[v].where
                                   : model_.rules[v - model_.nodes.size()].where;
  }

 private:
  void add(std::size_t from, const std::vector<RuleId>& rules) {
    for (const RuleId rule : rules) reads_[from].push_back(model_.nodes.size() + rule.index);
  }
  void add(std::size_t from, const Reads& reads) {
    for (const NodeId node : reads.nodes) reads_[from].push_back(node.index);
    add(from, reads.rules);
    add(from, reads.switches);
  }

  void rank() {
    by_rank_.resize(size());
    rank_.resize(size());
    const std::size_t nodes = model_.nodes.size();
    std::size_t n = 0, r = 0;
    for (std::size_t i = 0; i < size(); ++i) {
      const bool node =
          r == model_.rules.size() || (n < nodes && model_.nodes[n].name <= model_.rules[r].name);
      by_rank_[i] = node ? n++ : nodes + r++;
      rank_[by_rank_[i]] = i;
    }
  }

  const Model& model_;
  std::vector<std::vector<std::size_t>> reads_;
  std::vector<std::size_t> rank_, by_rank_;
};

// Vertices in order, each after all it reads; of those that could come next the first by name.
// Those in or behind a circle are left out.
std::vector<std::size_t> sorted(const Graph& graph) {
  std::vector<std::size_t> waiting(graph.size()), order;
  std::vector<std::vector<std::size_t>> readers(graph.size());
  std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready;
  for (std::size_t v = 0; v < graph.size(); ++v) {
    waiting[v] = graph.reads(v).size();
    for (const std::size_t read : graph.reads(v)) readers[read].push_back(v);
    if (waiting[v] == 0) ready.push(graph.rank_of(v));
  }
  while (!ready.empty()) {
    const std::size_t v = graph.at_rank(ready.top());
    ready.pop();
    order.push_back(v);
    for (const std::size_t reader : readers[v])
      if (--waiting[reader] == 0) ready.push(graph.rank_of(reader));
  }
  return order;
}

// Strongly connected components by Tarjan's algorithm, with a stack of its own. components[v] is
// v's number.
std::vector<std::size_t> components(const Graph& graph) {
  constexpr std::size_t none = SIZE_MAX;
  std::vector<std::size_t> number(graph.size(), none), low(graph.size()),
      component(graph.size(), none), path;
  std::vector<std::pair<std::size_t, std::size_t>> stack;  // vertex, next edge
  std::size_t next_number = 0, next_component = 0;
  for (std::size_t root = 0; root < graph.size(); ++root) {
    if (number[root] != none) continue;
    stack.emplace_back(root, 0);
    while (!stack.empty()) {
      const auto [v, edge] = stack.back();
      if (edge == 0) {
        number[v] = low[v] = next_number++;
        path.push_back(v);
      }
      if (edge < graph.reads(v).size()) {
        ++stack.back().second;
        const std::size_t to = graph.reads(v)[edge];
        if (number[to] == none)
          stack.emplace_back(to, 0);
        else if (component[to] == none)
          low[v] = std::min(low[v], number[to]);
        continue;
      }
      stack.pop_back();
      if (!stack.empty()) low[stack.back().first] = std::min(low[stack.back().first], low[v]);
      if (low[v] != number[v]) continue;
      for (std::size_t member = none; member != v;) {
        member = path.back();
        path.pop_back();
        component[member] = next_component;
      }
      ++next_component;
    }
  }
  return component;
}

// The shortest way from v back to itself inside its component.
std::vector<std::size_t> circle_through(const Graph& graph,
                                        const std::vector<std::size_t>& component, std::size_t v) {
  std::vector<std::size_t> from(graph.size(), SIZE_MAX);
  std::vector<std::size_t> queue{v};
  for (std::size_t at = 0; at < queue.size(); ++at) {
    const std::size_t u = queue[at];
    for (const std::size_t to : graph.reads(u)) {
      if (component[to] != component[v]) continue;
      if (to == v) {
        std::vector<std::size_t> circle{v};
        for (std::size_t w = u; w != v; w = from[w]) circle.push_back(w);
        std::reverse(circle.begin() + 1, circle.end());
        circle.push_back(v);
        return circle;
      }
      if (from[to] != SIZE_MAX) continue;
      from[to] = u;
      queue.push_back(to);
    }
  }
  return {};
}

void say_circle(Draft& draft, const Graph& graph, const std::vector<std::size_t>& circle) {
  constexpr std::size_t most_labels = 6, most_names = 100;
  std::vector<std::string> names;
  for (const std::size_t v : circle) names.push_back(graph.text(v));
  if (names.size() > most_names) {
    const std::string left_out = fmt::format("({} more)", names.size() - most_names);
    names.erase(names.begin() + most_names / 2, names.end() - most_names / 2);
    names.insert(names.begin() + most_names / 2, left_out);
  }
  Diagnostic said{Code::E0206,
                  graph.where(circle.front()),
                  fmt::format("this reads itself in a circle: {}", fmt::join(names, " -> ")),
                  {},
                  {},
                  {}};
  for (std::size_t i = 1; i + 1 < circle.size() && i <= most_labels; ++i)
    said.others.push_back({graph.where(circle[i]), "read by " + graph.text(circle[i - 1])});
  said.notes.push_back("'a -> b' means that a reads b, or that the rule b acts on a");
  draft.diagnostics.add(std::move(said));
}

// Steps from each vertex down to what reads nothing, by vertex. `order`: each after all it reads.
std::vector<std::size_t> depths(const Graph& graph, const std::vector<std::size_t>& order) {
  std::vector<std::size_t> depth(graph.size(), 0);
  for (const std::size_t v : order)
    for (const std::size_t read : graph.reads(v)) depth[v] = std::max(depth[v], depth[read] + 1);
  return depth;
}

// What stands too high above its facts is left out of the order, as a circle is, so that nothing
// after this has to go down a model deeper than `deepest_model`.
void leave_out_too_deep(Draft& draft, const Graph& graph, std::vector<std::size_t>& order) {
  const std::vector<std::size_t> depth = depths(graph, order);
  const auto too_deep = [&](std::size_t v) { return depth[v] > deepest_model; };
  const auto first = std::find_if(order.begin(), order.end(), too_deep);
  if (first == order.end()) return;
  draft.say(
      Code::E0005, graph.where(*first),
      fmt::format("this stands more than {} steps above the facts it rests on: one step for each "
                  "value, factor or rule that reads another",
                  deepest_model));
  std::erase_if(order, too_deep);
}

}  // namespace

void build_order(Draft& draft) {
  const Graph graph(draft.model);
  std::vector<std::size_t> order = sorted(graph);
  const std::size_t orderable = order.size();
  leave_out_too_deep(draft, graph, order);
  for (const std::size_t v : order) draft.model.order.push_back(graph.step(v));
  if (orderable == graph.size()) return;
  constexpr std::size_t most_circles = 20;  // each costs a search through the model
  const std::vector<std::size_t> component = components(graph);
  std::vector<bool> said(graph.size(), false), placed(graph.size(), false);
  for (const std::size_t v : sorted(graph)) placed[v] = true;
  std::size_t circles = 0;
  for (std::size_t r = 0; r < graph.size() && circles < most_circles; ++r) {
    const std::size_t v = graph.at_rank(r);
    if (placed[v] || said[component[v]]) continue;
    const auto circle = circle_through(graph, component, v);
    if (circle.empty()) continue;  // it only reads something in a circle
    said[component[v]] = true;
    say_circle(draft, graph, circle);
    ++circles;
  }
}

}  // namespace waystone::model
