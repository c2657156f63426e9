// One connection to a database: runs queries, keeps their statements, and has transactions.
//
// For one thread at a time. Throws StorageError; a statement that failed is ready for the next use.
// Arguments are integers, bool, double, texts, Blob, optional of these, and nullptr; texts and
// blobs are not copied and have to outlive the call. Their number, and the names of the columns,
// are held against the query.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "server/storage/sql/busy_wait.h"
#include "server/storage/sql/query.h"
#include "server/storage/sql/row.h"
#include "server/storage/sql/settings.h"
#include "server/storage/sql/statement.h"
#include "server/storage/sql/storage_error.h"

struct sqlite3;

namespace assay::storage {

class Connection {
 public:
  enum class Opening : std::uint8_t {
    making,    // the file, where it is missing, and its journal, as long as it has no table
    looking,   // the same, but its journal is left for `take_journal`
    existing,  // the file has to be there
  };
  // `path` is a file's: see scratch_file.h. `busy` counts how often a lock was waited for, and
  // outlives the connection. Throws StorageError, also where a file with tables has another journal
  // than the settings say: others may be at work with it.
  Connection(const std::string& path, const Settings& settings, BusyCounts* busy = nullptr,
             Opening opening = Opening::making);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  template <HasRows Q, class... Args>
  std::vector<typename Q::RowType> all(const Q& query, const Args&... arguments);
  // The first row, if there is one.
  template <HasRows Q, class... Args>
  std::optional<typename Q::RowType> one(const Q& query, const Args&... arguments);
  // `take(row)` for each. It may use the connection, for the same query too.
  template <HasRows Q, class Take, class... Args>
  void each(const Q& query, Take take, const Args&... arguments);
  // Where rows do not matter: gives how many were changed.
  template <class Q, class... Args>
  std::int64_t run(const Q& query, const Args&... arguments);

  // Sees that the file has this journal; gives it to one that has no table yet.
  void take_journal(Journal journal);

  // One or several statements without arguments, as in a migration. They stand alone: without a
  // transaction, those before one that fails have been done.
  void execute(std::string_view sql);
  std::int64_t last_id() const;

  // All that `act()` does, or nothing, if it throws. Within another transaction: a savepoint, so
  // that the outer one may go on.
  template <class Act>
  std::invoke_result_t<Act&> transaction(Act act);
  void begin_to_write();  // BEGIN IMMEDIATE: waits for other writers up to the busy limit
  void commit();          // where it throws, nothing is in a transaction any more
  void roll_back() noexcept;
  // SQLite ends one by itself on some failures (disk full). Until `roll_back` or `commit` have
  // been called, what is then tried throws that failure again, as it would be no part of it.
  bool in_transaction() const;

  // What is read from now on is one state of the database, that of the first read, until
  // `end_snapshot`. WAL: writers go on. A write on this connection ends it first, as it could not
  // follow on an older state. In a transaction, which is one state itself, none is held.
  void hold_snapshot();
  void end_snapshot() noexcept;
  bool holds_snapshot() const { return holds_snapshot_; }

  // Moved or removed, or another in its place: what is written then nobody finds again.
  bool has_lost_its_file() const;

  std::string_view path() const;  // from the root on
  sqlite3* handle() const { return handle_; }

 private:
  class Scope;  // a transaction, or a savepoint in one: undone unless kept

  void open(const std::string& path, Opening opening);
  void configure(const Settings& settings);
  void require_journal(Journal journal);
  template <class Act>
  void until_free(Act act);
  template <class Q>
  Statement& statement();
  Statement& prepare(std::size_t slot, std::string_view sql, const Columns& columns);
  void ready_for(const Statement& statement);
  // `take(compiled)` at each row.
  template <class Q, class Take, class... Args>
  void walk(Take take, const Args&... arguments);
  template <class... Args>
  void bind(StatementUse& use, const Args&... arguments);
  bool step(StatementUse& use);
  [[noreturn]] void fail(int code, std::string_view doing);
  std::int64_t changes_so_far() const;
  std::int64_t changed_since(std::int64_t before) const;
  bool roll_back_savepoint() noexcept;

