// Bringing a database file's schema up to date, part by part. Parts know nothing of each other.
//
// One thread; any number of processes at once: each migration is done once in a file's life, in a
// transaction of its own. One that fails leaves the file as the one before it did.
#pragma once
#include <string>
#include <vector>

#include "server/storage/sql/connection.h"

namespace assay::storage {

// The n-th migration brings the part from version n - 1 to n: statements without arguments, and
// without BEGIN or COMMIT. What was once released is never changed, only followed by another.
struct Part {
  std::string name;
  std::vector<std::string> migrations;
};

// Throws StorageError::newer_schema, and does nothing, where the file knows a later version of a
// part; misuse where two parts have one name, or a migration begins or
// ends a transaction.
void migrate(Connection& connection, const std::vector<Part>& parts);

}  // namespace assay::storage
