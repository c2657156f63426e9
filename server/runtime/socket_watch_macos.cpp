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

using For = SocketWatch::For;

bool tell(int queue, std::uintptr_t of, std::int16_t filter, std::uint16_t flags, void* mark,
          std::uint32_t also = 0) {
  struct kevent change;
  EV_SET(&change, of, filter, flags, also, 0, mark);
  return kevent(queue, &change, 1, nullptr, 0, nullptr) == 0;
}

// Both filters stand from `add` on; which of them speaks is what changes, and never both do: no
// session is ready twice in one wait, so that it may end at the first.
bool set(int queue, int socket, For what, Session& session) {
  const std::uint16_t bytes = what == For::bytes ? EV_ENABLE : EV_DISABLE;
  const std::uint16_t room = what == For::room ? EV_ENABLE : EV_DISABLE;
  std::array<struct kevent, 2> changes;
  EV_SET(&changes[0], socket, EVFILT_READ, EV_ADD | bytes, 0, 0, &session);
  EV_SET(&changes[1], socket, EVFILT_WRITE, EV_ADD | room, 0, 0, &session);
  return kevent(queue, changes.data(), static_cast<int>(changes.size()), nullptr, 0, nullptr) == 0;
}

void must(bool done) {
  if (!done) throw std::system_error(errno, std::generic_category());
}

constexpr std::uintptr_t waker = 0;  // of its filter's own names

}  // namespace

// The waker speaks once for each call (EV_CLEAR), and needs no file of its own.
SocketWatch::SocketWatch() : queue_(kqueue()) {
  must(queue_.number() >= 0);
  fcntl(queue_.number(), F_SETFD, FD_CLOEXEC);
  must(tell(queue_.number(), waker, EVFILT_USER, EV_ADD | EV_CLEAR, &waker_));
}

bool SocketWatch::add(int socket, Session& session, For what) {
  return set(queue_.number(), socket, what, session);
}

void SocketWatch::change(int socket, Session& session, For what) {
  set(queue_.number(), socket, what, session);
}

// A queue watches a file by its number in this process: to close it is enough.
void SocketWatch::remove(int /*socket*/) {}

void SocketWatch::add_listener(int listener) {
  must(tell(queue_.number(), static_cast<std::uintptr_t>(listener), EVFILT_READ, EV_ADD, &queue_));
}

void SocketWatch::pause_listener(int listener) {
  tell(queue_.number(), static_cast<std::uintptr_t>(listener), EVFILT_READ, EV_DISABLE, &queue_);
}

void SocketWatch::resume_listener(int listener) {
  tell(queue_.number(), static_cast<std::uintptr_t>(listener), EVFILT_READ, EV_ENABLE, &queue_);
}

void SocketWatch::remove_listener(int listener) {
  tell(queue_.number(), static_cast<std::uintptr_t>(listener), EVFILT_READ, EV_DELETE, &queue_);
}

SocketWatch::Ready SocketWatch::wait(std::chrono::milliseconds most) {
  std::array<struct kevent, at_a_time> events;
  timespec limit{};
  limit.tv_sec = static_cast<time_t>(most.count() / 1000);
  limit.tv_nsec = static_cast<long>(most.count() % 1000 * 1'000'000);
  const int count = kevent(queue_.number(), nullptr, 0, events.data(), at_a_time, &limit);
  Ready ready;
  std::size_t sessions = 0;
  for (int i = 0; i < count; ++i) {
    void* const mark = events[static_cast<std::size_t>(i)].udata;
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
  tell(queue_.number(), waker, EVFILT_USER, 0, &waker_, NOTE_TRIGGER);
}

}  // namespace assay::runtime
