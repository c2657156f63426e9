#include "server/storage/policies/per_request.h"

#include "server/storage/policies/lent_connection.h"
#include "server/storage/sql/storage_error.h"

namespace assay::storage {

void PerRequest::start() {
  const std::lock_guard lock(mutex_);
  is_open_ = true;
}

void PerRequest::stop() noexcept {
  std::unique_lock lock(mutex_);
  is_open_ = false;
  unused_.wait(lock, [this] { return uses_ == 0; });
}

void PerRequest::use(Purpose purpose, const Borrower& borrower) {
  begin_use();
  try {
    LentConnection(ground_).use(purpose, borrower);
  } catch (...) {
    end_use();
    throw;
  }
  end_use();
  ground_.counts.add_plain_read(purpose);
}

void PerRequest::begin_use() {
  const std::lock_guard lock(mutex_);
  if (!is_open_) throw StorageError::closing();
  ++uses_;
}

void PerRequest::end_use() noexcept {
  const std::lock_guard lock(mutex_);
  if (--uses_ == 0) unused_.notify_all();
}

}  // namespace assay::storage
