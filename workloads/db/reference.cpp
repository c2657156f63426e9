// The documents' /db: the first ten of a hundred users, by whichever policy the server was given.
#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "server/app/app.h"
#include "server/storage/database.h"

namespace assay::workloads::db {

using model::field;
using storage::Connection;
using storage::Database;
using storage::Query;

struct User {
  std::int64_t id = 0;
  std::string name;
  std::string email;
  static constexpr auto model() {
    return std::tuple{field<"id">(&User::id), field<"name">(&User::name),
                      field<"email">(&User::email)};
  }
};

constexpr Query<"SELECT id, name, email FROM users LIMIT 10", User> first_users;
constexpr Query<"DELETE FROM users"> remove_users;
constexpr Query<"INSERT INTO users(id, name, email) VALUES (?1, ?2, ?3)"> add_user;

constexpr std::int64_t users = 100;

// With numbers of our own: the documents' ids go on where the last start ended, and their replies
// grow by some bytes with each.
void reset(Connection& connection) {
  connection.run(remove_users);
  for (std::int64_t i = 0; i < users; ++i) {
    const std::string number = std::to_string(i);
    connection.run(add_user, i + 1, "User " + number, "user" + number + "@example.com");
  }
}

void routes(App& app) {
  auto& database = app.service<Database>();
  database.add_migrations("db-workload",
                          {"CREATE TABLE users(id INTEGER PRIMARY KEY AUTOINCREMENT, "
                           "name TEXT NOT NULL, email TEXT NOT NULL)"});
  database.at_open(&reset);
  app.get("/db", [](Service<Database> from) { return from->all(first_users); });
}

}  // namespace assay::workloads::db
