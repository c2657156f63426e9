#include "server/storage/entries.h"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

#include "server/model/utf8.h"

namespace assay::storage {

namespace {

struct Stored {
  Blob value;
  std::int64_t counter = 0;
  std::optional<std::int64_t> expires;

  static constexpr auto model() {
    using model::field;
    return std::tuple{field<"value">(&Stored::value), field<"counter">(&Stored::counter),
                      field<"expires">(&Stored::expires)};
  }
};

struct Life {
  std::int64_t counter = 0;
  std::optional<std::int64_t> expires;

  static constexpr auto model() {
    return std::tuple{model::field<"counter">(&Life::counter),
                      model::field<"expires">(&Life::expires)};
  }
};

constexpr Query<"SELECT value, counter, expires FROM entries WHERE space = ?1 AND key = ?2", Stored>
    entry_by_key;
constexpr Query<
    "SELECT count(*) FROM entries WHERE space = ?1 AND (expires IS NULL OR expires >= ?2)",
    std::int64_t>
    number_alive;
constexpr Query<
    "SELECT key FROM entries WHERE space = ?1 AND key >= ?2 AND key <> ?3 AND key < ?4 "
    "AND (expires IS NULL OR expires >= ?5) ORDER BY key LIMIT ?6",
    std::string>
    keys_between;
constexpr Query<"SELECT counter, expires FROM entries WHERE space = ?1 AND key = ?2", Life>
    life_by_key;
constexpr Query<"SELECT first_counter FROM spaces WHERE id = ?1", std::int64_t> first_counter;
// Without RETURNING, for which SQLite makes a table of its own each time: four times the cost of
// this one and a look before it.
constexpr Query<
    "INSERT INTO entries(space, key, counter, expires, value) VALUES (?1, ?2, ?3 + 1, ?4, ?5) "
    "ON CONFLICT(space, key) DO UPDATE SET counter = excluded.counter, "
    "expires = excluded.expires, value = excluded.value">
    put_entry;
constexpr Query<
    "UPDATE entries SET counter = counter + 1, expires = ?4, value = ?5 "
    "WHERE space = ?1 AND key = ?2 AND counter = ?3 AND (expires IS NULL OR expires >= ?6)">
    update_entry;
constexpr Query<
    "DELETE FROM entries WHERE space = ?1 AND key = ?2 AND (expires IS NULL OR expires >= ?3)">
    remove_entry;
constexpr Query<"DELETE FROM entries WHERE space = ?1"> remove_all;

using Milliseconds = std::optional<std::int64_t>;

Milliseconds stored(Expires expires) {
  return expires ? Milliseconds(expires->time_since_epoch().count()) : std::nullopt;
}

TimePoint moment(std::int64_t milliseconds) {
  return TimePoint(std::chrono::milliseconds(milliseconds));
}

// The first text after all that begin with it. No byte of UTF-8 is the highest there is.
std::string end_of(std::string_view prefix) {
  if (prefix.empty()) return "\xFF";
  std::string end(prefix);
  end.back() = static_cast<char>(static_cast<unsigned char>(end.back()) + 1);
  return end;
}

}  // namespace

bool is_key(std::string_view text) {
  return !text.empty() && text.size() <= 1024 && model::is_utf8(text);
}

void require_key(std::string_view key) {
  if (!is_key(key)) throw StorageError::bad_key(key.size());
}

std::int64_t Entries::now() const { return now_().time_since_epoch().count(); }

// Under a key: what the counter was before the next write, whether or not its time is over.
struct Entries::Place {
  std::int64_t counter_before = -1;
  bool is_taken = false;  // by an entry that is alive
};

Entries::Place Entries::place_of(std::string_view key) {
  const auto there = connection_.one(life_by_key, space_, key);
  if (!there) return {connection_.one(first_counter, space_).value_or(0) - 1, false};
  return {there->counter, !(there->expires && *there->expires < now())};
}

std::int64_t Entries::write(const Place& place, std::string_view key, std::string_view value,
                            Expires expires) {
  connection_.run(put_entry, space_, key, place.counter_before, stored(expires), BlobView(value));
  return place.counter_before + 1;
}

// The clock is asked only where it matters: that takes longer than all the rest but the query.
std::optional<Entry> Entries::get(std::string_view key) {
  require_key(key);
  auto stored = connection_.one(entry_by_key, space_, key);
  if (!stored || (stored->expires && *stored->expires < now())) return std::nullopt;
  Entry entry{std::move(stored->value.bytes), stored->counter, std::nullopt};
  if (stored->expires) entry.expires = moment(*stored->expires);
  return entry;
}

std::int64_t Entries::size() { return connection_.one(number_alive, space_, now()).value_or(0); }

std::vector<std::string> Entries::keys(std::string_view prefix, std::string_view after,
                                       std::size_t most) {
  constexpr std::size_t all = std::numeric_limits<std::int64_t>::max();
  return connection_.all(keys_between, space_, std::max(prefix, after), after, end_of(prefix),
                         now(), std::min(most, all));
}

std::optional<std::int64_t> Entries::add(std::string_view key, std::string_view value,
                                         Expires expires) {
  require_key(key);
  const Place place = place_of(key);
  if (place.is_taken) return std::nullopt;
  return write(place, key, value, expires);
}

std::int64_t Entries::put(std::string_view key, std::string_view value, Expires expires) {
  require_key(key);
  return write(place_of(key), key, value, expires);
}

Updated Entries::update(std::string_view key, std::string_view value, std::int64_t counter,
                        Expires expires) {
  require_key(key);
  const std::int64_t now = this->now();
  if (connection_.run(update_entry, space_, key, counter, stored(expires), BlobView(value), now)) {
    return Updated::yes;
  }
  const auto there = connection_.one(entry_by_key, space_, key);
  const bool is_alive = there && !(there->expires && *there->expires < now);
  return is_alive ? Updated::other_counter : Updated::missing;
}

bool Entries::remove(std::string_view key) {
  require_key(key);
  return connection_.run(remove_entry, space_, key, now()) > 0;
}

std::int64_t Entries::clear() {
  const std::int64_t alive = size();
  connection_.run(remove_all, space_);
  return alive;
}

}  // namespace assay::storage
