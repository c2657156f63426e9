#include "server/storage/sql/statement.h"

#include <sqlite3.h>

#include <limits>

#include <fmt/format.h>

#include "server/storage/sql/storage_error.h"

namespace assay::storage {

namespace {

// Whether anything but blanks and comments follows: SQLite compiles that to no statement at all.
bool is_statement(sqlite3* connection, const char* start, const char* end) {
  sqlite3_stmt* next = nullptr;
  const auto size = static_cast<int>(end - start);
  const int code = sqlite3_prepare_v3(connection, start, size, 0, &next, nullptr);
  const bool found = code != SQLITE_OK || next != nullptr;
  sqlite3_finalize(next);
  return found;
}

}  // namespace

void Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Statement::Statement(sqlite3* connection, std::string_view sql, const Columns& columns)
    : sql_(sql), columns_(columns) {
  sqlite3_stmt* compiled = nullptr;
  const char* rest = nullptr;
  const int code = sqlite3_prepare_v3(connection, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &compiled, &rest);
  compiled_.reset(compiled);
  if (code != SQLITE_OK) throw StorageError::of(code, connection, sql);
  if (compiled == nullptr || is_statement(connection, rest, sql.data() + sql.size())) {
    throw StorageError::misuse(fmt::format("a query is one statement (in: {})", sql));
  }
  require_columns(compiled, columns_);
  argument_count_ = static_cast<std::size_t>(sqlite3_bind_parameter_count(compiled));
  is_read_only_ = sqlite3_stmt_readonly(compiled) != 0;
}

Statement& Statement::unused() {
  Statement* found = this;
  while (found->in_use_) {
    if (!found->another_) {
      found->another_ = std::make_unique<Statement>(connection(), sql_, columns_);
    }
    found = found->another_.get();
  }
  return *found;
}

sqlite3* Statement::connection() const { return sqlite3_db_handle(compiled()); }

void Statement::require_arguments(std::size_t count) const {
  if (count == argument_count_) return;
  throw StorageError::misuse(
      fmt::format("the statement takes {} arguments, and {} were given "
                  "(in: {})",
                  argument_count_, count, sql_));
}

void Statement::require_same_columns() {
  const int times = sqlite3_stmt_status(compiled(), SQLITE_STMTSTATUS_REPREPARE, 0);
  if (times == times_compiled_) return;
  require_columns(compiled(), columns_);
  times_compiled_ = times;
}

StatementUse::~StatementUse() {
  // What went wrong was said by the step.
  sqlite3_reset(statement_.compiled());
  statement_.in_use_ = false;
}

int StatementUse::step() {
  const int code = sqlite3_step(statement_.compiled());
  if (code == SQLITE_ROW && !has_begun_) {
    has_begun_ = true;
    statement_.require_same_columns();
  }
  return code;
}

}  // namespace assay::storage
