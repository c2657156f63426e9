#include "harness/load/histogram/compact_histogram.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "harness/load/histogram/histogram.h"

namespace assay::load {
namespace {

constexpr unsigned joined_bits = 5;  // 32 places side by side, of the 1,024 of a power of two
constexpr std::array<std::uint64_t, 5> kept{2, 10, 100, 1000, 10'000};  // one in so many beyond

double rank(double q, std::uint64_t count) {
  return std::max(1.0, std::ceil(q * static_cast<double>(count)));
}

}  // namespace

CompactHistogram thinned(const CompactHistogram& whole) {
  CompactHistogram thin = whole;
  thin.places.clear();
  std::uint64_t seen = 0;
  bool may_be_joined = false;
  for (const CompactHistogram::Place& place : whole.places) {
    const auto before = static_cast<double>(seen);
    seen += place.count;
    const bool is_kept = before == 0 || std::any_of(kept.begin(), kept.end(), [&](auto one_in) {
                           const double wanted =
                               rank(1 - 1 / static_cast<double>(one_in), whole.count);
                           return before < wanted && wanted <= static_cast<double>(seen);
                         });
    const bool is_near = !thin.places.empty() &&
                         thin.places.back().index >> joined_bits == place.index >> joined_bits;
    if (is_near && may_be_joined && !is_kept) {
      thin.places.back().index = place.index;
      thin.places.back().count += place.count;
    } else {
      thin.places.push_back(place);
    }
    may_be_joined = !is_kept;
  }
  return thin;
}

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
  const double wanted = rank(q, count);
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
