#include "harness/load/socket/poller.h"

#include <sys/event.h>
#include <sys/time.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <pthread/qos.h>

namespace assay::load {
namespace {

constexpr int most_events = 256;

void* as_user_data(std::uint64_t token) { return reinterpret_cast<void*>(token); }

}  // namespace

Poller::Poller(Descriptor queue) : queue_(std::move(queue)) { events_.reserve(most_events); }

Result<Poller> Poller::open() {
  Descriptor queue(kqueue());
  if (!queue.is_open()) return LoadError::out_of_files(std::strerror(errno));
  return Poller(std::move(queue));
}

// EV_CLEAR is what kqueue calls edge-triggered; the two directions are two filters.
bool Poller::watch(int socket, std::uint64_t token) {
  std::array<struct kevent, 2> changes;
  const auto identity = static_cast<std::uintptr_t>(socket);
  EV_SET(&changes[0], identity, EVFILT_READ, EV_ADD | EV_CLEAR, 0, 0, as_user_data(token));
  EV_SET(&changes[1], identity, EVFILT_WRITE, EV_ADD | EV_CLEAR, 0, 0, as_user_data(token));
  return kevent(queue_.number(), changes.data(), 2, nullptr, 0, nullptr) == 0;
}

// Timers of lower classes are put together with others'.
void Poller::wake_exactly() { pthread_set_qos_class_self_np(QOS_CLASS_USER_INTERACTIVE, 0); }

std::span<const Poller::Event> Poller::wait(nanoseconds timeout) {
  std::array<struct kevent, most_events> ready;
  const auto seconds = std::chrono::floor<std::chrono::seconds>(timeout);
  const timespec limit{static_cast<time_t>(seconds.count()),
                       static_cast<long>((timeout - seconds).count())};
  const int count = kevent(queue_.number(), nullptr, 0, ready.data(), most_events, &limit);
  events_.clear();
  for (int index = 0; index < count; ++index) {
    const struct kevent& event = ready[static_cast<std::size_t>(index)];
    events_.push_back({reinterpret_cast<std::uint64_t>(event.udata), event.filter == EVFILT_READ,
                       event.filter == EVFILT_WRITE, (event.flags & EV_EOF) != 0});
  }
  return events_;
}

}  // namespace assay::load
