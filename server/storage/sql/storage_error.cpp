#include "server/storage/sql/storage_error.h"

#include <sqlite3.h>

#include <cerrno>
#include <system_error>

#include <fmt/format.h>

namespace assay::storage {

namespace {

using Kind = StorageError::Kind;

int without_extension(int code) { return code & 0xFF; }

bool is_no_room(int system_error) { return system_error == ENOSPC || system_error == EDQUOT; }

bool is_no_file(int system_error) { return system_error == EMFILE || system_error == ENFILE; }

bool lacks_file(sqlite3* connection) {
  return connection != nullptr && is_no_file(sqlite3_system_errno(connection));
}

// SQLite says SQLITE_FULL where a write finds no room, but SQLITE_IOERR where making the shared
// memory of WAL does, or a directory.
Kind kind_of_failed_file(sqlite3* connection) {
  const bool no_room = connection != nullptr && is_no_room(sqlite3_system_errno(connection));
  return no_room ? Kind::disk_full : Kind::input_output;
}

Kind kind_of(int code, sqlite3* connection) {
  switch (without_extension(code)) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:  // others were faster at the locks of WAL, again and again
    case SQLITE_SCHEMA:    // others changed the schema, again and again
      return Kind::busy;
    case SQLITE_FULL: return Kind::disk_full;
    case SQLITE_READONLY: return Kind::read_only;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return Kind::corrupt;
    case SQLITE_PERM:
    case SQLITE_CANTOPEN: return lacks_file(connection) ? Kind::no_file_free : Kind::cannot_open;
    case SQLITE_IOERR: return kind_of_failed_file(connection);
    case SQLITE_NOMEM:
    case SQLITE_NOLFS: return Kind::input_output;
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG: return Kind::constraint;
    default: return Kind::misuse;
  }
}

// What happened and what to do, by kind; what SQLite says of it follows.
std::string_view sentence(Kind kind, int code) {
  switch (kind) {
    case Kind::busy:
      return "another connection or program holds a lock on the database for longer than we wait: "
             "try again, or end the program that holds it";
    case Kind::disk_full:
      return "there is no room left where the database lies: make some, and try again";
    case Kind::read_only:
      return "the database may only be read: let this user write the file and its folder, "
             "and its disk be mounted for writing";
    case Kind::corrupt:
      return without_extension(code) == SQLITE_NOTADB
                 ? "the file is no SQLite database: name another, or move it away"
                 : "the database is damaged: restore a copy, or see what `sqlite3 FILE .recover` "
                   "saves";
    case Kind::cannot_open:
      return "a file of the database cannot be opened: let this user read and write it and its "
             "folder";
    case Kind::no_file_free:
      return "as many files are open as this process may have: raise `ulimit -n`, or lower "
             "--max-connections";
    case Kind::input_output:
      return without_extension(code) == SQLITE_NOMEM
                 ? "there is no memory left for the database"
                 : "the file system failed under the database: see the system's log";
    case Kind::constraint: return "the statement breaks a rule of its table";
    default:
      return without_extension(code) == SQLITE_AUTH
                 ? "a migration is one transaction as it is: leave BEGIN, COMMIT and the like out"
                 : "the statement, or how it is used, is wrong";
  }
}

bool concerns_file(Kind kind) {
  return kind != Kind::constraint && kind != Kind::misuse && kind != Kind::bad_key;
}

// A statement on one line, cut where it gets long.
std::string shown(std::string_view sql) {
  constexpr std::size_t most = 120;
  std::string line;
  for (const char c : sql) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (blank && (line.empty() || line.back() == ' ')) continue;
    if (line.size() == most) return line + "...";
    line += blank ? ' ' : c;
  }
  return line;
}

}  // namespace

StorageError StorageError::of(int code, sqlite3* connection, std::string_view doing) {
  const Kind kind = kind_of(code, connection);
  const bool said_so = connection != nullptr && sqlite3_extended_errcode(connection) == code;
  const char* said = said_so ? sqlite3_errmsg(connection) : sqlite3_errstr(code);
  std::string place = shown(doing);
  if (concerns_file(kind) && connection != nullptr) {
    place += fmt::format("; file: {}", sqlite3_db_filename(connection, "main"));
  }
  return {kind,
          fmt::format("{} (SQLite: {}, {}; in: {})", sentence(kind, code), said, code, place)};
}

