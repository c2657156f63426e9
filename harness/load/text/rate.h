// How requests follow each other when their pace does not depend on the server (open loop).
#pragma once

#include <cstddef>
#include <cstdint>

namespace assay::load {

// constant: equal gaps. poisson: gaps as users who know nothing of each other make them. burst:
// so many at one instant, then nothing until the next, so that the mean is the rate.
enum class Arrivals { constant, poisson, burst };

struct Rate {
  double per_second = 0;         // over all connections, threads and agents; also while warming up
  double per_second_at_end = 0;  // grows evenly to this over the measured time; the same: no ramp
  Arrivals arrivals = Arrivals::constant;
  std::uint64_t at_once = 10;  // of a burst
};

// Which requests of one schedule are ours: k with k mod `of` = `index`. The others are sent by
// other agents that have the same job, so all together send the schedule once.
struct Share {
  std::uint64_t index = 0;
  std::uint64_t of = 1;
};

}  // namespace assay::load
