#include "server/runtime/pinned_server.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <utility>

#include <fmt/format.h>

#include "server/runtime/connection_limit.h"
#include "server/runtime/start_error.h"

namespace assay::runtime {
namespace {

using std::chrono::steady_clock;

wire::Limits limits_of(const Settings& settings) {
  wire::Limits limits = settings.limits;
  limits.keep_alive = limits.keep_alive && settings.model != Model::per_request;
  return limits;
}

void join(std::vector<std::thread>& threads) {
  for (std::thread& thread : threads) thread.join();
}

}  // namespace

PinnedServer::PinnedServer(const Settings& settings, const Listeners& listeners,
                           wire::Handler& handler)
    : settings_(settings),
      limits_(limits_of(settings)),
      service_{settings, limits_, handler, listeners.tls()},
      workers_(std::min(settings.workers, connection_limit(settings))),
      acceptor_(listeners),
      connections_(workers_) {}

void PinnedServer::serve(const std::function<void()>& ready) {
  std::vector<std::thread> threads = start_workers();
  ready();
  acceptor_.wait_for_stop();
  drain();
  join(threads);
}

std::vector<std::thread> PinnedServer::start_workers() {
  std::vector<std::thread> threads;
  working_ = workers_;
  try {
    while (threads.size() < workers_) threads.emplace_back([this] { work(); });
  } catch (const std::exception& failure) {  // of threads, or of memory
    acceptor_.stop();
    join(threads);
    throw StartError(
        fmt::format("cannot start {} workers: {}; ask for fewer with --workers, or "
                    "raise the limit (ulimit -u)",
                    workers_, failure.what()));
  }
  return threads;
}

void PinnedServer::work() {
  Workbench bench;
  for (;;) {
    auto [socket, came] = acceptor_.accept([] {});
    if (socket.number() < 0) break;
    ConnectionRegister::Place place = connections_.add(socket.number(), came);
    if (place) BlockingSession::run(std::move(socket), std::move(place), service_, bench);
  }
  const std::lock_guard lock(mutex_);
  if (--working_ == 0) left_.notify_all();
}

void PinnedServer::drain() {
  connections_.end_idle(steady_clock::now());
  std::unique_lock lock(mutex_);
  const auto end = steady_clock::now() + settings_.drain_limit;
  if (!left_.wait_until(lock, end, [this] { return working_ == 0; })) connections_.end_all();
}

}  // namespace assay::runtime
