// How often any process of one server has committed, and how often it found another file in the
// place of its database: what a held snapshot and an open connection are measured by.
//
// Whoever commits adds one, after the commit and before anyone is told of it. Whoever begins a
// snapshot asks first and begins then: as long as the answer stays the same, nothing was
// acknowledged that the snapshot does not show. Any thread; shared with the processes that are
// forked later. Throws std::system_error where no page of memory can be had.
#pragma once
#include <atomic>
#include <cstdint>

namespace assay::storage {

class CommitCount {
 public:
  CommitCount();
  ~CommitCount();
  CommitCount(const CommitCount&) = delete;
  CommitCount& operator=(const CommitCount&) = delete;

  void add() noexcept { counts_->commits.fetch_add(1, std::memory_order_acq_rel); }
  std::uint64_t now() const noexcept { return counts_->commits.load(std::memory_order_acquire); }

  // A connection that was opened before is one to a file that nobody finds any more.
  void found_another_file() noexcept { counts_->files.fetch_add(1, std::memory_order_acq_rel); }
  std::uint64_t files() const noexcept { return counts_->files.load(std::memory_order_acquire); }

 private:
  using Count = std::atomic<std::uint64_t>;
  static_assert(Count::is_always_lock_free, "processes share no lock");
  struct Counts {
    Count commits = 0;
    Count files = 0;
  };
  Counts* counts_;
};

}  // namespace assay::storage
