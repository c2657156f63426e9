// Bringing a database file's schema up to date, part by part. Parts know nothing of each other.
//
// One thread; any number of processes at once: each migration is done once in a file's life. All
// that a start has to do is one transaction: where one fails, the file is as it was, and the
// program that it was for goes on with it.
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

// Throws StorageError::foreign where the file has tables, and never had a migration of ours.
void require_ours(Connection& connection);

// Throws StorageError::newer_schema, and does nothing, where the file knows a later version of a
// part; misuse where two parts have one name, or a migration begins or
// ends a transaction.
void migrate(Connection& connection, const std::vector<Part>& parts);

}  // namespace assay::storage
