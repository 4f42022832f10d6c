// What lies under a result: weights, the facts it rests on, and which of them are missing or old.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "evaluate/assess.hpp"

namespace waystone::explain {

/// Shares of the members' weights from a viewpoint, adding up to 1; empty where the node has none.
std::vector<double> member_shares(const model::Factor& factor, ViewpointId viewpoint);

/// A node and all that it is made of: factors, leaves, what derived values read, strengths.
std::set<NodeId> nodes_below(const model::Model& model, NodeId node);
/// Those, looking through derived values, and the ones that rules on them read.
std::set<NodeId> nodes_behind(const model::Model& model, NodeId node);
/// What a derived value's formula reads, or a factor is put together from; empty of others.
std::vector<NodeId> worked_out_from(const model::Model& model, NodeId node);
/// Indicators below a node: of a factor its members' and strengths', of a derived value what it
/// reads. Each once, by name.
std::vector<NodeId> indicators_below(const model::Model& model, NodeId node);

/// Those, and the ones that rules and strengths below it read: all facts that a node rests on. Each
/// once, by name.
std::vector<NodeId> facts_behind(const model::Model& model, NodeId node);

/// The factors at which a telling of so many levels ends although they are made of others: their
/// facts stand for them.
std::set<NodeId> last_told(const model::Model& model, NodeId output, int depth);

/// Rules that act on a node or on anything it rests on, or switch one of its strengths off, and the
/// rules that those ask for.
std::set<RuleId> rules_behind(const model::Model& model, NodeId node);

/// Whether anything but what it acts on asks if a rule holds: a strength that it switches off,
/// another rule.
bool is_read(const program::Program& program, RuleId rule);

/// Rules left out that would move an output if they held.
std::vector<RuleId> left_out(const evaluate::CountryResult& country, NodeId output);
/// Rules that act by what is sure of an unknown amount, and could move an output further.
std::vector<RuleId> of_open_amount(const evaluate::CountryResult& country, NodeId output);

/// How far a node moves an output: its value as it is minus its value with the node at its best,
/// positive where the node makes it worse.
double influence(const model::Model& model, NodeId output, double value, double at_best);

}  // namespace waystone::explain
