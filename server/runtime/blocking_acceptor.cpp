#include "server/runtime/blocking_acceptor.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <new>
#include <utility>

#include "server/runtime/accepting.h"

namespace assay::runtime {

using std::chrono::steady_clock;

BlockingAcceptor::BlockingAcceptor(const Listeners& listeners) : listener_(listeners.number(0)) {
  fcntl(stop_.writing.number(), F_SETFL, O_NONBLOCK);
}

Arrival BlockingAcceptor::accept(const std::function<void()>& make_room) {
  while (!stopped_) {
    Descriptor connection = accept_connection(listener_);
    if (connection.number() >= 0) return {std::move(connection), steady_clock::now()};
    int error = errno;
    if (is_shortage(error) && !somebody_waits(listener_)) error = EAGAIN;
    if (is_shortage(error)) make_room();
    wait(error);
  }
  return take_left();
}

// Nothing of it is ever read, so that it stays there for everybody who waits.
void BlockingAcceptor::stop() {
  accept_waiting();
  refuse_more(listener_);
  stopped_ = true;
  const char byte = 0;
  [[maybe_unused]] const ssize_t written = write(stop_.writing.number(), &byte, 1);
}

void BlockingAcceptor::wait_for_stop() const {
  pollfd file{stop_.reading.number(), POLLIN, 0};
  while (!stopped_) poll(&file, 1, -1);
}

// No more than can wait at one moment, however fast others come after them.
void BlockingAcceptor::accept_waiting() {
  constexpr std::size_t most = 8192;
  const std::lock_guard lock(mutex_);
  try {
    while (!stopped_ && left_.size() < most) {
      Descriptor connection = accept_connection(listener_);
      if (connection.number() < 0 && is_gone_already(errno)) continue;
      if (connection.number() < 0) return;
      left_.push_back({std::move(connection), steady_clock::now()});
    }
  } catch (const std::bad_alloc&) {  // the last one is lost, as all were before
  }
}

// None: there are no more.
Arrival BlockingAcceptor::take_left() {
  const std::lock_guard lock(mutex_);
  if (left_.empty()) return {};
  Arrival arrival = std::move(left_.front());
  left_.pop_front();
  return arrival;
}

// For a connection, where nobody waited; not at all, where somebody is gone already; and else a
// moment, because what is short would be short at once, again and again.
void BlockingAcceptor::wait(int error) const {
  constexpr int moment_ms = 10;
  if (is_gone_already(error)) return;
  std::array<pollfd, 2> files = {{{stop_.reading.number(), POLLIN, 0}, {listener_, POLLIN, 0}}};
  const bool nobody_waited = error == EAGAIN || error == EWOULDBLOCK;
  nobody_waited ? poll(files.data(), 2, -1) : poll(files.data(), 1, moment_ms);
}

}  // namespace assay::runtime
