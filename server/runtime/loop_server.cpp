#include "server/runtime/loop_server.h"

#include <algorithm>
#include <exception>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "server/runtime/connection_limit.h"
#include "server/runtime/start_error.h"

namespace assay::runtime {
namespace {

// `limit` is that of files or that of threads.
StartError too_many_loops(std::size_t loops, const char* cause, const char* limit) {
  if (loops == 1) {
    return StartError(fmt::format("cannot start a worker: {}; raise the limit ({})", cause, limit));
  }
  return StartError(
      fmt::format("cannot start {} workers: {}; ask for fewer with --workers, or "
                  "raise the limit ({})",
                  loops, cause, limit));
}

std::size_t loops_of(const Settings& settings) {
  return settings.model == Model::pool ? settings.loops : settings.workers;
}

// A loop needs files.
template <class Start>
void start_or_explain(std::size_t loops, Start start) {
  try {
    start();
  } catch (const std::system_error& failure) {
    throw too_many_loops(loops, failure.what(), "ulimit -n");
  }
}

}  // namespace

LoopServer::LoopServer(const Settings& settings, const Listeners& listeners, wire::Handler& handler)
    : settings_(settings) {
  const auto start = [&] {
    make_loops(listeners, handler);
    share_listeners(listeners);
  };
  start_or_explain(loops_of(settings), start);
}

LoopServer::LoopServer(const Settings& settings, const Listeners& listeners, wire::Handler& handler,
                       std::size_t listener)
    : settings_(settings) {
  const auto start = [&] {
    make_loops(listeners, handler);
    loops_.front()->accept_from(listeners.number(listener), {loops_.front().get()});
  };
  start_or_explain(1, start);
}

void LoopServer::make_loops(const Listeners& listeners, wire::Handler& handler) {
  const std::size_t count = loops_of(settings_);
  const std::size_t connections = std::max(connection_limit(settings_) / count, std::size_t{1});
  if (settings_.model == Model::pool) {
    workers_ = std::make_unique<WorkerPool>(settings_.workers, handler);
  }
  std::vector<std::unique_ptr<EventLoop>> loops;  // give their files back if one has none
  for (std::size_t i = 0; i < count; ++i) {
    loops.push_back(std::make_unique<EventLoop>(settings_, connections, handler, listeners.tls(),
                                                workers_.get()));
  }
  loops_ = std::move(loops);
  accepting_ = count;
}

void LoopServer::share_listeners(const Listeners& listeners) {
  if (listeners.count() == loops_.size()) {
    for (std::size_t i = 0; i < loops_.size(); ++i) {
      loops_[i]->accept_from(listeners.number(i), {loops_[i].get()});
    }
    return;
  }
  accepting_ = 1;
  std::vector<EventLoop*> all;
  for (const auto& loop : loops_) all.push_back(loop.get());
  loops_.front()->accept_from(listeners.number(0), std::move(all));
}

void LoopServer::serve(const std::function<void()>& ready) {
  std::vector<std::thread> threads;
  const auto join = [&threads] {
    for (std::thread& thread : threads) thread.join();
  };
  try {
    for (std::size_t i = 1; i < loops_.size(); ++i) {
      threads.emplace_back([loop = loops_[i].get()] { loop->run(); });
    }
  } catch (const std::exception& failure) {  // of threads, or of memory
    for (const auto& loop : loops_) loop->leave(end());
    join();
    throw too_many_loops(loops_.size(), failure.what(), "ulimit -u");
  }
  ready();
  loops_.front()->run();
  join();
  workers_.reset();
}

// The loops that accept; the others are stopped by the one that accepts for them.
void LoopServer::stop() {
  for (std::size_t i = 0; i < accepting_; ++i) loops_[i]->stop(end());
}

void LoopServer::leave() {
  for (std::size_t i = 0; i < accepting_; ++i) loops_[i]->leave(end());
}

EventLoop::Time LoopServer::end() const {
  return std::chrono::steady_clock::now() + settings_.drain_limit;
}

}  // namespace assay::runtime
