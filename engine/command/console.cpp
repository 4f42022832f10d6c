#include "command/console.hpp"

#include <algorithm>
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

bool is_terminal(int descriptor) {
  const char* terminal = std::getenv("TERM");
  return terminal && std::string_view(terminal) != "dumb" && isatty(descriptor) == 1;
}

std::string bar(double share) {
  constexpr int width = 24;
  const int full = std::clamp(int(share * width), 0, width);
  return std::string(std::size_t(full), '=') + std::string(std::size_t(width - full), ' ');
}

}  // namespace

Console::Console(ColorChoice choice)
    : color_out_(wants_color(choice, STDOUT_FILENO)),
      color_err_(wants_color(choice, STDERR_FILENO)),
      progress_err_(is_terminal(STDERR_FILENO)) {}

void Console::out(const std::string& text) const { out_raw(visible(text, color_out_)); }

void Console::out_raw(const std::string& text) const { write_to(STDOUT_FILENO, "", text); }

void Console::write_to(int descriptor, const std::string& path, const std::string& text) const {
  clear_progress();
  const int error = write_all(descriptor, text);
  if (error == EPIPE) throw Stop{done, ""};  // the reader has had enough
  const std::string where = path.empty() ? "to standard output" : fmt::format("'{}'", path);
  if (error != 0)
    throw Stop{input_output, fmt::format("can't write {}: {}", where, reason_of(error))};
}

void Console::say(const std::string& text) const {
  clear_progress();
  write_all(STDERR_FILENO, visible(text, color_err_) + "\n");
  if (heard_) heard_(visible(text) + "\n");
}

void Console::clear_progress() const {
  if (drawn_) write_all(STDERR_FILENO, "\r\x1b[K");
  drawn_ = false;
}

void Console::progress(const Progress& progress) const {
  constexpr std::string_view words[] = {"checking", "indexing", "reading", "hashing"};
  constexpr std::size_t most_shown = 40;  // of the path, its end
  drawn_ = true;
  const double share = double(progress.done) / double(progress.of);
  std::string path = visible(progress.path);
  if (path.size() > most_shown) path = "..." + path.substr(path.size() - most_shown);
  write_all(STDERR_FILENO,
            fmt::format("\r\x1b[K{} {} [{}] {:.0f}% of {} MB", words[std::size_t(progress.passage)],
                        path, bar(share), 100 * share, progress.of >> 20));
}

void Console::diagnostics(const Diagnostics& diagnostics, const SourceMap& sources) const {
  clear_progress();
  write_all(STDERR_FILENO,
            visible(render_text(diagnostics, sources, diagnostic_style()), color_err_));
  if (heard_) heard_(visible(render_text(diagnostics, sources, {})));
}

void Console::close() const {
  if (::close(STDOUT_FILENO) != 0 && errno != EINTR && errno != EBADF)
    throw Stop{input_output, fmt::format("can't write to standard output: {}", reason_of(errno))};
}

}  // namespace waystone::command
