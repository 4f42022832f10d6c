#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "base/digits.hpp"
#include "fit/nearest.hpp"
#include "report/document.hpp"
#include "report/marks.hpp"
#include "report/score.hpp"
#include "report/tuned.hpp"
#include "report/words.hpp"

namespace waystone::report {
namespace {

using fit::Influence;
using fit::Proposal;
using fit::Status;
using fit::Tuned;

std::string written_weight(const std::string& numeral, bool percent) {
  return numeral + (percent ? "%" : numeral == "1" ? " part" : " parts");
}

constexpr std::size_t most_proposals = 3, most_left_out = 12;

// Weights are percentages of a few digits: one more than scores have.
std::string weight(double share) { return std::isnan(share) ? "" : fixed(100 * share, 1); }
std::string change(double share) { return signed_points(100 * share, 1); }

std::string limits_of(const weights::Group& group, const weights::Domain& domain,
                      std::size_t member) {
  const double low = 100 * domain.low[member], high = 100 * domain.high[member];
  if (low == high)
    return std::fabs(low - 100 * group.now[member]) < 1e-9 ? "locked"
                                                           : fmt::format("{}%", amount(low));
  if (low <= 0 && high >= 100) return "";
  return fmt::format("{} to {}%", amount(low), amount(high));
}

std::string subject(const TuneReport& report) {
  std::string text = fmt::format("Weights of {}", (*report.rules)[report.group->node].name);
  if (!report.viewpoint.empty()) text += " seen by " + report.viewpoint;
  return text;
}

Document heading(const TuneReport& report) {
  std::string text = subject(report);
  if (!report.judgements.empty()) text += fmt::format(", from {}", report.judgements);
  if (!report.title.empty()) text += ": " + report.title;
  return document_title(std::move(text));
}

// ---- the weights

bool has_limits(const weights::Group& group, const weights::Domain& domain) {
  for (std::size_t m = 0; m < domain.low.n_elem; ++m)
    if (!limits_of(group, domain, m).empty()) return true;
  return false;
}

Document weight_table(const TuneReport& report) {
  const Tuned* tuned = report.tuned;
  const bool written = tuned && tuned->written.has_value();
  const bool limits = tuned && has_limits(*report.group, tuned->domain),
             importance = !report.importance.now.is_empty();
  const bool found = tuned && tuned->found;
  const std::size_t shown = tuned ? std::min(tuned->proposals.size(), most_proposals) : 0;
  std::vector<Column> columns{{"", Align::left}, {"now", Align::right}};
  if (tuned) {
    if (found) {
      columns.push_back({written ? "new" : "nearest", Align::right});
      columns.push_back({"change", Align::right});
    }
    if (limits) columns.push_back({"limits", Align::left});
    for (std::size_t p = 0; p < shown; ++p)
      columns.push_back({tuned->proposals[p].source, Align::right});
  }
  if (importance) {
    columns.push_back({"importance", Align::right});
    if (tuned) columns.push_back({"then", Align::right});
  }
  Table table(std::move(columns));
  for (std::size_t m = 0; m < report.group->size(); ++m) {
    std::vector<std::string> row{report.group->members[m],
                                 written_weight(report.now[m], report.group->percent)};
    if (tuned) {
      if (found) {
        row.push_back(written ? written_weight(tuned->written->numerals[m], report.group->percent)
                              : weight(tuned->shares[m]) + "%");
        row.push_back(change((written ? tuned->written->shares[m] : tuned->shares[m]) -
                             report.group->now[m]));
      }
      if (limits) row.push_back(limits_of(*report.group, tuned->domain, m));
      for (std::size_t p = 0; p < shown; ++p)
        row.push_back(tuned->proposals[p].found() ? weight(tuned->proposals[p].shares[m]) : "none");
    }
    if (importance) {
      row.push_back(percent(report.importance.now[m]));
      if (tuned)
        row.push_back(report.importance.then.is_empty() ? "" : percent(report.importance.then[m]));
    }
    table.add(std::move(row));
  }
  Document text = inset(table);
  if (tuned && shown < tuned->proposals.size()) {
    std::vector<std::string> rest;
    for (std::size_t p = shown; p < tuned->proposals.size(); ++p)
      rest.push_back(tuned->proposals[p].source);
    text += paragraph(
        fmt::format("Not in the table for want of room: {}; --json has all.", joined(rest)));
  }
  return text;
}

// Who is not in a sample, and why.
std::string left_out_of(const fit::Basis& basis) {
  if (basis.left_out.empty()) return "";
  const std::string& first = basis.left_out.front().scenario;
  const bool several = std::any_of(basis.left_out.begin(), basis.left_out.end(),
                                   [&](const auto& one) { return one.scenario != first; });
  std::vector<std::string> named;
  for (const fit::Unrated& one : basis.left_out) named.push_back(in_words(one, several));
  return fmt::format("Left out: {}.", joined_up_to(named, most_left_out));
}

Document importance_note(const TuneReport& report) {
  const fit::Basis& basis = report.importance.basis;
  if (basis.countries == 0 && basis.left_out.empty()) return {};
  std::string text = "Importance: the share of the variance of " +
                     (*report.rules)[report.output].name +
                     " that goes with a member alone, first order, over " +
                     counted(basis.countries, "rated country", "rated countries") + ".";
  if (report.importance.now.is_empty())
    text +=
        " Too few of them, or all the same: there is nothing to measure it on (at least 5 are "
        "needed).";
  else if (basis.countries < 20)
    text += " So small a sample says little.";
  if (const std::string left_out = left_out_of(basis); !left_out.empty()) text += " " + left_out;
  return gap() + paragraph(text);
}

// ---- what became of it

std::string place(const TuneReport& report, const Span& where) {
  const std::string at = report.sources->where(where);
  return at.empty() ? "" : " [" + at.substr(0, at.rfind(':')) + "]";
}

std::string findings_text(const Proposal& proposal, const TuneReport& report) {
  if (!proposal.found()) return "";
  if (const auto* ahp = std::get_if<fit::AhpFindings>(&proposal.findings)) {
    std::string text =
        ahp->random_index > 0
            ? fmt::format(
                  "{}: consistency ratio {}, {} {}", proposal.source,
                  fixed(ahp->consistency_ratio, 3),
                  ahp->consistency_ratio > fit::accepted_consistency_ratio ? "above" : "within",
                  fit::accepted_consistency_ratio)
            : proposal.source +
                  ": no comparison could disagree with the others, so their consistency can't be "
                  "measured";
    if (ahp->missing > 0)
      text += fmt::format("; {} not compared", counted(ahp->missing, "pair", "pairs"));
    if (!ahp->fits.empty() && ahp->consistency_ratio > 1e-9) {
      const fit::ComparisonFit& worst = ahp->fits.front();
      text += fmt::format(
          ". Least in line: {}; the weights say {}, and with that the ratio would be {}",
          proposal.judgements[worst.comparison].text, fixed(worst.implied, 2),
          fixed(worst.ratio_replaced, 3));
    }
    return text + ".";
  }
  if (const auto* best_worst = std::get_if<fit::BestWorstFindings>(&proposal.findings)) {
    std::string text = fmt::format("{}: consistency index (xi) {}, 0 is full agreement",
                                   proposal.source, fixed(best_worst->xi, 3));
    if (best_worst->worst_member)
      text += fmt::format("; judgements of {} agree least",
                          report.group->members[*best_worst->worst_member]);
    return text + ".";
  }
  if (const auto* budget = std::get_if<fit::BudgetFindings>(&proposal.findings)) {
    arma::uword widest = (budget->highest - budget->lowest).index_max();
    if (budget->highest[widest] - budget->lowest[widest] < 0.0005)
      return "";  // one person, or one mind
    return fmt::format("{}: widest apart on {}, from {} to {}%.", proposal.source,
                       report.group->members[widest], weight(budget->lowest[widest]),
                       weight(budget->highest[widest]));
  }
  if (const auto* components = std::get_if<fit::ComponentFindings>(&proposal.findings)) {
    std::string text = fmt::format(
        "{}: {} of the variance explained by {}, over {}", proposal.source,
        percent(components->explained), counted(components->retained, "component", "components"),
        counted(report.tuned->figures.countries, "rated country", "rated countries"));
    if (components->fewer_subjects)
      text += "; fewer countries than members, so they rest on little";
    if (!components->constant.empty()) {
      std::vector<std::string> kept;
      for (const std::size_t m : components->constant)
        kept.push_back(
            fmt::format("{} ({}%)", report.group->members[m], weight(proposal.shares[m])));
      text += fmt::format(
          "; {} the same everywhere, so that no component says anything of {}, and "
          "today's share stays: {}",
          kept.size() == 1 ? "one member is" : "some members are", kept.size() == 1 ? "it" : "them",
          joined(kept));
    }
    return text + ".";
  }
  return "";
}

Document status_text(const TuneReport& report) {
  const Tuned& tuned = *report.tuned;
  switch (tuned.status) {
    case Status::tuned:
      return tuned.proposals.empty() && report.changed.empty()
                 ? paragraph("Today's weights meet everything that is asked; nothing moves.")
                 : Document();
    case Status::nothing_asked:
      return paragraph(
          tuned.statements.empty() && tuned.proposals.empty() && tuned.doubts.empty() &&
                  !has_limits(*report.group, tuned.domain)
              ? "Nothing in the file asks anything of the weights; they stay as they are."
              : "The judgements leave today's weights as they are.");
    case Status::failed:
      return paragraph("No weights. " + capitalised(tuned.failure) + ". Nothing is changed.");
    case Status::importance_missed:
      return paragraph(fmt::format(
          "Not met: {} give the importance wanted; the nearest found miss it by up to {} "
          "points of importance. Nothing is changed.",
          tuned.importance->converged ? "no weights found within the limits"
                                      : "the search did not converge, and no weights found",
          fixed(100 * tuned.importance->largest_miss, 1)));
    case Status::contradictory: break;
  }
  Document text =
      paragraph(fmt::format("Contradictory: no weights within the limits meet all examples. {}",
                            tuned.conflict.size() == 1 ? "This one can't be met by any:"
                                                       : "These can't be met together:"));
  for (const std::size_t s : tuned.conflict) {
    const fit::Statement& statement = tuned.statements[s];
    text += paragraph(one_line(statement.text) +
                          (statement.because.empty() ? "" : ", because " + statement.because) +
                          place(report, statement.where) + never_rated_words(tuned.not_rated[s]),
                      2, 4);
  }
  return text + paragraph(
                    "Take one of them back or change it. The weights above are the best compromise "
                    "(least squared shortfall); nothing is changed.");
}

std::string slack_in_words(double slack) {
  if (std::isnan(slack)) return "not rated";
  if (slack < -fit::met_points)
    return -slack < 0.1 ? "just missed" : "missed by " + fixed(-slack, 1);
  return slack < 0.1 ? "just met" : "met by " + fixed(slack, 1);
}

Document example_table(const TuneReport& report) {
  const Tuned& tuned = *report.tuned;
  if (tuned.statement.empty()) return {};
  Document text = gap() + section("Examples, and by how many points of score they are met");
  for (std::size_t s = 0; s < tuned.statements.size(); ++s) {
    double least = arma::datum::inf;
    for (std::size_t r = 0; r < tuned.statement.size(); ++r)
      if (tuned.statement[r] == s)
        least = std::min(least, std::isnan(tuned.slack[r]) ? -arma::datum::inf : tuned.slack[r]);
    if (least == arma::datum::inf) continue;
    const std::string slack = slack_in_words(std::isinf(least) ? arma::datum::nan : least);
    text +=
        labelled("  " + padded(slack, 15) + (slack.size() < 15 ? "" : " "),
                 one_line(tuned.statements[s].text) + place(report, tuned.statements[s].where), 17);
  }
  return text;
}

Document left_out_text(const TuneReport& report) {
  const auto& left_out = report.tuned->left_out;
  if (left_out.empty()) return {};
  constexpr std::size_t most = 6;
  Document text = gap() + section(fmt::format("Left out: {} that no weights could meet or break",
                                              counted(left_out.size(), "statement", "statements")));
  for (std::size_t k = 0; k < std::min(most, left_out.size()); ++k)
    text += paragraph(one_line(left_out[k].text) + ": " + left_out[k].why, 2, 4);
  if (left_out.size() > most)
    text += paragraph(fmt::format("and {} more; --json has all", left_out.size() - most), 2, 4);
  return text;
}

// "security -2.1, corridor +1.4": where the weights would go without it
std::string moves(const Influence& influence, const Tuned& tuned, const weights::Group& group) {
  if (influence.without.is_empty()) return "without it nothing is determined";
  const arma::vec effect = tuned.shares - influence.without;
  const arma::uvec order = arma::stable_sort_index(arma::vec(-arma::abs(effect)));
  std::vector<std::string> parts;
  for (arma::uword k = 0; k < std::min<arma::uword>(3, order.n_elem); ++k)
    if (std::fabs(effect[order[k]]) >= 0.0005)
      parts.push_back(fmt::format("{} {}", group.members[order[k]], change(effect[order[k]])));
  return parts.empty() ? "changes nothing" : joined(parts, ", ");
}

Document influence_table(const TuneReport& report) {
  const Tuned& tuned = *report.tuned;
  if (tuned.influences.empty() || tuned.status == Status::contradictory) return {};
  if (std::all_of(tuned.influences.begin(), tuned.influences.end(),
                  [](const Influence& i) { return i.points < 0.05 && !i.without.is_empty(); }))
    return gap() +
           paragraph(
               tuned.influences.size() == 1
                   ? "What the one judgement does: nothing. The weights are the same without it."
                   : "What each judgement does: nothing alone. Leave out any one of them, and the "
                     "others give the same weights.");
  constexpr std::size_t most = 12;
  Document text =
      gap() + section("What each judgement does: points of weight that it moves, and where most");
  for (std::size_t k = 0; k < std::min(most, tuned.influences.size()); ++k) {
    const Influence& influence = tuned.influences[k];
    text += labelled("  " +
                         padded(influence.without.is_empty() ? "" : fixed(influence.points, 1), 5,
                                Align::right) +
                         "  ",
                     fmt::format("{}, {}: {}", influence.source, one_line(influence.text),
                                 moves(influence, tuned, *report.group)),
                     11);
  }
  if (tuned.influences.size() > most)
    text +=
        paragraph(fmt::format("and {} more; --json has all", tuned.influences.size() - most), 2, 4);
  return text;
}

Document doubt_table(const TuneReport& report) {
  const Tuned& tuned = *report.tuned;
  if (tuned.doubts.empty()) return {};
  Document text =
      gap() + section(fmt::format(
                  "Benefit of the doubt: best weights within the limits (heaviest members), of {}",
                  counted(tuned.doubts.size(), "rated country", "rated countries")));
  for (const Proposal& proposal : tuned.doubts) {
    if (!proposal.found()) {
      text += paragraph(fmt::format("{}: none; {}", proposal.source, proposal.failure), 2, 4);
      continue;
    }
    const arma::uvec order = arma::stable_sort_index(arma::vec(-proposal.shares));
    std::vector<std::string> parts;
    for (arma::uword k = 0; k < std::min<arma::uword>(3, order.n_elem); ++k)
      if (proposal.shares[order[k]] > 0.0005)
        parts.push_back(fmt::format("{} {}%", report.group->members[order[k]],
                                    weight(proposal.shares[order[k]])));
    const auto* findings = std::get_if<fit::DoubtFindings>(&proposal.findings);
    text += paragraph(
        fmt::format("{}: mean {}; {}", proposal.source,
                    findings ? points(findings->score, report.digits) : "", joined(parts, ", ")),
        2, 4);
  }
  return text + paragraph("One set of weights a country is no set of weights: nothing to write.");
}

// ---- what it means

Document effect_tables(const TuneReport& report) {
  if (report.effects.empty()) return {};
  Document text = gap() + section(fmt::format("What it does to {} (points)",
                                              (*report.rules)[report.output].name));
  std::set<char> marks;
  for (const TuneEffect& effect : report.effects) {
    text += paragraph(effect.title.empty() ? effect.path : effect.title, 2, 4);
    Table table({{""},
                 {"before", Align::right},
                 {"", Align::left, 0},
                 {"after", Align::right},
                 {"", Align::left, 0},
                 {"moved", Align::right},
                 {"band"}});
    std::vector<std::string> unrated;
    for (const TuneEffect::Country& country : effect.countries) {
      if (std::isnan(country.before) && std::isnan(country.after)) {
        unrated.push_back(country_title(country.code));
        continue;
      }
      const auto named = [](const std::string& band) {
        return band.empty() ? std::string("not rated") : band;
      };
      const std::string band =
          country.band_before == country.band_after
              ? country.band_after
              : named(country.band_before) + " -> " + named(country.band_after);
      for (const std::string& side : {country.marks_before, country.marks_after})
        marks.insert(side.begin(), side.end());
      table.add({country_title(country.code), points(country.before, report.digits),
                 country.marks_before, points(country.after, report.digits), country.marks_after,
                 printed_move(country.before, country.after, report.digits), band});
    }
    if (!table.empty()) text += inset(table, 4);
    if (!unrated.empty()) text += paragraph("not rated: " + joined_up_to(unrated, 8), 4, 6);
    if (!effect.previous.empty() && (*report.rules)[report.output].bands)
      text +=
          paragraph(fmt::format("bands by the edges alone, not kept by {}", effect.previous), 4, 6);
  }
  return text + marks_legend(marks);
}

Document tuned_nothing(const TuneReport& report) {
  return report.tuned->proposals.empty() ? Document() : gap() + paragraph("No numeral changes.");
}

Document written_text(const TuneReport& report) {
  if (!report.tuned->written) return {};
  if (report.changed.empty()) return tuned_nothing(report);
  const std::string where =
      report.changed.size() == 1
          ? report.changed.front()
          : fmt::format("{} to {}", report.changed.front(), report.changed.back());
  const std::string count = counted(report.changed.size(), "numeral", "numerals");
  return gap() +
         paragraph(report.written
                       ? fmt::format("Written: {}, {}. Who judged the weights, and why, is as it "
                                     "was: change 'judged by' by hand, for 'explain' quotes it.",
                                     count, where)
                       : fmt::format("Nothing is written. --write changes {}, {}.", count, where));
}

}  // namespace

Document tuned_text(const TuneReport& report) {
  Document text = heading(report) + gap() + weight_table(report) + importance_note(report);
  if (report.tuned) {
    const Document status = status_text(report);
    if (!status.empty()) text += gap() + status;
    Document findings;
    for (const Proposal& proposal : report.tuned->proposals)
      if (const std::string line = findings_text(proposal, report); !line.empty())
        findings += paragraph(line);
    if (!findings.empty()) text += gap() + findings;
    text += example_table(report) + influence_table(report) + doubt_table(report);
    if (const std::string left_out = left_out_of(report.tuned->figures); !left_out.empty())
      text += gap() + paragraph(left_out);
    text += left_out_text(report) + (report.tuned->found ? effect_tables(report) : Document()) +
            written_text(report);
  }
  std::string stamp = report.tool + " · rules " + report.model.hash.substr(0, 12);
  if (!report.hash.empty()) stamp += " · judgements " + report.hash.substr(0, 12);
  return text + stamped(stamp);
}

}  // namespace waystone::report
