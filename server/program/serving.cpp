#include "server/program/serving.h"

#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <initializer_list>
#include <memory>
#include <stdexcept>
#include <thread>

#include <fmt/format.h>

#include "server/runtime/connection_limit.h"
#include "server/runtime/loop_server.h"
#include "server/runtime/process_group.h"
#include "server/runtime/server.h"

namespace assay {
namespace {

using runtime::Listeners;
using runtime::Server;
using runtime::Settings;

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

sigset_t set_of(std::initializer_list<int> members) {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : members) sigaddset(&signals, signal);
  return signals;
}

sigset_t end_signals() { return set_of({SIGTERM, SIGINT}); }

// Calls `first` at the first of `signals` and `second` at any other, on a thread of
// its own, so that none interrupts a loop. REQUIRES: they are blocked in every thread.
class SignalWatch {
 public:
  SignalWatch(const sigset_t& signals, std::function<void()> first, std::function<void()> second)
      : signals_(signals),
        first_(std::move(first)),
        second_(std::move(second)),
        thread_([this] { watch(); }) {}
  ~SignalWatch() {
    over_ = true;
    pthread_kill(thread_.native_handle(), SIGTERM);
    thread_.join();
  }
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;

 private:
  void watch() {
    if (!wait()) return;
    first_();
    while (wait()) second_();
  }
  // Whether a signal came before the server's end.
  bool wait() const {
    int signal = 0;
    sigwait(&signals_, &signal);
    return !over_;
  }

  sigset_t signals_;
  std::function<void()> first_;
  std::function<void()> second_;
  std::atomic<bool> over_ = false;
  std::thread thread_;  // last: it uses the others
};

struct Service {
  const Settings& settings;
  const Listeners& listeners;
  wire::Handler& handler;
  const std::function<void(const Listeners&)>& when_ready;
};

int serve_here(const Service& service) {
  service.handler.start();
  const auto server = runtime::make_server(service.settings, service.listeners, service.handler);
  const auto stop = [&] {  // who waits to be accepted would be refused, too
    server->stop();
    service.listeners.refuse_more();
  };
  const auto end_now = [&service] {
    service.listeners.remove_path();
    std::_Exit(1);
  };
  const SignalWatch watch(end_signals(), stop, end_now);
  server->serve([&service] { service.when_ready(service.listeners); });
  service.handler.stop(service.settings.drain_limit);
  return 0;
}

// A process of the group: its parent tells it when to end, so Ctrl-C, which reaches both, is the
// parent's to hear; and the parent decides when there was patience enough.
int serve_as_child(const Service& service, std::size_t index, const std::function<void()>& ready) {
  std::signal(SIGINT, SIG_IGN);
  const sigset_t signals = set_of({SIGTERM});
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  Settings alone = service.settings;
  const std::size_t all = service.settings.workers;
  alone.model = runtime::Model::loop;
  alone.workers = 1;
  if (alone.connections > 0) alone.connections = std::max(alone.connections / all, std::size_t{1});
  service.handler.start();
  const auto server = std::make_unique<runtime::LoopServer>(
      alone, service.listeners, service.handler, index % service.listeners.count());
  const auto stop = [&server] { server->stop(); };
  const SignalWatch watch(signals, stop, [] {});
  server->serve(ready);
  service.handler.stop(alone.drain_limit);
  return 0;
}

int serve_in_processes(const Service& service) {
  const auto work = [&service](std::size_t index, const std::function<void()>& ready) {
    return serve_as_child(service, index, ready);
  };
  const auto report = [](const std::string& sentence) { say(sentence + "\n"); };
  const auto ending = [&service] { service.listeners.refuse_more(); };
  runtime::ProcessGroup group(service.settings.workers, work, report, ending);
  return group.run([&service] { service.when_ready(service.listeners); });
}

}  // namespace

void say(const std::string& text) { std::fputs(text.c_str(), stderr); }

void say_ready(const Listeners& listeners) {
  say(fmt::format("listening on {}\n", listeners.url()));
}

int serve(const Settings& settings, wire::Handler& handler,
          const std::function<void(const Listeners&)>& when_ready) {
  open_standard_files();
  std::signal(SIGPIPE, SIG_IGN);
  // Before all else, so that what comes at the very start waits too; for threads and children.
  const sigset_t signals = end_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  runtime::raise_file_limit();
  return reported([&] {
    const Listeners listeners(settings);
    const Service service{settings, listeners, handler, when_ready};
    const bool forks = settings.model == runtime::Model::fork;
    return forks ? serve_in_processes(service) : serve_here(service);
  });
}

}  // namespace assay
