// For tests: a database with one table of numbers, under the settings that a test gives, and the
// queries on it.
#pragma once
#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "server/storage/database.h"

namespace assay::storage {

inline constexpr Query<"SELECT count(*) FROM numbers", std::int64_t> count_numbers;
inline constexpr Query<"SELECT coalesce(max(number), 0) FROM numbers", std::int64_t> largest_number;
inline constexpr Query<"SELECT number FROM numbers ORDER BY number", std::int64_t> all_numbers;
inline constexpr Query<"INSERT INTO numbers(number) VALUES (?1)"> add_number;
inline constexpr Query<"INSERT INTO numbers(number) VALUES (?1) RETURNING number", std::int64_t>
    add_and_return;

// How a failing test shows them.
inline void PrintTo(Policy policy, std::ostream* out) {
  *out << enumerators(&policy)[static_cast<std::size_t>(policy)].name;
}
inline void PrintTo(Journal journal, std::ostream* out) {
  *out << (journal == Journal::wal ? "wal" : "rollback");
}

class Tally : public Database {
 public:
  explicit Tally(Settings settings) : Database(std::move(settings)) {
    add_migrations("tally", {"CREATE TABLE numbers(number INTEGER)"});
    open();
  }

  std::int64_t count() { return one(count_numbers).value(); }
};

// What `act` throws; a failure of the test, and `misuse`, where it is no StorageError.
template <class Act>
StorageError::Kind error_of(Act act) {
  try {
    act();
    ADD_FAILURE() << "it threw nothing";
  } catch (const StorageError& error) {
    return error.kind();
  }
  return StorageError::Kind::misuse;
}

}  // namespace assay::storage
