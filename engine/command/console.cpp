#include "command/console.hpp"

#include <cerrno>
#include <cstdlib>
#include <string_view>

#include <unistd.h>

#include <fmt/format.h>

#include "command/descriptor.hpp"
#include "source/visible.hpp"

namespace waystone::command {
namespace {

bool wants_color(ColorChoice choice, int descriptor) {
  if (choice != ColorChoice::automatic) return choice == ColorChoice::always;
  const char* no_color = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  if (no_color && *no_color) return false;
  if (!terminal || std::string_view(terminal) == "dumb") return false;
  return isatty(descriptor) == 1;
}

}  // namespace

Console::Console(ColorChoice choice)
    : color_out_(wants_color(choice, STDOUT_FILENO)),
      color_err_(wants_color(choice, STDERR_FILENO)) {}

void Console::out(const std::string& text) const { out_raw(visible(text, color_out_)); }

void Console::out_raw(const std::string& text) const { write_to(STDOUT_FILENO, "", text); }

void Console::write_to(int descriptor, const std::string& path, const std::string& text) const {
  const int error = write_all(descriptor, text);
  if (error == EPIPE) throw Stop{done, ""};  // the reader has had enough
  const std::string where = path.empty() ? "to standard output" : fmt::format("'{}'", path);
  if (error != 0)
    throw Stop{input_output, fmt::format("can't write {}: {}", where, reason_of(error))};
}

void Console::say(const std::string& text) const {
  write_all(STDERR_FILENO, visible(text, color_err_) + "\n");
}

void Console::diagnostics(const Diagnostics& diagnostics, const SourceMap& sources) const {
  write_all(STDERR_FILENO,
            visible(render_text(diagnostics, sources, diagnostic_style()), color_err_));
}

void Console::close() const {
  if (::close(STDOUT_FILENO) != 0 && errno != EINTR && errno != EBADF)
    throw Stop{input_output, fmt::format("can't write to standard output: {}", reason_of(errno))};
}

}  // namespace waystone::command
