// What one loop ended in each second of the measured time, or in each shorter slice of its warm-up.
// The loop's thread adds; any thread may take the seconds that are over.
#pragma once

#include <cstddef>
#include <mutex>

#include "harness/load/clock.h"
#include "harness/load/histogram/histogram.h"
#include "harness/load/histogram/second.h"
#include "harness/load/reply/outcome.h"

namespace assay::load {

class SecondLog {
 public:
  // `last` is the number of the last second; later ones count as it. Before it begins, it is second
  // 0.
  void begin(TimePoint begin, std::size_t last, nanoseconds length = std::chrono::seconds(1));
  void add(const Outcome& outcome);  // REQUIRES: it did not end before one added earlier by seconds
  void go_on(TimePoint now);         // closes the seconds that are over
  void end();                        // closes the one that has begun

  std::size_t closed() const;  // from any thread
  // From any thread, and no more kept here. REQUIRES: number < closed(), and it was not taken
  Second take(std::size_t number);

 private:
  std::size_t number_of(TimePoint time) const;
  void close_before(std::size_t number);

  TimePoint begin_ = TimePoint::max();
  nanoseconds length_ = std::chrono::seconds(1);
  std::size_t last_ = 0;
  std::size_t number_ = 0;  // of the second that is open
  Second open_;             // its latencies are in latency_
  Histogram latency_;
  mutable std::mutex mutex_;  // guards closed_
  Seconds closed_;
};

}  // namespace assay::load
