#include "harness/load/request/mix.h"

#include <algorithm>

#include "harness/load/request/numbered_draw.h"

namespace assay::load {
namespace {

// Other draws than those within the requests, which the same seed also leads to.
constexpr std::uint64_t other_stream = 0x6d69786564206279U;

}  // namespace

Mix::Mix(const std::vector<unsigned>& weights, std::uint64_t seed)
    : key_(drawn(seed ^ other_stream, 0)) {
  if (weights.size() < 2) return;
  std::uint64_t sum = 0;
  for (const unsigned weight : weights) bounds_.push_back(sum += weight);
}

std::size_t Mix::drawn_part(std::uint64_t number) const {
  const std::uint64_t draw = drawn_up_to(bounds_.back() - 1, key_, number);
  return static_cast<std::size_t>(std::upper_bound(bounds_.begin(), bounds_.end(), draw) -
                                  bounds_.begin());
}

}  // namespace assay::load
