// What a policy's connections are doing and have done, in one process. Whoever does it counts;
// anyone reads at any time.
#pragma once
#include <atomic>
#include <cstdint>

#include "server/storage/policies/borrower.h"

namespace assay::storage {

struct ReadCounts {
  using Count = std::atomic<std::uint64_t>;
  static void add(Count& count, std::uint64_t more = 1) noexcept {
    count.fetch_add(more, std::memory_order_relaxed);
  }

  Count snapshots = 0;  // begun to be held for several reads
  Count within_snapshots = 0;
  Count plain = 0;
};

struct SourceCounts {
  using Count = std::atomic<std::uint64_t>;

  Count open_connections = 0;
  Count waiting = 0;  // for a connection of the pool
  Count refused = 0;
  void add_plain_read(Purpose purpose) noexcept {
    if (purpose != Purpose::writing) ReadCounts::add(reads.plain);
  }
  ReadCounts reads;  // but for those that a thread's own connection counts, as long as it is open
};

}  // namespace assay::storage
