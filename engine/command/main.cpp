// The command line: verbs, their options and their help.
#include <charconv>
#include <csignal>
#include <cstdio>
#include <exception>
#include <limits>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <fcntl.h>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "command/board.hpp"
#include "command/generate.hpp"
#include "command/option_parts.hpp"
#include "command/out.hpp"
#include "command/unfinished.hpp"
#include "command/usage.hpp"
#include "command/verbs.hpp"
#include "source/visible.hpp"

namespace waystone::command {
namespace {

const std::map<std::string, ColorChoice> color_words = {{"auto", ColorChoice::automatic},
                                                        {"always", ColorChoice::always},
                                                        {"never", ColorChoice::never}};

CLI::Validator in_range(std::string_view option) {
  const OptionRange& range = range_of(option);
  return CLI::Range(range.low, range.high).description("");
}

// CLI11 takes what is too large for the largest number.
CLI::Validator seed_check() {
  return CLI::Validator(
      [](const std::string& text) {
        std::uint64_t seed = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
        const bool good = error == std::errc() && end == text.data() + text.size();
        return good ? "" : "no seed";
      },
      "");
}

struct CommandLine {
  CLI::App app{
      "Waystone scores the risk of Belt and Road partners from rules and dated facts in text "
      "files.",
      "waystone"};
  ColorChoice color = ColorChoice::automatic;
  ScoreOptions score;
  Options test, coverage;
  ExplainOptions explain;
  CompareOptions compare;
  TrackOptions track;
  BackTestOptions backtest;
  RobustOptions robust;
  CheckOptions check;
  TuneOptions tune;
  DataOptions data;
  BoardOptions board;
  ListOptions list;
  EmitOptions emit;
  ExplainCodeOptions explain_code;
  Options generate;  // `out`
  std::string page;  // to generate

  CommandLine() {
    app.set_version_flag("--version", tool_name());
    app.set_help_flag("-h,--help", "this help");
    app.require_subcommand(1);
    app.add_option("--color", color, "colours: auto, always or never")
        ->transform(CLI::CheckedTransformer(color_words, CLI::ignore_case).description(""))
        ->type_name("WHEN");
    app.footer(
        "Exit codes: 0 done, 1 findings, 2 wrong command line, 3 faulty rule, scenario or data "
        "file, 4 input, output or memory, 70 internal error.\n"
        "'waystone VERB --help' shows examples.");
    add_score();
    add_explain();
    add_compare();
    add_track();
    add_backtest();
    add_robust();
    add_check();
    add_test();
    add_coverage();
    add_tune();
    add_data();
    add_board_verbs(app, board);
    add_list_verb();
    add_emit();
    add_explain_code();
    add_generate();
    refuse_empty_values(app);
  }

 private:
  void add_score() {
    CLI::App* verb = add_verb(
        app, "score", "score every country of a scenario",
        "  waystone score scenarios/article/2015-06.toml\n"
        "  waystone score scenarios/article/2015-06.toml --set UKR.eu_access=6 --viewpoint state\n"
        "  waystone score scenarios/article/2015-06.toml --as-of 2010..2015 --viewpoint state\n"
        "  waystone score scenarios/partners/2024.toml --viewpoint committee --top 20\n"
        "  waystone score scenarios/partners/2024.toml --viewpoint committee --only central_asia\n"
        "  waystone score scenarios/partners/2024.toml --viewpoint state --by-group region");
    verb->add_option("scenario", score.files, "scenario files (.toml)")
        ->required()
        ->type_name("FILE");
    add_scenario_options(*verb, score);
    verb->get_option("--as-of")->description(
        verb->get_option("--as-of")->get_description() +
        "; several (2013,2015 or 2013..2023) for a table by date");
    verb->add_flag("--all", score.all, "factors for any number of countries, inner factors too");
    add_text(*verb, "--by", score.by, "rank by this output or factor (default: the main output)",
             "NAME");
    verb->add_option("--top", score.top, "only so many countries of the ranking")
        ->check(in_range("--top"))
        ->type_name("N");
    add_list(*verb, "--only", score.only,
             "only these groups and countries, as central_asia,BLR; ranks stay those among all; "
             "repeatable",
             "GROUP|CODE");
    verb->add_flag("--factors", score.factors, "the factors of what is ranked by, as columns");
    add_list(*verb, "--columns", score.columns,
             "these columns of the ranking, as rank,region,bounds,security; repeatable", "NAMES");
    add_text(*verb, "--by-group", score.by_group,
             "sum up the groups of this kind: mean, spread, lowest and highest", "KIND");
    verb->add_flag("--csv", score.csv, "print CSV, one row a country");
    verb->add_flag("--long", score.long_rows, "with --csv: one row a country and node");
    add_output_options(*verb, score);
    add_renderings(*verb, score);
  }

