// Which number stands for a table's name in the entries.
//
// Any thread. A Space lives as long as its Spaces, and keeps its number while the database is open.
#pragma once
#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "server/storage/sql/connection.h"

namespace assay::storage {

// 0: the table is not there yet.
using Space = std::atomic<std::int64_t>;

class Spaces {
 public:
  Space& of(std::string_view name);
  // Makes all that were asked for, where they are missing, and finds their numbers.
  void resolve_all(Connection& connection);

  // The table's number, made where it is missing. In a transaction that is undone it is not there:
  // whoever keeps it waits until it is committed.
  static std::int64_t resolve(Connection& connection, std::string_view name);

 private:
  std::mutex mutex_;  // guards spaces_
  std::map<std::string, Space, std::less<>> spaces_;
};

}  // namespace assay::storage
