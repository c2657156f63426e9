#include <algorithm>
#include <cstddef>

#include <fmt/format.h>

#include "harness/truth/queue_law.h"
#include "harness/validation/experiments.h"
#include "harness/validation/sheet.h"

namespace assay::validation {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr auto service_time = milliseconds(2);
constexpr double services_per_second = 500;

Experiment queue_at(double utilisation, seconds duration) {
  Experiment experiment;
  experiment.test = "T6";
  experiment.on = fmt::format("one queue of 500/s, asked evenly for {:.0f} %", utilisation * 100);
  experiment.service.law = truth::Constant{service_time};
  experiment.service.servers = 1;
  experiment.job.connections = 16;
  experiment.job.rate = steady(utilisation * services_per_second);
  experiment.job.duration = duration;
  return experiment;
}

Checks judge_calm(const Observation& seen, const Floor& floor) {
  Sheet sheet(seen, floor);
  for (const double share : {0.5, 0.9}) sheet.quantile(share, load::in_seconds(service_time));
  return sheet.checks;
}

// The server gives 500 a second whatever it is asked for. Who is answered t after the start was due
// at t / 1.1, so the wait grows by a second in eleven; in the middle of the second s, s + 1/2 of
// it. The first second has the start in it, the last one what was answered after the end.
Checks judge_overload(const truth::EvenQueue& queue, const Observation& seen, const Floor& floor) {
  Sheet sheet(seen, floor);
  const load::Seconds& all = seen.summary.seconds;
  const std::size_t whole = all.size() < 3 ? 0 : all.size() - 2;
  double answered = 0;
  for (std::size_t second = 1; second <= whole; ++second) {
    answered += static_cast<double>(all[second].requests);
  }
  const double rate = whole == 0 ? 0 : answered / static_cast<double>(whole);
  sheet.figure(
      "answered / asked for", Unit::ratio, queue.rate_ratio(), rate / queue.arrivals_per_second,
      0.01 * queue.rate_ratio(),
      {0, sheet.late_at(0.99).machine / static_cast<double>(std::max<std::size_t>(whole, 1))});
  // Who is asked for more than he can do never catches up: what any pause took is there ever after.
  const Disturbance lost{0, sheet.late_at(1).machine};
  for (std::size_t second = whole < 2 ? 1 : whole - 1; second <= whole; ++second) {
    const double answered_at = static_cast<double>(second) + 0.5;
    const double due_at = answered_at * queue.rate_ratio();
    const double own_s = queue.response_of_arrival_at(truth::Seconds(due_at)).count();
    const load::CompactHistogram& latency = all[second].latency;
    const double mean_s =
        static_cast<double>(latency.sum_ns) * 1e-9 / static_cast<double>(latency.count);
    const double expected_s = own_s + floor.mean_s();
    sheet.figure(fmt::format("mean of second {}", second + 1), Unit::seconds, expected_s, mean_s,
                 time_tolerance(expected_s), lost);
  }
  return sheet.checks;
}

}  // namespace

std::vector<Experiment> even_queue(Length length) {
  const seconds duration = length == Length::whole ? seconds(10) : seconds(4);
  Experiment calm = queue_at(0.9, duration);
  calm.judge = judge_calm;
  // The backlog waits in the server, not in us: ten seconds leave 500 requests under way.
  Experiment overload = queue_at(1.1, duration);
  overload.job.connections = 600;
  const truth::EvenQueue queue{1.1 * services_per_second, services_per_second};
  overload.judge = [queue](const Observation& seen, const Floor& floor) {
    return judge_overload(queue, seen, floor);
  };
  if (length == Length::brief) return {overload};
  return {calm, overload};
}

}  // namespace assay::validation
