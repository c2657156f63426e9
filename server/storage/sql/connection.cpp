#include "server/storage/sql/connection.h"

#include <sqlite3.h>

#include <fmt/format.h>

#include "server/storage/sql/library_start.h"

namespace assay::storage {

namespace {

constexpr Query<"PRAGMA journal_mode", std::string> journal_mode;
constexpr Query<"SELECT EXISTS (SELECT 1 FROM sqlite_schema)", bool> has_tables;
constexpr Query<"PRAGMA journal_mode = WAL", std::string> write_ahead;
constexpr Query<"PRAGMA journal_mode = DELETE", std::string> roll_back_by_journal;
constexpr Query<"BEGIN IMMEDIATE"> begin_immediate;
constexpr Query<"BEGIN DEFERRED"> begin_to_read;
constexpr Query<"COMMIT"> commit_all;
constexpr Query<"SAVEPOINT inner"> begin_inner;
constexpr Query<"RELEASE inner"> keep_inner;
constexpr Query<"ROLLBACK TO inner"> undo_inner;
}  // namespace

Connection::Connection(const std::string& path, const Settings& settings, BusyCounts* busy,
                       Opening opening)
    : busy_wait_(settings.busy_limit, busy) {
  start_library();
  open(path, opening);
  try {
    configure(settings);
    if (opening == Opening::making) take_journal(settings.journal);
    if (opening == Opening::existing) until_free([&] { require_journal(settings.journal); });
  } catch (...) {
    statements_.clear();
    sqlite3_close(handle_);
    throw;
  }
}

Connection::~Connection() {
  end_snapshot();
  statements_.clear();
  sqlite3_close(handle_);  // rolls back what was not committed
}

void Connection::open(const std::string& path, Opening opening) {
  if (path.empty() || path == ":memory:") {
    throw StorageError::misuse("a connection opens a file: the one of a ScratchFile, if any");
  }
  const int makes = opening == Opening::existing ? 0 : SQLITE_OPEN_CREATE;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | makes;
  // Some builds of SQLite take "file:..." for a URI; by a slash it is a path to all of them.
  const std::string file = path.front() == '/' ? path : "./" + path;
  const int code = sqlite3_open_v2(file.c_str(), &handle_, flags, nullptr);
  if (code == SQLITE_OK) return;
  const int system_error = handle_ == nullptr ? 0 : sqlite3_system_errno(handle_);
  sqlite3_close(handle_);
  throw StorageError::cannot_open(path, code, system_error);
}

void Connection::configure(const Settings& settings) {
  sqlite3_extended_result_codes(handle_, 1);
  sqlite3_busy_handler(
      handle_,
      [](void* wait, int attempt) { return static_cast<BusyWait*>(wait)->wait(attempt) ? 1 : 0; },
      &busy_wait_);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  // A wrong column's name in double quotes is no text, but an error.
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  switch (settings.synchronous) {
    case Synchronous::off: return execute("PRAGMA synchronous = OFF");
    case Synchronous::normal: return execute("PRAGMA synchronous = NORMAL");
    case Synchronous::full:
      // SQLite's FULL leaves it to the system when the removal of a rollback journal reaches the
      // disk, which is what commits: one that is back after a power cut undoes it. With WAL EXTRA
      // is no different. Unlike Linux, macOS has a second call that waits for the disk itself.
      return execute("PRAGMA synchronous = EXTRA; PRAGMA fullfsync = ON");
  }
}

// Where two change the journal at once, SQLite tells one to come back, without asking its busy
// handler.
template <class Act>
void Connection::until_free(Act act) {
  for (int attempt = 0;; ++attempt) {
    try {
      return act();
    } catch (const StorageError& error) {
      const bool may_pass = error.kind() == StorageError::Kind::busy && !busy_wait_.has_given_up();
      if (!may_pass || !busy_wait_.wait(attempt)) throw;
    }
  }
}

void Connection::require_journal(Journal journal) {
  const Journal found = one(journal_mode) == "wal" ? Journal::wal : Journal::rollback;
  if (found != journal) throw StorageError::other_journal(path(), found);
}

void Connection::take_journal(Journal journal) {
  until_free([&] {
    if (one(has_tables) == true) return require_journal(journal);
    const auto kept = journal == Journal::wal ? one(write_ahead) : one(roll_back_by_journal);
    if (journal == Journal::wal && kept != "wal") throw StorageError::no_write_ahead_log(path());
  });
}

std::string_view Connection::path() const { return sqlite3_db_filename(handle_, "main"); }

Statement& Connection::prepare(std::size_t slot, std::string_view sql, const Columns& columns) {
  if (slot >= statements_.size()) statements_.resize(slot + 1);
  statements_[slot] = std::make_unique<Statement>(handle_, sql, columns);
  return *statements_[slot];
}

void Connection::ready_for(const Statement& statement) {
  if (undone_by_) throw StorageError(*undone_by_);
  if (holds_snapshot_ && !statement.is_read_only()) end_snapshot();
}

bool Connection::step(StatementUse& use) {
  const int code = use.step();
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  fail(code, use.statement().sql());
}

void Connection::fail(int code, std::string_view doing) {
  StorageError error = StorageError::of(code, handle_, doing);
  if (has_begun_ && !in_transaction()) undone_by_ = error;
  if (sqlite3_get_autocommit(handle_) != 0) holds_snapshot_ = false;  // SQLite has ended it too
  throw error;
}

std::int64_t Connection::changes_so_far() const { return sqlite3_total_changes64(handle_); }

// SQLite's own count is that of the last statement that could change something.
std::int64_t Connection::changed_since(std::int64_t before) const {
  return changes_so_far() == before ? 0 : sqlite3_changes64(handle_);
}

void Connection::execute(std::string_view sql) {
  if (undone_by_) throw StorageError(*undone_by_);
  end_snapshot();
  const char* start = sql.data();
  const char* const end = start + sql.size();
  while (start != end) {
    sqlite3_stmt* compiled = nullptr;
    const char* rest = end;
    const auto size = static_cast<int>(end - start);
    int code = sqlite3_prepare_v2(handle_, start, size, &compiled, &rest);
    const std::string_view one(start, static_cast<std::size_t>((code == 0 ? rest : end) - start));
    if (code != SQLITE_OK) fail(code, one);
    if (compiled != nullptr) {
      const std::unique_ptr<sqlite3_stmt, Finalize> owned(compiled);
      do code = sqlite3_step(compiled);
      while (code == SQLITE_ROW);
      if (code != SQLITE_DONE) fail(code, one);
    }
    start = rest;
  }
}

std::int64_t Connection::last_id() const { return sqlite3_last_insert_rowid(handle_); }

void Connection::begin_to_write() {
  undone_by_.reset();
  end_snapshot();
  // Else SQLite would begin to read, and say so only at the first write.
  if (sqlite3_db_readonly(handle_, "main") == 1) fail(SQLITE_READONLY, begin_immediate.sql);
  run(begin_immediate);
  has_begun_ = true;
}

void Connection::commit() {
  try {
    run(commit_all);
  } catch (const StorageError&) {
    roll_back();
    throw;
  }
  has_begun_ = false;
}

void Connection::roll_back() noexcept {
  undone_by_.reset();
  has_begun_ = false;
  // Refused where SQLite has undone it already.
  if (in_transaction()) sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr);
}

