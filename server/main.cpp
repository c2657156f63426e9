// assay-server: the reference server, with every workload of this checkout.
#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>

#include <fmt/format.h>

#include "server/app/app.h"
#include "server/options.h"
#include "server/runtime/loop_server.h"
#include "workloads/routes.h"

namespace {

using assay::runtime::LoopServer;

// What cannot be said is let go: a closed or full standard error must not end a server.
void say(const std::string& text) { std::fputs(text.c_str(), stderr); }

// A standard file that was closed before the start would be a socket's number next, and what is
// said would go to a peer.
void open_standard_files() {
  for (int file = STDIN_FILENO; file <= STDERR_FILENO; ++file) {
    if (fcntl(file, F_GETFD) < 0) open("/dev/null", O_RDWR);  // takes the lowest: this one
  }
}

// SIGTERM and Ctrl-C, for the calling thread and those it starts later: a SignalWatch waits for
// them.
sigset_t block_end_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

// Stops the server at the first signal and ends the process at a second, on a thread of its own, so
// that none interrupts a loop. REQUIRES: the signals are blocked in every thread.
class SignalWatch {
 public:
  SignalWatch(const sigset_t& signals, LoopServer& server)
      : signals_(signals), thread_([this, &server] { watch(server); }) {}
  ~SignalWatch() {
    over_ = true;
    pthread_kill(thread_.native_handle(), SIGINT);
    thread_.join();
  }
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;

 private:
  void watch(LoopServer& server) {
    if (!wait()) return;
    server.stop();
    if (wait()) std::_Exit(1);
  }
  // Whether a signal came before the server's end.
  bool wait() const {
    int signal = 0;
    sigwait(&signals_, &signal);
    return !over_;
  }

  sigset_t signals_;
  std::atomic<bool> over_ = false;
  std::thread thread_;  // last: it uses the others
};

void serve(const assay::runtime::Settings& settings, const sigset_t& signals) {
  assay::App app([](std::string_view bug) { say(fmt::format("bug: {}\n", bug)); });
  assay::workloads::add_routes(app);
  LoopServer server(settings, app);
  const auto port = server.listen();
  const SignalWatch watch(signals, server);
  say(fmt::format("listening on http://{}\n", assay::runtime::address_text(settings.host, port)));
  server.serve();
}

}  // namespace

int main(int argc, char** argv) {
  open_standard_files();
  const assay::Parsed parsed = assay::parse_options(argc, argv);
  if (!parsed.settings) {
    std::fputs(parsed.text.c_str(), parsed.exit_status == 0 ? stdout : stderr);
    return parsed.exit_status;
  }
  std::signal(SIGPIPE, SIG_IGN);
  const sigset_t signals = block_end_signals();
  // StartError, and what Asio and the standard library throw where files or threads are short.
  try {
    serve(*parsed.settings, signals);
  } catch (const std::runtime_error& error) {
    say(fmt::format("error: {}\n", error.what()));
    return 1;
  }
  return 0;
}