  void add_explain() {
    CLI::App* verb = add_verb(
        app, "explain", "why a country has its score, in sentences with sources and lines",
        "  waystone explain scenarios/article/2015-06.toml UKR\n"
        "  waystone explain scenarios/article/2015-06.toml BLR --viewpoint enterprise --depth 3");
    verb->add_option("scenario", explain.scenario, "scenario file (.toml)")
        ->required()
        ->type_name("FILE");
    verb->add_option("country", explain.country, "country code")->required()->type_name("CODE");
    add_scenario_options(*verb, explain);
    add_text(*verb, "--output", explain.output,
             "output, factor or derived value to explain (default: the main output)", "NAME");
    verb->add_option("--depth", explain.depth,
                     "1 factors, 2 facts and rules (default), 3 and more inner factors")
        ->check(in_range("--depth"))
        ->type_name("N");
    verb->add_flag("--deepest-first", explain.deepest_first,
                   "the facts by influence first, then what they add up to");
    verb->add_flag("--ledger", explain.ledger, "the computation, operation by operation");
    add_text(*verb, "--record", explain.record,
             "how its factors and rules did on earlier year ends: a scenario with a [backtest], or "
             "a folder with one such",
             "PATH");
    add_output_options(*verb, explain);
    add_renderings(*verb, explain);
  }

  void add_compare() {
    CLI::App* verb = add_verb(
        app, "compare",
        "which of two countries, or one on two dates, in two scenarios or by two rule files",
        "  waystone compare scenarios/article/2015-06.toml BLR UKR\n"
        "  waystone compare scenarios/article/2019-06.toml BLR UKR --set UKR.eu_access=4\n"
        "  waystone compare scenarios/partners/figures.toml KAZ --as-of 2019,2023\n"
        "  waystone compare scenarios/article/2019-06.toml UKR --against "
        "scenarios/article/2015-06.toml\n"
        "  waystone compare scenarios/partners/2024.toml --rules mine.risk --against "
        "rules/partners.risk");
    verb->add_option("scenario", compare.scenario, "scenario file (.toml)")
        ->required()
        ->type_name("FILE");
    verb->add_option("first", compare.first, "country code (default, on two sides: all countries)")
        ->type_name("CODE");
    verb->add_option("second", compare.second, "country code: two countries on one side")
        ->type_name("CODE");
    add_scenario_options(*verb, compare);
    verb->get_option("--as-of")->description(verb->get_option("--as-of")->get_description() +
                                             "; two (2019,2023) for what moved between them");
    add_text(*verb, "--against", compare.against,
             "what moved from this scenario, or from what this rule file gives, to the scenario",
             "FILE");
    add_list(*verb, "--only", compare.only,
             "of all countries only these groups and countries, as central_asia,BLR; repeatable",
             "GROUP|CODE");
    verb->add_option(
            "--top", compare.top,
            "of all countries so many are split (default 10, of several viewpoints 5 each)")
        ->check(in_range("--top"))
        ->type_name("N");
    add_text(*verb, "--output", compare.output,
             "output or factor to compare (default: the main output)", "NAME");
    verb->add_flag("--csv", compare.csv, "print CSV, one row a country, of two sides");
    add_output_options(*verb, compare);
    add_renderings(*verb, compare);
  }

