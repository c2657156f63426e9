// A connection that a policy lends to one borrower after the other. A use begins with the state
// that its purpose asks for, and leaves nothing behind, however it ends: no transaction, and no
// snapshot that was not held before. What it committed is counted before it returns.
//
// For one thread at a time.
#pragma once
#include "server/storage/policies/borrower.h"
#include "server/storage/policies/connection_source.h"
#include "server/storage/sql/connection.h"

namespace assay::storage {

class LentConnection {
 public:
  // Throws StorageError::cannot_open where the file is gone: a new one would have no tables.
  explicit LentConnection(const ConnectionSource::Ground& ground);
  ~LentConnection();
  LentConnection(const LentConnection&) = delete;
  LentConnection& operator=(const LentConnection&) = delete;

  // Throws what the borrower throws, and misuse where it ends within a transaction, or writes
  // although it was to read; then nothing of that is kept.
  void use(Purpose purpose, const Borrower& borrower);

  // After what its file or the disk did to it, the next borrower is better off with another.
  bool is_spoilt() const { return is_spoilt_ || file_ != ground_.commits.files(); }

  // A snapshot that is held from one use to the next, see connection.h.
  void hold_snapshot();
  void end_snapshot() noexcept { connection_.end_snapshot(); }
  bool holds_snapshot() const { return connection_.holds_snapshot(); }

 private:
  template <class Act>
  void attempt(Act act);
  void read(const Borrower& borrower);
  void write(const Borrower& borrower);
  bool leave();
  void share_cache(std::uint64_t open_connections);
  int before_commit();

  const ConnectionSource::Ground& ground_;
  std::uint64_t file_ = ground_.commits.files();
  Connection connection_;
  bool is_spoilt_ = false;
  bool may_commit_ = true;
  bool has_committed_ = false;  // or tried to
};

}  // namespace assay::storage
