// freetser's get-or-create, with update and delete, in a table as freetser makes it. A read goes by
// the policy's connection; whatever writes is a transaction of the writer's, which by itself shares
// it with those that wait (--no-group-commit: a transaction each, as freetser has it).
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "server/app/app.h"
#include "server/storage/database.h"

namespace assay::workloads::kv {

using model::field;
using storage::Blob;
using storage::BlobView;
using storage::Connection;
using storage::Database;

struct Item {
  std::int64_t counter = 0;
  Blob value;
  static constexpr auto model() {
    return std::tuple{field<"counter">(&Item::counter), field<"value">(&Item::value)};
  }
};

constexpr storage::Query<"SELECT counter, value FROM kv WHERE key = ?1", Item> item_by_key;
constexpr storage::Query<"INSERT INTO kv(key, counter, value) VALUES (?1, 0, ?2)"> add_item;
constexpr storage::Query<"UPDATE kv SET value = ?2, counter = counter + 1 WHERE key = ?1">
    update_item;
constexpr storage::Query<"DELETE FROM kv WHERE key = ?1"> remove_item;

void reset(Connection& connection) {
  connection.execute(
      "DELETE FROM kv;"
      "INSERT INTO kv(key, counter, value) "
      "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 10000) "
      "SELECT CAST(n AS TEXT), 0, CAST('item-' || n AS BLOB) FROM numbers");
}

using Key = Path<"key">;
using From = Service<Database>;

Async<std::string> get_or_create(From database, Key key) {
  std::optional<Item> found = database->one(item_by_key, *key);
  if (!found) {
    // Others may have added it meanwhile.
    auto create = [key = *key](Connection& connection) {
      std::optional<Item> item = connection.one(item_by_key, key);
      if (!item) connection.run(add_item, key, BlobView("item-" + key));
      return item;
    };
    found = co_await database->write(std::move(create));
  }
  if (!found) co_return "Created: " + *key + "\n";
  co_return "Found: " + *key + ", counter=" + std::to_string(found->counter) + "\n";
}

Async<std::string> update_or_create(From database, Key key, const Request& request) {
  auto update = [key = *key, value = std::string(request.body)](Connection& connection) {
    const bool is_updated = connection.run(update_item, key, BlobView(value)) > 0;
    if (!is_updated) connection.run(add_item, key, BlobView(value));
    return is_updated;
  };
  const bool is_updated = co_await database->write(std::move(update));
  co_return (is_updated ? "Updated: " : "Created: ") + *key + "\n";
}

Async<Response> remove(From database, Key key) {
  auto remove = [key = *key](Connection& connection) { return connection.run(remove_item, key); };
  const bool is_removed = co_await database->write(std::move(remove)) > 0;
  co_return Response{is_removed ? 200 : 404, "text/plain; charset=utf-8",
                     (is_removed ? "Deleted: " : "Not found: ") + *key + "\n"};
}

void routes(App& app) {
  auto& database = app.service<Database>();
  database.add_migrations("kv-workload",
                          {"CREATE TABLE kv(key TEXT PRIMARY KEY, counter INTEGER NOT NULL, "
                           "value BLOB NOT NULL) STRICT"});
  database.at_open(&reset);
  app.get("/kv/{key}", get_or_create);
  app.post("/kv/{key}", update_or_create);
  app.del("/kv/{key}", remove);
}

}  // namespace assay::workloads::kv
