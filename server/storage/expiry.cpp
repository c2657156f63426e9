#include "server/storage/expiry.h"

namespace assay::storage {

namespace {

constexpr Query<"SELECT EXISTS (SELECT 1 FROM entries WHERE expires < ?1)", bool> any_expired;
constexpr Query<
    "DELETE FROM entries WHERE rowid IN "
    "(SELECT rowid FROM entries WHERE expires < ?1 ORDER BY expires LIMIT ?2)">
    remove_expired;

}  // namespace

// Looks first: a transaction that finds nothing would still keep other writers off.
std::size_t sweep_expired(Connection& connection, TimePoint now, std::size_t most) {
  const std::int64_t moment = now.time_since_epoch().count();
  if (!connection.one(any_expired, moment).value_or(false)) return 0;
  return connection.transaction(
      [&] { return static_cast<std::size_t>(connection.run(remove_expired, moment, most)); });
}

}  // namespace assay::storage
