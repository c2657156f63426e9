// The clock that all times of the load generator are read from: monotonic, in nanoseconds.
#pragma once

#include <chrono>

namespace assay::load {

using std::chrono::nanoseconds;
using Clock = std::chrono::steady_clock;
using TimePoint = Clock::time_point;

constexpr double in_seconds(nanoseconds time) {
  return std::chrono::duration<double>(time).count();
}
constexpr double in_microseconds(nanoseconds time) {
  return std::chrono::duration<double, std::micro>(time).count();
}

}  // namespace assay::load
