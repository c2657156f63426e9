#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "harness/validation/experiments.h"
#include "harness/validation/sheet.h"

namespace assay::validation {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// A low load: the server is asked once a millisecond and is idle between, as it is for the floor.
constexpr double per_second = 1000;
constexpr double tolerance_s = 20e-6;

// Ten thousand requests leave a hundred beyond p99.
load::Job low_load(Length length) {
  load::Job job;
  job.connections = 16;
  job.rate = steady(per_second);
  job.warm_up = milliseconds(500);
  job.duration = length == Length::whole ? seconds(10) : seconds(3);
  return job;
}

Checks judge(double delay_s, const Observation& seen, const Floor& floor) {
  Sheet sheet(seen, floor);
  for (const double share : {0.5, 0.9, 0.99}) {
    const auto at = [share](const load::Histogram& latency) {
      return load::in_seconds(latency.percentile(share));
    };
    sheet.figure(percentile_name(share), Unit::seconds, delay_s + at(floor.latency),
                 at(seen.summary.tally.latency), tolerance_s, sheet.late_at(share));
  }
  return sheet.checks;
}

Experiment delay_of(milliseconds delay, Length length) {
  Experiment experiment;
  experiment.test = "T1";
  experiment.on = fmt::format("every reply after {} ms, {} requests/s", delay.count(), per_second);
  experiment.service.law = truth::Constant{delay};
  experiment.job = low_load(length);
  const double delay_s = load::in_seconds(delay);
  experiment.judge = [delay_s](const Observation& seen, const Floor& floor) {
    return judge(delay_s, seen, floor);
  };
  return experiment;
}

// Either may have been the one that was disturbed.
Disturbance between(const Observation& ours, const PlainFloor& plain, double share) {
  const double worst_of_four = 1 - (1 - share) / late_wakes;
  const load::nanoseconds usual = std::min(ours.wakes.percentile(0.5), plain.wakes.percentile(0.5));
  const load::nanoseconds woke =
      std::max(ours.wakes.percentile(worst_of_four), plain.wakes.percentile(worst_of_four));
  const double served_us = ours.after.lateness_us.p50 - plain.server_late_us.p50;
  return {std::abs(served_us) * 1e-6, load::in_seconds(woke - usual)};
}

}  // namespace

Checks floor_checks(const Observation& ours, const PlainFloor& plain) {
  const Floor none;
  Sheet sheet(ours, none);
  for (const double share : {0.5, 0.9}) {
    sheet.figure(percentile_name(share), Unit::seconds, load::in_seconds(plain.percentile(share)),
                 load::in_seconds(ours.summary.tally.latency.percentile(share)), tolerance_s,
                 between(ours, plain, share));
  }
  for (Check& check : sheet.checks) {
    check.test = "floor";
    check.on = "every reply at once: ours beside a plain client that shares no code with it";
  }
  return sheet.checks;
}

Experiment floor_experiment(Length length) {
  Experiment experiment = delay_of(milliseconds(0), length);
  experiment.on = "the floor: every reply at once";
  return experiment;
}

std::vector<Experiment> constant_delay(Length length) {
  if (length == Length::brief) return {delay_of(milliseconds(1), length)};
  return {delay_of(milliseconds(1), length), delay_of(milliseconds(10), length)};
}

}  // namespace assay::validation
