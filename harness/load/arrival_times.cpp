#include "harness/load/arrival_times.h"

#include <cmath>

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
  while (true) {
    const double count = next_count();
    const std::uint64_t index = index_++;
    if (index % share_.of == share_.index) return {index, time_of(count)};
  }
}

// How many requests are expected until the next one is due.
double ArrivalTimes::next_count() {
  switch (rate_.arrivals) {
    case Arrivals::constant: return static_cast<double>(index_);
    case Arrivals::burst: return static_cast<double>(index_ - index_ % rate_.at_once);
    case Arrivals::poisson: count_ -= std::log(draw(stream_)); break;
  }
  return count_;
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