  sqlite3* handle_ = nullptr;
  BusyWait busy_wait_;
  bool has_begun_ = false;                              // by us
  std::optional<StorageError> undone_by_;               // what made SQLite end the transaction
  std::vector<std::unique_ptr<Statement>> statements_;  // by slot
  bool holds_snapshot_ = false;
};

// Holds a snapshot while it lives, unless one is held.
class SnapshotScope {
 public:
  explicit SnapshotScope(Connection& connection)
      : connection_(connection), held_before_(connection.holds_snapshot()) {
    connection_.hold_snapshot();
  }
  ~SnapshotScope() {
    if (!held_before_) connection_.end_snapshot();
  }
  SnapshotScope(const SnapshotScope&) = delete;
  SnapshotScope& operator=(const SnapshotScope&) = delete;

 private:
  Connection& connection_;
  bool held_before_;
};

class Connection::Scope {
 public:
  explicit Scope(Connection& connection);
  ~Scope();
  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;
  void keep();

 private:
  Connection& connection_;
  bool is_savepoint_;
  bool is_kept_ = false;
};

template <class Q>
Statement& Connection::statement() {
  if (Q::slot < statements_.size() && statements_[Q::slot]) return statements_[Q::slot]->unused();
  return prepare(Q::slot, Q::sql, ColumnsOf<typename Q::RowType>::columns);
}

template <class... Args>
void Connection::bind(StatementUse& use, const Args&... arguments) {
  if (const int code = use.bind(arguments...)) fail(code, use.statement().sql());
}

template <class Q, class Take, class... Args>
void Connection::walk(Take take, const Args&... arguments) {
  Statement& found = statement<Q>();
  ready_for(found);
  StatementUse use(found);
  bind(use, arguments...);
  while (step(use)) take(found.compiled());
}

template <HasRows Q, class Take, class... Args>
void Connection::each(const Q&, Take take, const Args&... arguments) {
  using Row = typename Q::RowType;
  walk<Q>([&take](sqlite3_stmt* row) { take(read_row<Row>(row)); }, arguments...);
}

template <HasRows Q, class... Args>
std::vector<typename Q::RowType> Connection::all(const Q&, const Args&... arguments) {
  using Row = typename Q::RowType;
  static_assert(!holds_views<Row>(), "a view ends with its row: use std::string, or `each`");
  std::vector<Row> rows;
  walk<Q>([&rows](sqlite3_stmt* row) { append_row(rows, row); }, arguments...);
  return rows;
}

template <HasRows Q, class... Args>
std::optional<typename Q::RowType> Connection::one(const Q&, const Args&... arguments) {
  using Row = typename Q::RowType;
  static_assert(!holds_views<Row>(), "a view ends with its row: use std::string, or `each`");
  Statement& found = statement<Q>();
  ready_for(found);
  StatementUse use(found);
  bind(use, arguments...);
  std::optional<Row> row;
  if (!step(use)) return row;
  row.emplace(read_row<Row>(found.compiled()));
  // What writes is done, and its failures are told, by its last step.
  while (!found.is_read_only() && step(use)) {
  }
  return row;
}

template <class Q, class... Args>
std::int64_t Connection::run(const Q&, const Args&... arguments) {
  Statement& found = statement<Q>();
  ready_for(found);
  const std::int64_t before = changes_so_far();
  StatementUse use(found);
  bind(use, arguments...);
  while (step(use)) {
  }
  return changed_since(before);
}

template <class Act>
std::invoke_result_t<Act&> Connection::transaction(Act act) {
  Scope scope(*this);
  if constexpr (std::is_void_v<std::invoke_result_t<Act&>>) {
    act();
    scope.keep();
  } else {
    std::invoke_result_t<Act&> result = act();
    scope.keep();
    return result;
  }
}

}  // namespace assay::storage
