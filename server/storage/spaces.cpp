#include "server/storage/spaces.h"

namespace assay::storage {

namespace {

constexpr Query<"INSERT INTO spaces(name) VALUES (?1) ON CONFLICT(name) DO NOTHING"> add_space;
constexpr Query<"SELECT id FROM spaces WHERE name = ?1", std::int64_t> space_by_name;

}  // namespace

Space& Spaces::of(std::string_view name) {
  const std::lock_guard lock(mutex_);
  const auto found = spaces_.find(name);
  return found != spaces_.end() ? found->second
                                : spaces_.try_emplace(std::string(name), 0).first->second;
}

void Spaces::resolve_all(Connection& connection) {
  const std::lock_guard lock(mutex_);
  for (auto& [name, space] : spaces_) space = resolve(connection, name);
}

std::int64_t Spaces::resolve(Connection& connection, std::string_view name) {
  if (const auto id = connection.one(space_by_name, name)) return *id;
  connection.run(add_space, name);
  return connection.one(space_by_name, name).value();
}

}  // namespace assay::storage
