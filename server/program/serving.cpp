#include "server/program/serving.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <climits>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "server/program/access_log.h"
#include "server/program/shared_flag.h"
#include "server/program/signal_watch.h"
#include "server/runtime/accepting.h"
#include "server/runtime/connection_limit.h"
#include "server/runtime/loop_server.h"
#include "server/runtime/process_group.h"
#include "server/runtime/server.h"

namespace assay {
namespace {

using runtime::Listeners;
using runtime::LoopServer;
using runtime::Server;
using runtime::Settings;
using std::chrono::steady_clock;

// A standard file that was closed before the start would be a socket's number next, and what is
// said would go to a peer.
void open_standard_files() {
  for (int file = STDIN_FILENO; file <= STDERR_FILENO; ++file) {
    if (fcntl(file, F_GETFD) < 0) open("/dev/null", O_RDWR);  // takes the lowest: this one
  }
}

// StartError, what the standard library throws where files or threads are short, and what a handler
// says that cannot start.
template <class Act>
int reported(Act act) {
  try {
    return act();
  } catch (const std::exception& error) {
    say(fmt::format("error: {}\n", error.what()));
    return 1;
  }
}

sigset_t end_signals() { return set_of({SIGTERM, SIGINT, SIGALRM}); }

// For who reads what is said; nobody else is to wait for them.
constexpr int patience_ms = 100;

// What may still be done once the drain limit is over: to close files, and to say so.
constexpr auto grace = std::chrono::milliseconds(500);

struct Service {
  const Settings& settings;
  const Listeners& listeners;
  wire::Handler& handler;
  const std::function<void(const Listeners&)>& when_ready;
};

// A server, which may be told to end before there is one, and has the drain limit for all its end.
// `stop` may be called from any thread, once.
class Serving {
 public:
  explicit Serving(const Settings& settings) : limit_(settings.drain_limit) {}

  void stop(const std::function<void(Server&)>& how) {
    const std::lock_guard lock(mutex_);
    end_ = steady_clock::now() + limit_;
    set_alarm(limit_ + grace);
    if (server_) how(*server_);
  }
  // Returns when it has ended. `ready` is called, unless it was told to end before.
  void run(wire::Handler& handler, const std::function<std::unique_ptr<Server>()>& make,
           const std::function<void()>& ready) {
    handler.start();
    if (begins(make)) server_->serve(ready);
    handler.stop(left());
  }

 private:
  using Time = steady_clock::time_point;

  bool begins(const std::function<std::unique_ptr<Server>()>& make) {
    const std::lock_guard lock(mutex_);
    if (end_ != Time::max()) return false;
    server_ = make();
    runtime::require_a_file();
    return true;
  }
  std::chrono::milliseconds left() {
    const std::lock_guard lock(mutex_);
    const auto left = std::chrono::floor<std::chrono::milliseconds>(end_ - steady_clock::now());
    return std::clamp(left, std::chrono::milliseconds(0), limit_);
  }

  std::chrono::milliseconds limit_;
  std::mutex mutex_;  // guards what follows
  Time end_ = Time::max();
  std::unique_ptr<Server> server_;
};

constexpr auto overdue =
    "error: what was being answered took longer than --drain-timeout: it is cut off\n";

int serve_here(const Service& service) {
  Serving serving(service.settings);
  const auto end_now = [&service](int signal) {
    if (signal == SIGALRM) say(overdue);
    service.listeners.remove_path();
    std::_Exit(1);
  };
  const auto stop = [&serving] { serving.stop([](Server& server) { server.stop(); }); };
  const SignalWatch watch(end_signals(), stop, end_now);
  const auto make = [&] {
    return runtime::make_server(service.settings, service.listeners, service.handler);
  };
  serving.run(service.handler, make, [&service] { service.when_ready(service.listeners); });
  return 0;
}

// A process of the group: its parent tells it when to end, so Ctrl-C, which reaches both, is the
// parent's to hear; and the parent decides when there was patience enough.
// One that ends alone leaves its listener to the one that follows it.
int serve_as_child(const Service& service, std::size_t index, const SharedFlag& all_end,
                   const std::function<void()>& ready) {
  std::signal(SIGINT, SIG_IGN);
  const sigset_t signals = set_of({SIGTERM, SIGALRM});
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  Settings alone = service.settings;
  const std::size_t all = service.settings.workers;
  alone.model = runtime::Model::loop;
  alone.workers = 1;
  if (alone.connections > 0) alone.connections = std::max(alone.connections / all, std::size_t{1});
  Serving serving(alone);
  const auto hear = [](int signal) {
    if (signal != SIGALRM) return;
    say(overdue);
    std::_Exit(1);
  };
  const auto stop = [&serving, &all_end, parent = getppid()] {
    const bool is_alone = !all_end.is_set() && getppid() == parent;
    serving.stop([is_alone](Server& server) {
      is_alone ? static_cast<LoopServer&>(server).leave() : server.stop();
    });
  };
  const SignalWatch watch(signals, stop, hear);
  const auto make = [&] {
    return std::make_unique<LoopServer>(alone, service.listeners, service.handler,
                                        index % service.listeners.count());
  };
  serving.run(service.handler, make, ready);
  return 0;
}

int serve_in_processes(const Service& service) {
  SharedFlag all_end;
  const auto work = [&](std::size_t index, const std::function<void()>& ready) {
    return serve_as_child(service, index, all_end, ready);
  };
  const auto report = [](const std::string& sentence) { say(sentence + "\n"); };
  const auto ending = [&](const std::vector<std::size_t>& absent) {
    all_end.set();
    const bool has_each_its_own = service.listeners.count() == service.settings.workers;
    for (const std::size_t index : absent) {
      if (has_each_its_own) runtime::refuse_more(service.listeners.number(index));
    }
  };
  runtime::ProcessGroup group(service.settings.workers, work, report,
                              service.settings.drain_limit + 4 * grace, ending);
  return group.run([&service] { service.when_ready(service.listeners); });
}

}  // namespace

void say(const std::string& text) {
  for (std::string_view rest = text; !rest.empty();) {
    pollfd file{STDERR_FILENO, POLLOUT, 0};
    if (poll(&file, 1, patience_ms) <= 0) return;
    const ssize_t count =
        write(STDERR_FILENO, rest.data(), std::min<std::size_t>(rest.size(), PIPE_BUF));
    if (count <= 0) return;
    rest.remove_prefix(static_cast<std::size_t>(count));
  }
}

void say_ready(const Listeners& listeners) {
  say(fmt::format("listening on {}\n", listeners.url()));
}

int serve(const Settings& wanted, wire::Handler& handler,
          const std::function<void(const Listeners&)>& when_ready) {
  open_standard_files();
  std::signal(SIGPIPE, SIG_IGN);
  // Before all else, so that what comes at the very start waits too; for threads and children.
  const sigset_t signals = end_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  runtime::raise_file_limit();
  return reported([&] {
    Settings settings = wanted;
    std::optional<AccessLog> log;
    if (!settings.access_log.empty()) log.emplace(settings.access_log, handler);
    settings.limits.reports |= log.has_value();
    const Listeners listeners(settings);
    wire::Handler& outermost = log ? *log : handler;
    const Service service{settings, listeners, outermost, when_ready};
    const bool forks = settings.model == runtime::Model::fork;
    return forks ? serve_in_processes(service) : serve_here(service);
  });
}

}  // namespace assay
