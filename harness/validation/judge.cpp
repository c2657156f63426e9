#include "harness/validation/judge.h"

#include <cmath>

namespace assay::validation {
namespace {

// Below this share of the tolerance a witness speaks of a calm machine, and excuses nothing.
constexpr double calm = 0.25;

double excuse(double late, double tolerance) {
  return late > calm * tolerance ? late_wakes * late : 0;
}

}  // namespace

Judgement judged(double expected, double measured, double tolerance,
                 const Disturbance& disturbance) {
  const double error = std::abs(measured - expected);
  const double excused =
      excuse(disturbance.server, tolerance) + excuse(disturbance.machine, tolerance);
  // Written so that a figure that is no number disagrees.
  if (!(error <= tolerance + excused)) return {Verdict::disagrees, {}};
  if (disturbance.server > tolerance) {
    return {Verdict::not_judged, "the server was late by its own record"};
  }
  if (error <= tolerance) return {Verdict::agrees, {}};
  const bool is_server = disturbance.server > disturbance.machine;
  return {Verdict::not_judged, is_server ? "the server was late by its own record"
                                         : "the machine was busy: a sleeping thread woke up late"};
}

}  // namespace assay::validation
