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
  const SnapshotScope snapshot(connection);
  borrower(connection);
}

// A query may be asked again with others; whatever an act does besides is done once.
Writer::Steps steps(Purpose purpose) {
  switch (purpose) {
    case Purpose::query: return Writer::Steps::none;
    case Purpose::reading: return Writer::Steps::once;
    case Purpose::writing: return Writer::Steps::own;
  }
  return Writer::Steps::own;
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
  // Before it is submitted, as it points to this frame.
  WritingThread::refuse_to_wait();
  writer_.submit(act, steps(purpose)).get();
  ground_.counts.add_plain_read(purpose);
}

}  // namespace assay::storage
