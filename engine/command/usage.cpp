#include "command/usage.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include <fmt/format.h>

#include "command/generate.hpp"
#include "diagnose/diagnostic.hpp"
#include "report/words.hpp"

namespace waystone::command {
namespace {

constexpr std::array ranges{OptionRange{"--depth", 1, 99}, OptionRange{"--top", 1, 1000000},
                            OptionRange{"--samples", 100, 1000000},
                            OptionRange{"--seed", 0, std::numeric_limits<std::uint64_t>::max()},
                            OptionRange{"--decimals", 0, 6}};

bool is_fact(std::string_view word) {
  const std::size_t dot = word.find('.'), equals = word.find('=');
  return dot >= 2 && equals != std::string_view::npos && dot < equals &&
         std::all_of(word.begin(), word.begin() + std::ptrdiff_t(dot), [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
         });
}

// An em or en dash, or a minus sign, as word processors make of two hyphens.
bool is_long_dash(std::string_view word) {
  return word.starts_with("\u2014") || word.starts_with("\u2013") || word.starts_with("\u2212");
}

std::vector<const CLI::Option*> options_of(const CLI::App& app, const CLI::App* verb) {
  std::vector<const CLI::Option*> options = app.get_options();
  if (!verb) return options;
  for (const CLI::Option* option : verb->get_options()) options.push_back(option);
  return options;
}

// "--rules", "scenario"
std::string name_of(const CLI::Option& option) {
  return option.get_lnames().empty() ? option.get_name() : "--" + option.get_lnames().front();
}

// The library's sentence names the option by its full name, as "-h,--help" or "--rules".
const CLI::Option* option_in(const CLI::App& app, const CLI::App* verb,
                             const std::string& sentence) {
  const CLI::Option* longest = nullptr;
  for (const CLI::Option* option : options_of(app, verb))
    if (sentence.find(option->get_name()) != std::string::npos &&
        (!longest || option->get_name().size() > longest->get_name().size()))
      longest = option;
  return longest;
}

std::string missing_words(const CLI::App* verb) {
  if (!verb) return "no verb is given";
  std::vector<std::string> wanted;
  std::string missing;
  for (const CLI::Option* option : verb->get_options()) {
    if (!option->get_positional() || !option->get_required()) continue;
    wanted.push_back(option->get_name());
    if (option->count() == 0 && missing.empty()) missing = option->get_name();
  }
  if (wanted.size() < 2) return fmt::format("'{}' wants a {}", verb->get_name(), missing);
  return fmt::format("'{}' wants {}; {} is missing", verb->get_name(), report::joined(wanted),
                     missing);
}

std::string extra_words(const CLI::App& app, const CLI::App* verb) {
  std::vector<std::string> extras = app.remaining(true);
  if (extras.empty()) return "there is a word too many";
  const std::string word = extras.front().substr(0, extras.front().find('='));
  if (!word.starts_with('-'))
    return verb ? fmt::format("'{}' has no use for '{}'", verb->get_name(), extras.front())
                : no_verb(app, word);
  std::vector<std::string> names;
  for (const CLI::Option* option : options_of(app, verb))
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  std::string text = verb ? fmt::format("'{}' has no option '{}'", verb->get_name(), word)
                          : fmt::format("no option '{}'", word);
  if (const auto near = nearest(word, names)) text += fmt::format("; did you mean '{}'?", *near);
  return text;
}

// What can follow an option.
std::string wanted_words(const CLI::Option& option) {
  const std::string name = name_of(option);
  if (name == "--color") return "auto, always or never";
  for (const OptionRange& range : ranges)
    if (range.option == name)
      return fmt::format("a whole number from {} to {}", range.low, range.high);
  return option.get_type_name();
}

bool takes_value(const CLI::Option& option) { return option.get_items_expected_max() > 0; }

// What may have been meant where no file can be called so.
std::string meant_words(std::string_view word) {
  if (is_fact(word)) return fmt::format("; a fact follows a --set of its own: --set {}", word);
  if (is_long_dash(word)) return "; options begin with two plain hyphens";
  return "";
}

std::string value_words(const CLI::Option& option) {
  if (!takes_value(option)) return fmt::format("'{}' takes no value", name_of(option));
  const auto& given = option.results();
  if (given.empty()) return fmt::format("'{}' wants {}", name_of(option), wanted_words(option));
  const auto wrong = std::find_if(given.begin(), given.end(), [](const std::string& word) {
    return word.empty() || !meant_words(word).empty();
  });
  const std::string& word = wrong == given.end() ? given.back() : *wrong;
  return fmt::format("'{}' wants {}, not '{}'{}", name_of(option), wanted_words(option), word,
                     option.get_positional() ? meant_words(word) : "");
}

}  // namespace

const OptionRange& range_of(std::string_view option) {
  return *std::find_if(ranges.begin(), ranges.end(),
                       [&](const OptionRange& range) { return range.option == option; });
}

void refuse_empty_values(CLI::App& app) {
  const CLI::Validator something(
      [](const std::string& word) {
        const bool blank = word.find_first_not_of(" \t") == std::string::npos;
        return blank || is_long_dash(word) ? std::string("no value") : std::string();
      },
      "");
  const CLI::Validator file(
      [](const std::string& word) {
        return is_fact(word) ? std::string("a fact, not a file") : std::string();
      },
      "");
  for (CLI::App* verb : app.get_subcommands({}))
    for (CLI::Option* option : verb->get_options()) {
      if (!takes_value(*option)) continue;
      option->check(something);
      if (option->get_positional() && option->get_type_name() == "FILE") option->check(file);
    }
}

// The library would take "--csv=no" for the absence of --csv, and "--json=1" for --json.
std::string flag_with_value(const CLI::App& app, int argc, char** argv) {
  const CLI::App* verb = nullptr;
  for (int i = 1; i < argc && std::string_view(argv[i]) != "--"; ++i) {
    const std::string_view word = argv[i];
    const std::size_t equals = word.find('=');
    for (const CLI::App* other : app.get_subcommands({}))
      if (!verb && other->get_name() == word) verb = other;
    if (!word.starts_with("--") || equals == std::string_view::npos) continue;
    for (const CLI::Option* option : options_of(app, verb))
      if (!takes_value(*option) && option->check_lname(std::string(word.substr(2, equals - 2))))
        return fmt::format("'--{}' takes no value\n'waystone {}--help' says how it is used",
                           word.substr(2, equals - 2), verb ? verb->get_name() + " " : "");
  }
  return "";
}

std::string no_verb(const CLI::App& app, const std::string& word) {
  std::vector<std::string> verbs;
  for (const CLI::App* verb : public_verbs(app)) verbs.push_back(verb->get_name());
  const auto near = nearest(word, verbs);
  return fmt::format(
      "no verb '{}'; {}", word,
      near ? fmt::format("did you mean '{}'?", *near) : "'waystone --help' lists them");
}

std::string usage_error(const CLI::App& app, const CLI::ParseError& error) {
  const auto chosen = app.get_subcommands();
  const CLI::App* verb = chosen.empty() ? nullptr : chosen.front();
  const auto in_full = [&](std::string sentence) {
    return fmt::format("{}\n'waystone {}--help' says how it is used", sentence,
                       verb ? verb->get_name() + " " : "");
  };
  if (!verb && !app.remaining().empty())
    return in_full(extra_words(app, verb));  // a misspelt verb after an option
  if (dynamic_cast<const CLI::RequiredError*>(&error)) return in_full(missing_words(verb));
  if (dynamic_cast<const CLI::ExtrasError*>(&error)) return in_full(extra_words(app, verb));
  if (const CLI::Option* option = option_in(app, verb, error.what())) {
    if (!dynamic_cast<const CLI::ArgumentMismatch*>(&error)) return in_full(value_words(*option));
    if (!takes_value(*option)) return in_full(fmt::format("'{}' takes no value", name_of(*option)));
    if (option->results().size() > 1)
      return in_full(fmt::format("'{}' can be given once", name_of(*option)));
    return in_full(fmt::format("'{}' wants {}, and nothing follows it", name_of(*option),
                               wanted_words(*option)));
  }
  return in_full("the command line can't be read");
}

}  // namespace waystone::command