bool Connection::has_lost_its_file() const {
  int moved = 0;
  sqlite3_file_control(handle_, nullptr, SQLITE_FCNTL_HAS_MOVED, &moved);
  return moved != 0;
}

bool Connection::in_transaction() const {
  return sqlite3_get_autocommit(handle_) == 0 && !holds_snapshot_;
}

// BEGIN and COMMIT cost 0.2 us, and a get between them 0.73. A row that is not done with holds a
// state as well, as of "PRAGMA schema_version"; but then SQLite looks for something to commit at
// the end of each statement: 0.82 us a get.
void Connection::hold_snapshot() {
  if (undone_by_) throw StorageError(*undone_by_);
  if (holds_snapshot_ || in_transaction()) return;
  statement<decltype(commit_all)>();  // there when it ends, as nothing may fail then
  run(begin_to_read);
  holds_snapshot_ = true;
}

void Connection::end_snapshot() noexcept {
  if (!holds_snapshot_) return;
  const int code = StatementUse(statement<decltype(commit_all)>()).step();
  holds_snapshot_ = false;
  // An open transaction would be taken for the next one's own.
  if (code != SQLITE_DONE) roll_back();
}

// Where this fails SQLite cannot give back what was: nothing of the whole is to stand then.
bool Connection::roll_back_savepoint() noexcept {
  try {
    run(undo_inner);
    run(keep_inner);
    return true;
  } catch (const StorageError& error) {
    const bool had_begun = has_begun_;
    roll_back();
    has_begun_ = had_begun;
    undone_by_ = error;
    return false;
  }
}

Connection::Scope::Scope(Connection& connection)
    : connection_(connection),
      is_savepoint_(connection.in_transaction() || connection.undone_by_.has_value()) {
  if (is_savepoint_) {
    connection_.run(begin_inner);
  } else {
    connection_.begin_to_write();
  }
}

Connection::Scope::~Scope() {
  if (is_kept_) return;
  if (!is_savepoint_) {
    connection_.roll_back();
  } else if (connection_.in_transaction()) {
    connection_.roll_back_savepoint();
  }
}

void Connection::Scope::keep() {
  if (is_savepoint_) {
    connection_.run(keep_inner);
  } else {
    connection_.commit();
  }
  is_kept_ = true;
}

}  // namespace assay::storage
