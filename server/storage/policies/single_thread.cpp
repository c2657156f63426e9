#include "server/storage/policies/single_thread.h"

#include "server/storage/sql/connection.h"
#include "server/storage/sql/storage_error.h"
#include "server/storage/writing/writer.h"

namespace assay::storage {

namespace {

// The writer undoes what a transaction was left with, and refuses a read that writes.
void write(Connection& connection, const Borrower& borrower) {
  borrower(connection);
  connection.end_snapshot();
  if (connection.in_transaction()) throw StorageError::misuse(unfinished_use);
}

void read(Connection& connection, const Borrower& borrower) {
  class Snapshot {
   public:
    explicit Snapshot(Connection& connection) : connection_(connection) {
      connection_.hold_snapshot();
    }
    ~Snapshot() { connection_.end_snapshot(); }
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;

   private:
    Connection& connection_;
  };
  const Snapshot snapshot(connection);
  borrower(connection);
}

}  // namespace

void SingleThread::use(Purpose purpose, const Borrower& borrower) {
  const auto act = [&](Connection& connection) {
    switch (purpose) {
      case Purpose::query: return borrower(connection);
      case Purpose::reading: return read(connection, borrower);
      case Purpose::writing: return write(connection, borrower);
    }
  };
  const bool writes = purpose == Purpose::writing;
  writer_.submit(act, writes ? Writer::Steps::alone : Writer::Steps::none).get();
  ground_.counts.add_plain_read(purpose);
}

}  // namespace assay::storage
