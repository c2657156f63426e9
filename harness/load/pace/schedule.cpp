#include "harness/load/pace/schedule.h"

#include <algorithm>

#include "harness/load/pace/warm_up.h"

namespace assay::load {
namespace {

std::uint64_t requests_of_share(const Job& job) {
  const std::uint64_t all = job.requests.value_or(0);
  const std::uint64_t rest = all % job.share.of;
  return all / job.share.of + (job.share.index < rest ? 1 : 0);
}

}  // namespace

Schedule::Schedule(const Job& job, TimePoint start)
    : start_(start),
      slice_(slice_of(job)),
      measure_ns_((slice_ ? TimePoint::max() : start + job.warm_up).time_since_epoch().count()),
      duration_(job.requests ? nanoseconds::max() : job.duration),
      by_count_(job.requests.has_value()),
      share_(job.share),
      requests_(requests_of_share(job)),
      left_(static_cast<std::int64_t>(requests_)) {
  if (!job.rate) return;
  times_.emplace(*job.rate, job.warm_up, job.duration, job.seed, job.share);
  const double rate = std::min(job.rate->per_second, job.rate->per_second_at_end);
  batch_ += static_cast<std::uint64_t>(rate * 40e-6 / static_cast<double>(job.share.of));
}

std::optional<Schedule::Batch> Schedule::take_batch(TimePoint until) {
  const std::lock_guard lock(mutex_);
  const ArrivalTimes::Batch taken = times_->next_batch(until - start_, batch_);
  if (taken.count == 0) return std::nullopt;
  return Batch{taken, start_ + (taken.begin + taken.end) / 2};
}

std::optional<Due> Schedule::take_now(TimePoint now) {
  if (now >= end()) return std::nullopt;
  Due due{0, now, Ticket::by_end, now};
  if (by_count_) {
    due.ticket = now < measure() ? Ticket::warm_up : Ticket::counted;
    if (due.ticket == Ticket::counted && !take_counted()) return std::nullopt;
  }
  due.number = share_.index + share_.of * taken_.fetch_add(1, std::memory_order_relaxed);
  return due;
}

std::optional<Due> Schedule::take_next() {
  const std::lock_guard lock(mutex_);
  const ArrivalTimes::Arrival arrival = times_->next();
  const TimePoint at = start_ + arrival.at;
  const Due due{arrival.index, at, at < measure() ? Ticket::warm_up : Ticket::counted, at};
  if (due.at >= end()) return std::nullopt;
  if (by_count_ && due.ticket == Ticket::counted && !take_counted()) return std::nullopt;
  return due;
}

}  // namespace assay::load
