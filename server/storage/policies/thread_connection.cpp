#include "server/storage/policies/thread_connection.h"

namespace assay::storage {

bool ThreadConnection::use(Purpose purpose, const Borrower& borrower, bool tells_when_it_waits) {
  const std::lock_guard lock(mutex_);
  if (is_closed_) return false;
  if (connection_ && connection_->is_spoilt()) connection_.reset();
  if (!connection_) connection_.emplace(ground_);
  try {
    if (purpose != Purpose::writing) prepare_read(tells_when_it_waits);
    connection_->use(purpose, borrower);
  } catch (...) {
    if (connection_->is_spoilt()) connection_.reset();
    throw;
  }
  return true;
}

// A thread that never says when it waits would hold a snapshot for ever, and the WAL would grow
// with it. With a rollback journal one would keep all writers from committing.
void ThreadConnection::prepare_read(bool tells_when_it_waits) {
  const bool holds = tells_when_it_waits && ground_.settings.journal == Journal::wal;
  ReadCounts::add(holds ? counts_.within_snapshots : counts_.plain);
  if (holds) renew_snapshot();
}

void ThreadConnection::renew_snapshot() {
  // Asked before it begins: what is committed between the two is seen, and once more renewed for.
  const std::uint64_t commits = ground_.commits.now();
  if (connection_->holds_snapshot() && commits == commits_before_snapshot_) return;
  connection_->end_snapshot();
  holds_snapshot_ = true;
  connection_->hold_snapshot();
  commits_before_snapshot_ = commits;
  ReadCounts::add(counts_.snapshots);
}

void ThreadConnection::before_wait() noexcept {
  if (!holds_snapshot_) return;
  holds_snapshot_ = false;
  const std::lock_guard lock(mutex_);
  if (connection_) connection_->end_snapshot();
}

void ThreadConnection::close() noexcept {
  const std::lock_guard lock(mutex_);
  is_closed_ = true;
  connection_.reset();
}

}  // namespace assay::storage
