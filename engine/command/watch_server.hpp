// What `watch` shows in a browser: served to this machine alone, and only to who knows the token.
// Private to this room.
#pragma once
#include <memory>
#include <string>

namespace waystone::command {

/// Serves from a thread of its own, on a free port of 127.0.0.1, until it is destroyed. Another
/// site's page gets nothing: requests whose Host or Origin are not this server's are refused, and
/// no answer lets other origins read it.
class WatchServer {
 public:
  /// Stop{input_output} where no port can be had.
  WatchServer();
  ~WatchServer();
  WatchServer(const WatchServer&) = delete;
  WatchServer& operator=(const WatchServer&) = delete;

  /// "http://127.0.0.1:43211/TOKEN/"
  const std::string& address() const;
  /// The page that counts from now on; open ones load it and keep their place.
  void show(std::string page);
  /// Shown over the page, which stays, until there is another one.
  void show_problem(std::string text);

 private:
  struct Shared;
  std::shared_ptr<Shared> shared_;
};

}  // namespace waystone::command
