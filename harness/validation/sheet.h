// The checks of one experiment while they are written down. A figure's disturbance is what the
// witnesses saw of the same share of requests. One thread at a time.
#pragma once

#include <string>

#include "harness/validation/check.h"
#include "harness/validation/observation.h"

namespace assay::validation {

class Sheet {
 public:
  // Both outlive it.
  Sheet(const Observation& observation, const Floor& floor)
      : observation_(observation), floor_(floor) {}

  // A latency that a share of the requests does not exceed. `own`: what this server needs for it;
  // the floor comes on top, and the tolerance of times holds.
  void quantile(double share, double own_s);
  void mean(double own_s);
  void time(std::string what, double share, double expected_s, double measured_s);
  // A count that chance has no part in: nothing excuses it.
  void exact(std::string what, double expected, double measured);
  void figure(std::string what, Unit unit, double expected, double measured, double tolerance,
              const Disturbance& disturbance = {});

  Disturbance late_at(double share) const;  // seconds
  Disturbance mean_late() const;            // seconds
  // The share of requests that may have been late by more than so many seconds.
  Disturbance share_later_than(double seconds) const;
  double usual_wake_s() const;  // how late a sleeping thread is when all is calm

  Checks checks;

 private:
  const Observation& observation_;
  const Floor& floor_;
};

std::string percentile_name(double share);  // "p99.9"
// How many latencies are longer than that.
double count_beyond(const load::Histogram& latency, double seconds);

}  // namespace assay::validation
