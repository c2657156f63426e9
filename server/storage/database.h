// A database file, its schema, and the connections by which requests come to it.
//
//   Database database(settings);
//   database.add_migrations("users", {"CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT)"});
//   database.open();                           // one process: brings the schema up to date
//   database.start();                          // each process that serves
//   database.all(first_users);                 // rows, by whichever policy was chosen
//   database.use([](Connection& connection) { ... });          // several steps, one connection
//   auto act = [=](Connection& connection) { ... };            // named first, see store.h
//   co_await database.write(std::move(act));                   // the writer's, with others'
//
// Any thread may call it between `start` and `stop`, and is told `closing` after; `open` comes
// before all, and before a fork. Where a policy gives no connection in time it throws
// StorageError::no_connection_free. What `all`, `one` and `read` see is never older than what a
// call of this server's processes had committed by when it returned; what other programs committed
// is seen after the thread has waited (see `before_wait`).
//
// Within an act of `use`, `read` or `write` the same calls, by the same thread, have that act's
// connection, and its transaction if one is open; only, nothing can be written within a `read`, and
// no write can be waited for, as it may be behind what the act holds.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "server/storage/policies/active_use.h"
#include "server/storage/policies/connection_source.h"
#include "server/storage/policies/reads_only.h"
#include "server/storage/policies/source_counts.h"
#include "server/storage/policies/storage_counts.h"
#include "server/storage/sql/busy_wait.h"
#include "server/storage/sql/commit_count.h"
#include "server/storage/sql/connection.h"
#include "server/storage/sql/migrations.h"
#include "server/storage/sql/scratch_file.h"
#include "server/storage/sql/settings.h"
#include "server/storage/writing/pending.h"
#include "server/storage/writing/writer.h"
#include "server/storage/writing/writer_counts.h"

namespace assay::storage {

class Database {
 public:
  explicit Database(Settings settings);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // In order; the n-th brings `part` to version n. Each is done once in a file's life, in one
  // transaction. Parts know nothing of each other. REQUIRES: before `open`
  void add_migrations(std::string part, std::vector<std::string> migrations);
  // Done at each start of the server, after the migrations, in one transaction: state that a
  // workload resets. REQUIRES: before `open`
  void at_open(std::function<void(Connection&)> act);
  // What the writer does now and then, see writer.h. REQUIRES: before `open`
  void add_sweep(Writer::Sweep sweep);

  void open();  // throws StorageError; leaves no connection open, as none may cross a fork
  void start();
  void stop();  // what was submitted is committed; then all connections are closed

  template <class Q, class... Args>
  std::vector<typename Q::RowType> all(const Q& query, const Args&... arguments);
  template <class Q, class... Args>
  std::optional<typename Q::RowType> one(const Q& query, const Args&... arguments);
  // One that writes, on the policy's connection: committed when it returns. How many were changed.
  template <class Q, class... Args>
  std::int64_t run(const Q& query, const Args&... arguments);
  // `act(Connection&)`, once, on one connection had by the policy; it may write, in transactions.
  template <class Act>
  std::invoke_result_t<Act&, Connection&> use(Act act) {
    return borrow(Purpose::writing, act);
  }
  // The same for what only reads: several queries see one state.
  template <class Act>
  std::invoke_result_t<Act&, Connection&> read(Act act) {
    return borrow(Purpose::reading, act);
  }
  // By the writer: committed with others', acknowledged after. It may be called again, see
  // writer.h.
  template <class Act>
  Pending<std::invoke_result_t<Act&, Connection&>> write(
      Act act, Writer::Steps steps = Writer::Steps::several);

  // The calling thread has answered what was at hand and may wait next: ends its snapshot. Only a
  // thread that has called this before is given one to hold.
  void before_wait() noexcept;

  const Settings& settings() const { return settings_; }
  StorageCounts counts() const;

 private:
  template <class Act>
  std::invoke_result_t<Act&, Connection&> borrow(Purpose purpose, Act& act);
  void lend(Purpose purpose, const Borrower& borrower);
  void require_not_open() const;
  void require_open() const;

  Settings settings_;
  std::vector<Part> parts_;
  std::vector<std::function<void(Connection&)>> acts_at_open_;
  std::vector<Writer::Sweep> sweeps_;
  std::optional<ScratchFile> scratch_;
  std::string path_;  // empty: not open
  CommitCount commits_;
  WriterCounts writer_counts_;
  SourceCounts source_counts_;
  BusyCounts busy_counts_;
  std::unique_ptr<Writer> writer_;
  std::unique_ptr<ConnectionSource> source_;
};

template <class Q, class... Args>
std::vector<typename Q::RowType> Database::all(const Q& query, const Args&... arguments) {
  auto act = [&](Connection& connection) { return connection.all(query, arguments...); };
  constexpr Purpose purpose = reads_only(Q::sql) ? Purpose::query : Purpose::writing;
  return borrow(purpose, act);
}

template <class Q, class... Args>
std::optional<typename Q::RowType> Database::one(const Q& query, const Args&... arguments) {
  auto act = [&](Connection& connection) { return connection.one(query, arguments...); };
  constexpr Purpose purpose = reads_only(Q::sql) ? Purpose::query : Purpose::writing;
  return borrow(purpose, act);
}

template <class Q, class... Args>
std::int64_t Database::run(const Q& query, const Args&... arguments) {
  auto act = [&](Connection& connection) { return connection.run(query, arguments...); };
  return borrow(Purpose::writing, act);
}

template <class Act>
Pending<std::invoke_result_t<Act&, Connection&>> Database::write(Act act, Writer::Steps steps) {
  require_open();
  return writer_->submit(
      [this, act = std::move(act)](Connection& connection) mutable {
        const ActiveUse active(this, connection, Purpose::writing);
        return act(connection);
      },
      steps);
}

template <class Act>
std::invoke_result_t<Act&, Connection&> Database::borrow(Purpose purpose, Act& act) {
  using Outcome = std::invoke_result_t<Act&, Connection&>;
  static_assert(!std::is_reference_v<Outcome>,
                "an act gives a value: what belongs to the connection is not there any more");
  if constexpr (std::is_void_v<Outcome>) {
    auto call = [&](Connection& connection) {
      const ActiveUse active(this, connection, purpose);
      act(connection);
    };
    lend(purpose, Borrower(call));
  } else {
    std::optional<Outcome> outcome;
    auto call = [&](Connection& connection) {
      const ActiveUse active(this, connection, purpose);
      outcome.emplace(act(connection));
    };
    lend(purpose, Borrower(call));
    return std::move(*outcome);
  }
}

}  // namespace assay::storage
