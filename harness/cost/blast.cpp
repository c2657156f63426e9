#include "harness/cost/blast.h"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "harness/load/socket/socket.h"
#include "harness/load/watch/cpu_clock.h"

namespace assay::cost {
namespace {

constexpr std::size_t buffer_bytes = 262144;
constexpr auto glance = std::chrono::milliseconds(10);
constexpr auto patience = std::chrono::seconds(5);

bool is_only_later() { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }
// Linux says so of a connection that is still being made; macOS says ENOTCONN.
bool is_connecting() { return is_only_later() || errno == ENOTCONN || errno == EINPROGRESS; }

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

}  // namespace

std::string_view text(BlastFault fault) noexcept {
  switch (fault) {
    case BlastFault::refused: return "it refused a connection, or the system a socket";
    case BlastFault::closed_early: return "it closed a connection before the reply was whole";
    case BlastFault::wrong_reply: return "a reply was not 200, or not as long as was said";
    case BlastFault::silent: return "nothing came for five seconds";
    case BlastFault::interrupted: return "interrupted";
  }
  return {};
}

Blast::Blast(load::Poller poller, const load::Address& address, const Row& row,
             const std::vector<std::string>& requests, std::optional<std::size_t> reply_bytes)
    : poller_(std::move(poller)), address_(address), shape_(row.shape), buffer_(buffer_bytes) {
  for (const std::string& each : requests) batches_.push_back(repeated(each, depth_of(row.shape)));
  slots_.reserve(row.connections);
  for (std::size_t i = 0; i < row.connections; ++i) slots_.emplace_back(reply_bytes);
}

Blast::Outcome Blast::run(load::nanoseconds duration, const load::Stop& stop) {
  const load::TimePoint began = load::Clock::now();
  const load::nanoseconds cpu_began = load::thread_cpu_time();
  requests_ = 0;
  is_sending_ = duration.count() > 0;
  last_event_ = began;
  for (Slot& slot : slots_) {
    if (!start(slot)) return fault_;
  }
  while (busy_ > 0) {
    if (stop.requested()) return BlastFault::interrupted;
    if (!turn()) return fault_;
    is_sending_ = is_sending_ && last_event_ < began + duration;
  }
  const load::nanoseconds wall = load::Clock::now() - began;
  return BlastTally{requests_, wall, load::thread_cpu_time() - cpu_began};
}

bool Blast::refuse(BlastFault fault) {
  fault_ = fault;
  return false;
}

bool Blast::turn() {
  const auto events = poller_.wait(glance);
  const load::TimePoint now = load::Clock::now();
  if (events.empty() && now - last_event_ > patience) return refuse(BlastFault::silent);
  if (!events.empty()) last_event_ = now;
  return std::all_of(events.begin(), events.end(),
                     [this](const load::Poller::Event& event) { return serve(event); });
}

bool Blast::serve(const load::Poller::Event& event) {
  Slot& slot = slots_[event.token];
  if (!slot.is_busy) return true;
  if (!slot.unsent.empty() && !send(slot)) return false;
  if (!event.readable && !event.hung_up) return true;
  return receive(slot, event.hung_up);
}

std::string_view Blast::batch_of(const Slot& slot) const {
  return batches_[static_cast<std::size_t>(&slot - slots_.data()) % batches_.size()];
}

bool Blast::start(Slot& slot) {
  const bool is_new = !slot.socket.is_open();
  ++busy_;
  slot.is_busy = true;
  slot.awaited = depth_of(shape_);
  slot.unsent = batch_of(slot);
  if (is_new && !reconnect(slot)) return false;
  return send(slot);
}

bool Blast::reconnect(Slot& slot) {
  slot.socket = load::open_stream_socket(address_.family());
  if (!slot.socket.is_open()) return refuse(BlastFault::refused);
  if (connect(slot.socket.number(), address_.get(), address_.length) != 0 && !is_connecting()) {
    return refuse(BlastFault::refused);
  }
  const auto token = static_cast<std::uint64_t>(&slot - slots_.data());
  return poller_.watch(slot.socket.number(), token) || refuse(BlastFault::refused);
}

// Tried at once, also on a connection just asked for: on the loopback it is there already.
bool Blast::send(Slot& slot) {
  const ssize_t sent =
      ::send(slot.socket.number(), slot.unsent.data(), slot.unsent.size(), load::send_flags);
  if (sent < 0) return is_connecting() || refuse(BlastFault::refused);
  slot.unsent.remove_prefix(static_cast<std::size_t>(sent));
  return true;
}

// Reads on while there may be more, since nothing tells of the same bytes twice.
bool Blast::receive(Slot& slot, bool hung_up) {
  for (;;) {
    const ssize_t count = recv(slot.socket.number(), buffer_.data(), buffer_.size(), 0);
    if (count < 0) return is_only_later() || refuse(BlastFault::closed_early);
    if (count == 0) return ended(slot);
    const auto size = static_cast<std::size_t>(count);
    if (!take(slot, {buffer_.data(), size})) return false;
    if (size < buffer_.size() && !hung_up) return true;
  }
}

bool Blast::take(Slot& slot, std::string_view bytes) {
  const std::size_t replies = slot.replies.in(bytes);
  if (!slot.replies.is_right() || replies > slot.awaited) return refuse(BlastFault::wrong_reply);
  requests_ += replies;
  slot.awaited -= replies;
  if (shape_ == Shape::close || slot.awaited > 0) return true;  // a close ends with its connection
  if (!slot.replies.is_between()) return refuse(BlastFault::wrong_reply);
  return finish(slot);
}

bool Blast::finish(Slot& slot) {
  slot.is_busy = false;
  --busy_;
  return !is_sending_ || start(slot);
}

bool Blast::ended(Slot& slot) {
  if (slot.awaited > 0 || shape_ != Shape::close) return refuse(BlastFault::closed_early);
  if (!slot.replies.is_between()) return refuse(BlastFault::wrong_reply);
  slot.socket.close();
  return finish(slot);
}

std::size_t Blast::still_open() {
  const auto is_open = [](const Slot& slot) {
    char byte = 0;
    return slot.socket.is_open() && recv(slot.socket.number(), &byte, 1, MSG_PEEK) < 0 &&
           is_only_later();
  };
  return static_cast<std::size_t>(std::count_if(slots_.begin(), slots_.end(), is_open));
}

}  // namespace assay::cost
