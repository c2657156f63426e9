#include "server/storage/policies/thread_register.h"

#include <algorithm>

#include "server/storage/sql/storage_error.h"

namespace assay::storage {

namespace {

void add_reads(const ReadCounts& from, StorageCounts& to) {
  to.snapshots += from.snapshots;
  to.snapshot_reads += from.within_snapshots;
  to.plain_reads += from.plain;
}

}  // namespace

void ThreadRegister::open() {
  const std::lock_guard lock(mutex_);
  is_open_ = true;
}

std::shared_ptr<ThreadConnection> ThreadRegister::admit() {
  auto connection = std::make_shared<ThreadConnection>(ground_);
  const std::lock_guard lock(mutex_);
  if (!is_open_) throw StorageError::closing();
  connections_.push_back(connection);
  return connection;
}

void ThreadRegister::dismiss(const std::shared_ptr<ThreadConnection>& connection) noexcept {
  connection->close();
  const std::lock_guard lock(mutex_);
  const auto found = std::find(connections_.begin(), connections_.end(), connection);
  if (found == connections_.end()) return;
  remember(connection->counts());
  connections_.erase(found);
}

void ThreadRegister::close() noexcept {
  std::unique_lock lock(mutex_);
  is_open_ = false;
  // One by one, without the lock: a use that is under way may take its time, and its thread end.
  while (!connections_.empty()) {
    const std::shared_ptr<ThreadConnection> last = connections_.back();
    lock.unlock();
    dismiss(last);
    lock.lock();
  }
}

void ThreadRegister::remember(const ReadCounts& counts) noexcept {
  ReadCounts::add(of_the_closed_.snapshots, counts.snapshots);
  ReadCounts::add(of_the_closed_.within_snapshots, counts.within_snapshots);
  ReadCounts::add(of_the_closed_.plain, counts.plain);
}

void ThreadRegister::add_counts(StorageCounts& counts) const {
  const std::lock_guard lock(mutex_);
  add_reads(of_the_closed_, counts);
  for (const auto& connection : connections_) add_reads(connection->counts(), counts);
}

}  // namespace assay::storage
