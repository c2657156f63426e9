#include "harness/load/histogram/histogram.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace assay::load {

Histogram::Histogram()
    : counts_(((index_of(highest_ns) >> half_magnitude) + 1) << half_magnitude) {}

void Histogram::record(nanoseconds latency) noexcept {
  const auto value = std::min(
      static_cast<std::uint64_t>(std::max<nanoseconds::rep>(latency.count(), 0)), highest_ns);
  ++counts_[index_of(value)];
  ++count_;
  sum_ += value;
  min_ = std::min(min_, value);
  max_ = std::max(max_, value);
}

void Histogram::record(nanoseconds latency, std::uint64_t times) noexcept {
  if (times == 0) return;
  record(latency);
  const auto value = std::min(
      static_cast<std::uint64_t>(std::max<nanoseconds::rep>(latency.count(), 0)), highest_ns);
  counts_[index_of(value)] += times - 1;
  count_ += times - 1;
  sum_ += value * (times - 1);
}

void Histogram::merge(const Histogram& other) noexcept {
  std::transform(counts_.begin(), counts_.end(), other.counts_.begin(), counts_.begin(),
                 std::plus<>());
  count_ += other.count_;
  sum_ += other.sum_;
  min_ = std::min(min_, other.min_);
  max_ = std::max(max_, other.max_);
}

void Histogram::merge(const CompactHistogram& other) noexcept {
  for (const CompactHistogram::Place& place : other.places) counts_[place.index] += place.count;
  count_ += other.count;
  sum_ += other.sum_ns;
  min_ = std::min(min_, other.min_ns);
  max_ = std::max(max_, other.max_ns);
}

// From the least to the greatest: a histogram of one second holds little between, and a loop that
// has one closed every second shall not be held up by the places of an hour.
CompactHistogram Histogram::compact() const {
  CompactHistogram all{{}, count_, sum_, min_, max_};
  if (count_ == 0) return all;
  for (std::size_t index = index_of(min_); index <= index_of(max_); ++index) {
    if (counts_[index] == 0) continue;
    all.places.push_back({static_cast<std::uint32_t>(index), counts_[index]});
  }
  return all;
}

void Histogram::clear() noexcept {
  if (count_ == 0) return;
  const auto begin = counts_.begin();
  std::fill(begin + static_cast<std::ptrdiff_t>(index_of(min_)),
            begin + static_cast<std::ptrdiff_t>(index_of(max_)) + 1, 0);
  count_ = sum_ = max_ = 0;
  min_ = UINT64_MAX;
}

nanoseconds Histogram::min() const noexcept { return nanoseconds(count_ == 0 ? 0 : min_); }

nanoseconds Histogram::max() const noexcept { return nanoseconds(max_); }

double Histogram::mean_ns() const noexcept {
  return count_ == 0 ? 0 : static_cast<double>(sum_) / static_cast<double>(count_);
}

nanoseconds Histogram::percentile(double q) const noexcept {
  if (count_ == 0) return nanoseconds(0);
  const auto wanted = std::max(1.0, std::ceil(q * static_cast<double>(count_)));
  std::uint64_t seen = 0;
  for (std::size_t index = 0; index < counts_.size(); ++index) {
    seen += counts_[index];
    if (static_cast<double>(seen) >= wanted) return nanoseconds(std::min(highest_at(index), max_));
  }
  return max();
}

std::optional<nanoseconds> Histogram::all_but_one_in(std::uint64_t one_in) const noexcept {
  if (count_ < fewest_beyond * one_in) return std::nullopt;
  return percentile(1 - 1 / static_cast<double>(one_in));
}

}  // namespace assay::load
