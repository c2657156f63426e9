// Latencies in nanoseconds, counted in the buckets of an HdrHistogram: three significant digits
// from 1 ns to an hour. Recording takes constant time and no allocation after construction.
//
// One thread at a time; a thread records into its own, and `merge` adds them up. The layout is that
// of HdrHistogram with unit magnitude 0 and 2,048 sub-buckets (`index_of` is its counts index), so
// that its file formats can hold our counts as they are.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "harness/load/clock.h"
#include "harness/load/histogram/compact_histogram.h"

namespace assay::load {

class Histogram {
 public:
  static constexpr std::uint64_t highest_ns = 3'600'000'000'000;  // longer ones count as this
  static constexpr std::uint64_t fewest_beyond = 100;             // that support a percentile

  Histogram();

  void record(nanoseconds latency) noexcept;
  void record(nanoseconds latency, std::uint64_t times) noexcept;
  void merge(const Histogram& other) noexcept;
  void merge(const CompactHistogram& other) noexcept;
  void clear() noexcept;
  CompactHistogram compact() const;

  std::uint64_t count() const noexcept { return count_; }
  nanoseconds min() const noexcept;  // exact; 0 when empty
  nanoseconds max() const noexcept;  // exact; 0 when empty
  double mean_ns() const noexcept;   // exact; 0 when empty
  // The least value that a share `q` of the latencies does not exceed, to three digits and never
  // above max(): percentile(0.99) is p99. 0 when empty.
  nanoseconds percentile(double q) const noexcept;  // REQUIRES: 0 <= q <= 1
  // The percentile that one in `one_in` lies beyond: 100 gives p99. Nothing when fewer than a
  // hundred do: it would be the luck of those few. A whole number, because 1 - 0.9999 is no
  // ten-thousandth.
  std::optional<nanoseconds> all_but_one_in(std::uint64_t one_in) const noexcept;

  static constexpr std::size_t index_of(std::uint64_t value) noexcept;
  static constexpr std::uint64_t highest_at(std::size_t index) noexcept;
  const std::vector<std::uint64_t>& counts() const noexcept { return counts_; }

 private:
  static constexpr unsigned half_magnitude = 10;  // 2^11 sub-buckets, of which half are new ones
  static constexpr std::uint64_t half_count = 1U << half_magnitude;
  static constexpr std::uint64_t mask = 2 * half_count - 1;

  std::vector<std::uint64_t> counts_;
  std::uint64_t count_ = 0;
  std::uint64_t sum_ = 0;  // 4,096 connections reach 2^64 ns in 52 days
  std::uint64_t min_ = UINT64_MAX;
  std::uint64_t max_ = 0;
};

constexpr std::size_t Histogram::index_of(std::uint64_t value) noexcept {
  const auto bucket = static_cast<unsigned>(std::bit_width(value | mask)) - half_magnitude - 1;
  return ((bucket + std::size_t{1}) << half_magnitude) + (value >> bucket) - half_count;
}

// The highest value that falls into the same place.
constexpr std::uint64_t Histogram::highest_at(std::size_t index) noexcept {
  if (index <= mask) return index;
  const std::size_t bucket = (index >> half_magnitude) - 1;
  const std::uint64_t sub_bucket = (index & (half_count - 1)) + half_count;
  return ((sub_bucket + 1) << bucket) - 1;
}

}  // namespace assay::load
