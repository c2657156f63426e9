#include "harness/load/pace/arrival_times.h"

#include <cmath>
#include <utility>

namespace assay::load {
namespace {

constexpr double two_to_minus_53 = 0x1p-53;

// Evenly from (0, 1].
double draw(statistics::RandomStream& stream) {
  return static_cast<double>((stream.next() >> 11U) + 1) * two_to_minus_53;
}

}  // namespace

ArrivalTimes::ArrivalTimes(const Rate& rate, nanoseconds warm_up, nanoseconds duration,
                           std::uint64_t seed, Share share)
    : rate_(rate),
      warm_up_s_(in_seconds(warm_up)),
      duration_s_(in_seconds(duration)),
      share_(share),
      stream_(seed) {}

ArrivalTimes::Arrival ArrivalTimes::next() {
  if (ahead_) return *std::exchange(ahead_, std::nullopt);
  return next_reckoned();
}

ArrivalTimes::Arrival ArrivalTimes::next_reckoned() {
  while (true) {
    const double count = next_count();
    const std::uint64_t index = index_++;
    if (index % share_.of == share_.index) return {index, time_of(count)};
  }
}

ArrivalTimes::Batch ArrivalTimes::next_batch(nanoseconds until, std::uint64_t most) {
  if (rate_.arrivals != Arrivals::poisson && !ahead_) {
    const std::uint64_t first =
        index_ + (share_.index + share_.of - index_ % share_.of) % share_.of;
    const std::uint64_t last = first + (most - 1) * share_.of;
    const nanoseconds end = time_of(count_at(last));
    if (end < until) {
      index_ = last + 1;
      return {first, share_.of, most, time_of(count_at(first)), end};
    }
  }
  Batch batch{.step = share_.of};
  while (batch.count < most) {
    const Arrival arrival = next();
    if (arrival.at >= until) {
      ahead_ = arrival;
      break;
    }
    if (batch.count++ == 0) {
      batch.first = arrival.index;
      batch.begin = arrival.at;
    }
    batch.end = arrival.at;
  }
  return batch;
}

// How many requests are expected until the next one is due.
double ArrivalTimes::next_count() {
  if (rate_.arrivals != Arrivals::poisson) return count_at(index_);
  count_ -= std::log(draw(stream_));
  return count_;
}

// Until request `index` is, of those that are not drawn.
double ArrivalTimes::count_at(std::uint64_t index) const {
  const std::uint64_t burst = rate_.arrivals == Arrivals::burst ? rate_.at_once : 1;
  return static_cast<double>(index - index % burst);
}

// The time until which `count` are expected: the inverse of the integral of the rate, which stays
// as it begins while warming up, then changes evenly, and stays as it is at the end.
nanoseconds ArrivalTimes::time_of(double count) const {
  const double first = rate_.per_second;
  const double last = rate_.per_second_at_end;
  const double ramped = count - first * warm_up_s_;  // since the measured time began
  double seconds = count / first;
  if (first != last && ramped > 0) {
    const double growth = (last - first) / duration_s_;
    const double whole = duration_s_ * (first + last) / 2;
    seconds =
        warm_up_s_ + (ramped < whole
                          ? 2 * ramped / (first + std::sqrt(first * first + 2 * growth * ramped))
                          : duration_s_ + (ramped - whole) / last);
  }
  return nanoseconds(std::llround(seconds * 1e9));
}

}  // namespace assay::load
