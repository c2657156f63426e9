#include "harness/validation/rehearsal.h"

#include "harness/load/pace/arrival_times.h"

namespace assay::validation {
namespace {

// All that are due before the end, those of the warm-up included: they fill the queue too.
std::vector<load::nanoseconds> all_due(const load::Job& job) {
  load::ArrivalTimes times(*job.rate, job.warm_up, job.duration, job.seed, job.share);
  std::vector<load::nanoseconds> due;
  for (auto next = times.next().at; next < job.warm_up + job.duration; next = times.next().at) {
    due.push_back(next);
  }
  return due;
}

}  // namespace

std::vector<load::nanoseconds> due_times(const load::Job& job) {
  std::vector<load::nanoseconds> due = all_due(job);
  std::erase_if(due, [&](load::nanoseconds time) { return time < job.warm_up; });
  return due;
}

std::vector<double> rehearsed_s(const load::Job& job, const truth::ServiceSettings& service) {
  truth::Service server(service, load::TimePoint{});
  std::vector<double> responses;
  for (const load::nanoseconds due : all_due(job)) {
    const truth::Visit visit = server.admit(load::TimePoint{} + due);
    if (due >= job.warm_up) responses.push_back(load::in_seconds(visit.due - visit.arrival));
  }
  return responses;
}

}  // namespace assay::validation