StorageError StorageError::no_write_ahead_log(std::string_view path) {
  return {Kind::cannot_open,
          fmt::format("where {} lies, processes cannot share memory, which a write-ahead log "
                      "needs: put the database on a disk of this machine",
                      path)};
}

StorageError StorageError::other_journal(std::string_view path, Journal found) {
  const bool is_wal = found == Journal::wal;
  return {Kind::cannot_open,
          fmt::format("the database {0} has the journal \"{1}\", and this server was told \"{2}\": "
                      "use --database-journal {1}, or change it while no program has it open: "
                      "sqlite3 {0} 'PRAGMA journal_mode = {3}'",
                      path, is_wal ? "wal" : "rollback", is_wal ? "rollback" : "wal",
                      is_wal ? "delete" : "wal")};
}

StorageError StorageError::no_file(std::string_view path) {
  return {Kind::cannot_open,
          fmt::format("{} is a device or the like, where no database is kept: name a file", path)};
}

StorageError StorageError::foreign(std::string_view path) {
  return {Kind::foreign,
          fmt::format("the database {} has the tables of another program, which were left as they "
                      "are: name another file",
                      path)};
}

StorageError StorageError::cannot_open(std::string_view path, int code, int system_error) {
  if (is_no_file(system_error)) {
    return {Kind::no_file_free,
            fmt::format("{} (opening {})", sentence(Kind::no_file_free, code), path)};
  }
  const std::string cause =
      system_error == 0 ? sqlite3_errstr(code) : std::generic_category().message(system_error);
  return {is_no_room(system_error) ? Kind::disk_full : Kind::cannot_open,
          fmt::format("cannot open the database {}: {}; the folder has to exist, and this user to "
                      "be allowed to write there",
                      path, cause)};
}

StorageError StorageError::queue_full(std::size_t limit) {
  return {Kind::queue_full, fmt::format("{} writes wait already: try again later", limit)};
}

StorageError StorageError::no_connection_free(std::size_t pool_size) {
  return {Kind::no_connection_free,
          fmt::format("none of the pool's {} connections got free in time: try again later, or "
                      "make the pool larger",
                      pool_size)};
}

StorageError StorageError::closing() {
  return {Kind::closing, "the server is about to end: try again when it is back"};
}

StorageError StorageError::newer_schema(std::string_view path, std::string_view part,
                                        std::int64_t found, std::int64_t known) {
  return {Kind::newer_schema,
          fmt::format("the database {} is newer than this program: its \"{}\" has version {}, and "
                      "we know up to {}; run the newer program, or name another file",
                      path, part, found, known)};
}

StorageError StorageError::no_version(std::string_view path, std::string_view part,
                                      std::int64_t found) {
  return {Kind::corrupt,
          fmt::format("the database {} says that its \"{}\" has version {}, which is none: "
                      "assay_schema in it was changed by another program; restore it from a copy",
                      path, part, found)};
}

StorageError StorageError::bad_key(std::size_t bytes) {
  return {
      Kind::bad_key,
      fmt::format("a key of {} bytes was given, which is none: keys are Unicode (UTF-8) of 1 to "
                  "1024 bytes",
                  bytes)};
}

StorageError StorageError::misuse(std::string text) { return {Kind::misuse, std::move(text)}; }

bool StorageError::is_unavailable() const { return concerns_file(kind_); }

bool StorageError::breaks_connection() const {
  return kind_ == Kind::input_output || kind_ == Kind::corrupt || kind_ == Kind::cannot_open ||
         kind_ == Kind::read_only || kind_ == Kind::no_file_free;
}

bool StorageError::passes() const {
  return kind_ == Kind::busy || kind_ == Kind::queue_full || kind_ == Kind::no_connection_free ||
         kind_ == Kind::no_file_free || kind_ == Kind::closing;
}

}  // namespace assay::storage
