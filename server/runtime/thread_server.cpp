#include "server/runtime/thread_server.h"

#include <chrono>
#include <exception>
#include <new>
#include <utility>

#include "server/runtime/connection_limit.h"

namespace assay::runtime {

using std::chrono::steady_clock;

ThreadServer::ThreadServer(const Settings& settings, const Listeners& listeners,
                           wire::Handler& handler)
    : settings_(settings),
      service_{settings, settings.limits, handler, listeners.tls()},
      acceptor_(listeners),
      connections_(connection_limit(settings)) {}

void ThreadServer::serve(const std::function<void()>& ready) {
  ready();
  Workbench bench;
  for (;;) {
    Arrival arrival = acceptor_.accept([this] { connections_.end_longest_idle(); });
    if (arrival.socket.number() < 0) break;
    try {
      admit(std::move(arrival), bench);
    } catch (const std::bad_alloc&) {  // the connection is lost, but not the server
      connections_.end_longest_idle();
    }
  }
  drain();
}

void ThreadServer::admit(Arrival arrival, Workbench& bench) {
  ConnectionRegister::Place place = connections_.add(arrival.socket.number(), arrival.came);
  if (!place) return BlockingSession::turn_away(std::move(arrival.socket), service_, bench);
  Visits::iterator visit;
  {
    const std::lock_guard lock(mutex_);
    visit = visits_.insert(visits_.end(), Visit{std::move(arrival.socket), std::move(place), {}});
  }
  if (start(visit)) return;
  // A connection that only waits for its peer has a thread to give, in a moment.
  visit->place.becomes_busy();
  if (end_one() && start(visit)) return;
  give_up(visit, bench);
}

// The longest idle. Waits for its thread, since as long as many come who say nothing this is how
// fast anybody else comes in.
bool ThreadServer::end_one() {
  std::unique_lock lock(mutex_);
  const std::uint64_t before = retired_;
  lock.unlock();
  if (!connections_.end_longest_idle()) return false;
  lock.lock();
  left_.wait_for(lock, std::chrono::milliseconds(10), [&] { return retired_ != before; });
  lock.unlock();
  join_ended();
  return true;
}

// Under the lock: a visit that ends at once must find its thread here.
bool ThreadServer::start(Visits::iterator visit) {
  const std::lock_guard lock(mutex_);
  try {
    visit->thread = std::thread([this, visit] { drive(visit); });
    return true;
  } catch (const std::exception&) {  // there are no more threads, or no memory for one
    return false;
  }
}

void ThreadServer::drive(Visits::iterator visit) {
  {
    Workbench bench;
    BlockingSession::run(std::move(visit->socket), std::move(visit->place), service_, bench);
  }
  retire(visit);
}

// Joins the thread that ended before: so one at the most is kept waiting, however many come and go.
void ThreadServer::retire(Visits::iterator visit) {
  std::unique_lock lock(mutex_);
  std::thread before = std::exchange(ended_, std::move(visit->thread));
  visits_.erase(visit);
  ++retired_;
  left_.notify_all();
  lock.unlock();
  if (before.joinable()) before.join();
}

void ThreadServer::join_ended() {
  std::unique_lock lock(mutex_);
  std::thread ended = std::move(ended_);
  lock.unlock();
  if (ended.joinable()) ended.join();
}

void ThreadServer::give_up(Visits::iterator visit, Workbench& bench) {
  visit->place = {};
  BlockingSession::turn_away(std::move(visit->socket), service_, bench);
  const std::lock_guard lock(mutex_);
  visits_.erase(visit);
}

void ThreadServer::drain() {
  const auto all_left = [this] { return visits_.empty(); };
  connections_.end_idle(steady_clock::now());
  std::unique_lock lock(mutex_);
  if (!left_.wait_until(lock, steady_clock::now() + settings_.drain_limit, all_left)) {
    connections_.end_all();
    left_.wait(lock, all_left);
  }
  lock.unlock();
  join_ended();
}

}  // namespace assay::runtime
