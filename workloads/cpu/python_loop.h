// How long Python's loop takes, and a computation that takes as long: what is left between two
// servers is then not the language's speed.
#pragma once
#include <chrono>
#include <functional>

#include "workloads/sum_of_squares.h"

namespace assay::workloads::cpu {

// Of the calling thread, in user and system mode.
std::chrono::nanoseconds thread_cpu_time();

// `wished`: whole microseconds, as the environment has them; null: what the documents' own figure
// of 264 requests a second by one thread makes. Throws std::invalid_argument for what is none.
std::chrono::microseconds python_loop_time(const char* wished);

// The sum, then more of the same work until `length` has passed on `clock`, which each looks at.
struct LongSum {
  SumOfSquares sum;
  int more_rounds = 0;
};
LongSum sum_as_long_as(std::int64_t iterations, std::chrono::nanoseconds length,
                       const std::function<std::chrono::nanoseconds()>& clock);

}  // namespace assay::workloads::cpu
