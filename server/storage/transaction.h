// Several reads and writes of several tables that stand or fall together. It sees what it wrote.
//
//   auto move = [=](Transaction& t) {
//     Entries from = t.table(accounts);
//     ...
//   };
//   co_await store.transaction(std::move(move));
//
// Belongs to the writer's thread, and ends with the routine that was given it.
#pragma once
#include <type_traits>

#include "server/storage/entries.h"
#include "server/storage/table.h"

namespace assay::storage {

class Transaction {
 public:
  Transaction(Connection& connection, const std::function<TimePoint()>& now)
      : connection_(connection), now_(now) {}

  Entries table(const Table& table) { return {connection_, table.space(), now_}; }
  // A part that is undone alone, if it throws.
  template <class Act>
  std::invoke_result_t<Act&> part(Act act) {
    return connection_.transaction(act);
  }
  Connection& connection() { return connection_; }  // for SQL, in the same transaction

 private:
  Connection& connection_;
  const std::function<TimePoint()>& now_;
};

}  // namespace assay::storage
