#include "harness/validation/simulated_run.h"

#include <algorithm>
#include <cstddef>

#include "harness/truth/draw.h"
#include "harness/validation/rehearsal.h"

namespace assay::validation {
namespace {

using load::nanoseconds;

constexpr std::uint64_t ticks = 10'000;
constexpr nanoseconds usual_wake = std::chrono::microseconds(60);
constexpr nanoseconds way_there = simulated_floor / 2;

void write_down(Observation& seen, const Passage& passage, const Ruler& ruler,
                std::vector<load::Histogram>& seconds) {
  for (const nanoseconds latency : ruler(passage)) seen.summary.tally.latency.record(latency);
  ++seen.summary.tally.requests;
  const auto ended =
      std::chrono::duration_cast<std::chrono::seconds>(passage.due + passage.latency);
  const auto second = std::min(static_cast<std::size_t>(ended.count()), seconds.size() - 1);
  seconds[second].record(passage.latency);
}

// A request that finds the server's queue in front of it is not held up by ours: connections
// suffice in all experiments of an open loop.
void run_open(const Experiment& experiment, const Ruler& ruler, Observation& seen) {
  std::vector<nanoseconds> due = due_times(experiment.job);
  if (experiment.job.requests)
    due.resize(std::min<std::size_t>(due.size(), *experiment.job.requests));
  const nanoseconds phase = experiment.starts_in_period.value_or(nanoseconds(0));
  truth::Service server(experiment.service, load::TimePoint{});
  std::vector<load::Histogram> seconds(static_cast<std::size_t>(
      std::chrono::ceil<std::chrono::seconds>(experiment.job.duration).count()));
  seen.started = load::TimePoint{} + phase;
  for (const nanoseconds at : due) {
    const load::TimePoint arrival = seen.started + at + way_there;
    const truth::Visit visit = server.admit(arrival);
    const nanoseconds latency = visit.due - arrival + simulated_floor;
    write_down(seen, {at, at, latency}, ruler, seconds);
    if (experiment.is_logged) seen.served.push_back({visit, visit.due});
  }
  for (const load::Histogram& second : seconds) {
    load::Second counted;
    counted.requests = second.count();
    counted.latency = second.compact();
    seen.summary.seconds.push_back(counted);
  }
  seen.summary.duration = experiment.job.duration;
}

// Every client asks again as soon as it is answered; each is served on its own.
void run_closed(const Experiment& experiment, const Ruler& ruler, Observation& seen) {
  std::vector<nanoseconds> clients(experiment.job.connections, nanoseconds(0));
  std::vector<load::Histogram> seconds(1);
  for (std::uint64_t request = 0;; ++request) {
    auto& next = *std::min_element(clients.begin(), clients.end());
    const double uniform =
        truth::draw(experiment.service.seed, truth::Purpose::service_time, request);
    const nanoseconds latency = truth::drawn(experiment.service.law, uniform) + simulated_floor;
    if (next + latency > experiment.job.duration) break;
    write_down(seen, {next, next, latency}, ruler, seconds);
    next += latency;
  }
  seen.summary.duration = experiment.job.duration;
}

}  // namespace

std::vector<nanoseconds> straight(const Passage& passage) { return {passage.latency}; }

load::Histogram wakes_after(nanoseconds late) {
  load::Histogram wakes;
  for (std::uint64_t tick = 0; tick < ticks; ++tick) wakes.record(usual_wake + late);
  return wakes;
}

Floor simulated_floor_run() {
  Floor floor;
  for (std::uint64_t request = 0; request < ticks; ++request) floor.latency.record(simulated_floor);
  floor.wakes = wakes_after(nanoseconds(0));
  return floor;
}

Observation simulated(const Experiment& experiment, const Ruler& ruler) {
  Observation seen;
  seen.summary.connections = experiment.job.connections;
  seen.wakes = wakes_after(nanoseconds(0));
  experiment.job.rate ? run_open(experiment, ruler, seen) : run_closed(experiment, ruler, seen);
  return seen;
}

}  // namespace assay::validation
