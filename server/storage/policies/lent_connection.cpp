#include "server/storage/policies/lent_connection.h"

#include <sqlite3.h>

#include <cerrno>
#include <filesystem>
#include <string>
#include <system_error>

#include "server/storage/sql/storage_error.h"

namespace assay::storage {

namespace {

std::string present(const std::string& path) {
  std::error_code error;
  if (std::filesystem::exists(path, error)) return path;
  throw StorageError::cannot_open(path, SQLITE_CANTOPEN, ENOENT);
}

bool spoils(StorageError::Kind kind) {
  using Kind = StorageError::Kind;
  return kind == Kind::input_output || kind == Kind::corrupt || kind == Kind::cannot_open ||
         kind == Kind::read_only;
}

}  // namespace

LentConnection::LentConnection(const ConnectionSource::Ground& ground)
    : ground_(ground), connection_(present(ground.path), ground.settings, &ground.busy) {
  // Asked before each commit, so that this is counted once the use has ended: who sees the count
  // sees what was committed.
  sqlite3_commit_hook(
      connection_.handle(),
      [](void* self) { return static_cast<LentConnection*>(self)->before_commit(); }, this);
  ground_.counts.open_connections.fetch_add(1, std::memory_order_relaxed);
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
    is_spoilt_ = is_spoilt_ || spoils(error.kind());
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
