#include "server/storage/policies/lent_connection.h"

#include <sqlite3.h>

#include <algorithm>
#include <cerrno>
#include <string>

#include "server/storage/sql/storage_error.h"

namespace assay::storage {

LentConnection::LentConnection(const ConnectionSource::Ground& ground)
    : ground_(ground),
      connection_(ground.path, ground.settings, &ground.busy, Connection::Opening::existing) {
  // Asked before each commit, so that this is counted once the use has ended: who sees the count
  // sees what was committed.
  sqlite3_commit_hook(
      connection_.handle(),
      [](void* self) { return static_cast<LentConnection*>(self)->before_commit(); }, this);
  const auto others = ground_.counts.open_connections.fetch_add(1, std::memory_order_relaxed);
  share_cache(others + 1);
}

// What pages a connection keeps is memory that it gives back only when it closes: 500 threads with
// a connection each took 1 GB of SQLite's usual 2 MB.
void LentConnection::share_cache(std::uint64_t open_connections) {
  constexpr std::uint64_t usual_kib = 2'000;
  constexpr std::uint64_t all_kib = 64'000;
  constexpr std::uint64_t least_kib = 64;
  const std::uint64_t share_kib = all_kib / open_connections;
  if (share_kib >= usual_kib) return;
  connection_.execute("PRAGMA cache_size = -" + std::to_string(std::max(share_kib, least_kib)));
}

LentConnection::~LentConnection() {
  ground_.counts.open_connections.fetch_sub(1, std::memory_order_relaxed);
}

// Not 0: SQLite rolls back instead.
int LentConnection::before_commit() {
  has_committed_ = true;
  return may_commit_ ? 0 : 1;
}

template <class Act>
void LentConnection::attempt(Act act) {
  try {
    act();
  } catch (const StorageError& error) {
    is_spoilt_ = is_spoilt_ || error.breaks_connection();
    throw;
  }
}

void LentConnection::use(Purpose purpose, const Borrower& borrower) {
  attempt([&] {
    switch (purpose) {
      case Purpose::query: return borrower(connection_);  // one statement ends what it began
      case Purpose::reading: return read(borrower);
      case Purpose::writing: return write(borrower);
    }
  });
}

void LentConnection::hold_snapshot() {
  attempt([&] { connection_.hold_snapshot(); });
}

// Whether a transaction was left open.
bool LentConnection::leave() {
  const bool was_left = connection_.in_transaction();
  connection_.roll_back();
  return was_left;
}

void LentConnection::write(const Borrower& borrower) {
  connection_.end_snapshot();
  if (connection_.has_lost_its_file()) {
    ground_.commits.found_another_file();
    throw StorageError::cannot_open(ground_.path, SQLITE_CANTOPEN, ENOENT);
  }
  has_committed_ = false;
  const auto end = [&] {
    connection_.end_snapshot();
    const bool left_transaction = leave();
    if (has_committed_) ground_.commits.add();
    return left_transaction;
  };
  try {
    borrower(connection_);
  } catch (...) {
    end();
    throw;
  }
  if (end()) throw StorageError::misuse(unfinished_use);
}

void LentConnection::read(const Borrower& borrower) {
  const bool held_before = connection_.holds_snapshot();
  has_committed_ = false;
  may_commit_ = false;
  const auto end = [&] {
    may_commit_ = true;
    if (!held_before) connection_.end_snapshot();
    if (leave() || has_committed_) throw StorageError::misuse(writing_read);
  };
  try {
    connection_.hold_snapshot();
    borrower(connection_);
  } catch (...) {
    end();
    throw;
  }
  end();
}

}  // namespace assay::storage
