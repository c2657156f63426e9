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

namespace {

bool is_for_servers(const CoreShares& shares, unsigned core) {
  return shares.server.empty() ||
         std::find(shares.server.begin(), shares.server.end(), core) != shares.server.end();
}

}  // namespace

std::size_t physical_cores_of_servers(const CoreShares& shares,
                                      const std::vector<std::vector<unsigned>>& physical_cores) {
  return static_cast<std::size_t>(
      std::count_if(physical_cores.begin(), physical_cores.end(), [&](const auto& threads) {
        return !threads.empty() && is_for_servers(shares, threads.front());
      }));
}

std::vector<unsigned> cores_of_servers(const CoreShares& shares,
                                       const std::vector<std::vector<unsigned>>& physical_cores) {
  std::size_t threads = 0;
  for (const auto& core : physical_cores) threads = std::max(threads, core.size());
  std::vector<unsigned> cores;
  for (std::size_t thread = 0; thread < threads; ++thread) {
    for (const auto& core : physical_cores) {
      if (thread < core.size() && is_for_servers(shares, core[thread]))
        cores.push_back(core[thread]);
    }
  }
  return cores;
}

}  // namespace assay::lab
