// All that `robust` answers about one scenario, viewpoint by viewpoint.
#pragma once
#include "explain/compare.hpp"
#include "robust/compatible.hpp"
#include "robust/lapses.hpp"
#include "robust/stability.hpp"
#include "robust/turning.hpp"

namespace waystone::robust {

struct ViewStudy {
  std::string name;  // of the viewpoint; "" where the answer is the same for all, or there are none
  Question question;
  std::vector<std::size_t> ranking;     // indices of Question::countries, highest value first
  std::vector<Stability> stability;     // of the whole ranking; of a pair its order
  std::vector<OrderTurning> orders;     // of neighbours in the ranking
  std::vector<BandTurning> bands;       // of every country, where the output has bands
  std::vector<Lapse> lapses;            // where a country is no longer rated
  std::vector<Preference> preferences;  // of every pair, in order of the ranking
  std::vector<RankRange> always;        // by country
  Acceptabilities acceptabilities;
  std::optional<CompatibleStudy> compatible;  // where judgements were given that some weights meet
  std::size_t transfers = 0, corners = 0, drawn = 0;  // weights that were tried
  std::vector<std::string> rated_by_others;  // countries that only other weights than today's rate
};

struct Study {
  NodeId output, node;  // compared; whose weights move
  std::vector<ViewStudy> views;
  std::optional<explain::Comparison>
      pair;  // where two countries were asked for: verdicts and crossovers, no attributions
};

/// The node whose weights matter most to viewpoints: among those that the output depends on, one
/// that takes its weights from viewpoints, else the output itself, else the first with weights.
/// Nothing if none has any.
std::optional<NodeId> node_to_move(const model::Model& model, const program::Program& program,
                                   NodeId output);

/// `node` must have weights; `countries` be of the case: two for a pair, else a ranking of those
/// that are rated. `compatible_with`: of judgements; null without any.
Study study(const evaluate::Case& scenario_case, const evaluate::Assessment& assessment,
            NodeId output, NodeId node, const std::vector<std::string>& countries,
            const Effort& effort, const CompatibleWith& compatible_with = nullptr);

/// The smallest turning change alone, for each viewpoint of the assessment in which both are rated
/// and differ. Quick.
struct ViewTurning {
  std::string name;
  weights::Group group;
  OrderTurning order;  // indices 0 and 1: first and second
};
std::vector<ViewTurning> turn_pair(const evaluate::Case& scenario_case,
                                   const evaluate::Assessment& assessment, NodeId output,
                                   const std::string& first, const std::string& second);

}  // namespace waystone::robust
