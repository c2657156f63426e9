// The uses of connections that a thread is in the middle of, the innermost first: a use within a
// use has the outer one's connection, under every policy. A second connection would wait for a lock
// that the first one holds, or for the last place in a pool that it has taken itself.
//
// Each lives on the stack of the thread that it belongs to.
#pragma once
#include "server/storage/policies/borrower.h"
#include "server/storage/writing/write_operation.h"

namespace assay::storage {

class ActiveUse {
 public:
  ActiveUse(const void* database, Connection& connection, Purpose purpose) noexcept
      : database_(database), connection_(connection), purpose_(purpose), outer_(innermost) {
    innermost = this;
  }
  ~ActiveUse() { innermost = outer_; }
  ActiveUse(const ActiveUse&) = delete;
  ActiveUse& operator=(const ActiveUse&) = delete;

  // The calling thread's of this database; null: it is in the middle of none.
  static const ActiveUse* of(const void* database) noexcept {
    const ActiveUse* use = innermost;
    while (use != nullptr && use->database_ != database) use = use->outer_;
    return use;
  }

  Connection& connection() const { return connection_; }
  Purpose purpose() const { return purpose_; }

 private:
  static inline constinit thread_local const ActiveUse* innermost = nullptr;

  // What it holds, a lock or the one thread, a write may wait for that it would wait for.
  const WritingThread waits_for_no_write_;
  const void* database_;
  Connection& connection_;
  Purpose purpose_;
  const ActiveUse* outer_;
};

}  // namespace assay::storage
