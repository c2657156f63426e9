// The key-value store: tables of entries by key, each with a value, a counter of its changes, and a
// time to live.
//
//   Store store(database);                       // before database.open()
//   const Table users = store.table("users");
//   co_await users.add("ann", "1");              // its counter; none: the key is there
//   if (auto entry = users.get("ann")) co_await users.update("ann", "2", entry->counter);
//   auto both = [=](Transaction& t) { ...; return result; };
//   co_await store.transaction(std::move(both));
//
// A routine gets its name first: gcc 12 frees the captures of one that is written within `co_await`
// twice.
// Any thread. Reads are the newest committed state; writes are done in the order in which they were
// submitted, and acknowledged once they are on the disk. An entry whose time is over is not there,
// whether or not it was swept away. No counter comes twice under a key, also where its entry was
// removed meanwhile: who knows a counter knows what it stood for. What a transaction throws undoes
// all of it and nothing else; it may be called more than once, and has no effect but on the store.
#pragma once
#include <string_view>
#include <type_traits>
#include <utility>

#include "server/storage/database.h"
#include "server/storage/spaces.h"
#include "server/storage/table.h"
#include "server/storage/transaction.h"

namespace assay::storage {

class Store {
 public:
  explicit Store(Database& database);  // adds its migrations
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  // Made where it is missing. A name that is asked for before `open` costs nothing later; one that
  // is new after it costs a write, which this waits for.
  Table table(std::string_view name);

  // `act(Transaction&)`; what it returns is the outcome.
  template <class F>
  Pending<std::invoke_result_t<F&, Transaction&>> transaction(F act) {
    return database_.write(
        [act = std::move(act), &now = database_.settings().now](Connection& connection) mutable {
          Transaction transaction(connection, now);
          return act(transaction);
        });
  }

 private:
  Database& database_;
  Spaces spaces_;
  std::atomic<bool> is_open_ = false;
};

}  // namespace assay::storage
