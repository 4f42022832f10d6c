#include "command/option_parts.hpp"

namespace waystone::command {

// One a time, so that `--set A.b=1 file.toml` leaves the file alone.
void add_list(CLI::App& verb, const std::string& name, std::vector<std::string>& target,
              const std::string& help, const std::string& shown) {
  verb.add_option(name, target, help)
      ->type_name(shown)
      ->expected(1)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void add_text(CLI::App& verb, const std::string& name, std::string& target, const std::string& help,
              const std::string& shown) {
  verb.add_option(name, target, help)->type_name(shown);
}

void add_within(CLI::App& verb, Options& options) {
  add_text(verb, "--within", options.within,
           "read what other files name in this folder only (docs/trust.md)", "DIR");
}

void add_scenario_options(CLI::App& verb, Options& options) {
  add_text(verb, "--rules", options.rules, "rule file in place of the scenario's", "FILE");
  add_text(verb, "--viewpoint", options.viewpoint, "only this viewpoint", "NAME");
  add_list(verb, "--set", options.settings,
           "a fact to put in place, as UKR.eu_access=6; repeatable", "FACT=VALUE");
  add_list(verb, "--as-of", options.as_of,
           "score for this day, with what was known then: 2015-06-30, 2015-06, 2015Q2 or 2015 "
           "(their last days)",
           "DATE");
  add_text(verb, "--known-by", options.known_by, "use only what was known by this day", "DATE");
  add_within(verb, options);
}

void add_renderings(CLI::App& verb, Options& options) {
  verb.add_flag("--markdown", options.markdown, "print Markdown instead of plain text");
  verb.add_flag("--html", options.html, "print a page of HTML instead of plain text");
}

void add_output_options(CLI::App& verb, Options& options) {
  verb.add_flag("--json", options.json, "print JSON with every digit (docs/schema)");
  verb.add_option("--out", options.out, "write to this file instead of standard output")
      ->type_name("FILE");
}

CLI::App* add_verb(CLI::App& app, const std::string& name, const std::string& help,
                   const std::string& examples) {
  CLI::App* verb = app.add_subcommand(name, help);
  verb->footer("Examples:\n" + examples);
  verb->fallthrough();
  return verb;
}

}  // namespace waystone::command