  void add_track() {
    CLI::App* verb = add_verb(
        app, "track", "how countries moved over the dates, and what moved them",
        "  waystone track scenarios/partners/figures.toml --viewpoint committee\n"
        "  waystone track scenarios/partners/figures.toml KAZ --viewpoint committee --from 2019\n"
        "  waystone track scenarios/partners/figures.toml --only central_asia --since 2019");
    verb->add_option("scenario", track.scenario, "scenario file (.toml)")
        ->required()
        ->type_name("FILE");
    verb->add_option("country", track.country, "country code (default: all countries)")
        ->type_name("CODE");
    add_scenario_options(*verb, track);
    verb->get_option("--as-of")->description(
        "the dates: a list or range, as 2013,2019 or 2013..2024");
    add_text(*verb, "--from", track.from, "first date (default: as far as the figures reach)",
             "DATE");
    add_text(*verb, "--to", track.to, "last date (default: the scenario's)", "DATE");
    add_text(*verb, "--every", track.every, "year (default), half, quarter or month", "STEP");
    add_text(*verb, "--since", track.since, "moves count from this date (default: the first)",
             "DATE");
    add_text(*verb, "--output", track.output, "output or factor (default: the main output)",
             "NAME");
    add_list(*verb, "--only", track.only,
             "only these groups and countries, as central_asia,BLR; repeatable", "GROUP|CODE");
    verb->add_option("--top", track.top,
                     "moves that are listed (default 10, of several viewpoints 5 each)")
        ->check(in_range("--top"))
        ->type_name("N");
    verb->add_flag("--csv", track.csv, "print CSV, one row a country and date");
    add_output_options(*verb, track);
    add_renderings(*verb, track);
  }

  void add_backtest() {
    CLI::App* verb = add_verb(
        app, "backtest", "scores of earlier years held against what happened then",
        "  waystone backtest scenarios/partners\n"
        "  waystone backtest scenarios/partners --outcome conflict,coup --horizon 2 --all\n"
        "  waystone backtest scenarios/partners --register register-2024.csv\n"
        "  waystone backtest scenarios/partners --registered register-2024.csv");
    verb->add_option("scenario", backtest.scenario,
                     "scenario file (.toml) with a [backtest], or a folder with one such")
        ->required()
        ->type_name("PATH");
    add_scenario_options(*verb, backtest);
    verb->get_option("--as-of")->description("with --register: the day whose scores are written");
    add_list(*verb, "--outcome", backtest.outcomes,
             "only these outcomes of the scenario; repeatable", "NAMES");
    verb->add_option("--horizon", backtest.horizons,
                     "only these years ahead (default: the scenario's), as 1,2,5")
        ->delimiter(',')
        ->check(in_range("--horizon"))
        ->type_name("YEARS");
    add_text(*verb, "--from", backtest.from, "first year end that is tested", "YEAR");
    add_text(*verb, "--to", backtest.to, "last year end that is tested", "YEAR");
    verb->add_option("--draws", backtest.draws, "draws of countries for intervals (default 1000)")
        ->check(in_range("--draws"))
        ->type_name("N");
    verb->add_option("--seed", backtest.seed, "of the draws (default 1)")
        ->check(seed_check())
        ->type_name("N");
    verb->add_flag("--all", backtest.all, "tables of every horizon, every miss and false alarm");
    add_text(*verb, "--register", backtest.register_to,
             "write today's scores and chances to this new file, with date and hash", "FILE");
    add_text(*verb, "--registered", backtest.registered,
             "judge scores that --register wrote by the events that are known now", "FILE");
    add_text(*verb, "--dated", backtest.dated, "with --register: its date (default: today)",
             "DATE");
    verb->add_flag("--csv", backtest.csv, "print CSV, one row an outcome, horizon and subject");
    add_output_options(*verb, backtest);
    add_renderings(*verb, backtest);
  }

  void add_robust() {
    CLI::App* verb = add_verb(
        app, "robust", "how far weights may move before an order turns",
        "  waystone robust scenarios/article/2019-06.toml BLR UKR --viewpoint state\n"
        "  waystone robust scenarios/article/2019-06.toml --output opportunity --samples 2000\n"
        "  waystone robust scenarios/article/2019-06.toml BLR UKR --viewpoint state --from "
        "rules/judgements/patron.toml");
    verb->add_option("scenario", robust.scenario, "scenario file (.toml)")
        ->required()
        ->type_name("FILE");
    verb->add_option("first", robust.first, "country code (default: the whole ranking)")
        ->type_name("CODE");
    verb->add_option("second", robust.second, "country code")->type_name("CODE");
    add_scenario_options(*verb, robust);
    add_text(*verb, "--output", robust.output,
             "output or factor whose order is asked about (default: the main output)", "NAME");
    add_text(*verb, "--node", robust.node,
             "factor or output whose weights move (default: the one that viewpoints weigh)",
             "NAME");
    add_text(*verb, "--from", robust.from,
             "judgement file (docs/judgements.md): what holds for all weights compatible with it",
             "FILE");
    verb->add_option("--samples", robust.samples, "weights drawn (default 10000)")
        ->check(in_range("--samples"))
        ->type_name("N");
    verb->add_option("--seed", robust.seed, "of the draws (default 1)")
        ->check(seed_check())
        ->type_name("N");
    add_output_options(*verb, robust);
    add_renderings(*verb, robust);
  }

