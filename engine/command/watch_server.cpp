#include "command/watch_server.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <random>
#include <thread>

#include <fmt/format.h>
#include <httplib.h>
#include <nlohmann/json.hpp>

#include "command/stop.hpp"
#include "command/watch_parts.hpp"

namespace waystone::command {
namespace {

using httplib::Request;
using httplib::Response;

constexpr std::size_t most_streams = 12;  // open pages; each holds a thread
constexpr std::size_t threads = most_streams + 4;
constexpr auto silence = std::chrono::seconds(1);  // then a stream looks whether anybody listens

// 128 bits from the system, in hexadecimal digits.
std::string random_token() {
  std::random_device system;
  std::string token;
  for (int k = 0; k < 4; ++k) token += fmt::format("{:08x}", std::uint32_t(system()));
  return token;
}

void answer(Response& response, std::string_view text, const char* type) {
  response.set_content(text.data(), text.size(), type);
}

}  // namespace

struct WatchServer::Shared {
  httplib::Server server;
  std::thread serving;
  std::atomic<bool> ended = false;
  std::string host, root, address;  // "127.0.0.1:43211", "/TOKEN/", the whole

  std::mutex mutex;
  std::condition_variable changed;
  std::size_t version = 0, pages = 0, streams = 0;
  std::string page;
  nlohmann::json problem = nullptr;
  bool ending = false;

  void change(const std::function<void()>& how) {
    {
      const std::lock_guard lock(mutex);
      how();
      ++version;
    }
    changed.notify_all();
  }

  // A page of another site can send requests here, under a name that leads here or straight; its
  // browser says in Host and Origin where the page is from.
  bool is_own(const Request& request) const {
    const auto one_of = [&](const std::string& name, const std::string& before) {
      if (!request.has_header(name.c_str())) return name != "Host";
      return request.get_header_value_count(name.c_str()) == 1 &&
             request.get_header_value(name.c_str()) == before + host;
    };
    const std::string site = request.get_header_value("Sec-Fetch-Site");
    return one_of("Host", "") && one_of("Origin", "http://") &&
           (site.empty() || site == "same-origin" || site == "none");
  }

  void protect() {
    server.set_default_headers({{"Cache-Control", "no-store"},
                                {"Cross-Origin-Resource-Policy", "same-origin"},
                                {"Cross-Origin-Opener-Policy", "same-origin"},
                                {"Referrer-Policy", "no-referrer"},
                                {"X-Content-Type-Options", "nosniff"}});
    server.set_pre_routing_handler([this](const Request& request, Response& response) {
      using Handling = httplib::Server::HandlerResponse;
      response.status = !is_own(request)                                      ? 403
                        : request.method != "GET" && request.method != "HEAD" ? 405
                        : request.path.rfind(root, 0) != 0                    ? 404
                                                                              : -1;
      return response.status == -1 ? Handling::Unhandled : Handling::Handled;
    });
    server.set_payload_max_length(1024);
    server.set_read_timeout(5);
    server.set_keep_alive_timeout(5);
    server.set_socket_options([](socket_t) {});  // no other program may share the port
    server.new_task_queue = [] { return new httplib::ThreadPool(threads); };
  }

  void route() {
    const std::string own =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "frame-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
    server.Get(root, [own](const Request&, Response& response) {
      response.set_header("Content-Security-Policy", own);
      answer(response, watch_markup(), "text/html; charset=utf-8");
    });
    server.Get(root + "watch.css", [](const Request&, Response& response) {
      answer(response, watch_style(), "text/css; charset=utf-8");
    });
    server.Get(root + "watch.js", [](const Request&, Response& response) {
      answer(response, watch_script(), "text/javascript; charset=utf-8");
    });
    server.Get(root + "page", [this](const Request&, Response& response) {
      const std::lock_guard lock(mutex);
      response.set_header("Content-Security-Policy", "frame-ancestors 'self'");
      if (pages == 0)
        response.status = 404;
      else
        answer(response, page, "text/html; charset=utf-8");
    });
    server.Get(root + "events", [this](const Request&, Response& response) { stream(response); });
  }

  // Once there is something new to tell: `seen` is the version told last. "" at the end, or once
  // nobody listens.
  std::string next_message(std::size_t& seen, const httplib::DataSink& sink) {
    std::unique_lock lock(mutex);
    const auto told = [&] { return !ending && version == seen; };
    while (told()) {
      changed.wait_for(lock, silence, [&] { return !told(); });
      lock.unlock();  // asking may take its time
      const bool listened_to = sink.is_writable();
      lock.lock();
      if (!listened_to) return "";
    }
    if (ending) return "";
    seen = version;
    return "data: " + nlohmann::json{{"page", pages}, {"problem", problem}}.dump() + "\n\n";
  }

  void stream(Response& response) {
    {
      const std::lock_guard lock(mutex);
      if (streams == most_streams) {
        response.status = 503;
        return;
      }
      ++streams;
    }
    response.set_chunked_content_provider(
        "text/event-stream",
        [this, seen = std::size_t(0)](std::size_t, httplib::DataSink& sink) mutable {
          const std::string message = next_message(seen, sink);
          return !message.empty() && sink.write(message.data(), message.size());
        },
        [this](bool) {
          const std::lock_guard lock(mutex);
          --streams;
        });
  }
};

WatchServer::WatchServer() : shared_(std::make_shared<Shared>()) {
  Shared& shared = *shared_;
  shared.root = "/" + random_token() + "/";
  shared.protect();
  shared.route();
  const int port = shared.server.bind_to_any_port("127.0.0.1");
  if (port <= 0) throw Stop{input_output, "no port of 127.0.0.1 can be had"};
  shared.host = fmt::format("127.0.0.1:{}", port);
  shared.address = "http://" + shared.host + shared.root;
  shared.serving = std::thread([&shared] {
    shared.server.listen_after_bind();
    shared.ended = true;
  });
  while (!shared.server.is_running() && !shared.ended)  // only what runs can be stopped
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

WatchServer::~WatchServer() {
  shared_->change([this] { shared_->ending = true; });
  shared_->server.stop();
  shared_->serving.join();
}

const std::string& WatchServer::address() const { return shared_->address; }

void WatchServer::show(std::string page) {
  shared_->change([&] {
    shared_->page = std::move(page);
    shared_->problem = nullptr;
    ++shared_->pages;
  });
}

void WatchServer::show_problem(std::string text) {
  shared_->change([&] { shared_->problem = std::move(text); });
}

}  // namespace waystone::command
