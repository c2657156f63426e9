#include <fmt/format.h>

#include "harness/truth/queue_law.h"
#include "harness/validation/experiments.h"
#include "harness/validation/sheet.h"

namespace assay::validation {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using truth::Seconds;

struct Stall {
  milliseconds every;
  milliseconds lasts;
  int periods;
};
constexpr Stall whole{milliseconds(2000), milliseconds(200), 5};
constexpr Stall brief{milliseconds(1000), milliseconds(200), 3};
constexpr double edge = 0.05;
constexpr auto service_time = microseconds(200);

// Where the law's value is not the luck of where a request falls: half of the longest wait or more.
Checks judge(const truth::StalledQueue& truth, const Observation& seen, const Floor& floor) {
  Sheet sheet(seen, floor);
  for (const double share : {0.5, 0.75, 0.9, 0.95, 0.99}) {
    const Seconds expected = truth.response_quantile(share);
    const bool waits_long = expected - truth.service >= truth.lasts / 2;
    // Beside the triangle's edge one request more or less decides between no wait and some.
    const bool waits_not = share < truth.response_cdf(truth.service) - edge;
    if (waits_long || waits_not) sheet.quantile(share, expected.count());
  }
  sheet.mean(truth.mean_response().count());
  return sheet.checks;
}

// The schedule begins in the middle of the time in which the server works, so that every stall
// comes with all of its aftermath. The rate is a prime beside the period: no two stalls meet the
// same places between two requests.
Experiment stall_at(double utilisation, double per_second, const Stall& stall) {
  Experiment experiment;
  experiment.test = "T4";
  experiment.on = fmt::format("stands still {} ms in every {} ms, {:.0f} % busy else",
                              stall.lasts.count(), stall.every.count(), utilisation * 100);
  experiment.service.law = truth::Constant{service_time};
  experiment.service.servers = 1;
  experiment.service.stall_every = stall.every;
  experiment.service.stall_lasts = stall.lasts;
  experiment.job.connections = 64;
  experiment.job.rate = steady(per_second);
  experiment.job.duration = stall.periods * stall.every;
  experiment.starts_in_period = (stall.every - stall.lasts) * 3 / 4;
  const truth::StalledQueue truth{stall.every, stall.lasts, service_time,
                                  per_second * Seconds(service_time).count()};
  experiment.judge = [truth](const Observation& seen, const Floor& floor) {
    return judge(truth, seen, floor);
  };
  return experiment;
}

}  // namespace

std::vector<Experiment> periodic_stall(Length length) {
  if (length == Length::brief) return {stall_at(0.5, 2503, brief)};
  return {stall_at(0.1, 503, whole), stall_at(0.5, 2503, whole), stall_at(0.8, 4001, whole)};
}

}  // namespace assay::validation
