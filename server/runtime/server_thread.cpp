#include "server/runtime/server_thread.h"

#include <csignal>
#include <future>

namespace assay::runtime {

ServerThread::ServerThread(const Settings& settings, wire::Handler& handler)
    : settings_(settings),
      listeners_(std::make_unique<Listeners>(settings_)),
      port_(listeners_->port()) {
  std::signal(SIGPIPE, SIG_IGN);
  server_ = make_server(settings_, *listeners_, handler);
  std::promise<void> ready;
  thread_ = std::thread([&] { server_->serve([&ready] { ready.set_value(); }); });
  ready.get_future().wait();
}

void ServerThread::end() {
  if (!thread_.joinable()) return;
  stop();
  thread_.join();
  server_.reset();
  listeners_.reset();
}

}  // namespace assay::runtime
