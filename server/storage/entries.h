// The entries of one table by one connection, at once: what tables do through a database, and what
// transactions do themselves.
//
// For one thread; the connection outlives it. Each call is as of one moment of `now`. Throws
// StorageError, ::bad_key where a key is none.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/storage/entry.h"
#include "server/storage/sql/connection.h"
#include "server/storage/sql/settings.h"

namespace assay::storage {

class Entries {
 public:
  Entries(Connection& connection, std::int64_t space, const std::function<TimePoint()>& now)
      : connection_(connection), space_(space), now_(now) {}

  std::optional<Entry> get(std::string_view key);
  std::int64_t size();
  // Those that begin with `prefix`, after `after`, in the order of their bytes.
  std::vector<std::string> keys(std::string_view prefix = {}, std::string_view after = {},
                                std::size_t most = 100);

  std::optional<std::int64_t> add(std::string_view key, std::string_view value,
                                  Expires expires = {});
  std::int64_t put(std::string_view key, std::string_view value, Expires expires = {});
  Updated update(std::string_view key, std::string_view value, std::int64_t counter,
                 Expires expires = {});
  bool remove(std::string_view key);
  std::int64_t clear();

 private:
  struct Place;
  Place place_of(std::string_view key);
  std::int64_t write(const Place& place, std::string_view key, std::string_view value,
                     Expires expires);
  std::int64_t now() const;

  Connection& connection_;
  std::int64_t space_;
  const std::function<TimePoint()>& now_;
};

void require_key(std::string_view key);

}  // namespace assay::storage
