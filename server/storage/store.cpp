#include "server/storage/store.h"

#include <string>

#include "server/storage/expiry.h"

namespace assay::storage {

namespace {

// With a rowid, because an entry that does not fit a page with some others makes a table without
// one slow: a get of 1,000 bytes takes 4 times as long there, of 10 KiB 7 times, and the file is
// up to 3 times as large. Entries of 20 bytes would be had in half the time.
constexpr auto* first_schema =
    "CREATE TABLE spaces(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;"
    "CREATE TABLE entries("
    "  space INTEGER NOT NULL,"
    "  key TEXT NOT NULL,"
    "  counter INTEGER NOT NULL,"
    "  expires INTEGER,"  // milliseconds since 1970
    "  value BLOB NOT NULL,"
    "  PRIMARY KEY(space, key)) STRICT;"
    "CREATE INDEX entries_by_expiry ON entries(expires) WHERE expires IS NOT NULL;";

// What an entry counted to that is gone, none of its table counts to again: else who read the old
// one could change another under its key unseen. However it is removed: by a key, all, or swept.
constexpr auto* counters_that_are_new =
    "ALTER TABLE spaces ADD COLUMN first_counter INTEGER NOT NULL DEFAULT 0;"
    "CREATE TRIGGER counters_are_not_used_again AFTER DELETE ON entries BEGIN"
    "  UPDATE spaces SET first_counter = OLD.counter + 1"
    "    WHERE id = OLD.space AND first_counter <= OLD.counter;"
    "END;";

}  // namespace

Store::Store(Database& database) : database_(database) {
  database.add_migrations("store", {first_schema, counters_that_are_new});
  database.at_open([this](Connection& connection) {
    spaces_.resolve_all(connection);
    is_open_ = true;
  });
  database.add_sweep([&now = database.settings().now](Connection& connection) {
    return sweep_expired(connection, now());
  });
}

Table Store::table(std::string_view name) {
  Space& space = spaces_.of(name);
  if (is_open_ && space == 0) {
    space = database_
                .write([name = std::string(name)](Connection& connection) {
                  return Spaces::resolve(connection, name);
                })
                .get();
  }
  return {database_, space};
}

}  // namespace assay::storage
