#include "harness/load/summary/second_log.h"

#include <algorithm>
#include <utility>

namespace assay::load {

void SecondLog::begin(TimePoint begin, std::size_t last, nanoseconds length) {
  begin_ = begin;
  last_ = last;
  length_ = length;
}

std::size_t SecondLog::number_of(TimePoint time) const {
  if (time <= begin_) return 0;
  return std::min(last_, static_cast<std::size_t>((time - begin_) / length_));
}

void SecondLog::add(const Outcome& outcome) {
  go_on(outcome.ended);
  ++(outcome.error ? open_.errors : open_.requests);
  if (is_timed(outcome)) latency_.record(outcome.latency());
}

void SecondLog::go_on(TimePoint now) {
  const std::size_t number = number_of(now);
  if (number > number_) close_before(number);
}

void SecondLog::end() { close_before(number_ + 1); }

void SecondLog::close_before(std::size_t number) {
  open_.latency = latency_.compact();
  latency_.clear();
  const std::lock_guard lock(mutex_);
  closed_.resize(number);
  closed_[number_] = std::move(open_);
  open_ = Second();
  number_ = number;
}

std::size_t SecondLog::closed() const {
  const std::lock_guard lock(mutex_);
  return closed_.size();
}

Second SecondLog::take(std::size_t number) {
  const std::lock_guard lock(mutex_);
  return std::exchange(closed_[number], Second());
}

}  // namespace assay::load
