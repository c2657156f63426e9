// What the key-value store keeps under a key. Plain data.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/storage/sql/settings.h"

namespace assay::storage {

// The moment until which an entry lives, and at which it still does. None: for ever.
using Expires = std::optional<TimePoint>;

struct Entry {
  std::string value;
  std::int64_t counter = 0;  // one more at each change; never twice the same for a key
  Expires expires;

  friend bool operator==(const Entry&, const Entry&) = default;
};

// What became of an update.
enum class Updated : std::uint8_t { yes, other_counter, missing };

// A key is Unicode (UTF-8) of 1 to 1024 bytes. Whoever takes keys from outside asks before.
bool is_key(std::string_view text);

}  // namespace assay::storage