  void add_check() {
    CLI::App* verb =
        add_verb(app, "check", "report every problem of rule files and scenarios",
                 "  waystone check rules/belt-and-road.risk\n"
                 "  waystone check scenarios/article/2015-06.toml --warnings-as-errors");
    verb->add_option("path", check.files, "rule files, scenarios (.toml), folders of them")
        ->required()
        ->type_name("PATH");
    add_text(*verb, "--rules", check.rules, "rule file in place of the scenario's", "FILE");
    verb->add_flag("--warnings-as-errors", check.warnings_as_errors,
                   "end with 1 where there are warnings");
    add_within(*verb, check);
    add_output_options(*verb, check);
  }

  void add_test() {
    CLI::App* verb =
        add_verb(app, "test", "run the expectations of scenarios and the examples of rule files",
                 "  waystone test scenarios/\n"
                 "  waystone test rules/belt-and-road.risk scenarios/article/2015-06.toml");
    verb->add_option("path", test.files, "scenarios, rule files, folders of them")
        ->required()
        ->type_name("PATH");
    add_text(*verb, "--rules", test.rules, "rule file in place of the scenario's", "FILE");
    add_within(*verb, test);
    add_output_options(*verb, test);
    add_renderings(*verb, test);
  }

  void add_coverage() {
    CLI::App* verb = add_verb(
        app, "coverage",
        "which rules, conditions, levels, curves and weights scenarios ever exercised",
        "  waystone coverage scenarios/\n"
        "  waystone coverage rules/belt-and-road.risk scenarios/article/2015-06.toml --all");
    verb->add_option("path", coverage.files,
                     "scenarios, rule files (for the scenarios of their examples), folders of them")
        ->required()
        ->type_name("PATH");
    add_text(*verb, "--rules", coverage.rules, "rule file in place of the scenario's", "FILE");
    verb->add_flag("--all", coverage.all, "every count, after what was never exercised");
    add_within(*verb, coverage);
    add_output_options(*verb, coverage);
    add_renderings(*verb, coverage);
  }

  void add_tune() {
    CLI::App* verb =
        add_verb(app, "tune",
                 "weights from judgements, beside today's; --write puts them into the rule file",
                 "  waystone tune rules/belt-and-road.risk --viewpoint state --from "
                 "rules/judgements/patron.toml --on scenarios/article/2015-06.toml\n"
                 "  waystone tune rules/belt-and-road.risk --viewpoint enterprise --on "
                 "scenarios/article/2019-06.toml");
    verb->add_option("rules", tune.rules, "rule file (.risk)")->required()->type_name("FILE");
    add_text(
        *verb, "--from", tune.from,
        "judgement file (docs/judgements.md); without it weights are shown beside their importance",
        "FILE");
    add_text(*verb, "--viewpoint", tune.viewpoint,
             "whose weights, and under which examples are scored", "NAME");
    add_text(*verb, "--node", tune.node,
             "output or factor whose weights are tuned (default: the main output)", "NAME");
    add_text(*verb, "--output", tune.output,
             "output that effects and importance are about (default: the main output)", "NAME");
    verb->add_option("--on", tune.on,
                     "scenarios on which to show the effect and measure importance")
        ->type_name("FILE");
    verb->add_option("--decimals", tune.decimals,
                     "digits after the point of the new weights (default 1)")
        ->check(in_range("--decimals"))
        ->type_name("N");
    verb->add_flag("--write", tune.write, "change the numerals in the rule file, and nothing else");
    add_text(*verb, "--reason", tune.reason,
             "with --write: append this line and the date as a comment", "TEXT");
    add_within(*verb, tune);
    add_output_options(*verb, tune);
    add_renderings(*verb, tune);
  }

