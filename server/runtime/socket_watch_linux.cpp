#include "server/runtime/socket_watch.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstdint>
#include <system_error>

namespace assay::runtime {
namespace {

using For = SocketWatch::For;

bool control(int queue, int operation, int socket, std::uint32_t events, void* mark) {
  epoll_event event{};
  event.events = events;
  event.data.ptr = mark;
  return epoll_ctl(queue, operation, socket, &event) == 0;
}

// A socket that is broken says so even to who asks for nothing, again and again: but once.
std::uint32_t events_of(For what) {
  switch (what) {
    case For::bytes: return EPOLLIN;
    case For::room: return EPOLLOUT;
    case For::nothing: break;
  }
  return EPOLLONESHOT;
}

void must(bool done) {
  if (!done) throw std::system_error(errno, std::generic_category());
}

}  // namespace

// The waker speaks once for each call (EPOLLET), so that what it counts need not be read.
SocketWatch::SocketWatch()
    : queue_(epoll_create1(EPOLL_CLOEXEC)), waker_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  must(queue_.number() >= 0 && waker_.number() >= 0);
  must(control(queue_.number(), EPOLL_CTL_ADD, waker_.number(), EPOLLIN | EPOLLET, &waker_));
}

bool SocketWatch::add(int socket, Session& session, For what) {
  return control(queue_.number(), EPOLL_CTL_ADD, socket, events_of(what), &session);
}

void SocketWatch::change(int socket, Session& session, For what) {
  control(queue_.number(), EPOLL_CTL_MOD, socket, events_of(what), &session);
}

// A process that a handler starts has a copy of the socket until it becomes another program, and as
// long as there is one closing would not end this.
void SocketWatch::remove(int socket) {
  control(queue_.number(), EPOLL_CTL_DEL, socket, 0, nullptr);
}

void SocketWatch::add_listener(int listener) {
  must(control(queue_.number(), EPOLL_CTL_ADD, listener, EPOLLIN, &queue_));
}

void SocketWatch::pause_listener(int listener) {
  control(queue_.number(), EPOLL_CTL_MOD, listener, EPOLLONESHOT, &queue_);
}

void SocketWatch::resume_listener(int listener) {
  control(queue_.number(), EPOLL_CTL_MOD, listener, EPOLLIN, &queue_);
}

void SocketWatch::remove_listener(int listener) {
  control(queue_.number(), EPOLL_CTL_DEL, listener, 0, nullptr);
}

SocketWatch::Ready SocketWatch::wait(std::chrono::milliseconds most) {
  std::array<epoll_event, at_a_time> events;
  const auto limit = static_cast<int>(std::min<std::int64_t>(most.count(), INT_MAX));
  const int count = epoll_wait(queue_.number(), events.data(), at_a_time, limit);
  Ready ready;
  std::size_t sessions = 0;
  for (int i = 0; i < count; ++i) {
    void* const mark = events[static_cast<std::size_t>(i)].data.ptr;
    if (mark == &waker_) {
      ready.woken = true;
    } else if (mark == &queue_) {
      ready.listener = true;
    } else {
      sessions_[sessions++] = static_cast<Session*>(mark);
    }
  }
  ready.sessions = {sessions_.data(), sessions};
  return ready;
}

void SocketWatch::wake() noexcept {
  const std::uint64_t once = 1;
  [[maybe_unused]] const ssize_t written = write(waker_.number(), &once, sizeof once);
}

}  // namespace assay::runtime
