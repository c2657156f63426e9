// When requests are due and which of them count. One schedule for all connections of all threads.
//
// Closed loop: a request is due whenever a connection is free. In a run by time, what ends within
// the measured window counts, whenever it began: counting only what also began in it would lose one
// request per connection, which biases the rate of slow servers. What is still open at the end does
// not count, unless it must be taken for hung: a server that stops answering shall not look clean
// because the window ends before the timeout. In a run of N requests, those count that got one of
// the N tickets after the warm-up. Safe from any thread.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <optional>

#include "harness/load/clock.h"

namespace assay::load {

enum class Ticket { by_end, warm_up, counted };

class Schedule {
 public:
  Schedule(TimePoint measure, nanoseconds duration, std::optional<std::uint64_t> requests)
      : measure_(measure),
        end_(requests ? TimePoint::max() : measure + duration),
        by_count_(requests.has_value()),
        left_(static_cast<std::int64_t>(requests.value_or(0))) {}

  // A ticket for the next request, or nothing: there is no further request to send.
  std::optional<Ticket> take(TimePoint now) {
    if (now >= end_) return std::nullopt;
    if (!by_count_) return Ticket::by_end;
    if (now < measure_) return Ticket::warm_up;
    if (left_.fetch_sub(1, std::memory_order_relaxed) > 0) return Ticket::counted;
    return std::nullopt;
  }

  bool counts(Ticket ticket, TimePoint ended) const {
    if (ticket == Ticket::by_end) return ended >= measure_ && ended < end_;
    return ticket == Ticket::counted;
  }

  // How long a request that is open at the end of a run by time may have waited and not be hung:
  // half the window, but no more than a second; and always twice as long as the longest reply that
  // counted, since a server that needs long for each of its replies does answer.
  nanoseconds patience(TimePoint now, nanoseconds longest_reply) const {
    if (now <= measure_) return nanoseconds::max();
    const nanoseconds half = (std::min(now, end_) - measure_) / 2;
    return std::max(std::min<nanoseconds>(half, std::chrono::seconds(1)), 2 * longest_reply);
  }

  TimePoint measure() const { return measure_; }
  TimePoint end() const { return end_; }  // the far future in a run of N requests

 private:
  TimePoint measure_;
  TimePoint end_;
  bool by_count_;
  std::atomic<std::int64_t> left_;
};

}  // namespace assay::load
