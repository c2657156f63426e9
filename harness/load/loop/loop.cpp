#include "harness/load/loop/loop.h"

#include <algorithm>
#include <utility>

#include "harness/load/watch/core_wait.h"
#include "harness/load/watch/cpu_clock.h"

namespace assay::load {
namespace {

// How often timeouts and rests are looked at, and the longest sleep: a stop is seen within it.
constexpr nanoseconds sweep_interval = std::chrono::milliseconds(10);
constexpr std::size_t most_swept = 256;  // slots in a row, where the loop is awake often enough
constexpr std::size_t buffer_bytes = 65536;
constexpr nanoseconds shortest_rest = std::chrono::milliseconds(1);
constexpr unsigned most_doublings = 7;  // 128 ms
// What a look at the poller takes of the processor; one that took longer was interrupted by others.
constexpr nanoseconds longest_look = std::chrono::microseconds(5);
constexpr std::size_t most_due = 256;  // in a row, so that a backlog does not keep replies waiting
constexpr std::size_t most_connecting = 128;  // at once: fewer than any server's backlog

// One writer each, so no read-modify-write is needed.
void add_one(std::atomic<std::uint64_t>& counter) {
  counter.store(counter.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
}

std::size_t last_second(const Schedule& schedule) {
  if (schedule.is_by_count()) return SIZE_MAX;
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(schedule.duration());
  return static_cast<std::size_t>(seconds.count()) - 1;
}

}  // namespace

Loop::Loop(Poller poller, const Exchange& exchange, const Stop& stop, std::size_t connections,
           nanoseconds timeout, bool stays_awake)
    : poller_(std::move(poller)),
      keep_alive_(exchange.keep_alive),
      mix_(exchange.mix),
      stop_(stop),
      timeout_(timeout),
      stays_awake_(stays_awake),
      free_(connections),
      buffer_(buffer_bytes) {
  if (exchange.is_tallied_by_part) tally_.parts.resize(exchange.questions.size());
  slots_.reserve(connections);
  for (std::uint32_t slot = 0; slot < connections; ++slot) {
    slots_.push_back(
        Slot{.connection = Connection(exchange, slot), .free_since = {}, .rests_until = {}});
  }
}

// What cannot be connected now is tried again when it is needed, and counted then.
void Loop::connect() {
  if (!keep_alive_) return;
  const TimePoint deadline = Clock::now() + timeout_;
  for (std::size_t begin = 0; begin < slots_.size(); begin += most_connecting) {
    const std::size_t end = std::min(slots_.size(), begin + most_connecting);
    std::size_t waiting = 0;
    for (std::size_t slot = begin; slot < end; ++slot) {
      if (slots_[slot].connection.open_ahead(poller_)) ++waiting;
    }
    await_connections(waiting, deadline);
    for (std::size_t slot = begin; slot < end; ++slot) {
      if (is_in_time(deadline)) slots_[slot].connection.shake_hands_ahead(deadline, stop_);
    }
  }
}

bool Loop::is_in_time(TimePoint deadline) const {
  return Clock::now() < deadline && !stop_.requested();
}

void Loop::await_connections(std::size_t waiting, TimePoint deadline) {
  while (waiting > 0 && is_in_time(deadline)) {
    for (const Poller::Event& event : poller_.wait(sweep_interval)) {
      on_event(event);  // only a hang-up says something: nothing was asked for
      waiting -= std::min<std::size_t>(waiting, 1);
    }
  }
}

void Loop::run(Schedule& schedule) {
  Poller::wake_exactly();
  if (const auto slice = schedule.slice()) slices_.begin(schedule.start(), SIZE_MAX, *slice);
  await(schedule.start());
  schedule_ = &schedule;
  last_answer_ = Clock::now();
  for (Slot& slot : slots_) settle(slot, Connection::Progress::waiting);
  TimePoint now = Clock::now();
  for (; goes_on(now); now = Clock::now()) turn(now);
  if (has_begun_measuring()) {
    note_usage(now);
    note_wait();
  }
  count_hung(now);
  seconds_.end();
}

// What happens meanwhile is only that a connection breaks: nothing was asked for.
void Loop::await(TimePoint start) {
  TimePoint now = Clock::now();
  for (; now < start && !stop_.requested(); now = Clock::now()) {
    const auto events = poller_.wait(std::min<nanoseconds>(start - now, sweep_interval));
    for (const Poller::Event& event : events) on_event(event);
  }
}

void Loop::begin_measuring(TimePoint now) {
  seconds_.begin(schedule_->measure(), last_second(*schedule_));
  if (schedule_->slice()) slices_.go_on(schedule_->measure());
  usage_began_ = now;
  cpu_began_ = thread_cpu_time();
  wait_began_ = thread_core_wait();
  usage_.spinning = nanoseconds(0);
}

bool Loop::goes_on(TimePoint now) {
  if (now >= schedule_->measure() && !has_begun_measuring()) begin_measuring(now);
  if (stop_.requested()) return false;
  if (is_silent(now)) {
    has_given_up_ = true;
    return false;
  }
  if (schedule_->is_open_loop()) return working_ > 0 || !is_exhausted_;
  return working_ > 0 && now < schedule_->end();
}

// A run of N requests would else last N timeouts.
bool Loop::is_silent(TimePoint now) const {
  const bool ends_by_count = !schedule_->is_open_loop() && schedule_->end() == TimePoint::max();
  return ends_by_count && now - last_answer_ > patience(timeout_);
}

void Loop::turn(TimePoint now) {
  if (schedule_->is_open_loop()) {
    send_due(now);
    now = Clock::now();
  }
  const nanoseconds wait = sleep(now);
  const auto events = poller_.wait(wait);
  if (events.empty() && (claim_ || stays_awake_)) note_idle(now, wait);
  take_events(events);
  const TimePoint after = Clock::now();
  // Not after the end of a closed loop: what is given up then would not count, and what is left
  // open may.
  if (after >= next_sweep_ && (after < schedule_->end() || schedule_->is_open_loop())) sweep(after);
}

// Nothing came while it waited for the next request to be due, asleep or awake.
void Loop::note_idle(TimePoint before, nanoseconds wait) {
  const nanoseconds passed = Clock::now() - before;
  if (wait > nanoseconds(0)) {
    wake_margin_.woke(passed - wait);
  } else if (unread_.empty()) {
    usage_.spinning += std::min(passed, longest_look);
  }
}

nanoseconds Loop::sleep(TimePoint now) const {
  constexpr nanoseconds none{0};
  if (stays_awake_ || !unread_.empty()) return none;
  if (!schedule_->is_open_loop()) {
    return std::clamp<nanoseconds>(schedule_->end() - now, none, sweep_interval);
  }
  const bool may_take = frees_ > 0 && !is_exhausted_;
  if (!claim_) return may_take ? none : sweep_interval;
  return std::clamp<nanoseconds>(claim_->at - now - wake_margin_.length(), none, sweep_interval);
}

void Loop::take_events(std::span<const Poller::Event> events) {
  for (const Poller::Event& event : events) {
    on_event(event);
    if (frees_ == 0 || is_exhausted_) continue;
    const TimePoint now = Clock::now();
    if (!claim_ || claim_->at <= now) send_due(now);
  }
  std::swap(unread_, unread_before_);
  for (Slot* slot : unread_before_) {
    if (!slot->connection.is_busy()) continue;
    settle(*slot, slot->connection.advance(poller_, {.readable = true}, buffer_, *this));
  }
  unread_before_.clear();
}

// A socket's number may be in use again by the time its event is read, in this slot or another.
// Then the event says nothing, and an edge-triggered reader takes no harm from one too many.
void Loop::on_event(const Poller::Event& event) {
  Slot& slot = slots_[static_cast<std::uint32_t>(event.token)];
  const int socket = static_cast<int>(event.token >> 32U);
  if (slot.connection.owns(socket)) {
    const auto progress = slot.connection.advance(poller_, event, buffer_, *this);
    if (schedule_ != nullptr) settle(slot, progress);
  } else if (event.hung_up) {
    closing_.hung_up(socket);
  }
}

void Loop::settle(Slot& slot, Connection::Progress progress) {
  if (progress == Connection::Progress::unread) unread_.push_back(&slot);
  if (slot.is_resting) return;
  if (!slot.could_connect) {
    rest(slot);
  } else if (schedule_->is_open_loop()) {
    offer(slot);
  } else {
    refill(slot);
  }
}

// Closed loop: as many requests as there is room for.
void Loop::refill(Slot& slot) {
  bool has_more = false;
  while (slot.connection.has_room()) {
    const TimePoint now = Clock::now();
    const auto due = schedule_->take(now);
    if (!due) break;
    slot.connection.add(*due, now);
    ++working_;
    has_more = true;
  }
  if (has_more) slot.connection.send_added(poller_, *this);
  // Over before it began: without a rest this would be a loop that never looks up.
  if (!slot.could_connect || (has_more && !slot.connection.is_busy())) rest(slot);
}

void Loop::offer(Slot& slot) {
  if (slot.waits || !slot.connection.has_room()) return;
  slot.waits = true;
  slot.free_since = Clock::now();
  free_[(first_free_ + frees_++) % free_.size()] = &slot;
}

// A request is claimed only by who can send it: none waits here while another loop has a connection
// free. One that is claimed early is sent when it is due, since what is free stays so.
void Loop::send_due(TimePoint now) {
  for (std::size_t taken = 0; frees_ > 0 && taken < most_due; ++taken) {
    // After the end only those that a connection was free for in time: who is late then are we.
    const bool is_over = free_[first_free_]->free_since >= schedule_->end();
    if (!claim_ && !is_over) claim_ = schedule_->take(now);
    // One that was claimed before the window's end was decided may lie behind it.
    if (claim_ && claim_->at >= schedule_->end()) claim_.reset();
    is_exhausted_ = !claim_;
    if (!claim_ || claim_->at > now) return;
    Due due = *claim_;
    claim_.reset();
    schedule_->settle(due);
    if (now - due.at > timeout_) {
      leave_out(due, now);
      continue;
    }
    Slot& slot = *free_[first_free_];
    first_free_ = (first_free_ + 1) % free_.size();
    --frees_;
    slot.waits = false;
    due.ready = std::max(due.at, slot.free_since);
    slot.connection.add(due, now);
    ++working_;
    slot.connection.send_added(poller_, *this);
    settle(slot, Connection::Progress::waiting);
    now = Clock::now();
  }
  if (!claim_ && now >= schedule_->end()) is_exhausted_ = true;
}

// It waited for a connection for as long as a reply may take.
void Loop::leave_out(const Due& due, TimePoint now) {
  Outcome outcome;
  outcome.error = ErrorKind::unsent;
  outcome.part = static_cast<std::uint32_t>(mix_.part(due.number));
  outcome.due = due.at;
  outcome.ended = now;
  count(due.ticket, outcome);
}

void Loop::ended(Connection& connection, Ticket ticket, const Outcome& outcome) {
  Slot& slot = slots_[connection.slot()];
  --working_;
  slot.could_connect = outcome.error != ErrorKind::connect;
  slot.failures = slot.could_connect ? 0 : slot.failures + 1;
  closing_.hold(connection.take_closing(), outcome.ended);
  if (outcome.error != ErrorKind::timeout && slot.could_connect) last_answer_ = outcome.ended;
  if (outcome.error == ErrorKind::malformed && malformed_.empty()) {
    malformed_ = connection.malformed();
  }
  count(ticket, outcome);
}

void Loop::count(Ticket ticket, const Outcome& outcome) {
  add_one(outcome.error ? live_errors_ : live_requests_);
  if (!counts_all_ && !schedule_->counts(ticket, outcome.ended)) {
    if (schedule_->slice() && !has_begun_measuring()) slices_.add(outcome);
    return;
  }
  if (!has_begun_measuring()) begin_measuring(outcome.ended);
  tally_.add(outcome, schedule_->is_open_loop());
  seconds_.add(outcome);
  last_ = std::max(last_, outcome.ended);
}

void Loop::rest(Slot& slot) {
  const unsigned doublings = std::min(std::max(slot.failures, 1U) - 1, most_doublings);
  slot.is_resting = true;
  slot.could_connect = true;
  slot.rests_until = Clock::now() + shortest_rest * (1U << doublings);
  ++working_;
}

// So many slots after each other that each is looked at once in an interval: to look at thousands
// at once would keep those waiting that are due meanwhile.
void Loop::sweep(TimePoint now) {
  const auto steps = static_cast<nanoseconds::rep>((slots_.size() + most_swept - 1) / most_swept);
  next_sweep_ = now + sweep_interval / steps;
  if (now >= next_account_) account(now);
  const nanoseconds passed = std::clamp<nanoseconds>(now - swept_, nanoseconds(0), sweep_interval);
  const auto due = static_cast<std::size_t>(passed * slots_.size() / sweep_interval) + 1;
  swept_ = now;
  for (std::size_t count = std::min(due, slots_.size()); count > 0; --count) {
    sweep(slots_[next_swept_], now);
    next_swept_ = (next_swept_ + 1) % slots_.size();
  }
}

void Loop::sweep(Slot& slot, TimePoint now) {
  if (slot.connection.is_busy() && now - slot.connection.sent() > timeout_) {
    slot.connection.give_up(poller_, *this);
    settle(slot, Connection::Progress::waiting);
  } else if (slot.is_resting && now >= slot.rests_until) {
    slot.is_resting = false;
    --working_;
    settle(slot, Connection::Progress::waiting);
  }
}

void Loop::account(TimePoint now) {
  next_account_ = now + sweep_interval;
  wake_margin_.age();
  closing_.close_older(now);
  if (has_begun_measuring()) {
    note_usage(now);
    seconds_.go_on(now);
  } else if (schedule_->slice()) {
    slices_.go_on(now);
  }
}

void Loop::count_hung(TimePoint now) {
  const nanoseconds patience = schedule_->patience(now, tally_.latency.max());
  counts_all_ = true;
  for (Slot& slot : slots_) {
    if (!slot.connection.is_busy() || slot.connection.ticket() == Ticket::warm_up) continue;
    if (now - slot.connection.sent() > patience) slot.connection.abandon(*this);
  }
}

void Loop::note_usage(TimePoint now) {
  usage_.cpu = std::max(nanoseconds(0), thread_cpu_time() - cpu_began_ - usage_.spinning);
  usage_.wall = now - usage_began_;
  live_cpu_.store(usage_.share(), std::memory_order_relaxed);
}

// Apart from the rest, which is noted a hundred times a second: the system is slow to tell it.
void Loop::note_wait() {
  const auto wait = thread_core_wait();
  if (wait && wait_began_) usage_.waiting = *wait - *wait_began_;
}

Loop::Live Loop::live() const {
  return {live_requests_.load(std::memory_order_relaxed),
          live_errors_.load(std::memory_order_relaxed), live_cpu_.load(std::memory_order_relaxed)};
}

}  // namespace assay::load
