// Removes entries whose time is over: nobody sees them, but they take room.
#pragma once
#include <cstddef>

#include "server/storage/sql/connection.h"
#include "server/storage/sql/settings.h"

namespace assay::storage {

// Of all tables, at most `most`, the oldest first, in one transaction; none where there are none.
// Returns how many.
std::size_t sweep_expired(Connection& connection, TimePoint now, std::size_t most = 500);

}  // namespace assay::storage
