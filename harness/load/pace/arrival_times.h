// When the requests of an open loop are due, in their order, as times from the start of a run.
// Follows from the arguments alone, so that every agent reckons the same and no error adds up.
// One thread at a time.
#pragma once

#include <cstdint>
#include <optional>

#include "harness/load/clock.h"
#include "harness/load/text/rate.h"
#include "harness/statistics/random_stream.h"

namespace assay::load {

class ArrivalTimes {
 public:
  struct Arrival {
    std::uint64_t index = 0;  // k, counted over all shares
    nanoseconds at{0};
  };

  // REQUIRES: rates above 0, share.index < share.of
  ArrivalTimes(const Rate& rate, nanoseconds warm_up, nanoseconds duration, std::uint64_t seed,
               Share share);

  // Several of our share in a row: numbers `first`, `first` + `step` and so on.
  struct Batch {
    std::uint64_t first = 0;
    std::uint64_t step = 1;
    std::uint64_t count = 0;
    nanoseconds begin{0};  // when the first of them is due
    nanoseconds end{0};    // when the last is
  };

  Arrival next();  // the next one of our share
  // As many as are due before `until`, but no more than `most`. For who counts out what was never
  // sent: those that are not drawn are not reckoned one by one. REQUIRES: most > 0
  Batch next_batch(nanoseconds until, std::uint64_t most);

 private:
  Arrival next_reckoned();
  double next_count();
  double count_at(std::uint64_t index) const;
  nanoseconds time_of(double count) const;

  Rate rate_;
  double warm_up_s_;
  double duration_s_;
  Share share_;
  statistics::RandomStream stream_;
  std::uint64_t index_ = 0;
  std::optional<Arrival> ahead_;  // reckoned, and not yet given
  double count_ = 0;              // of requests of a Poisson process of rate 1, until now
};

}  // namespace assay::load
