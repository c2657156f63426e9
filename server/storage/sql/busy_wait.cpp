#include "server/storage/sql/busy_wait.h"

#include <algorithm>
#include <thread>

namespace assay::storage {

namespace {

// A commit takes about 100 us; whoever holds the lock longer has more to do.
std::chrono::microseconds pause(int attempt) {
  constexpr std::chrono::microseconds first{100};
  return first * (1 << std::min(attempt, 7));  // up to 12.8 ms
}

}  // namespace

bool BusyWait::wait(int attempt) {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point now = Clock::now();
  if (attempt == 0) {
    began_ = now;
    has_given_up_ = false;
    if (counts_ != nullptr) ++counts_->waited;
  }
  const auto left = std::chrono::ceil<std::chrono::microseconds>(began_ + limit_ - now);
  if (left.count() <= 0) {
    if (counts_ != nullptr) ++counts_->gave_up;
    has_given_up_ = true;
    return false;
  }
  std::this_thread::sleep_for(std::min(left, pause(attempt)));
  return true;
}

}  // namespace assay::storage
