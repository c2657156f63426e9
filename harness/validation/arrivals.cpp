#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include <fmt/format.h>

#include "harness/statistics/dispersion.h"
#include "harness/statistics/kolmogorov.h"
#include "harness/statistics/slope.h"
#include "harness/validation/experiments.h"
#include "harness/validation/rehearsal.h"
#include "harness/validation/sheet.h"

namespace assay::validation {
namespace {

using std::chrono::seconds;

constexpr double slack_s = 100e-6;  // of a gap: a send is seen by the server a little later

// The witness: when the server saw each request, in seconds from the start of the schedule.
std::vector<double> seen_at(const Observation& observation) {
  std::vector<double> times;
  for (const Served& served : observation.served) {
    times.push_back(load::in_seconds(served.visit.arrival - observation.started));
  }
  return times;
}

std::vector<statistics::Counted> gaps_of(const std::vector<double>& times) {
  std::vector<statistics::Counted> gaps;
  for (std::size_t i = 1; i < times.size(); ++i) gaps.push_back({times[i] - times[i - 1], 1});
  std::sort(gaps.begin(), gaps.end(),
            [](const auto& one, const auto& other) { return one.value < other.value; });
  return gaps;
}

// From half a gap before the first, so that none falls onto the border of two windows.
double dispersion_of(const std::vector<double>& times, double from, double window_s) {
  const double windows = std::floor((times.back() - from) / window_s);
  std::vector<double> counts(static_cast<std::size_t>(std::max(windows, 1.0)), 0);
  for (const double time : times) {
    const double place = std::floor((time - from) / window_s);
    if (place >= 0 && place < static_cast<double>(counts.size())) {
      ++counts[static_cast<std::size_t>(place)];
    }
  }
  return statistics::index_of_dispersion(counts);
}

// How fast the sends run away from their schedule: seconds in a second. What single sends were late
// by moves the line through all of them by no more than this part of it.
void add_drift(Sheet& sheet, const std::vector<double>& times,
               const std::vector<load::nanoseconds>& due) {
  constexpr double most = 1e-6;
  std::vector<double> planned;
  std::vector<double> late;
  for (std::size_t i = 0; i < std::min(times.size(), due.size()); ++i) {
    planned.push_back(load::in_seconds(due[i]));
    late.push_back(times[i] - planned.back());
  }
  const auto n = static_cast<double>(planned.size());
  const double part = std::sqrt(12 / n) / (planned.back() - planned.front());
  const Disturbance single = sheet.late_at(0.99);
  sheet.figure("drift in a second", Unit::seconds, 0, statistics::slope(planned, late), most,
               {0, single.machine * part});
}

void add_distance(Sheet& sheet, const std::vector<double>& times, double per_second,
                  load::Arrivals arrivals) {
  const auto gaps = gaps_of(times);
  const auto law = [&](double gap) {
    if (arrivals == load::Arrivals::constant) return gap * per_second < 1 ? 0.0 : 1.0;
    return gap <= 0 ? 0.0 : -std::expm1(-gap * per_second);
  };
  const double bound = arrivals == load::Arrivals::constant
                           ? 0.02
                           : statistics::kolmogorov_bound(static_cast<double>(gaps.size()));
  sheet.figure("gaps' distance from the law", Unit::share, 0,
               statistics::kolmogorov_distance(gaps, law, slack_s), bound,
               {0, 2 * sheet.share_later_than(slack_s + sheet.usual_wake_s()).machine});
}

struct Plan {
  std::string name;
  load::Rate rate;
  seconds duration;
  double window_s;    // of the index of dispersion
  double dispersion;  // expected
  double tolerance;
};

Checks judge(const Plan& plan, const load::Job& job, const Observation& seen, const Floor& floor) {
  Sheet sheet(seen, floor);
  const std::vector<load::nanoseconds> due = due_times(job);
  const std::vector<double> times = seen_at(seen);
  sheet.exact("requests", static_cast<double>(due.size()), static_cast<double>(times.size()));
  if (times.size() < 2) return sheet.checks;
  const double half_a_gap = plan.window_s / 20;
  sheet.figure("index of dispersion", Unit::ratio, plan.dispersion,
               dispersion_of(times, times.front() - half_a_gap, plan.window_s), plan.tolerance,
               {0, sheet.share_later_than(half_a_gap).machine});
  if (plan.rate.arrivals != load::Arrivals::burst) {
    add_distance(sheet, times, plan.rate.per_second, plan.rate.arrivals);
  }
  add_drift(sheet, times, due);
  return sheet.checks;
}

Experiment following(const Plan& plan) {
  Experiment experiment;
  experiment.test = "T7";
  experiment.on = fmt::format("{}, {:g} requests/s for {} s", plan.name, plan.rate.per_second,
                              plan.duration.count());
  experiment.job.connections = 32;
  experiment.job.rate = plan.rate;
  experiment.job.duration = plan.duration;
  experiment.is_logged = true;
  experiment.judge = [plan, job = experiment.job](const Observation& seen, const Floor& floor) {
    return judge(plan, job, seen, floor);
  };
  return experiment;
}

}  // namespace

// Ten requests a window. Of a thousand windows of a Poisson process the index is 1 give or take
// 0.045, the root of two in a thousand; three and a half times that is allowed. Groups of ten every
// ten milliseconds are ten or nothing in a window of one: mean 1, mean square 10, variance 9.
std::vector<Experiment> arrivals(Length length) {
  const bool is_whole = length == Length::whole;
  const Plan even{"even", steady(1000), seconds(is_whole ? 60 : 4), 0.010, 0, 0.05};
  const Plan poisson{"Poisson",
                     steady(500, load::Arrivals::poisson),
                     seconds(is_whole ? 20 : 5),
                     0.020,
                     1,
                     is_whole ? 0.16 : 0.32};
  const Plan bursts{
      "bursts of 10", steady(1000, load::Arrivals::burst), seconds(10), 0.001, 9, 0.5};
  if (!is_whole) return {following(even), following(poisson)};
  return {following(even), following(poisson), following(bursts)};
}

}  // namespace assay::validation
