#include "harness/lab/core_shares.h"

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

}  // namespace assay::lab
