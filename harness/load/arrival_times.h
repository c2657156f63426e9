// When the requests of an open loop are due, in their order, as times from the start of a run.
// Follows from the arguments alone, so that every agent reckons the same and no error adds up.
// One thread at a time.
#pragma once

#include <cstdint>

#include "harness/load/clock.h"
#include "harness/load/rate.h"
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

  Arrival next();  // the next one of our share

 private:
  double next_count();
  nanoseconds time_of(double count) const;

  Rate rate_;
  double warm_up_s_;
  double duration_s_;
  Share share_;
  statistics::RandomStream stream_;
  std::uint64_t index_ = 0;
  double count_ = 0;  // of requests of a Poisson process of rate 1, until now
};

}  // namespace assay::load
