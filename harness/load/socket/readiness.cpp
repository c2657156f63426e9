#include "harness/load/socket/readiness.h"

#include <poll.h>

#include <algorithm>
#include <chrono>

namespace assay::load {
namespace {

// `poll` counts in an int of milliseconds, which ends after 24 days: so it is asked again each
// hour.
constexpr std::chrono::milliseconds longest_wait = std::chrono::hours(1);
constexpr std::chrono::milliseconds glance = std::chrono::milliseconds(20);  // at the stop

}  // namespace

bool is_ready(int socket, short what, TimePoint deadline, const Stop* stop) {
  pollfd ready{socket, what, 0};
  const std::chrono::milliseconds longest = stop == nullptr ? longest_wait : glance;
  for (TimePoint now = Clock::now(); now < deadline; now = Clock::now()) {
    if (stop != nullptr && stop->requested()) return false;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - now);
    if (poll(&ready, 1, static_cast<int>(std::min(left, longest).count())) > 0) return true;
  }
  return false;
}

}  // namespace assay::load
