#include "server/storage/policies/reads_only.h"

#include <string_view>

#include <gtest/gtest.h>

namespace assay::storage {
namespace {

TEST(ReadsOnly, IsTrueOfWhatCannotWrite) {
  for (const std::string_view sql :
       {"SELECT id FROM users", " \n select 1", "Values (1)", "EXPLAIN DELETE FROM users",
        "SELECT 'insert'", "WITH few(n) AS (VALUES (1)) SELECT n FROM few",
        "WITH RECURSIVE updates(n) AS (SELECT 1) SELECT n FROM updates"}) {
    EXPECT_TRUE(reads_only(sql)) << sql;
  }
}

TEST(ReadsOnly, IsFalseOfWhatWritesOrMay) {
  for (const std::string_view sql :
       {"INSERT INTO users(name) VALUES (?1) RETURNING id", "UPDATE users SET name = 'a'",
        "DELETE FROM users", "REPLACE INTO users VALUES (1)", "PRAGMA user_version = 3",
        "WITH few(n) AS (VALUES (1)) INSERT INTO users SELECT n FROM few",
        "with few as (select 1) delete from users", "WITH a AS (SELECT 1)\nUpdate users SET id=2",
        "-- SELECT\nDELETE FROM users", "/* SELECT */ DELETE FROM users", "selected", "", " "}) {
    EXPECT_FALSE(reads_only(sql)) << sql;
  }
}

static_assert(reads_only("SELECT 1") && !reads_only("COMMIT"), "while compiling");

}  // namespace
}  // namespace assay::storage
