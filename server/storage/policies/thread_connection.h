// The connection of one thread, opened with its first use, and the snapshot that it holds from one
// read to the next until it waits.
//
// `use` and `before_wait` by its thread, `close` by any.
#pragma once
#include <cstdint>
#include <mutex>
#include <optional>

#include "server/storage/policies/borrower.h"
#include "server/storage/policies/connection_source.h"
#include "server/storage/policies/lent_connection.h"

namespace assay::storage {

class ThreadConnection {
 public:
  explicit ThreadConnection(const ConnectionSource::Ground& ground) : ground_(ground) {}

  // False: it was closed. `tells_when_it_waits`: the thread, which may hold a snapshot then.
  bool use(Purpose purpose, const Borrower& borrower, bool tells_when_it_waits);
  void before_wait() noexcept;
  void close() noexcept;  // after the use that is under way; for good

  const ReadCounts& counts() const { return counts_; }

 private:
  void prepare_read(bool tells_when_it_waits);
  void renew_snapshot();

  const ConnectionSource::Ground& ground_;  // not touched once it is closed
  // Only who closes it ever makes its thread wait for this.
  std::mutex mutex_;  // guards is_closed_, connection_
  bool is_closed_ = false;
  std::optional<LentConnection> connection_;

  // Its thread's alone:
  bool holds_snapshot_ = false;  // maybe
  std::uint64_t commits_before_snapshot_ = 0;
  ReadCounts counts_;
};

}  // namespace assay::storage
