#include "server/runtime/socket_watch.h"

#include <sys/epoll.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <system_error>

namespace assay::runtime {
namespace {

bool control(int queue, int operation, int socket, std::uint32_t events, Session& session) {
  epoll_event event{};
  event.events = events;
  event.data.ptr = &session;
  return epoll_ctl(queue, operation, socket, &event) == 0;
}

}  // namespace

SocketWatch::SocketWatch() : queue_(epoll_create1(EPOLL_CLOEXEC)) {
  if (queue_.number() < 0) throw std::system_error(errno, std::generic_category());
  ready_.reserve(at_a_time);
}

bool SocketWatch::add(int socket, Session& session) {
  return control(queue_.number(), EPOLL_CTL_ADD, socket, EPOLLIN, session);
}

void SocketWatch::await_bytes(int socket, Session& session) {
  control(queue_.number(), EPOLL_CTL_MOD, socket, EPOLLIN, session);
}

void SocketWatch::await_room(int socket, Session& session) {
  control(queue_.number(), EPOLL_CTL_MOD, socket, EPOLLOUT, session);
}

// A socket that is broken says so even to who asks for nothing, again and again: but once.
void SocketWatch::await_nothing(int socket, Session& session) {
  control(queue_.number(), EPOLL_CTL_MOD, socket, EPOLLONESHOT, session);
}

std::span<Session* const> SocketWatch::ready() {
  std::array<epoll_event, at_a_time> events;
  const int count = epoll_wait(queue_.number(), events.data(), at_a_time, 0);
  ready_.clear();
  for (int i = 0; i < count; ++i) {
    ready_.push_back(static_cast<Session*>(events[static_cast<std::size_t>(i)].data.ptr));
  }
  return ready_;
}

}  // namespace assay::runtime
