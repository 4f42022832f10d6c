// Tells a country's output from one viewpoint: factors, the facts behind them, rules.
#pragma once
#include <set>

#include "explain/causes.hpp"
#include "report/explained.hpp"
#include "report/marks.hpp"

namespace waystone::report {

class Narrator {
 public:
  Narrator(const Explained& explained, const ExplainedView& view);

  /// Heading over `factors`.
  std::string members_title() const;
  /// The output's members by what each is worth to it, down to a depth.
  Document factors(int depth);
  /// Indicators and derived values by what each is worth to the output.
  Document facts_by_influence();
  /// What a derived value's formula reads, numbered, each down to its facts.
  Document parts_of_formula();
  /// Who signs the weights of the output's members, and where; "" where it has none.
  Document who_weighs() const;
  /// All rules that bind on the output or below it and are not yet reported.
  Document binding_rules();
  /// Rules whose condition holds and that act on what is known, but change nothing of this output.
  /// Call after `factors`.
  Document idle_rules() const { return holding_rules(false); }
  /// Rules whose condition holds and that act only on what is not known.
  Document rules_on_unknown() const { return holding_rules(true); }
  /// Rules whose condition is unknown, and which facts would settle them.
  Document open_rules() const;
  Document rules_by_what_is_sure() const;

 private:
  struct Weighed {
    NodeId node;
    MemberWeight weight;   // nothing where unweighted
    double influence = 0;  // points of the output
    double unheld = 0;     // the same without the floors and caps that hold it
    bool flip = false;     // what takes it in counts 100 - score
  };

  double value() const { return country_[explained_.output].value; }
  int digits() const { return scored_.digits_of(explained_.output); }
  Weighed weighed(NodeId node, MemberWeight weight = {}) const;
  static bool counts_more(const Weighed& a, const Weighed& b);
  std::vector<Weighed> members_of(NodeId factor) const;
  std::string at_best_words(NodeId node);
  /// In brackets, the output without the floors and caps that hold it; "" if none does. Remembers
  /// those still to report.
  std::string unheld_words(const explain::AtBest& best);
  /// The floors and caps met since the last call, each reported once.
  Document holds();
  Document members(int depth);
  Document factor(const Weighed& member, int level, int depth, const std::string& mark);
  Document behind(NodeId factor, int level, int depth);
  Document leaf(NodeId node, const MemberWeight& weight, std::size_t indent, bool flip,
                const std::string& worth = "", const std::string& mark = "- ");
  /// The same for what a formula reads: its value counts, not its score.
  Document part_of_formula(NodeId node, std::size_t indent, const std::string& mark);
  /// The same of a factor that a formula reads; what it is made of follows if the depth asks for
  /// it.
  Document factor_of_formula(NodeId node, std::size_t indent, const std::string& mark);
  /// Whether the output is made of a factor by factors alone.
  bool in_tree_of_factors(NodeId factor) const;
  /// A value that is not an indicator's: the remarks that come before how it was computed.
  Document worked_out_value(NodeId node, const std::string& counts, std::size_t indent,
                            const std::string& mark);
  /// A value that a formula reads: "natural hazard 8.8", "ceiling not in force before 2010-01-01".
  std::string part_words(NodeId node) const;
  /// What a formula reads, in order: values, then the rules that it asks for.
  std::vector<std::string> parts_words(const model::Expression& formula) const;
  std::string worked_out(NodeId derived) const;
  /// The derived values that a formula reads, each reported once with what it was computed from;
  /// with its facts, and the factors that have no place of their own in the tree, if the depth asks
  /// for them.
  Document formula_parts(const model::Expression& formula, std::size_t indent, bool facts,
                         bool factors = true);
  Document strengths(NodeId factor, std::size_t indent);
  bool flipped(NodeId leaf) const;
  Document leading_facts(NodeId factor, std::size_t indent);
  Document rules_on(const std::set<NodeId>& targets, std::size_t indent, bool with_condition);
  Document binding_rule(RuleId rule, std::size_t indent, bool with_condition);
  Document holding_rules(bool on_unknown) const;
  bool is_told(NodeId target, const evaluate::EffectResult& effect) const;
  std::string would_move_words(RuleId rule) const;
  std::string amounts_words(RuleId rule) const;
  std::string parameters_words(const model::Expression& condition) const;
  Document facts_of_rule(const model::Rule& rule, std::size_t indent);

  const Explained& explained_;
  const ExplainedView& view_;
  const Scored& scored_;
  const model::Model& model_;
  const SourceMap& sources_;
  const evaluate::CountryResult& country_;
  explain::Causes causes_;
  std::set<RuleId> told_rules_;
  std::set<NodeId> told_parts_;  // factors and derived values whose parts have been told: a part of
                                 // several is told once
  std::set<std::pair<RuleId, std::size_t>> met_holds_, told_holds_;  // rule, effect
};

}  // namespace waystone::report
