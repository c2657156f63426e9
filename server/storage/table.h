// One table of the key-value store, by its database: reads by the policy's connection, writes by
// the writer. A small value; its store outlives it. Any thread.
//
// A write is over when its Pending says so. Throws StorageError, ::bad_key where a key is none.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/storage/database.h"
#include "server/storage/entry.h"
#include "server/storage/spaces.h"
#include "server/storage/writing/pending.h"

namespace assay::storage {

class Table {
 public:
  Table(Database& database, const Space& space) : database_(&database), space_(&space) {}

  std::optional<Entry> get(std::string_view key) const;
  std::int64_t size() const;
  // Those that begin with `prefix`, after `after`, in the order of their bytes.
  std::vector<std::string> keys(std::string_view prefix = {}, std::string_view after = {},
                                std::size_t most = 100) const;

  // Gives the counter that it has now; none: the key is there.
  Pending<std::optional<std::int64_t>> add(std::string key, std::string value,
                                           Expires expires = {}) const;
  // Adds or replaces; gives the counter that it has now.
  Pending<std::int64_t> put(std::string key, std::string value, Expires expires = {}) const;
  // Only where the counter is still `counter`, which becomes one more.
  Pending<Updated> update(std::string key, std::string value, std::int64_t counter,
                          Expires expires = {}) const;
  Pending<bool> remove(std::string key) const;  // false: the key is not there
  Pending<std::int64_t> clear() const;          // how many there were

 private:
  friend class Transaction;
  std::int64_t space() const;
  template <class Act>
  auto write(Act act) const;

  Database* database_;
  const Space* space_;
};

}  // namespace assay::storage
