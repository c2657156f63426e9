#include "server/storage/sql/migrations.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstdint>
#include <functional>

#include <fmt/format.h>

namespace assay::storage {

namespace {

constexpr Query<"SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'assay_schema')", bool>
    has_versions;
constexpr Query<"SELECT EXISTS (SELECT 1 FROM sqlite_schema)", bool> has_tables;
constexpr Query<
    "CREATE TABLE assay_schema(part TEXT PRIMARY KEY, version INTEGER NOT NULL) "
    "STRICT, WITHOUT ROWID">
    make_versions;
constexpr Query<"SELECT version FROM assay_schema WHERE part = ?1", std::int64_t> version_of;
constexpr Query<
    "INSERT INTO assay_schema(part, version) VALUES (?1, ?2) "
    "ON CONFLICT(part) DO UPDATE SET version = excluded.version">
    set_version;
constexpr Query<"SELECT count(*) FROM pragma_foreign_key_check", std::int64_t> dangling_keys;

void require_different_names(const std::vector<Part>& parts) {
  for (auto part = parts.begin(); part != parts.end(); ++part) {
    const auto same_name = [&part](const Part& other) { return other.name == part->name; };
    if (std::any_of(parts.begin(), part, same_name)) {
      throw StorageError::misuse(
          fmt::format("two parts of the schema are called \"{}\"", part->name));
    }
  }
}

// How many migrations of the part the file has seen.
std::int64_t version(Connection& connection, const Part& part) {
  if (connection.one(has_versions) == false) return 0;
  const std::int64_t found = connection.one(version_of, part.name).value_or(0);
  const auto known = static_cast<std::int64_t>(part.migrations.size());
  const std::string_view path = connection.path();
  if (found > known) throw StorageError::newer_schema(path, part.name, found, known);
  if (found < 0) throw StorageError::no_version(path, part.name, found);
  return found;
}

bool is_current(Connection& connection, const Part& part) {
  return version(connection, part) == static_cast<std::int64_t>(part.migrations.size());
}

// While it lives, statements that begin or end transactions are refused: COMMIT amid a migration
// would leave half of it where the rest fails.
class NoTransactions {
 public:
  explicit NoTransactions(Connection& connection) : handle_(connection.handle()) {
    sqlite3_set_authorizer(handle_, judge, nullptr);
  }
  ~NoTransactions() { sqlite3_set_authorizer(handle_, nullptr, nullptr); }
  NoTransactions(const NoTransactions&) = delete;
  NoTransactions& operator=(const NoTransactions&) = delete;

 private:
  static int judge(void*, int action, const char*, const char*, const char*, const char*) {
    const bool refused = action == SQLITE_TRANSACTION || action == SQLITE_SAVEPOINT;
    return refused ? SQLITE_DENY : SQLITE_OK;
  }

  sqlite3* handle_;
};

// While it lives, foreign keys are not looked at: SQLite has a table changed by making a new one
// and dropping the old, which would take the rows that refer to it along.
class NoForeignKeys {
 public:
  explicit NoForeignKeys(Connection& connection) : handle_(connection.handle()) { set(0); }
  ~NoForeignKeys() { set(1); }
  NoForeignKeys(const NoForeignKeys&) = delete;
  NoForeignKeys& operator=(const NoForeignKeys&) = delete;

 private:
  void set(int on) { sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_FKEY, on, nullptr); }

  sqlite3* handle_;
};

void do_next(Connection& connection, const Part& part) {
  const std::int64_t done = version(connection, part);
  {
    const NoTransactions guard(connection);
    connection.execute(part.migrations[static_cast<std::size_t>(done)]);
  }
  if (connection.one(dangling_keys) != 0) {
    throw StorageError::misuse(
        fmt::format("migration {} of \"{}\" leaves rows that refer to none", done + 1, part.name));
  }
  if (connection.one(has_versions) == false) connection.run(make_versions);
  connection.run(set_version, part.name, done + 1);
}

}  // namespace

void require_ours(Connection& connection) {
  if (connection.one(has_tables) == true && connection.one(has_versions) == false) {
    throw StorageError::foreign(connection.path());
  }
}

void migrate(Connection& connection, const std::vector<Part>& parts) {
  require_different_names(parts);
  // First a look without a lock: versions only grow, and where nothing is to be done, a start has
  // to wait for nobody.
  const auto is_done = [&](const Part& part) { return is_current(connection, part); };
  const auto behind = std::count_if(parts.begin(), parts.end(), std::not_fn(is_done));
  if (behind == 0) return;
  const NoForeignKeys lifted(connection);
  connection.transaction([&] {
    for (const Part& part : parts) {
      while (!is_done(part)) do_next(connection, part);
    }
  });
}

}  // namespace assay::storage
