#include "harness/load/loop.h"

#include <algorithm>
#include <utility>

#include "harness/load/cpu_clock.h"

namespace assay::load {
namespace {

// How often timeouts and rests are looked at, and the longest sleep: a stop is seen within it.
constexpr nanoseconds sweep_interval = std::chrono::milliseconds(10);
constexpr std::size_t buffer_bytes = 65536;
constexpr nanoseconds shortest_rest = std::chrono::milliseconds(1);
constexpr unsigned most_doublings = 7;  // 128 ms

// One writer each, so no read-modify-write is needed.
void count(std::atomic<std::uint64_t>& counter) {
  counter.store(counter.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
}

}  // namespace

Loop::Loop(Poller poller, const Exchange& exchange, Schedule& schedule, const Stop& stop,
           std::size_t connections, nanoseconds timeout)
    : poller_(std::move(poller)),
      schedule_(schedule),
      stop_(stop),
      timeout_(timeout),
      buffer_(buffer_bytes) {
  slots_.reserve(connections);
  for (std::uint32_t slot = 0; slot < connections; ++slot) {
    slots_.push_back(Slot{.connection = Connection(exchange, slot), .rests_until = {}});
  }
}

void Loop::run() {
  for (Slot& slot : slots_) start(slot);
  TimePoint now = Clock::now();
  for (; goes_on(now); now = Clock::now()) turn(now);
  if (usage_began_ != TimePoint::max()) {
    usage_ = {thread_cpu_time() - cpu_began_, now - usage_began_};
  }
  count_hung(now);
}

bool Loop::goes_on(TimePoint now) {
  if (now >= schedule_.measure() && usage_began_ == TimePoint::max()) begin_usage(now);
  return working_ > 0 && now < schedule_.end() && !stop_.requested();
}

void Loop::begin_usage(TimePoint now) {
  usage_began_ = now;
  cpu_began_ = thread_cpu_time();
}

void Loop::turn(TimePoint now) {
  const nanoseconds sleep = std::min<nanoseconds>(sweep_interval, schedule_.end() - now);
  for (const Poller::Event& event : poller_.wait(unread_.empty() ? sleep : nanoseconds(0))) {
    on_event(event);
  }
  std::swap(unread_, unread_before_);
  for (Slot* slot : unread_before_) {
    if (!slot->connection.is_busy()) continue;
    settle(*slot, slot->connection.advance(poller_, {.readable = true}, buffer_));
  }
  unread_before_.clear();
  const TimePoint after = Clock::now();
  // Not after the end: what is given up then would not count, and what is left open may.
  if (after >= next_sweep_ && after < schedule_.end()) sweep(after);
}

// A socket's number may be in use again by the time its event is read, in this slot or another.
// Then the event says nothing, and an edge-triggered reader takes no harm from one too many.
void Loop::on_event(const Poller::Event& event) {
  Slot& slot = slots_[static_cast<std::uint32_t>(event.token)];
  const int socket = static_cast<int>(event.token >> 32U);
  if (slot.connection.owns(socket)) {
    settle(slot, slot.connection.advance(poller_, event, buffer_));
  } else if (event.hung_up) {
    closing_.hung_up(socket);
  }
}

void Loop::settle(Slot& slot, Connection::Progress progress) {
  if (progress == Connection::Progress::unread) unread_.push_back(&slot);
  if (progress != Connection::Progress::done) return;
  finish(slot);
  if (slot.connection.outcome().error == ErrorKind::connect) {
    rest(slot);
  } else {
    start(slot);
  }
}

void Loop::start(Slot& slot) {
  const TimePoint now = Clock::now();
  const auto ticket = schedule_.take(now);
  if (!ticket) return;
  slot.ticket = *ticket;
  ++working_;
  if (slot.connection.begin(poller_, now) != Connection::Progress::done) return;
  // Over before it began: without a rest this would be a loop that never looks up.
  finish(slot);
  rest(slot);
}

void Loop::finish(Slot& slot) {
  const Outcome& outcome = slot.connection.outcome();
  --working_;
  slot.failures = outcome.error == ErrorKind::connect ? slot.failures + 1 : 0;
  closing_.hold(slot.connection.take_closing(), outcome.ended);
  count(outcome.error ? live_errors_ : live_requests_);
  if (!schedule_.counts(slot.ticket, outcome.ended)) return;
  tally_.add(outcome);
  last_ = std::max(last_, outcome.ended);
}

void Loop::rest(Slot& slot) {
  const unsigned doublings = std::min(std::max(slot.failures, 1U) - 1, most_doublings);
  slot.resting = true;
  slot.rests_until = Clock::now() + shortest_rest * (1U << doublings);
  ++working_;
}

void Loop::sweep(TimePoint now) {
  next_sweep_ = now + sweep_interval;
  closing_.close_older(now);
  for (Slot& slot : slots_) {
    if (slot.connection.is_busy() && now - slot.connection.began() > timeout_) {
      slot.connection.give_up();
      settle(slot, Connection::Progress::done);
    } else if (slot.resting && now >= slot.rests_until) {
      slot.resting = false;
      --working_;
      start(slot);
    }
  }
}

void Loop::count_hung(TimePoint now) {
  const nanoseconds patience = schedule_.patience(now, tally_.latency.max());
  for (Slot& slot : slots_) {
    if (slot.ticket != Ticket::by_end || !slot.connection.is_busy()) continue;
    if (now - slot.connection.began() <= patience) continue;
    slot.connection.give_up();
    tally_.add(slot.connection.outcome());
  }
}

Loop::Live Loop::live() const {
  return {live_requests_.load(std::memory_order_relaxed),
          live_errors_.load(std::memory_order_relaxed)};
}

}  // namespace assay::load
