// How long requests take to serve: a law of time whose every quantile is known in closed form.
//
// Values and pure functions; any thread. Times are seconds, so that the formulas are those of the
// books; only `drawn` rounds to the nanoseconds that a server can wait.
#pragma once

#include <string_view>
#include <variant>

#include "harness/load/clock.h"

namespace assay::truth {

using load::nanoseconds;
using Seconds = std::chrono::duration<double>;

struct Constant {
  Seconds time{0};
};
struct TwoValued {
  Seconds usual{0};
  Seconds rare{0};  // REQUIRES: usual <= rare
  double rare_share = 0;
};
struct Exponential {
  Seconds mean{0};  // REQUIRES: > 0
};
struct LogNormal {
  Seconds median{0};
  double sigma = 1;  // of the natural logarithm; REQUIRES: > 0
};
using Law = std::variant<Constant, TwoValued, Exponential, LogNormal>;

std::string_view name(const Law& law) noexcept;  // "two-valued"
Seconds mean(const Law& law) noexcept;
double mean_square(const Law& law) noexcept;  // in seconds squared: what a queue's mean wait needs
double cdf(const Law& law, Seconds time) noexcept;  // the share of requests that take no longer
// The least time that a share of the requests does not exceed. REQUIRES: 0 <= share <= 1.
Seconds quantile(const Law& law, double share) noexcept;

// The time that an even draw from [0, 1) stands for, a day at most.
nanoseconds drawn(const Law& law, double uniform) noexcept;

}  // namespace assay::truth
