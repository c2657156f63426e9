#include "server/storage/sql/binding.h"

#include <sqlite3.h>

#include <fmt/format.h>

#include "server/storage/sql/storage_error.h"

namespace assay::storage {

int bind_null(sqlite3_stmt* statement, int place) { return sqlite3_bind_null(statement, place); }

int bind_integer(sqlite3_stmt* statement, int place, std::int64_t value) {
  return sqlite3_bind_int64(statement, place, value);
}

int bind_double(sqlite3_stmt* statement, int place, double value) {
  return sqlite3_bind_double(statement, place, value);
}

// A null pointer would be NULL, and an empty view may have one.
int bind_text(sqlite3_stmt* statement, int place, std::string_view value) {
  return sqlite3_bind_text64(statement, place, value.empty() ? "" : value.data(), value.size(),
                             SQLITE_STATIC, SQLITE_UTF8);
}

int bind_blob(sqlite3_stmt* statement, int place, std::string_view value) {
  return sqlite3_bind_blob64(statement, place, value.empty() ? "" : value.data(), value.size(),
                             SQLITE_STATIC);
}

void refuse_large_argument(int place) {
  throw StorageError::misuse(
      fmt::format("argument {} is larger than SQLite's integers are: 2^63 - 1 at most", place));
}

void refuse_no_number(int place) {
  throw StorageError::misuse(
      fmt::format("argument {} is not a number: pass an empty optional for NULL", place));
}

}  // namespace assay::storage