  void add_data() {
    CLI::App* verb =
        add_verb(app, "data", "which data a scenario has: of when, from whom, what is missing",
                 "  waystone data scenarios/partners/2024.toml\n"
                 "  waystone data scenarios/article/2015-06.toml UKR\n"
                 "  waystone data scenarios/partners/2024.toml --missing\n"
                 "  waystone data scenarios/partners/2024.toml --sources");
    verb->add_option("scenario", data.scenario, "scenario file (.toml)")
        ->required()
        ->type_name("FILE");
    verb->add_option("country", data.countries, "codes of countries to list fact by fact")
        ->type_name("CODE");
    add_scenario_options(*verb, data);
    add_text(*verb, "--output", data.output,
             "output or factor whose weight is meant (default: the main output)", "NAME");
    verb->add_flag("--all", data.all, "list every country fact by fact");
    verb->add_flag("--missing", data.missing, "only what is not known");
    verb->add_flag("--sources", data.sources, "only whose figures they are, as they are cited");
    verb->add_flag("--csv", data.csv, "print CSV, one row an indicator, fact or source");
    add_output_options(*verb, data);
    add_renderings(*verb, data);
  }

  void add_list_verb() {
    CLI::App* verb = add_verb(app, "list", "the data that a model asks for",
                              "  waystone list rules/belt-and-road.risk\n"
                              "  waystone list scenarios/article/2015-06.toml --program --json");
    verb->add_option("file", list.files,
                     "rule file; with --program also a scenario (.toml), or one of each")
        ->required()
        ->type_name("FILE");
    add_scenario_options(*verb, list);
    verb->add_flag("--program", list.program,
                   "with --json: the compiled program (docs/schema/program.md)");
    add_output_options(*verb, list);
    add_renderings(*verb, list);
  }

  void add_emit() {
    CLI::App* verb =
        add_verb(app, "emit", "a model as a program in another language",
                 "  waystone emit --js rules/belt-and-road.risk --out belt-and-road.mjs\n"
                 "  waystone emit --js --script rules/partners.risk --out partners.js");
    verb->add_option("file", emit.rules, "rule file")->required()->type_name("FILE");
    verb->add_flag("--js", emit.js, "in JavaScript, as an ES module (docs/emit.md)");
    verb->add_flag("--script", emit.script,
                   "with --js: a script for pages without modules, which sets waystoneModel");
    add_within(*verb, emit);
    add_text(*verb, "--out", emit.out, "write to this file instead of standard output", "FILE");
  }

  void add_explain_code() {
    CLI::App* verb = add_verb(app, "explain-code", "the page of a diagnostic",
                              "  waystone explain-code E0210\n"
                              "  waystone explain-code W0301 --json");
    verb->add_option("code", explain_code.code, "code of a diagnostic")
        ->required()
        ->type_name("CODE");
    add_output_options(*verb, explain_code);
  }

  // For who installs the program; help doesn't list it.
  void add_generate() {
    CLI::App* verb = add_verb(app, "generate", "the manual page, or what a shell completes",
                              "  waystone generate man --out waystone.1\n"
                              "  waystone generate bash");
    verb->group("");
    verb->add_option("page", page, "man, bash, zsh or fish")
        ->required()
        ->check(CLI::IsMember({"man", "bash", "zsh", "fish"}).description(""))
        ->type_name("PAGE");
    add_text(*verb, "--out", generate.out, "write to this file instead of standard output", "FILE");
  }
};

int generate(const CommandLine& line, const Console& console) {
  const std::string text =
      line.page == "man" ? man_page(line.app) : completion(line.app, line.page);
  if (line.generate.out.empty())
    console.out_raw(text);
  else
    write_out(
        line.generate.out, [&](const report::Put& put) { put(text); }, console);
  return done;
}

int run_verb(const CommandLine& line, const Console& console) {
  if (line.app.got_subcommand("score")) return score(line.score, console);
  if (line.app.got_subcommand("explain")) return explain(line.explain, console);
  if (line.app.got_subcommand("compare")) return compare(line.compare, console);
  if (line.app.got_subcommand("track")) return track(line.track, console);
  if (line.app.got_subcommand("backtest")) return backtest(line.backtest, console);
  if (line.app.got_subcommand("robust")) return robust(line.robust, console);
  if (line.app.got_subcommand("check")) return check(line.check, console);
  if (line.app.got_subcommand("test")) return test(line.test, console);
  if (line.app.got_subcommand("coverage")) return coverage(line.coverage, console);
  if (line.app.got_subcommand("tune")) return tune(line.tune, console);
  if (line.app.got_subcommand("data")) return data(line.data, console);
  if (const auto code = run_board_verb(line.app, line.board, console)) return *code;
  if (line.app.got_subcommand("list")) return list(line.list, console);
  if (line.app.got_subcommand("emit")) return emit(line.emit, console);
  if (line.app.got_subcommand("generate")) return generate(line, console);
  return explain_code(line.explain_code, console);
}

// The first word, where it looks like a verb and is none.
std::string unknown_verb(const CLI::App& app, int argc, char** argv) {
  if (argc < 2 || argv[1][0] == '-') return "";
  std::vector<std::string> verbs;
  for (const CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; }))
    verbs.push_back(verb->get_name());
  if (std::find(verbs.begin(), verbs.end(), argv[1]) != verbs.end()) return "";
  return no_verb(app, argv[1]);
}

