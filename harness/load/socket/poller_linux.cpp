#include "harness/load/socket/poller.h"

#include <sys/epoll.h>
#include <sys/prctl.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <utility>

namespace assay::load {
namespace {

constexpr int most_events = 256;

// A kernel before 5.11 counts in milliseconds: then rather too early than too late, which costs
// further calls.
int wait_for(int queue, std::span<epoll_event> ready, nanoseconds timeout) {
  const auto most = static_cast<int>(ready.size());
  if (timeout > nanoseconds(0)) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(timeout);
    const timespec time{seconds.count(), (timeout - seconds).count()};
    const int count = epoll_pwait2(queue, ready.data(), most, &time, nullptr);
    if (count >= 0 || errno != ENOSYS) return count;
  }
  const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(timeout);
  return epoll_wait(queue, ready.data(), most, static_cast<int>(milliseconds.count()));
}

bool has(std::uint32_t events, std::uint32_t flags) { return (events & flags) != 0; }

}  // namespace

Poller::Poller(Descriptor queue) : queue_(std::move(queue)) { events_.reserve(most_events); }

Result<Poller> Poller::open() {
  Descriptor queue(epoll_create1(EPOLL_CLOEXEC));
  if (!queue.is_open()) return LoadError::out_of_files(std::strerror(errno));
  return Poller(std::move(queue));
}

bool Poller::watch(int socket, std::uint64_t token) {
  epoll_event event{};
  event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
  event.data.u64 = token;
  return epoll_ctl(queue_.number(), EPOLL_CTL_ADD, socket, &event) == 0;
}

void Poller::wake_exactly() {
  prctl(PR_SET_TIMERSLACK, 1UL);  // nanosecond, instead of 50 us
}

std::span<const Poller::Event> Poller::wait(nanoseconds timeout) {
  std::array<epoll_event, most_events> ready;
  const int count = wait_for(queue_.number(), ready, timeout);
  events_.clear();
  for (int index = 0; index < count; ++index) {
    const epoll_event& event = ready[static_cast<std::size_t>(index)];
    events_.push_back({event.data.u64, has(event.events, EPOLLIN), has(event.events, EPOLLOUT),
                       has(event.events, EPOLLRDHUP | EPOLLHUP | EPOLLERR)});
  }
  return events_;
}

}  // namespace assay::load
