// When requests are due and which of them count. One schedule for all connections of all threads.
//
// Closed loop: a request is due whenever a connection is free. In a run by time, what ends within
// the measured window counts, whenever it began: counting only what also began in it would lose one
// request per connection, which biases the rate of slow servers. In a run of N requests, those
// count that got one of the N tickets after the warm-up. Safe from any thread.
#pragma once

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

  TimePoint measure() const { return measure_; }
  TimePoint end() const { return end_; }  // the far future in a run of N requests

 private:
  TimePoint measure_;
  TimePoint end_;
  bool by_count_;
  std::atomic<std::int64_t> left_;
};

}  // namespace assay::load
