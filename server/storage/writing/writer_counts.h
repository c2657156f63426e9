// What the writer has done since its process started. The writer counts, whoever submits counts
// what was refused, and anyone reads at any time: each number is right, all together are of about
// one moment.
#pragma once
#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace assay::storage {

struct WriterCounts {
  using Count = std::atomic<std::uint64_t>;

  // Called by the writer alone, for each transaction that it committed.
  void add_batch(std::size_t size) noexcept {
    add(batches, 1);
    add(operations, size);
    largest_batch.store(std::max(largest_batch.load(relaxed), std::uint64_t{size}), relaxed);
    const auto power = static_cast<std::size_t>(std::bit_width(size));
    add(batch_sizes[std::min(power, batch_sizes.size() - 1)], 1);
  }
  static void add(Count& count, std::uint64_t more) noexcept { count.fetch_add(more, relaxed); }

  Count queue_length = 0;  // writes that were submitted, and not yet taken
  Count batches = 0;
  Count operations = 0;  // that were committed
  Count largest_batch = 0;
  Count failed = 0;   // writes that storage kept from being done: not what an act threw itself
  Count refused = 0;  // for a full queue
  Count swept = 0;    // entries whose time was over
  std::array<Count, 18> batch_sizes{};  // the n-th: of 2^(n-1) to 2^n - 1; the last: and more

 private:
  static constexpr std::memory_order relaxed = std::memory_order_relaxed;
};

}  // namespace assay::storage
