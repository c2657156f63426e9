#include "harness/validation/sheet.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace assay::validation {
namespace {

double late_us(const truth::TimesRecord& times, double share) {
  if (share <= 0.5) return times.p50;
  if (share <= 0.9) return times.p90;
  if (share <= 0.99) return times.p99;
  return share <= 0.999 ? times.p99_9 : times.max;
}

double share_above(const load::Histogram& times, double seconds) {
  if (times.count() == 0) return 0;
  return count_beyond(times, seconds) / static_cast<double>(times.count());
}

// The record holds four of its percentiles, so this is the least that is surely enough.
double share_above(const truth::TimesRecord& times, double seconds) {
  const double us = seconds * 1e6;
  if (times.max <= us) return 0;
  if (times.p99_9 <= us) return 0.001;
  if (times.p99 <= us) return 0.01;
  if (times.p90 <= us) return 0.1;
  return times.p50 <= us ? 0.5 : 1;
}

}  // namespace

std::string percentile_name(double share) { return fmt::format("p{:g}", share * 100); }

double count_beyond(const load::Histogram& latency, double seconds) {
  double count = 0;
  for (const auto& place : latency.compact().places) {
    const auto ns = static_cast<double>(load::Histogram::highest_at(place.index));
    if (ns * 1e-9 > seconds) count += static_cast<double>(place.count);
  }
  return count;
}

double Sheet::usual_wake_s() const { return load::in_seconds(floor_.wakes.percentile(0.5)); }

// Both are late even when all is calm: sending a reply and waking up take their time. Only what
// comes on top is a disturbance. A request that wakes threads up four times meets the worst of
// four.
Disturbance Sheet::late_at(double share) const {
  const double worst_of_four = 1 - (1 - share) / late_wakes;
  const double woke_s =
      load::in_seconds(observation_.wakes.percentile(worst_of_four) - floor_.wakes.percentile(0.5));
  const double served_us =
      late_us(observation_.after.lateness_us, share) - floor_.server_late_us.p50;
  return {std::max(served_us * 1e-6, 0.0), std::max(woke_s, 0.0)};
}

Disturbance Sheet::share_later_than(double seconds) const {
  return {share_above(observation_.after.lateness_us, seconds),
          share_above(observation_.wakes, seconds)};
}

void Sheet::quantile(double share, double own_s) {
  const auto measured = observation_.summary.tally.latency.percentile(share);
  time(percentile_name(share), share, own_s + floor_.usual_s(), load::in_seconds(measured));
}

Disturbance Sheet::mean_late() const {
  const double woke_ns = observation_.wakes.mean_ns() - floor_.wakes.mean_ns();
  const double served_us = observation_.after.lateness_us.mean - floor_.server_late_us.mean;
  return {std::max(served_us * 1e-6, 0.0), std::max(woke_ns * 1e-9, 0.0)};
}

void Sheet::mean(double own_s) {
  const double measured = observation_.summary.tally.latency.mean_ns() * 1e-9;
  const double expected = own_s + floor_.mean_s();
  figure("mean", Unit::seconds, expected, measured, time_tolerance(expected), mean_late());
}

void Sheet::time(std::string what, double share, double expected_s, double measured_s) {
  figure(std::move(what), Unit::seconds, expected_s, measured_s, time_tolerance(expected_s),
         late_at(share));
}

void Sheet::exact(std::string what, double expected, double measured) {
  figure(std::move(what), Unit::count, expected, measured, 0);
}

void Sheet::figure(std::string what, Unit unit, double expected, double measured, double tolerance,
                   const Disturbance& disturbance) {
  Judgement judgement = judged(expected, measured, tolerance, disturbance);
  Check check;
  check.what = std::move(what);
  check.unit = unit;
  check.expected = expected;
  check.measured = measured;
  check.tolerance = tolerance;
  check.verdict = judgement.verdict;
  check.reason = std::move(judgement.reason);
  checks.push_back(std::move(check));
}

}  // namespace assay::validation
