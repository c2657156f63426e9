#include "harness/load/schedule.h"

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
      measure_(start + job.warm_up),
      end_(job.requests ? TimePoint::max() : measure_ + job.duration),
      by_count_(job.requests.has_value()),
      share_(job.share),
      requests_(requests_of_share(job)),
      left_(static_cast<std::int64_t>(requests_)) {
  if (job.rate) times_.emplace(*job.rate, job.warm_up, job.duration, job.seed, job.share);
}

std::optional<Due> Schedule::take_now(TimePoint now) {
  if (now >= end_) return std::nullopt;
  Due due{0, now, Ticket::by_end, now};
  if (by_count_) {
    due.ticket = now < measure_ ? Ticket::warm_up : Ticket::counted;
    if (due.ticket == Ticket::counted && !take_counted()) return std::nullopt;
  }
  due.number = share_.index + share_.of * taken_.fetch_add(1, std::memory_order_relaxed);
  return due;
}

std::optional<Due> Schedule::take_next() {
  const std::lock_guard lock(mutex_);
  const ArrivalTimes::Arrival arrival = times_->next();
  const TimePoint at = start_ + arrival.at;
  const Due due{arrival.index, at, at < measure_ ? Ticket::warm_up : Ticket::counted, at};
  if (due.at >= end_) return std::nullopt;
  if (by_count_ && due.ticket == Ticket::counted && !take_counted()) return std::nullopt;
  return due;
}

}  // namespace assay::load
