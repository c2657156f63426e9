#include "server/storage/table.h"

#include <utility>

#include "server/storage/entries.h"

namespace assay::storage {

std::int64_t Table::space() const {
  const std::int64_t number = space_->load(std::memory_order_relaxed);
  if (number == 0) throw StorageError::misuse("a table is used before its database is open");
  return number;
}

template <class Act>
auto Table::write(Act act) const {
  const auto& now = database_->settings().now;
  return database_->write(
      [act = std::move(act), space = space(), &now](Connection& connection) {
        Entries entries(connection, space, now);
        return act(entries);
      },
      Writer::Steps::one);
}

std::optional<Entry> Table::get(std::string_view key) const {
  return database_->read([&](Connection& connection) {
    return Entries(connection, space(), database_->settings().now).get(key);
  });
}

std::int64_t Table::size() const {
  return database_->read([&](Connection& connection) {
    return Entries(connection, space(), database_->settings().now).size();
  });
}

std::vector<std::string> Table::keys(std::string_view prefix, std::string_view after,
                                     std::size_t most) const {
  return database_->read([&](Connection& connection) {
    return Entries(connection, space(), database_->settings().now).keys(prefix, after, most);
  });
}

// A key that is none is refused at once, and takes no place in the queue.
Pending<std::optional<std::int64_t>> Table::add(std::string key, std::string value,
                                                Expires expires) const {
  require_key(key);
  return write([key = std::move(key), value = std::move(value), expires](Entries& entries) {
    return entries.add(key, value, expires);
  });
}

Pending<std::int64_t> Table::put(std::string key, std::string value, Expires expires) const {
  require_key(key);
  return write([key = std::move(key), value = std::move(value), expires](Entries& entries) {
    return entries.put(key, value, expires);
  });
}

Pending<Updated> Table::update(std::string key, std::string value, std::int64_t counter,
                               Expires expires) const {
  require_key(key);
  return write([key = std::move(key), value = std::move(value), counter, expires](
                   Entries& entries) { return entries.update(key, value, counter, expires); });
}

Pending<bool> Table::remove(std::string key) const {
  require_key(key);
  return write([key = std::move(key)](Entries& entries) { return entries.remove(key); });
}

Pending<std::int64_t> Table::clear() const {
  return write([](Entries& entries) { return entries.clear(); });
}

}  // namespace assay::storage
