// Reads by key, updates and computation on the same server.
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "server/app/app.h"
#include "server/storage/database.h"
#include "workloads/sum_of_squares.h"

namespace assay::workloads::mixed {

using model::field;
using storage::Connection;
using storage::Database;

struct Item {
  std::int64_t id = 0;
  std::string name;
  std::int64_t counter = 0;
  static constexpr auto model() {
    return std::tuple{field<"id">(&Item::id), field<"name">(&Item::name),
                      field<"counter">(&Item::counter)};
  }
};

struct Counted {
  std::int64_t id = 0;
  std::int64_t counter = 0;
  static constexpr auto model() {
    return std::tuple{field<"id">(&Counted::id), field<"counter">(&Counted::counter)};
  }
};

constexpr storage::Query<"SELECT id, name, counter FROM items WHERE id = ?1", Item> item_by_id;
constexpr storage::Query<
    "UPDATE items SET counter = counter + 1 WHERE id = ?1 RETURNING id, counter", Counted>
    count_item;

void reset(Connection& connection) {
  connection.execute(
      "DELETE FROM items;"
      "INSERT INTO items(id, name, counter) "
      "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 10000) "
      "SELECT n, 'item-' || n, 0 FROM numbers");
}

using Id = Path<"id", std::int64_t>;
using From = Service<Database>;

std::optional<Item> item(From database, Id id) { return database->one(item_by_id, *id); }

Async<std::optional<Counted>> count(From database, Id id) {
  auto count = [id = *id](Connection& connection) { return connection.one(count_item, id); };
  co_return co_await database->write(std::move(count));
}

void routes(App& app) {
  auto& database = app.service<Database>();
  database.add_migrations(
      "mixed-workload",
      {"CREATE TABLE items(id INTEGER PRIMARY KEY, name TEXT NOT NULL, counter INTEGER NOT NULL)"});
  database.at_open(&reset);
  app.get("/mixed/items/{id:int}", item);
  app.post("/mixed/items/{id:int}", count);
  app.get("/mixed/cpu", [] { return sum_of_squares(100'000); });
}

}  // namespace assay::workloads::mixed
