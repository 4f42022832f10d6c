#include <fmt/format.h>

#include "command/generate.hpp"
#include "waystone/version.hpp"

namespace waystone::command {
namespace {

// Text of a manual page: what roff takes for its own is written out.
std::string roff(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '\\') {
      result += "\\e";
    } else if (c == '-') {
      result += "\\-";
    } else {
      if ((c == '.' || c == '\'') && (result.empty() || result.back() == '\n')) result += "\\&";
      result += c;
    }
  }
  return result;
}

// "\fB--set\fR \fIFACT=VALUE\fR"
std::string option_in_roff(const CLI::Option& option) {
  std::string names;
  for (const std::string& name : option.get_snames())
    names += fmt::format("{}\\fB\\-{}\\fR", names.empty() ? "" : ", ", roff(name));
  for (const std::string& name : option.get_lnames())
    names += fmt::format("{}\\fB\\-\\-{}\\fR", names.empty() ? "" : ", ", roff(name));
  if (option.get_items_expected_max() == 0) return names;
  return fmt::format("{} \\fI{}\\fR", names, roff(option.get_type_name()));
}

std::string options_in_roff(const CLI::App& app) {
  std::string text;
  for (const CLI::Option* option : app.get_options()) {
    const std::string shown = option->get_positional()
                                  ? fmt::format("\\fI{}\\fR", roff(option->get_name()))
                                  : option_in_roff(*option);
    text += fmt::format(".TP\n{}\n{}\n", shown, roff(option->get_description()));
  }
  return text;
}

std::string synopsis(const CLI::App& verb) {
  std::string text = fmt::format("\\fBwaystone {}\\fR [\\fIoptions\\fR]", roff(verb.get_name()));
  for (const CLI::Option* option : verb.get_options()) {
    if (!option->get_positional()) continue;
    const std::string name = fmt::format("\\fI{}\\fR", roff(option->get_name()));
    const bool several = option->get_items_expected_max() > 1;
    text += option->get_required() ? " " + name : fmt::format(" [{}]", name);
    if (several) text += " ...";
  }
  return text;
}

// The lines below "Examples:", as they are.
std::string examples_in_roff(const CLI::App& verb) {
  const std::string footer = verb.get_footer();
  const std::size_t start = footer.find('\n');
  if (start == std::string::npos) return "";
  return fmt::format(".PP\n.EX\n{}\n.EE\n", roff(footer.substr(start + 1)));
}

}  // namespace

std::string man_page(const CLI::App& app) {
  std::string text = fmt::format(
      ".TH WAYSTONE 1 \"\" \"waystone {}\" \"User Commands\"\n.SH NAME\nwaystone \\- "
      "country risk from rules and dated facts\n.SH SYNOPSIS\n",
      WAYSTONE_VERSION);
  for (const CLI::App* verb : public_verbs(app)) text += synopsis(*verb) + "\n.br\n";
  text += fmt::format(".SH DESCRIPTION\n{}\n.SH OPTIONS\n", roff(app.get_description()));
  text += options_in_roff(app);
  for (const CLI::App* verb : public_verbs(app)) {
    text += fmt::format(".SH \"WAYSTONE {}\"\n{}\n", roff(CLI::detail::to_lower(verb->get_name())),
                        roff(verb->get_description()));
    text += options_in_roff(*verb) + examples_in_roff(*verb);
  }
  const std::string footer = app.get_footer();
  return text + ".SH \"EXIT STATUS\"\n" + roff(footer.substr(0, footer.find('\n'))) + "\n";
}

}  // namespace waystone::command
