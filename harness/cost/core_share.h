// Which cores belong to the server under test and which to the client. Pure; any thread.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace assay::cost {

// Both empty: there are too few cores to keep them apart, and everybody runs everywhere.
struct CoreShare {
  std::vector<int> server;
  std::vector<int> client;

  bool is_apart() const { return !server.empty(); }
};

// The last `wanted` cores for the server and all others for the client, of which there is one at
// least. The last, because interrupts and whatever else runs tend towards the first.
CoreShare core_share(std::span<const int> usable, std::size_t wanted);

}  // namespace assay::cost
