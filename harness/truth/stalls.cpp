#include "harness/truth/stalls.h"

namespace assay::truth {

Stalls::Stalls(TimePoint began, nanoseconds every, nanoseconds lasts)
    : began_(began), every_(every), lasts_(lasts) {}

TimePoint Stalls::awake(TimePoint moment) const noexcept {
  if (lasts_ == nanoseconds(0)) return moment;
  const nanoseconds into_period = (moment - began_) % every_;
  return into_period < every_ - lasts_ ? moment : moment + (every_ - into_period);
}

TimePoint Stalls::done(TimePoint start, nanoseconds work) const noexcept {
  const TimePoint begins = awake(start);
  if (lasts_ == nanoseconds(0) || work == nanoseconds(0)) return begins + work;
  const nanoseconds awake_time = every_ - lasts_;
  const nanoseconds into_period = (begins - began_) % every_;
  const nanoseconds left = awake_time - into_period;
  if (work <= left) return begins + work;
  // What ends together with a period's work ends before its stall, not after it.
  const nanoseconds beyond = work - left;
  const auto whole_periods = (beyond - nanoseconds(1)) / awake_time;
  const TimePoint next_period = begins + (every_ - into_period);
  return next_period + whole_periods * every_ + (beyond - whole_periods * awake_time);
}

}  // namespace assay::truth
