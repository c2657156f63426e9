// When requests are due and which of them count. One schedule for all connections of all threads:
// whoever has a connection free takes the next request. Safe from any thread.
//
// Closed loop: a request is due whenever a connection is free. In a run by time, what ends within
// the measured window counts, whenever it began: counting only what also began in it would lose one
// request per connection, which biases the rate of slow servers. What is still open at the end does
// not count, unless it must be taken for hung: a server that stops answering shall not look clean
// because the window ends before the timeout.
//
// Open loop: requests are due at times of their own. Those that are due within the window count,
// however late they end.
//
// In a run of N requests, those count that got one of the N tickets after the warm-up.
//
// When the window begins may be decided while requests are sent (`measure_from`), by one thread and
// some time ahead. No lock is needed for that: who asks whether a request counts has read the clock
// before, so whoever does not know the instant yet asks about a time that lies before it.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>

#include "harness/load/clock.h"
#include "harness/load/pace/arrival_times.h"
#include "harness/load/pace/job.h"

namespace assay::load {

enum class Ticket { by_end, warm_up, counted };

struct Due {
  std::uint64_t number = 0;  // among all requests of the run, over all agents
  TimePoint at;
  Ticket ticket = Ticket::by_end;
  TimePoint ready;  // when, besides, a connection was free: set by who sends it
};

class Schedule {
 public:
  Schedule(const Job& job, TimePoint start);

  // The next request, or nothing: there is none any more. In an open loop it may be due later:
  // whoever takes it sends it then.
  std::optional<Due> take(TimePoint now) { return times_ ? take_next() : take_now(now); }
  bool is_open_loop() const { return times_.has_value(); }
  // Several requests that are due before `until`, and within 40 us or so, for who counts out what
  // was never sent. Nothing: there is none. REQUIRES: an open loop by time, until <= end()
  struct Batch {
    ArrivalTimes::Batch requests;
    TimePoint due;  // in the middle of them
  };
  std::optional<Batch> take_batch(TimePoint until);
  bool is_by_count() const { return by_count_; }

  // REQUIRES: the clock has reached `ended`
  bool counts(Ticket ticket, TimePoint ended) const {
    if (ticket == Ticket::by_end) {
      const TimePoint begin = measure();
      return ended >= begin && ended - begin < duration_;
    }
    return ticket == Ticket::counted;
  }
  // Gives a request that is sent now its ticket: when it was taken, ahead of its time, it may not
  // have been decided whether it counts. REQUIRES: an open loop; the clock has reached due.at
  void settle(Due& due) const {
    if (!by_count_) due.ticket = due.at < measure() ? Ticket::warm_up : Ticket::counted;
  }

  // How long a request that is open at the end of a run by time may have waited and not be hung:
  // half the window, but no more than a second; and always twice as long as the longest reply that
  // counted, since a server that needs long for each of its replies does answer.
  nanoseconds patience(TimePoint now, nanoseconds longest_reply) const {
    if (now <= measure()) return nanoseconds::max();
    const nanoseconds half = (std::min(now, end()) - measure()) / 2;
    return std::max(std::min<nanoseconds>(half, std::chrono::seconds(1)), 2 * longest_reply);
  }

  TimePoint start() const { return start_; }
  // The window's begin; the far future until it is decided.
  TimePoint measure() const { return TimePoint(nanoseconds(measure_ns_.load(relaxed))); }
  bool is_decided() const { return measure() != TimePoint::max(); }
  // Once, where the job has a `warm_up_most`: then the window's begin is not decided yet.
  void measure_from(TimePoint begin) {
    measure_ns_.store(begin.time_since_epoch().count(), relaxed);
  }
  // Of a warm-up that goes on until the load is steady; nothing: it has a fixed length.
  std::optional<nanoseconds> slice() const { return slice_; }
  std::uint64_t requests() const { return requests_; }  // that count, in a run of N
  nanoseconds duration() const { return duration_; }    // of the window; for ever in a run of N
  TimePoint end() const {                               // the far future in a run of N requests
    const TimePoint begin = measure();
    return by_count_ || begin == TimePoint::max() ? TimePoint::max() : begin + duration_;
  }

 private:
  std::optional<Due> take_now(TimePoint now);
  std::optional<Due> take_next();
  bool take_counted() { return left_.fetch_sub(1, std::memory_order_relaxed) > 0; }

  static constexpr auto relaxed = std::memory_order_relaxed;

  TimePoint start_;
  std::optional<nanoseconds> slice_;
  std::atomic<nanoseconds::rep> measure_ns_;
  nanoseconds duration_;
  bool by_count_;
  Share share_;
  std::uint64_t requests_;
  std::uint64_t batch_ = 1;  // so many are due within 40 us at most
  std::atomic<std::int64_t> left_;
  std::atomic<std::uint64_t> taken_{0};  // closed loop
  std::mutex mutex_;                     // guards times_
  std::optional<ArrivalTimes> times_;    // open loop
};

}  // namespace assay::load
