#include "harness/truth/alarm.h"

#include <sys/timerfd.h>

#include <algorithm>

namespace assay::truth {
namespace {

constexpr long long nanoseconds_a_second = 1'000'000'000;

// 0 would switch it off.
itimerspec single(long long nanoseconds) {
  itimerspec when{};
  when.it_value.tv_sec = static_cast<time_t>(nanoseconds / nanoseconds_a_second);
  when.it_value.tv_nsec = static_cast<long>(nanoseconds % nanoseconds_a_second);
  return when;
}

}  // namespace

Alarm::Alarm() : file_(timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC)) {}

// The steady clock is CLOCK_MONOTONIC, from the same zero.
void Alarm::set(load::TimePoint when) {
  const load::nanoseconds since_zero = when.time_since_epoch();
  const itimerspec value = single(std::max<long long>(since_zero.count(), 1));
  timerfd_settime(file_.number(), TFD_TIMER_ABSTIME, &value, nullptr);
}

void Alarm::quiet() {
  const itimerspec never = single(0);
  timerfd_settime(file_.number(), TFD_TIMER_ABSTIME, &never, nullptr);
}

}  // namespace assay::truth
