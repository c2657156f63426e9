#include "harness/truth/fault.h"

#include <numeric>

#include "harness/truth/draw.h"

namespace assay::truth {

std::uint64_t FateCounts::total() const {
  return std::accumulate(counts_.begin(), counts_.end(), std::uint64_t{0});
}

Fate fate_of(const Faults& faults, std::uint64_t seed, std::uint64_t request) noexcept {
  struct Share {
    Fate fate;
    double share;
  };
  const std::array shares{
      Share{Fate::error, faults.error},         Share{Fate::reset, faults.reset},
      Share{Fate::truncated, faults.truncated}, Share{Fate::wrong, faults.wrong},
      Share{Fate::slow, faults.slow},           Share{Fate::silent, faults.silent}};
  const double drawn = draw(seed, Purpose::fate, request);
  double end = 0;
  for (const Share& each : shares) {
    end += each.share;
    if (drawn < end) return each.fate;
  }
  return Fate::right;
}

FateCounts fates_of_first(const Faults& faults, std::uint64_t seed, std::uint64_t requests) {
  FateCounts counts;
  for (std::uint64_t request = 0; request < requests; ++request) {
    counts.add(fate_of(faults, seed, request));
  }
  return counts;
}

}  // namespace assay::truth
