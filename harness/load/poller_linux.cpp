#include "harness/load/poller.h"

#include <sys/epoll.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace assay::load {
namespace {

constexpr int most_events = 256;

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

std::span<const Poller::Event> Poller::wait(nanoseconds timeout) {
  std::array<epoll_event, most_events> ready;
  const auto milliseconds = std::chrono::ceil<std::chrono::milliseconds>(timeout).count();
  const int count =
      epoll_wait(queue_.number(), ready.data(), most_events, static_cast<int>(milliseconds));
  events_.clear();
  for (int index = 0; index < count; ++index) {
    const epoll_event& event = ready[static_cast<std::size_t>(index)];
    events_.push_back({event.data.u64, has(event.events, EPOLLIN), has(event.events, EPOLLOUT),
                       has(event.events, EPOLLRDHUP | EPOLLHUP | EPOLLERR)});
  }
  return events_;
}

}  // namespace assay::load
