#include "command/unfinished.hpp"

#include <array>
#include <atomic>
#include <utility>

#include <unistd.h>

namespace waystone::command {
namespace {

// As many as one verb has: the file of --out and a rule file.
std::array<std::atomic<const char*>, 4> unfinished{};
static_assert(std::atomic<const char*>::is_always_lock_free, "a signal handler reads these");

// Only what a handler may do. The handler was reset when it was called, so the signal raised here
// ends the program on return.
void take_away(int signal) {
  for (const auto& slot : unfinished)
    if (const char* const path = slot.load()) ::unlink(path);
  ::raise(signal);
}

}  // namespace

SignalsHeld::SignalsHeld() {
  sigset_t all;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before_);
}

SignalsHeld::~SignalsHeld() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

Unfinished::Unfinished(std::string path) : path_(std::move(path)) {
  for (auto& slot : unfinished) {
    const char* free = nullptr;
    if (slot.compare_exchange_strong(free, path_.c_str())) return;
  }
}

Unfinished::~Unfinished() {
  for (auto& slot : unfinished) {
    const char* own = path_.c_str();
    if (slot.compare_exchange_strong(own, nullptr)) return;
  }
}

void take_unfinished_files_away_on_signals() {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) {
    struct sigaction before {};
    if (::sigaction(signal, nullptr, &before) != 0 || before.sa_handler == SIG_IGN) continue;
    struct sigaction action {};
    action.sa_handler = take_away;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    ::sigemptyset(&action.sa_mask);
    ::sigaction(signal, &action, nullptr);
  }
}

}  // namespace waystone::command
