// A statement as SQLite has compiled it for one connection, and one use of it.
//
// For one thread at a time, as its connection is. A use ends by making the statement ready for the
// next, however it ends. A statement that is in use already (rows of a query are asked for while
// its own rows are walked through) gives another alike, kept for the next time.
#pragma once
#include <cstddef>
#include <memory>
#include <string_view>

#include "server/storage/sql/binding.h"
#include "server/storage/sql/row.h"

struct sqlite3;
struct sqlite3_stmt;

namespace assay::storage {

struct Finalize {
  void operator()(sqlite3_stmt* statement) const;
};

class Statement {
 public:
  // Throws where SQLite does not understand it, it is more than one, or its columns are others.
  Statement(sqlite3* connection, std::string_view sql, const Columns& columns);
  // Itself, or where that is in use one like it.
  Statement& unused();

  sqlite3* connection() const;
  sqlite3_stmt* compiled() const { return compiled_.get(); }
  std::string_view sql() const { return sql_; }
  bool is_read_only() const { return is_read_only_; }
  // Throws misuse where the statement takes another number of arguments.
  void require_arguments(std::size_t count) const;
  // The schema changed, and SQLite compiled the statement anew: are its columns still the same?
  void require_same_columns();

 private:
  friend class StatementUse;

  std::string_view sql_;
  Columns columns_;
  std::unique_ptr<sqlite3_stmt, Finalize> compiled_;
  std::size_t argument_count_ = 0;
  int times_compiled_ = 0;
  bool is_read_only_ = false;
  bool in_use_ = false;
  std::unique_ptr<Statement> another_;
};

class StatementUse {
 public:
  explicit StatementUse(Statement& statement) : statement_(statement) { statement.in_use_ = true; }
  ~StatementUse();
  StatementUse(const StatementUse&) = delete;
  StatementUse& operator=(const StatementUse&) = delete;

  // SQLite's code of the first that is refused, or SQLITE_OK. Throws misuse.
  template <class... Args>
  int bind(const Args&... arguments) {
    statement_.require_arguments(sizeof...(arguments));
    int place = 0;
    int code = 0;
    static_cast<void>(
        ((code = bind_argument(statement_.compiled(), ++place, arguments), code == 0) && ...));
    return code;
  }

  const Statement& statement() const { return statement_; }
  int step();  // SQLite's code; throws misuse where the columns are others by now

 private:
  Statement& statement_;
  bool has_begun_ = false;
};

}  // namespace assay::storage
