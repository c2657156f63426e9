#include "harness/truth/floor_queue.h"

#include <fcntl.h>
#include <sys/event.h>
#include <sys/socket.h>

#include <array>
#include <cstdint>

namespace assay::truth {
namespace {

constexpr int most_events = 256;

bool ask(int queue, int file, std::int16_t filter, std::uint16_t action) {
  struct kevent change;
  EV_SET(&change, static_cast<std::uintptr_t>(file), filter, action, 0, 0, nullptr);
  return kevent(queue, &change, 1, nullptr, 0, nullptr) == 0;
}

}  // namespace

// SO_REUSEPORT is there, but gives all connections to one of the listeners.
const bool listeners_share_a_port = false;

FloorQueue::FloorQueue() : queue_(kqueue()) { ready_.reserve(most_events); }

bool FloorQueue::watch(int file) { return ask(queue_.number(), file, EVFILT_READ, EV_ADD); }

void FloorQueue::await_room(int file) {
  ask(queue_.number(), file, EVFILT_READ, EV_DELETE);
  ask(queue_.number(), file, EVFILT_WRITE, EV_ADD);
}

void FloorQueue::await_bytes(int file) {
  ask(queue_.number(), file, EVFILT_WRITE, EV_DELETE);
  ask(queue_.number(), file, EVFILT_READ, EV_ADD);
}

std::span<const int> FloorQueue::wait() { return gather(true); }
std::span<const int> FloorQueue::look() { return gather(false); }

std::span<const int> FloorQueue::gather(bool waits) {
  std::array<struct kevent, most_events> events;
  const timespec at_once{0, 0};
  const int count =
      kevent(queue_.number(), nullptr, 0, events.data(), most_events, waits ? nullptr : &at_once);
  ready_.clear();
  for (int index = 0; index < count; ++index) {
    ready_.push_back(static_cast<int>(events[static_cast<std::size_t>(index)].ident));
  }
  return ready_;
}

load::Descriptor accept_connection(int listener) {
  load::Descriptor connection(accept(listener, nullptr, nullptr));
  if (!connection.is_open()) return connection;
  const int on = 1;
  setsockopt(connection.number(), SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
  fcntl(connection.number(), F_SETFL, O_NONBLOCK);
  fcntl(connection.number(), F_SETFD, FD_CLOEXEC);
  return connection;
}

}  // namespace assay::truth
