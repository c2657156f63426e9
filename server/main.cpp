// assay-server: the reference server, with every workload of this checkout.
#include <csignal>
#include <cstdio>
#include <thread>

#include <fmt/format.h>

#include "server/app/app.h"
#include "server/options.h"
#include "server/runtime/loop_server.h"
#include "workloads/routes.h"

namespace {

// Waits for the signals that end a server on a thread of its own, so that none interrupts a loop.
class EndSignals {
 public:
  EndSignals() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGTERM);
    sigaddset(&signals_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);  // threads started later inherit it
  }
  void wait() const {
    int signal = 0;
    sigwait(&signals_, &signal);
  }

 private:
  sigset_t signals_{};
};

}  // namespace

int main(int argc, char** argv) {
  const assay::Parsed parsed = assay::parse_options(argc, argv);
  if (!parsed.settings) return parsed.exit_status;
  std::signal(SIGPIPE, SIG_IGN);
  const EndSignals end;

  assay::App app;
  assay::workloads::add_routes(app);
  assay::runtime::LoopServer server(*parsed.settings, app);
  try {
    const auto port = server.listen();
    fmt::print(stderr, "listening on http://{}:{}\n", parsed.settings->host, port);
  } catch (const assay::runtime::StartError& error) {
    fmt::print(stderr, "error: {}\n", error.what());
    return 1;
  }
  std::thread([&] {
    end.wait();
    server.stop();
    end.wait();  // a second signal: at once
    std::_Exit(1);
  }).detach();
  server.serve();
  return 0;
}
