// What judgements ask of weights, which weights they leave, and the order over these.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/digits.hpp"
#include "fit/nearest.hpp"
#include "report/document.hpp"
#include "report/robust.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

class JudgedTeller {
 public:
  JudgedTeller(const Robust& robust, std::size_t view)
      : robust_(robust),
        view_(robust.study.views[view]),
        judged_(robust.judgements.views[view]),
        group_(view_.question.group) {}

  Document text() const {
    if (!judged_.conflict.empty()) return contradiction();
    if (!view_.compatible)
      return paragraph("No weights within the limits were found that meet them.", 2, 4);
    if (judged_.asked.requirements.list.empty() && same_limits())
      return paragraph(
          "They ask for nothing that weights could miss, so the answers are those above." +
              unused() + left_out(),
          2, 4);
    const model::Node& output = robust_.scored.rules()[robust_.study.output];
    return asked() +
           over_all_text({robust_, view_.question, view_.ranking, view_.compatible->preferences,
                          view_.compatible->always, view_.compatible->acceptabilities, output,
                          robust_.scored.digits_of(robust_.study.output), &*view_.compatible,
                          !view_.rated_by_others.empty()});
  }

 private:
  std::string place(const Span& where) const {
    const std::string at = robust_.scored.sources->where(where);
    return at.empty() ? "" : " [" + at.substr(0, at.rfind(':')) + "]";
  }

  std::string statement(std::size_t s) const {
    return one_line(judged_.asked.statements[s].text) + place(judged_.asked.statements[s].where);
  }

  Document contradiction() const {
    Document text =
        paragraph(fmt::format("Contradictory: no weights within the limits meet all examples. {}",
                              judged_.conflict.size() == 1 ? "This one can't be met by any:"
                                                           : "These can't be met together:"),
                  2, 4);
    for (const std::size_t s : judged_.conflict) {
      const std::string& because = judged_.asked.statements[s].because;
      text += paragraph(one_line(judged_.asked.statements[s].text) +
                            (because.empty() ? "" : ", because " + because) +
                            place(judged_.asked.statements[s].where) +
                            never_rated_words(judged_.asked.not_rated[s]),
                        4, 6);
    }
    return text;
  }

  bool same_limits() const {
    return arma::approx_equal(view_.compatible->domain.low, group_.domain.low, "absdiff", 1e-12) &&
           arma::approx_equal(view_.compatible->domain.high, group_.domain.high, "absdiff",
                              1e-12) &&
           view_.compatible->domain.ties == group_.domain.ties;
  }

  std::string unused() const {
    return judged_.chooses ? " What says where weights should be (swing, pairs, budgets, figures, "
                             "importance) chooses among weights: 'tune' does that."
                           : "";
  }

  // Statements that ask nothing of these weights, and why.
  std::string left_out() const {
    constexpr std::size_t most_named = 12;
    std::vector<std::string> named;
    for (const fit::LeftOut& left : judged_.asked.left_out)
      named.push_back(fmt::format("{}{} ({})", one_line(left.text), place(left.where), left.why));
    return named.empty() ? "" : fmt::format(" Left out: {}.", joined_up_to(named, most_named));
  }

  // The statement that today's weights miss by most.
  std::string missed_today() const {
    const arma::vec slack = judged_.asked.requirements.slack(group_.now);
    if (const arma::uvec unknown = arma::find_nan(slack); !unknown.empty())
      return fmt::format(": a country of {} isn't rated with them",
                         statement(judged_.asked.statement[unknown[0]]));
    if (slack.empty() || slack.min() >= -fit::met_points) return " (they break its limits)";
    const arma::uword worst = slack.index_min();
    return fmt::format(
        ": they miss {} by {}", statement(judged_.asked.statement[worst]),
        -slack[worst] < 0.1 ? "less than 0.1 of a point" : fixed(-slack[worst], 1) + " points");
  }

  Document asked() const {
    if (judged_.asked.requirements.list.empty())
      return paragraph(
          fmt::format("Asked: its own limits. Today's weights {} them.{}",
                      view_.compatible->today ? "keep" : "don't keep", unused() + left_out()),
          2, 4);
    const std::size_t count = distinct();
    std::string text =
        fmt::format("Asked: {} about scores{}. ", counted(count, "statement", "statements"),
                    same_limits() ? "" : ", and its own limits");
    const double part = view_.compatible->part;
    if (!std::isnan(part))
      text += fmt::format("{} of the weights within the limits meet {}. ",
                          part < 0.01 ? "Less than 1%" : percent(part), count == 1 ? "it" : "them");
    text +=
        view_.compatible->today ? "Today's weights do." : "Today's don't" + missed_today() + ".";
    if (stuck())
      text +=
          " They leave next to no room to draw in: the draws below are all alike, and only what "
          "was searched for counts.";
    return paragraph(text + unused() + left_out(), 2, 4);
  }

  bool stuck() const {
    return view_.compatible->walked &&
           arma::abs(view_.compatible->highest - view_.compatible->lowest).max() < 1e-3;
  }

  std::size_t distinct() const {
    std::vector<std::size_t> statements = judged_.asked.statement;
    std::sort(statements.begin(), statements.end());
    return std::size_t(std::unique(statements.begin(), statements.end()) - statements.begin());
  }

  const Robust& robust_;
  const robust::ViewStudy& view_;
  const JudgedView& judged_;
  const weights::Group& group_;
};

}  // namespace

Document judged_text(const Robust& robust, std::size_t view) {
  if (robust.judgements.path.empty()) return {};
  return gap() + section("Over all weights compatible with " + robust.judgements.path) +
         JudgedTeller(robust, view).text();
}

}  // namespace waystone::report
