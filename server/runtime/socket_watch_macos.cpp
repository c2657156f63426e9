#include "server/runtime/socket_watch.h"

#include <fcntl.h>
#include <sys/event.h>
#include <sys/time.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <system_error>

namespace assay::runtime {
namespace {

// Both filters stand from `add` on; which of them speak is what changes.
bool set(int queue, int socket, std::uint16_t bytes, std::uint16_t room, Session& session) {
  std::array<struct kevent, 2> changes;
  EV_SET(&changes[0], socket, EVFILT_READ, EV_ADD | bytes, 0, 0, &session);
  EV_SET(&changes[1], socket, EVFILT_WRITE, EV_ADD | room, 0, 0, &session);
  return kevent(queue, changes.data(), static_cast<int>(changes.size()), nullptr, 0, nullptr) == 0;
}

}  // namespace

SocketWatch::SocketWatch() : queue_(kqueue()) {
  if (queue_.number() < 0) throw std::system_error(errno, std::generic_category());
  fcntl(queue_.number(), F_SETFD, FD_CLOEXEC);
  ready_.reserve(at_a_time);
}

bool SocketWatch::add(int socket, Session& session) {
  return set(queue_.number(), socket, EV_ENABLE, EV_DISABLE, session);
}

void SocketWatch::await_bytes(int socket, Session& session) {
  set(queue_.number(), socket, EV_ENABLE, EV_DISABLE, session);
}

void SocketWatch::await_room(int socket, Session& session) {
  set(queue_.number(), socket, EV_DISABLE, EV_ENABLE, session);
}

void SocketWatch::await_nothing(int socket, Session& session) {
  set(queue_.number(), socket, EV_DISABLE, EV_DISABLE, session);
}

std::span<Session* const> SocketWatch::ready() {
  std::array<struct kevent, at_a_time> events;
  const timespec at_once{};
  const int count = kevent(queue_.number(), nullptr, 0, events.data(), at_a_time, &at_once);
  ready_.clear();
  for (int i = 0; i < count; ++i) {
    ready_.push_back(static_cast<Session*>(events[static_cast<std::size_t>(i)].udata));
  }
  return ready_;
}

}  // namespace assay::runtime
