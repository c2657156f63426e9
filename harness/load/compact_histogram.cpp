#include "harness/load/compact_histogram.h"

#include <algorithm>
#include <cmath>

#include "harness/load/histogram.h"

namespace assay::load {

void CompactHistogram::merge(const CompactHistogram& other) {
  std::vector<Place> both;
  both.reserve(places.size() + other.places.size());
  auto theirs = other.places.begin();
  for (const Place& mine : places) {
    while (theirs != other.places.end() && theirs->index < mine.index) both.push_back(*theirs++);
    both.push_back(mine);
    if (theirs == other.places.end() || theirs->index != mine.index) continue;
    both.back().count += theirs++->count;
  }
  both.insert(both.end(), theirs, other.places.end());
  places = std::move(both);
  count += other.count;
  sum_ns += other.sum_ns;
  min_ns = std::min(min_ns, other.min_ns);
  max_ns = std::max(max_ns, other.max_ns);
}

nanoseconds CompactHistogram::percentile(double q) const noexcept {
  const auto wanted = std::max(1.0, std::ceil(q * static_cast<double>(count)));
  std::uint64_t seen = 0;
  for (const Place& place : places) {
    seen += place.count;
    if (static_cast<double>(seen) < wanted) continue;
    return nanoseconds(std::min(Histogram::highest_at(place.index), max_ns));
  }
  return nanoseconds(max_ns);
}

std::optional<nanoseconds> CompactHistogram::all_but_one_in(std::uint64_t one_in) const noexcept {
  if (count < Histogram::fewest_beyond * one_in) return std::nullopt;
  return percentile(1 - 1 / static_cast<double>(one_in));
}

}  // namespace assay::load
