#include "server/storage/sql/row.h"

#include <sqlite3.h>

#include <fmt/format.h>

#include "server/storage/sql/storage_error.h"

namespace assay::storage {

namespace {

std::string_view type_found(sqlite3_stmt* statement, int column) {
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER: return "an integer";
    case SQLITE_FLOAT: return "a double";
    case SQLITE_TEXT: return "a text";
    case SQLITE_BLOB: return "a blob";
    default: return "NULL";
  }
}

[[noreturn]] void refuse(sqlite3_stmt* statement, int column, std::string_view wanted) {
  const char* name = sqlite3_column_name(statement, column);
  throw StorageError::misuse(fmt::format("column \"{}\" is {}, and is read as {} (in: {})",
                                         name == nullptr ? "" : name, type_found(statement, column),
                                         wanted, sqlite3_sql(statement)));
}

// One look at the column, where sqlite3_column_* would look anew for its type, its bytes and their
// number. SQLite allows it where, as here, a connection has no mutex of its own.
sqlite3_value* value_at(sqlite3_stmt* statement, int column) {
  return sqlite3_column_value(statement, column);
}

// `start` is null for an empty blob, and where there was no memory to make the bytes of the value.
std::string_view bytes_of(sqlite3_value* value, const void* start, sqlite3_stmt* statement) {
  const auto size = static_cast<std::size_t>(sqlite3_value_bytes(value));
  if (start != nullptr) return {static_cast<const char*>(start), size};
  if (size == 0) return "";
  throw StorageError::of(SQLITE_NOMEM, nullptr, sqlite3_sql(statement));
}

}  // namespace

bool is_null(sqlite3_stmt* statement, int column) {
  return sqlite3_column_type(statement, column) == SQLITE_NULL;
}

std::int64_t read_integer(sqlite3_stmt* statement, int column) {
  sqlite3_value* value = value_at(statement, column);
  if (sqlite3_value_type(value) != SQLITE_INTEGER) refuse(statement, column, "an integer");
  return sqlite3_value_int64(value);
}

bool read_bool(sqlite3_stmt* statement, int column) {
  sqlite3_value* value = value_at(statement, column);
  const bool is_integer = sqlite3_value_type(value) == SQLITE_INTEGER;
  const std::int64_t number = is_integer ? sqlite3_value_int64(value) : -1;
  if (number != 0 && number != 1) refuse(statement, column, "a bool, 0 or 1");
  return number == 1;
}

double read_double(sqlite3_stmt* statement, int column) {
  sqlite3_value* value = value_at(statement, column);
  const int type = sqlite3_value_type(value);
  if (type != SQLITE_FLOAT && type != SQLITE_INTEGER) refuse(statement, column, "a double");
  return sqlite3_value_double(value);
}

std::string_view read_text(sqlite3_stmt* statement, int column) {
  sqlite3_value* value = value_at(statement, column);
  if (sqlite3_value_type(value) != SQLITE_TEXT) refuse(statement, column, "a text");
  const unsigned char* start = sqlite3_value_text(value);
  return bytes_of(value, start, statement);
}

std::string_view read_blob(sqlite3_stmt* statement, int column) {
  sqlite3_value* value = value_at(statement, column);
  if (sqlite3_value_type(value) != SQLITE_BLOB) refuse(statement, column, "a blob");
  const void* start = sqlite3_value_blob(value);
  return bytes_of(value, start, statement);
}

void refuse_large_column(sqlite3_stmt* statement, int column) {
  refuse(statement, column, "a smaller integer, which it does not fit");
}

void require_columns(sqlite3_stmt* statement, const Columns& columns) {
  if (columns.any) return;
  const auto found = static_cast<std::size_t>(sqlite3_column_count(statement));
  if (found != columns.count) {
    throw StorageError::misuse(
        fmt::format("the statement has {} columns, and its rows are read "
                    "as {} (in: {})",
                    found, columns.count, sqlite3_sql(statement)));
  }
  if (columns.names == nullptr) return;
  for (std::size_t i = 0; i < columns.count; ++i) {
    const char* name = sqlite3_column_name(statement, static_cast<int>(i));
    if (name == nullptr || name != columns.names[i]) {
      throw StorageError::misuse(fmt::format(
          "column {} is called \"{}\", and the model's member \"{}\": name it by AS (in: {})",
          i + 1, name == nullptr ? "" : name, columns.names[i], sqlite3_sql(statement)));
    }
  }
}

}  // namespace assay::storage
