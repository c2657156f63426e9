// Waiting for a lock that another connection holds, up to a limit: SQLite's busy handler.
//
// One for each connection, on its thread. The counts may be shared by all, and read by any thread.
#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>

namespace assay::storage {

struct BusyCounts {
  std::atomic<std::uint64_t> waited = 0;   // for a lock, however long
  std::atomic<std::uint64_t> gave_up = 0;  // at the limit
};

class BusyWait {
 public:
  // `counts` may be null.
  BusyWait(std::chrono::milliseconds limit, BusyCounts* counts) : limit_(limit), counts_(counts) {}

  // Before the next try; `attempt` counts from 0 for each lock. False: the limit is reached.
  bool wait(int attempt);
  bool has_given_up() const { return has_given_up_; }  // at the last lock

 private:
  std::chrono::milliseconds limit_;
  BusyCounts* counts_;
  std::chrono::steady_clock::time_point began_;
  bool has_given_up_ = false;
};

}  // namespace assay::storage
