#include <chrono>
#include <csignal>
#include <map>
#include <optional>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <sys/stat.h>

#include "command/page.hpp"
#include "command/watch_server.hpp"
#include "source/visible.hpp"

namespace waystone::command {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto between_looks = std::chrono::milliseconds(150);

volatile std::sig_atomic_t asked_to_end = 0;

// The second signal ends the program at once.
void end_by(int signal) {
  asked_to_end = 1;
  std::signal(signal, SIG_DFL);
}

constexpr std::int64_t second = 1'000'000'000;    // in nanoseconds
constexpr std::int64_t stamps_lag = second / 50;  // file systems stamp by a clock of coarse ticks

std::int64_t now_in_nanoseconds() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

// What tells that a file has another text.
struct Look {
  bool there = false;
  std::int64_t written = 0;  // when last, in nanoseconds since 1970
  off_t size = 0;
  ino_t inode = 0;
  friend bool operator==(const Look&, const Look&) = default;
};

Look look_at(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return {};
  const std::int64_t written = status.st_mtim.tv_sec * second + status.st_mtim.tv_nsec;
  return {true, written, status.st_size, status.st_ino};
}

// The files that pages were made from, those among them that could not be read.
class Watched {
 public:
  /// `since`: when the reading began. What was written meanwhile counts as changed.
  void add(const std::vector<std::string>& paths, std::int64_t since) {
    for (const std::string& path : paths) {
      if (looks_.contains(path)) continue;
      const Look look = look_at(path);
      const bool meanwhile = look.there && look.written >= since;
      looks_[path] = meanwhile ? Look{} : look;
    }
  }
  /// Takes a look at all of them.
  bool changed() {
    bool any = false;
    for (auto& [path, before] : looks_)
      if (const Look now = look_at(path); now != before) {
        before = now;
        any = true;
      }
    return any;
  }

 private:
  std::map<std::string, Look> looks_;
};

// A pipe gives its text once.
void refuse_pipes(const ReportOptions& options) {
  std::vector<std::string> named = options.files;
  if (!options.rules.empty()) named.push_back(options.rules);
  for (const std::string& path : named) {
    struct stat status {};
    if (::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode))
      throw Stop{wrong_use, fmt::format("watch wants files; '{}' is none", path)};
  }
}

// The page, or why there is none: what was said on the terminal.
struct Made {
  std::optional<std::string> page;
  std::string problem;
  int code = done;
};

Made make_page(const ReportOptions& options, Console console, Watched& watched) {
  Made made;
  std::string heard;
  console.overhear([&heard](const std::string& text) { heard += text; });
  std::optional<Session> session;
  const std::int64_t began = now_in_nanoseconds() - stamps_lag;
  try {
    session.emplace(console, options);
    made.page = page_text(options, *session);
  } catch (const Stop& stop) {
    if (!stop.message.empty()) console.say("waystone: " + visible_line(stop.message));
    made.code = stop.code;
  } catch (const std::exception& error) {
    console.say(fmt::format("waystone: internal error, please report: {}", error.what()));
    made.code = internal_error;
  }
  if (!made.page) made.problem = heard;
  if (session) watched.add(session->files().paths(), began);
  return made;
}

void show(Made made, WatchServer& server, const Console& console, Clock::time_point began) {
  const double seconds = std::chrono::duration<double>(Clock::now() - began).count();
  if (made.page) {
    console.say(fmt::format("page made in {:.2f} s", seconds));
    server.show(std::move(*made.page));
  } else {
    server.show_problem(std::move(made.problem));
  }
}

}  // namespace

int watch(const ReportOptions& options, const Console& console) {
  refuse_pipes(options);
  Watched watched;
  auto began = Clock::now();
  Made made = make_page(options, console, watched);
  if (made.code == wrong_use || made.code == input_output) return made.code;
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) std::signal(signal, end_by);
  WatchServer server;
  console.out(server.address() + "\n");
  console.say("open it in a browser of this machine; Ctrl-C ends");
  show(std::move(made), server, console, began);
  while (asked_to_end == 0) {
    std::this_thread::sleep_for(between_looks);
    if (!watched.changed()) continue;
    began = Clock::now();
    show(make_page(options, console, watched), server, console, began);
  }
  return done;
}

}  // namespace waystone::command
