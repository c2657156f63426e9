#include "server/program/storage_app.h"

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "server/storage/store.h"

namespace assay {
namespace {

using model::field;
using storage::Store;
using storage::Table;

struct Value {
  std::string value;
  static constexpr auto model() { return std::tuple{field<"value">(&Value::value)}; }
};

struct Change {
  std::string value;
  std::int64_t counter = 0;
  static constexpr auto model() {
    return std::tuple{field<"value">(&Change::value), field<"counter">(&Change::counter)};
  }
};

struct Move {
  std::string from;
  std::string to;
  std::int64_t amount = 0;
  static constexpr auto model() {
    return std::tuple{field<"from">(&Move::from), field<"to">(&Move::to),
                      field<"amount">(&Move::amount)};
  }
};

struct User {
  std::int64_t id = 0;
  std::string name;
  static constexpr auto model() {
    return std::tuple{field<"id">(&User::id), field<"name">(&User::name)};
  }
};

constexpr storage::Query<"SELECT id, name FROM users ORDER BY id", User> all_users;
constexpr storage::Query<"INSERT INTO users(name) VALUES (?1)"> add_user;

// Throws what answers the request; the transaction is undone.
void move(storage::Entries entries, const Move& wish) {
  const auto amount_of = [&entries](const std::string& key) {
    const auto entry = entries.get(key);
    if (!entry) throw not_found("there is no " + key);
    return std::stoll(entry->value);
  };
  entries.put(wish.from, std::to_string(amount_of(wish.from) - wish.amount));
  entries.put(wish.to, std::to_string(amount_of(wish.to) + wish.amount));
  if (amount_of(wish.from) < 0) throw conflict("there is not so much");
}

void add_entries(App& app, const Table& entries) {
  app.get("/entries", [entries] { return entries.keys(); });
  app.get("/entries/{key}", [entries](Path<"key"> key) -> std::optional<Change> {
    auto entry = entries.get(*key);
    if (!entry) return std::nullopt;
    return Change{std::move(entry->value), entry->counter};
  });
  app.post("/entries/{key}",
           [entries](Path<"key"> key, Body<Value> value) -> Async<Created<Value>> {
             const auto added = co_await entries.add(*key, value->value);
             if (!added) throw conflict("it is there");
             co_return Created<Value>{{value->value}, {}};
           });
  app.put("/entries/{key}", [entries](Path<"key"> key, Body<Value> value) -> Async<std::int64_t> {
    const std::int64_t counter = co_await entries.put(*key, value->value);
    co_return counter;
  });
  app.patch("/entries/{key}", [entries](Path<"key"> key, Body<Change> change) -> Async<void> {
    const storage::Updated updated = co_await entries.update(*key, change->value, change->counter);
    if (updated == storage::Updated::missing) throw not_found("it is not there");
    if (updated == storage::Updated::other_counter) throw conflict("it was changed");
  });
  app.del("/entries/{key}", [entries](Path<"key"> key) -> Async<void> {
    const bool removed = co_await entries.remove(*key);
    if (!removed) throw not_found("it is not there");
  });
}

}  // namespace

void add_storage_routes(App& app, const WakePipe& begun, const WakePipe& go_on) {
  app.service<storage::Database>().add_migrations(
      "users", {"CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)"});
  const Table entries = app.service<Store>().table("entries");
  add_entries(app, entries);
  // The acts have names: gcc 12 frees what a lambda holds twice that is written within a co_await.
  app.post("/moves", [entries](Body<Move> wish, Service<Store> store) -> Async<void> {
    auto act = [entries, given = *wish](storage::Transaction& transaction) {
      move(transaction.table(entries), given);
    };
    co_await store->transaction(std::move(act));
  });
  app.get("/users", [](Service<storage::Database> database) { return database->all(all_users); });
  app.post("/users",
           [](Body<Value> name, Service<storage::Database> database) -> Async<std::int64_t> {
             auto act = [given = name->value](storage::Connection& connection) {
               connection.run(add_user, given);
               return connection.last_id();
             };
             const std::int64_t id = co_await database->write(std::move(act));
             co_return id;
           });
  app.post("/held", [&begun, &go_on](Service<storage::Database> database) -> Async<void> {
    auto act = [&begun, &go_on](storage::Connection&) {
      begun.ring();
      go_on.is_rung();
    };
    co_await database->write(std::move(act));
  });
}

}  // namespace assay
