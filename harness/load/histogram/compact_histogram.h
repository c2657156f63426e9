// The counts of a Histogram that are not zero: what is kept of each second of a run, and sent from
// one machine to another. Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "harness/load/clock.h"

namespace assay::load {

struct CompactHistogram {
  struct Place {
    std::uint32_t index = 0;  // Histogram::index_of its values
    std::uint64_t count = 0;
    bool operator==(const Place&) const = default;
  };

  std::vector<Place> places;  // by index, none twice, none empty
  std::uint64_t count = 0;
  std::uint64_t sum_ns = 0;
  std::uint64_t min_ns = UINT64_MAX;  // when empty
  std::uint64_t max_ns = 0;

  void merge(const CompactHistogram& other);
  // Both as those of Histogram.
  nanoseconds percentile(double q) const noexcept;  // REQUIRES: 0 <= q <= 1
  std::optional<nanoseconds> all_but_one_in(std::uint64_t one_in) const noexcept;
  bool operator==(const CompactHistogram&) const = default;
};

// One with a tenth of the places or less, for runs of hours: values to 3 % instead of three digits,
// but p50, p90, p99, p99.9, p99.99, the least and the greatest value, the count and the sum as they
// were. Those that were thinned can be merged; then the percentiles are to 3 % too.
CompactHistogram thinned(const CompactHistogram& whole);

}  // namespace assay::load
