// Tells a country's output from one viewpoint: factors, the facts behind them, rules.
#pragma once
#include <set>

#include "report/explained.hpp"
#include "report/marks.hpp"

namespace waystone::report {

class Narrator {
 public:
  Narrator(const Explained& explained, const ExplainedView& view);

  /// Heading over `factors`.
  std::string members_title() const;
  /// The output's members by what each is worth to it, down to a depth.
  std::string factors(int depth);
  /// Indicators and derived values by what each is worth to the output.
  std::string facts_by_influence();
  /// Who signs the weights of the output's members, and where; "" where it has none.
  std::string who_weighs() const;
  /// All rules that bind below the output and on it, those not yet told.
  std::string binding_rules();
  /// Rules whose condition holds and that act on what is known, but change nothing of this output; to be asked after `factors`.
  std::string idle_rules() const { return holding_rules(false); }
  /// Rules whose condition holds and that act only on what is not known.
  std::string rules_on_unknown() const { return holding_rules(true); }
  /// Rules whose condition is unknown, and which facts would settle them.
  std::string open_rules() const;

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
  /// In brackets, what the output would be without what holds it; "" where nothing does. Remembers what is to be told.
  std::string unheld_words(const explain::AtBest& best);
  /// The floors and caps met since last asked, each told once.
  std::string holds();
  std::string members(int depth);
  std::string factor(const Weighed& member, int level, int depth, const std::string& mark);
  std::string behind(NodeId factor, int level, int depth);
  std::string leaf(NodeId node, const MemberWeight& weight, std::size_t indent, bool flip,
                   const std::string& worth = "", const std::string& mark = "- ") const;
  std::string strengths(NodeId factor, std::size_t indent) const;
  bool read_elsewhere(RuleId rule) const;
  bool flipped(NodeId leaf) const;
  std::string leading_facts(NodeId factor, std::size_t indent) const;
  std::string rules_on(const std::set<NodeId>& targets, std::size_t indent, bool with_condition);
  std::string binding_rule(RuleId rule, std::size_t indent, bool with_condition) const;
  std::string holding_rules(bool on_unknown) const;
  std::string would_move_words(RuleId rule) const;
  std::string amounts_words(RuleId rule) const;
  std::string parameters_words(const model::Expression& condition) const;
  std::string facts_of_rule(const model::Rule& rule, std::size_t indent) const;

  const Explained& explained_;
  const ExplainedView& view_;
  const Scored& scored_;
  const model::Model& model_;
  const SourceMap& sources_;
  const evaluate::CountryResult& country_;
  std::set<RuleId> told_rules_;
  std::set<std::pair<RuleId, std::size_t>> met_holds_, told_holds_;  // rule, effect
};

}  // namespace waystone::report
