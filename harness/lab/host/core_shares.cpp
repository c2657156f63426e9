#include "harness/lab/host/core_shares.h"

#include <algorithm>
#include <cstddef>

namespace assay::lab {

CoreShares shares_of(const std::vector<std::vector<unsigned>>& physical_cores) {
  constexpr std::size_t fewest = 4;
  CoreShares shares;
  if (physical_cores.size() < fewest) return shares;
  const std::size_t of_server = physical_cores.size() - physical_cores.size() / 3;
  for (std::size_t i = 0; i < physical_cores.size(); ++i) {
    std::vector<unsigned>& side = i < of_server ? shares.server : shares.client;
    side.insert(side.end(), physical_cores[i].begin(), physical_cores[i].end());
  }
  return shares;
}

std::vector<unsigned> cores_of_servers(const CoreShares& shares,
                                       const std::vector<std::vector<unsigned>>& physical_cores) {
  const auto is_for_servers = [&](unsigned core) {
    return shares.server.empty() ||
           std::find(shares.server.begin(), shares.server.end(), core) != shares.server.end();
  };
  std::size_t threads = 0;
  for (const auto& core : physical_cores) threads = std::max(threads, core.size());
  std::vector<unsigned> cores;
  for (std::size_t thread = 0; thread < threads; ++thread) {
    for (const auto& core : physical_cores) {
      if (thread < core.size() && is_for_servers(core[thread])) cores.push_back(core[thread]);
    }
  }
  return cores;
}

}  // namespace assay::lab
