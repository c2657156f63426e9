#include "harness/truth/floor_queue.h"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <array>
#include <cstdint>

namespace assay::truth {
namespace {

constexpr int most_events = 256;

bool ask(int queue, int operation, int file, std::uint32_t events) {
  epoll_event event{};
  event.events = events;
  event.data.fd = file;
  return epoll_ctl(queue, operation, file, &event) == 0;
}

}  // namespace

const bool listeners_share_a_port = true;

FloorQueue::FloorQueue() : queue_(epoll_create1(EPOLL_CLOEXEC)) { ready_.reserve(most_events); }

bool FloorQueue::watch(int file) { return ask(queue_.number(), EPOLL_CTL_ADD, file, EPOLLIN); }
void FloorQueue::await_room(int file) { ask(queue_.number(), EPOLL_CTL_MOD, file, EPOLLOUT); }
void FloorQueue::await_bytes(int file) { ask(queue_.number(), EPOLL_CTL_MOD, file, EPOLLIN); }

std::span<const int> FloorQueue::wait() { return gather(true); }
std::span<const int> FloorQueue::look() { return gather(false); }

std::span<const int> FloorQueue::gather(bool waits) {
  std::array<epoll_event, most_events> events;
  const int count = epoll_wait(queue_.number(), events.data(), most_events, waits ? -1 : 0);
  ready_.clear();
  for (int index = 0; index < count; ++index) {
    ready_.push_back(events[static_cast<std::size_t>(index)].data.fd);
  }
  return ready_;
}

load::Descriptor accept_connection(int listener) {
  return load::Descriptor(accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
}

}  // namespace assay::truth
