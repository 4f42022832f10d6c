#include "command/board.hpp"

#include "command/option_parts.hpp"
#include "command/usage.hpp"

namespace waystone::command {
namespace {

void add_countries(CLI::App& verb, CountriesOptions& options, const std::string& help) {
  verb.add_option("scenario", options.scenario, "scenario file (.toml)")
      ->required()
      ->type_name("FILE");
  add_list(verb, "--country,--only", options.only, help, "GROUP|CODE");
  add_scenario_options(verb, options);
  add_text(verb, "--output", options.output,
           "output or factor that is meant (default: the main output)", "NAME");
  verb.add_flag("--all", options.all, "list the figures of every country");
}

void add_sources(CLI::App& app, CountriesOptions& sources) {
  CLI::App* verb =
      add_verb(app, "sources", "each figure that scores rest on: from whom, how old, on what terms",
               "  waystone sources scenarios/partners/2024.toml --country KAZ\n"
               "  waystone sources scenarios/partners/2024.toml --country central_asia --csv\n"
               "  waystone sources scenarios/article/2015-06.toml --as-of 2014 --viewpoint state");
  add_countries(*verb, sources,
                "the figures of these countries and groups, as KAZ,central_asia; repeatable");
  verb->add_flag("--csv", sources.csv, "print CSV, one row a figure");
  add_output_options(*verb, sources);
  add_renderings(*verb, sources);
}

void add_assumptions(CLI::App& app, CountriesOptions& assumptions) {
  CLI::App* verb = add_verb(
      app, "assumptions",
      "what scores rest on that nobody measured, who answers for it, how much it is",
      "  waystone assumptions scenarios/article/2015-06.toml\n"
      "  waystone assumptions scenarios/partners/2024.toml --country SRB --viewpoint committee\n"
      "  waystone assumptions scenarios/article/2015-06.toml --csv");
  add_countries(*verb, assumptions,
                "what these countries and groups rest on, as UKR,central_asia; repeatable");
  verb->add_flag("--csv", assumptions.csv, "print CSV, one row an assumption");
  add_output_options(*verb, assumptions);
  add_renderings(*verb, assumptions);
}

void add_memo(CLI::App& app, MemoOptions& memo) {
  CLI::App* verb = add_verb(
      app, "memo", "two pages for a committee: verdict, reasons, doubts, what to watch, sources",
      "  waystone memo scenarios/partners/2024.toml KAZ\n"
      "  waystone memo scenarios/article/2019-06.toml BLR UKR --text\n"
      "  waystone memo scenarios/partners/2024.toml SRB --viewpoint enterprise --out serbia.md");
  verb->add_option("scenario", memo.scenario, "scenario file (.toml)")
      ->required()
      ->type_name("FILE");
  verb->add_option("first", memo.first, "country code")->required()->type_name("CODE");
  verb->add_option("second", memo.second, "code of a country beside it")->type_name("CODE");
  add_scenario_options(*verb, memo);
  verb->get_option("--viewpoint")->description("seen by this viewpoint (default: the first)");
  add_text(*verb, "--output", memo.output,
           "output or factor that it is about (default: the main output)", "NAME");
  add_text(
      *verb, "--record", memo.record,
      "how such scores did on earlier year ends: a scenario with a [backtest], or a folder with "
      "one such",
      "PATH");
  verb->add_flag("--text", memo.text, "print plain text instead of Markdown");
  verb->add_flag("--html", memo.html, "print a page of HTML instead of Markdown");
  verb->add_option("--out", memo.out, "write to this file instead of standard output")
      ->type_name("FILE");
}

void add_portfolio(CLI::App& app, PortfolioOptions& portfolio) {
  CLI::App* verb =
      add_verb(app, "portfolio",
               "exposures weighed by risk: concentration, limits, what a change costs and by whom",
               "  waystone portfolio scenarios/portfolio/sample.toml\n"
               "  waystone portfolio scenarios/portfolio/sample.toml --set KAZ.battle_deaths=1200\n"
               "  waystone portfolio scenarios/partners/2024.toml --exposure "
               "scenarios/portfolio/exposures.csv --since 2021");
  verb->add_option("scenario", portfolio.scenario, "scenario file (.toml)")
      ->required()
      ->type_name("FILE");
  add_text(*verb, "--exposure", portfolio.exposure,
           "table of exposures: country, amount, currency, and if you like name, limit (default: "
           "the scenario's)",
           "FILE");
  add_text(*verb, "--against", portfolio.against, "what another scenario would cost", "FILE");
  add_text(*verb, "--since", portfolio.since, "what has changed since this date", "DATE");
  add_scenario_options(*verb, portfolio);
  add_text(*verb, "--output", portfolio.output,
           "output or factor to weigh by (default: the main output)", "NAME");
  verb->add_flag("--csv", portfolio.csv, "print CSV, one row an exposure and currency");
  add_output_options(*verb, portfolio);
  add_renderings(*verb, portfolio);
}

void add_validation_pack(CLI::App& app, PackOptions& pack) {
  CLI::App* verb = add_verb(
      app, "validation-pack",
      "a folder for a second line: purpose, data, assumptions, method, sensitivity, tests, hashes",
      "  waystone validation-pack scenarios/article/2015-06.toml --out pack\n"
      "  waystone validation-pack scenarios/partners/2024.toml --viewpoint committee --record "
      "scenarios/partners --out pack");
  verb->add_option("scenario", pack.scenario, "scenario file (.toml)")
      ->required()
      ->type_name("FILE");
  verb->add_option("--out", pack.out,
                   "the folder to write: new, empty, or a pack whose place it takes")
      ->type_name("DIR");
  add_scenario_options(*verb, pack);
  add_text(*verb, "--record", pack.record,
           "the back-test to put in: a scenario with a [backtest], or a folder with one such "
           "(default: the scenario's own, if it has one)",
           "PATH");
  const OptionRange& range = range_of("--samples");
  verb->add_option("--samples", pack.samples, "weights drawn for the sensitivity (default 2000)")
      ->check(CLI::Range(range.low, range.high).description(""))
      ->type_name("N");
}

// What a page is of, for the verbs that make one.
void add_page_options(CLI::App& verb, ReportOptions& page) {
  verb.add_option("scenario", page.files, "scenario files (.toml) by the same rules")
      ->required()
      ->type_name("FILE");
  add_list(verb, "--country", page.countries,
           "told in full, on every date: these countries, as KAZ,UZB; repeatable", "CODE");
  verb.add_option("--compare", page.compared, "two countries beside each other, as BLR UKR")
      ->expected(1, 2)
      ->type_name("CODE CODE");
  add_list(verb, "--only", page.only,
           "only these groups and countries, as central_asia,BLR; ranks stay those among all; "
           "repeatable",
           "GROUP|CODE");
  add_scenario_options(verb, page);
  verb.get_option("--as-of")->description(verb.get_option("--as-of")->get_description() +
                                          "; several (2013,2015 or 2013..2023) side by side");
  add_text(verb, "--record", page.record,
           "how such scores did on earlier year ends: a scenario with a [backtest], or a folder "
           "with one such",
           "PATH");
}

void add_report(CLI::App& app, ReportOptions& report) {
  CLI::App* verb = add_verb(
      app, "report",
      "a page in one HTML file that shows scores, explains them and works them out again",
      "  waystone report scenarios/partners/2024.toml --out partners.html\n"
      "  waystone report scenarios/partners/2024.toml --as-of 2013..2024 --out partners.html\n"
      "  waystone report scenarios/article/2013-06.toml scenarios/article/2015-06.toml "
      "scenarios/article/2019-06.toml --compare BLR UKR --out belarus-ukraine.html\n"
      "  waystone report scenarios/partners/2024.toml --country KAZ --only central_asia --out "
      "kazakhstan.html");
  add_page_options(*verb, report);
  add_output_options(*verb, report);
  verb->get_option("--json")->description("print what the page holds as JSON (docs/schema)");
}

void add_watch(CLI::App& app, ReportOptions& watch) {
  add_page_options(
      *add_verb(app, "watch",
                "the page of 'report' in a browser of this machine, made anew whenever a file that "
                "it is made from is saved (docs/watch.md)",
                "  waystone watch scenarios/article/2019-06.toml\n"
                "  waystone watch scenarios/partners/2024.toml --country KAZ"),
      watch);
}

}  // namespace

void add_board_verbs(CLI::App& app, BoardOptions& options) {
  add_sources(app, options.sources);
  add_assumptions(app, options.assumptions);
  add_memo(app, options.memo);
  add_portfolio(app, options.portfolio);
  add_validation_pack(app, options.pack);
  add_report(app, options.report);
  add_watch(app, options.watch);
}

std::optional<int> run_board_verb(const CLI::App& app, const BoardOptions& options,
                                  const Console& console) {
  if (app.got_subcommand("sources")) return sources(options.sources, console);
  if (app.got_subcommand("assumptions")) return assumptions(options.assumptions, console);
  if (app.got_subcommand("memo")) return memo(options.memo, console);
  if (app.got_subcommand("portfolio")) return portfolio(options.portfolio, console);
  if (app.got_subcommand("validation-pack")) return validation_pack(options.pack, console);
  if (app.got_subcommand("report")) return report(options.report, console);
  if (app.got_subcommand("watch")) return watch(options.watch, console);
  return std::nullopt;
}

}  // namespace waystone::command
