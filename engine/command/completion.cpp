#include <set>

#include <fmt/format.h>

#include "command/generate.hpp"

namespace waystone::command {
namespace {

enum class Wanted { nothing, file, color, text };  // after an option

Wanted wanted_after(const CLI::Option& option) {
  if (option.get_items_expected_max() == 0) return Wanted::nothing;
  const std::string type = option.get_type_name();
  if (type == "FILE" || type == "PATH" || type == "DIR") return Wanted::file;
  return type == "WHEN" ? Wanted::color : Wanted::text;
}

constexpr const char* color_choices = "auto always never";

std::vector<const CLI::Option*> named_options(const CLI::App& app) {
  std::vector<const CLI::Option*> options;
  for (const CLI::Option* option : app.get_options())
    if (!option->get_lnames().empty()) options.push_back(option);
  return options;
}

// Those of the verb and of the program.
std::vector<const CLI::Option*> options_after(const CLI::App& app, const CLI::App& verb) {
  std::vector<const CLI::Option*> options = named_options(verb);
  for (const CLI::Option* option : named_options(app))
    if (option->get_lnames().front() != "help" && option->get_lnames().front() != "version")
      options.push_back(option);
  return options;
}

std::string long_name(const CLI::Option& option) { return "--" + option.get_lnames().front(); }

// A text in single quotes for a shell.
std::string shell_quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

// Names of options, of all verbs, after which something of a kind stands: "--rules|--out".
std::string names_wanting(const CLI::App& app, Wanted wanted) {
  std::set<std::string> names;
  for (const CLI::App* verb : public_verbs(app))
    for (const CLI::Option* option : options_after(app, *verb))
      if (wanted_after(*option) == wanted) names.insert(long_name(*option));
  return fmt::format("{}", fmt::join(names, "|"));
}

std::string bash(const CLI::App& app) {
  std::vector<std::string> verbs;
  std::string cases;
  for (const CLI::App* verb : public_verbs(app)) {
    verbs.push_back(verb->get_name());
    std::vector<std::string> options;
    for (const CLI::Option* option : options_after(app, *verb))
      options.push_back(long_name(*option));
    cases += fmt::format("    {}) options='{}' ;;\n", verb->get_name(), fmt::join(options, " "));
  }
  return fmt::format(
      R"(# What bash completes after waystone; made by `waystone generate bash`.
_waystone() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} verb='' options w
  for w in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    case $w in {}) verb=$w; break ;; esac
  done
  case $before in
    {}) mapfile -t COMPREPLY < <(compgen -W '{}' -- "$word"); return ;;
    {}) mapfile -t COMPREPLY < <(compgen -f -- "$word"); return ;;
    {}) return ;;
  esac
  case $verb in
{}    *) options='{} --help --version --color' ;;
  esac
  if [[ -z $verb || $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
  else
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
  fi
}}
complete -o filenames -F _waystone waystone
)",
      fmt::join(verbs, "|"), names_wanting(app, Wanted::color), color_choices,
      names_wanting(app, Wanted::file), names_wanting(app, Wanted::text), cases,
      fmt::join(verbs, " "));
}

// A description inside the brackets of _arguments.
std::string zsh_text(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') result += '\\';
    result += c;
  }
  return result;
}

std::string zsh_option(const CLI::Option& option) {
  std::string spec = fmt::format("{}[{}]", long_name(option), zsh_text(option.get_description()));
  switch (wanted_after(option)) {
    case Wanted::nothing: break;
    case Wanted::file: spec += ":file:_files"; break;
    case Wanted::color: spec += fmt::format(":when:({})", color_choices); break;
    case Wanted::text: spec += fmt::format(":{}: ", zsh_text(option.get_type_name())); break;
  }
  const bool repeatable = option.get_multi_option_policy() == CLI::MultiOptionPolicy::TakeAll;
  return shell_quoted((repeatable ? "*" : "") + spec);
}

std::string zsh(const CLI::App& app) {
  std::string verbs, cases;
  for (const CLI::App* verb : public_verbs(app)) {
    verbs += fmt::format("    {}\n", shell_quoted(fmt::format("{}:{}", verb->get_name(),
                                                              zsh_text(verb->get_description()))));
    cases += fmt::format("    {}) _arguments", verb->get_name());
    for (const CLI::Option* option : options_after(app, *verb))
      cases += " \\\n      " + zsh_option(*option);
    cases += " \\\n      '*:file:_files' ;;\n";
  }
  return fmt::format(
      R"(#compdef waystone
# What zsh completes after waystone; made by `waystone generate zsh`.
local -a verbs
verbs=(
{})
if (( CURRENT == 2 )); then
  _describe verb verbs
else
  local verb=$words[2]
  shift words
  (( CURRENT-- ))
  case $verb in
{}  esac
fi
)",
      verbs, cases);
}

std::string fish(const CLI::App& app) {
  std::string text =
      "# What fish completes after waystone; made by `waystone generate fish`.\n"
      "complete -c waystone -n __fish_use_subcommand -l help -d 'this help'\n"
      "complete -c waystone -n __fish_use_subcommand -l version\n";
  for (const CLI::App* verb : public_verbs(app)) {
    text += fmt::format("complete -c waystone -f -n __fish_use_subcommand -a {} -d {}\n",
                        verb->get_name(), shell_quoted(verb->get_description()));
    for (const CLI::Option* option : options_after(app, *verb)) {
      const Wanted wanted = wanted_after(*option);
      const std::string value = wanted == Wanted::nothing ? ""
                                : wanted == Wanted::file  ? " -r -F"
                                : wanted == Wanted::text
                                    ? " -x"
                                    : fmt::format(" -x -a '{}'", color_choices);
      text +=
          fmt::format("complete -c waystone -n '__fish_seen_subcommand_from {}' -l {}{} -d {}\n",
                      verb->get_name(), option->get_lnames().front(), value,
                      shell_quoted(option->get_description()));
    }
  }
  return text;
}

}  // namespace

std::vector<const CLI::App*> public_verbs(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App* verb) { return !verb->get_group().empty(); });
}

std::string completion(const CLI::App& app, const std::string& shell) {
  return shell == "bash" ? bash(app) : shell == "zsh" ? zsh(app) : fish(app);
}

}  // namespace waystone::command