// What stands on the command line ends up in files and in JSON, which are UTF-8.
void require_utf8(int argc, char** argv) {
  for (int i = 1; i < argc; ++i)
    if (first_invalid_utf8(argv[i]))
      throw Stop{wrong_use, fmt::format("'{}' is not UTF-8 (word {} of the command line)",
                                        visible(argv[i]), i)};
}

int run(int argc, char** argv) {
  require_utf8(argc, argv);
  CommandLine line;
  const Console plain(ColorChoice::never);
  if (argc < 2) {
    plain.say(line.app.help());
    return wrong_use;
  }
  if (const std::string message = unknown_verb(line.app, argc, argv); !message.empty())
    throw Stop{wrong_use, message};
  if (const std::string message = flag_with_value(line.app, argc, argv); !message.empty())
    throw Stop{wrong_use, message};
  try {
    line.app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    const auto chosen = line.app.get_subcommands();
    plain.out(chosen.empty() ? line.app.help() : chosen.front()->help("waystone"));
    return done;
  } catch (const CLI::CallForVersion&) {
    plain.out(tool_name() + "\n");
    return done;
  } catch (const CLI::ParseError& error) {
    throw Stop{wrong_use, usage_error(line.app, error)};
  }
  return run_verb(line, Console(line.color));
}

// With one of the three closed, the next file that is opened would take its place, and what is
// printed would land in it. What is put there instead can't be read, or written for standard
// output, so that the loss is said.
void open_standard_descriptors() {
  for (const int descriptor : {0, 1, 2})
    if (::fcntl(descriptor, F_GETFD) < 0)
      (void)!::open("/dev/null", descriptor == 1 ? O_RDONLY : O_WRONLY);
}

// A run is short and asks for large blocks again and again. Given back to the system between two
// uses, each comes anew page by page: two thirds of the time of a comparison.
void keep_memory() {
#ifdef __GLIBC__
  mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TOP_PAD, 1 << 20);  // asked for in larger steps
#endif
}

}  // namespace
}  // namespace waystone::command

int main(int argc, char** argv) {
  using namespace waystone::command;
  open_standard_descriptors();
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // a file that grows too large is an error of the write
  take_unfinished_files_away_on_signals();
  keep_memory();
  const Console console(ColorChoice::never);
  try {
    const int code = run(argc, argv);
    console.close();
    return code;
  } catch (const Stop& stop) {
    // of the command line there may be more than one thing to say; else a path must not begin a
    // line
    const bool lines = stop.code == wrong_use;
    const std::string message = lines ? stop.message : waystone::visible_line(stop.message);
    if (!message.empty()) console.say("waystone: " + message);
    return stop.code;
  } catch (const std::bad_alloc&) {
    console.say(
        "waystone: the system gives no more memory, and this run needs it; docs/limits.md says how "
        "the need grows with the size of a model");
    return input_output;
  } catch (const std::exception& error) {
    console.say(std::string("waystone: internal error, please report: ") + error.what());
  } catch (...) {
    console.say("waystone: internal error, please report");
  }
  return internal_error;
}
