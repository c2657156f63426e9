// What keeps a database from doing what it was asked. Thrown; each text is a sentence that says
// what happened, and what to do where something can be done.
//
// A handler lets it pass: the application answers 503 where it `is_unavailable`, with Retry-After
// where waiting helps; anything else is a bug.
#pragma once
#include <cstddef>
#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <utility>

#include "server/storage/sql/settings.h"

struct sqlite3;

namespace assay::storage {

class StorageError : public std::exception {
 public:
  enum class Kind : std::uint8_t {
    busy,        // another connection holds a lock for longer than we wait
    queue_full,  // too many writes wait
    no_connection_free,
    no_file_free,  // this process, or the system, has as many open as it may
    closing,       // the server is about to end
    disk_full,
    read_only,
    corrupt,  // no database, or a damaged one
    cannot_open,
    input_output,
    constraint,  // the statement broke a rule of its table
    newer_schema,
    foreign,  // the tables of another program
    bad_key,  // of the key-value store: no Unicode, empty, or too long
    misuse,   // the statement, or how it is used, is wrong: a bug of ours
  };

  // What SQLite said last on the connection; `doing` is what for: "INSERT INTO users ...".
  static StorageError of(int code, sqlite3* connection, std::string_view doing);
  static StorageError cannot_open(std::string_view path, int code, int system_error);
  static StorageError no_write_ahead_log(std::string_view path);
  static StorageError other_journal(std::string_view path, Journal found);
  static StorageError no_file(std::string_view path);
  static StorageError foreign(std::string_view path);
  static StorageError queue_full(std::size_t limit);
  static StorageError no_connection_free(std::size_t pool_size);
  static StorageError closing();
  static StorageError newer_schema(std::string_view path, std::string_view part, std::int64_t found,
                                   std::int64_t known);
  static StorageError no_version(std::string_view path, std::string_view part, std::int64_t found);
  static StorageError bad_key(std::size_t bytes);
  static StorageError misuse(std::string text);

  Kind kind() const { return kind_; }
  const char* what() const noexcept override { return text_.c_str(); }

  bool is_unavailable() const;  // not the request's fault, and no bug
  // The connection on which it happened is no longer any good: SQLite keeps to its view of a file
  // that failed, that it is read-only, damaged, out of reach.
  bool breaks_connection() const;
  bool passes() const;  // waiting may help: busy, queue_full, no_..._free, closing

 private:
  StorageError(Kind kind, std::string text) : kind_(kind), text_(std::move(text)) {}

  Kind kind_;
  std::string text_;
};

}  // namespace assay::storage
