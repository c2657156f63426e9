#include "server/runtime/blocking_acceptor.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <new>
#include <utility>
#include <vector>

#include "server/runtime/accepting.h"

namespace assay::runtime {

BlockingAcceptor::BlockingAcceptor(const Listeners& listeners) : listeners_(listeners) {
  fcntl(stop_.writing.number(), F_SETFL, O_NONBLOCK);
}

Descriptor BlockingAcceptor::accept(const std::function<void()>& make_room) {
  while (!stopped_) {
    Descriptor connection = take_waiting();
    if (connection.number() >= 0) return connection;
    int error = errno;
    // Linux wants a file before it looks whether anybody waits.
    if (is_shortage(error) && !somebody_waits()) error = EAGAIN;
    if (is_shortage(error)) make_room();
    wait(error);
  }
  return take_left();
}

// Nothing of it is ever read, so that it stays there for everybody who waits.
void BlockingAcceptor::stop() {
  accept_waiting();
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
      Descriptor connection = take_waiting();
      if (connection.number() < 0) return;
      left_.push_back(std::move(connection));
    }
  } catch (const std::bad_alloc&) {  // the last one is lost, as all were before
  }
}

// None: there are no more.
Descriptor BlockingAcceptor::take_left() {
  const std::lock_guard lock(mutex_);
  if (left_.empty()) return {};
  Descriptor connection = std::move(left_.front());
  left_.pop_front();
  return connection;
}

// None: `errno` says why.
Descriptor BlockingAcceptor::take_waiting() {
  const std::size_t first = next_.fetch_add(1, std::memory_order_relaxed);
  for (std::size_t i = 0; i < listeners_.count(); ++i) {
    Descriptor connection = accept_connection(listeners_.number((first + i) % listeners_.count()));
    const bool nobody_waits = connection.number() < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
    if (!nobody_waits) return connection;
  }
  return {};
}

bool BlockingAcceptor::somebody_waits() const {
  for (std::size_t i = 0; i < listeners_.count(); ++i) {
    pollfd file{listeners_.number(i), POLLIN, 0};
    if (poll(&file, 1, 0) > 0) return true;
  }
  return false;
}

// For a connection, where nobody waited; not at all, where somebody is gone already; and else a
// moment, because what is short would be short at once, again and again.
void BlockingAcceptor::wait(int error) const {
  constexpr int moment_ms = 10;
  if (error == ECONNABORTED || error == EINTR || error == EPROTO) return;
  std::vector<pollfd> files = {{stop_.reading.number(), POLLIN, 0}};
  const bool nobody_waited = error == EAGAIN || error == EWOULDBLOCK;
  for (std::size_t i = 0; nobody_waited && i < listeners_.count(); ++i) {
    files.push_back({listeners_.number(i), POLLIN, 0});
  }
  poll(files.data(), static_cast<nfds_t>(files.size()), nobody_waited ? -1 : moment_ms);
}

}  // namespace assay::runtime
