// Files that must not outlive the run that began them.
#pragma once
#include <csignal>
#include <string>

namespace waystone::command {

/// While it lives, no signal is delivered to this thread.
class SignalsHeld {
 public:
  SignalsHeld();
  ~SignalsHeld();
  SignalsHeld(const SignalsHeld&) = delete;
  SignalsHeld& operator=(const SignalsHeld&) = delete;

 private:
  sigset_t before_;
};

/// While it lives, SIGINT, SIGTERM, SIGHUP and SIGQUIT take the file away before they end the
/// program.
class Unfinished {
 public:
  explicit Unfinished(std::string path);
  ~Unfinished();
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// To be called once, at the start; signals that the caller of the program ignores stay ignored.
void take_unfinished_files_away_on_signals();

}  // namespace waystone::command
