#include <vector>

#include <fmt/format.h>

#include "harness/statistics/kolmogorov.h"
#include "harness/truth/draw.h"
#include "harness/validation/experiments.h"
#include "harness/validation/sheet.h"

namespace assay::validation {
namespace {

using std::chrono::milliseconds;

constexpr double rare_share = 0.02;
constexpr double between_s = 0.026;  // what is longer was a rare one
constexpr double slack_s = 100e-6;   // how near to its place a step has to be
constexpr double most_distance = 0.01;

truth::ServiceSettings server() {
  truth::ServiceSettings service;
  service.law = truth::TwoValued{milliseconds(2), milliseconds(50), rare_share};
  return service;
}

// Which requests are rare ones follows from the seed, so their number is known to the last one.
double rare_among(const truth::ServiceSettings& service, std::uint64_t requests) {
  double rare = 0;
  for (std::uint64_t request = 0; request < requests; ++request) {
    const double uniform = truth::draw(service.seed, truth::Purpose::service_time, request);
    if (truth::drawn(service.law, uniform) > milliseconds(2)) ++rare;
  }
  return rare;
}

std::vector<statistics::Counted> sample_of(const load::Histogram& latency) {
  std::vector<statistics::Counted> sample;
  for (const auto& [index, count] : latency.compact().places) {
    const auto ns = static_cast<double>(load::Histogram::highest_at(index));
    sample.push_back({ns * 1e-9, static_cast<double>(count)});
  }
  return sample;
}

Checks judge(const truth::ServiceSettings& service, const Observation& seen, const Floor& floor) {
  Sheet sheet(seen, floor);
  const load::Histogram& latency = seen.summary.tally.latency;
  for (const double share : {0.5, 0.9, 0.95, 0.99}) {
    sheet.quantile(share, truth::quantile(service.law, share).count());
  }
  const auto requests = static_cast<double>(latency.count());
  const Disturbance late = sheet.share_later_than(between_s - 0.002);
  sheet.figure("slow replies, exactly", Unit::count,
               rare_among(service, seen.summary.tally.ended()), count_beyond(latency, between_s), 0,
               {late.server * requests, late.machine * requests});
  const double distance = statistics::kolmogorov_distance(
      sample_of(latency),
      [&](double value) {
        return truth::cdf(service.law, truth::Seconds(value - floor.usual_s()));
      },
      slack_s);
  sheet.figure("distance from the law", Unit::share, 0, distance, most_distance,
               sheet.share_later_than(slack_s + floor.usual_s()));
  return sheet.checks;
}

}  // namespace

std::vector<Experiment> two_values(Length length) {
  constexpr double per_second = 1000;
  constexpr std::uint64_t whole = 10'000;
  constexpr std::uint64_t brief = 3'000;
  Experiment experiment;
  experiment.test = "T2";
  experiment.on =
      fmt::format("2 ms, but 50 ms for {:g} %; {} requests/s", rare_share * 100, per_second);
  experiment.service = server();
  experiment.job.connections = 32;
  experiment.job.rate = steady(per_second);
  experiment.job.requests = length == Length::whole ? whole : brief;
  experiment.judge = [service = experiment.service](const Observation& seen, const Floor& floor) {
    return judge(service, seen, floor);
  };
  return {experiment};
}

}  // namespace assay::validation
