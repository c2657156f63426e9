#include <string>

#include <fmt/format.h>

#include "harness/truth/queue_law.h"
#include "harness/validation/experiments.h"
#include "harness/validation/sheet.h"

namespace assay::validation {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr double closeness = 0.01;
constexpr auto service_time = milliseconds(5);

// Rate times mean latency needs no law and no floor: whatever the server and the machine do, it is
// the number of connections that always had a request under way. So nothing excuses it.
Checks judge(const Experiment& experiment, const Observation& seen, const Floor& floor) {
  Sheet sheet(seen, floor);
  const auto clients = static_cast<double>(experiment.job.connections);
  const double mean_s = seen.summary.tally.latency.mean_ns() * 1e-9;
  sheet.figure("rate x mean latency", Unit::ratio, clients, seen.summary.rate() * mean_s,
               closeness * clients);
  if (std::holds_alternative<truth::Constant>(experiment.service.law)) sheet.mean(0.005);
  return sheet.checks;
}

Experiment loop_of(std::size_t clients, const truth::Law& law, Length length) {
  Experiment experiment;
  experiment.test = "T3";
  experiment.on = fmt::format("closed loop of {}, {} service of 5 ms", clients, truth::name(law));
  experiment.service.law = law;
  experiment.job.connections = clients;
  experiment.job.warm_up = milliseconds(500);
  experiment.job.duration = length == Length::whole ? seconds(5) : seconds(2);
  experiment.judge = [experiment](const Observation& seen, const Floor& floor) {
    return judge(experiment, seen, floor);
  };
  return experiment;
}

}  // namespace

std::vector<Experiment> littles_law(Length length) {
  const truth::Law constant = truth::Constant{service_time};
  const truth::Law exponential = truth::Exponential{service_time};
  if (length == Length::brief) return {loop_of(16, exponential, length)};
  return {loop_of(1, constant, length), loop_of(8, constant, length),
          loop_of(16, exponential, length), loop_of(64, exponential, length)};
}

}  // namespace assay::validation
