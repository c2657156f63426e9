#include "harness/validation/stopped.h"

#include <csignal>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "harness/cost/child.h"
#include "harness/truth/queue_law.h"
#include "harness/validation/load_report.h"
#include "harness/validation/metronome.h"
#include "harness/validation/sheet.h"
#include "harness/validation/truth_process.h"

namespace assay::validation {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using truth::Seconds;

constexpr double per_second = 500;          // for the server: it has all it takes to catch up
constexpr double client_per_second = 2200;  // eleven thousand in five seconds, for a p99

Checks labelled(Checks checks, const std::string& on) {
  for (Check& check : checks) {
    check.test = "T9";
    check.on = on;
  }
  return checks;
}

// How long it really stood still: both signals take effect at once on a process that runs.
Seconds stop_for(pid_t pid, milliseconds time) {
  const load::TimePoint stopped = load::Clock::now();
  kill(pid, SIGSTOP);
  std::this_thread::sleep_for(time);
  kill(pid, SIGCONT);
  return load::Clock::now() - stopped;
}

// All requests that are due while it stands still wait for its end and for nobody else.
truth::StalledQueue pause_of(Seconds lasts, Seconds in) {
  truth::StalledQueue queue;
  queue.every = in;
  queue.lasts = lasts;
  return queue;
}

Experiment steady_load(seconds duration) {
  Experiment experiment;
  experiment.job.connections = 64;
  experiment.job.rate = steady(per_second);
  experiment.job.duration = duration;
  return experiment;
}

// What was due while the client stood still was sent by so much too late: evenly from all of the
// pause to nothing. And the server, which was asked late and answered at once, is not blamed.
Checks judge_stopped_client(const LoadReport& report, Seconds lasted, Seconds duration,
                            const Observation& seen, const Floor& floor) {
  Sheet sheet(seen, floor);
  // Both signals may take effect late, and each moves the end of the pause.
  const double late = sheet.late_at(1).machine;
  const auto seconds_of = [](const std::optional<double>& us) { return us.value_or(0) * 1e-6; };
  const truth::StalledQueue truth = pause_of(lasted, duration);
  const double most = lasted.count();
  const double mean = truth.mean_response().count();
  sheet.figure("sent late, at most", Unit::seconds, most, seconds_of(report.schedule_lag_us.max),
               time_tolerance(most), {0, late});
  sheet.figure("sent late, mean", Unit::seconds, mean, seconds_of(report.schedule_lag_us.mean),
               2 * time_tolerance(mean),
               {0, late * most / duration.count() + sheet.mean_late().machine});
  if (report.schedule_lag_us.p99) {
    const double p99 = truth.response_quantile(0.99).count();
    sheet.figure("sent late, p99", Unit::seconds, p99, seconds_of(report.schedule_lag_us.p99),
                 time_tolerance(p99), {0, late});
  }
  sheet.exact("says that the client was late", 1, report.says_client_was_late() ? 1 : 0);
  return sheet.checks;
}

}  // namespace

Result<Checks> server_stopped(const Laboratory& laboratory, Length length) {
  const bool is_whole = length == Length::whole;
  const milliseconds pause(is_whole ? 2000 : 500);
  Experiment experiment = steady_load(is_whole ? seconds(10) : seconds(4));
  Seconds lasted{0};
  experiment.in_the_middle = [&](pid_t server) { lasted = stop_for(server, pause); };
  const Result<Observation> seen = observe(experiment, laboratory);
  if (!seen) return seen.error();
  Sheet sheet(*seen, laboratory.floor);
  const truth::StalledQueue truth = pause_of(lasted, experiment.job.duration);
  for (const double share : {0.5, 0.95, 0.99}) {
    const double expected = truth.response_quantile(share).count() + laboratory.floor.usual_s();
    const auto read = seen->summary.tally.latency.percentile(share);
    // The server's record of being late is what this test is about, so it is no excuse here.
    sheet.figure(percentile_name(share), Unit::seconds, expected, load::in_seconds(read),
                 time_tolerance(expected), {0, sheet.late_at(share).machine});
  }
  return labelled(sheet.checks, fmt::format("the server is stopped for {} ms", pause.count()));
}

// The client is a process of its own, as a user would start it.
Result<Checks> client_stopped(const Laboratory& laboratory) {
  constexpr milliseconds pause(200);
  constexpr int duration_s = 5;  // the client says nothing of a p99 of fewer
  auto server = serve(truth::ServiceSettings(), laboratory);
  if (!server) return server.error();
  cost::Launch launch;
  // Its warnings go elsewhere: they would stand in the middle of the document.
  launch.command = {"sh",
                    "-c",
                    "exec \"$@\" 2>/dev/null",
                    "sh",
                    laboratory.programs.assay,
                    "load",
                    fmt::format("http://127.0.0.1:{}/", server->port()),
                    "-c",
                    "64",
                    "-d",
                    fmt::to_string(duration_s),
                    "-r",
                    fmt::format("{}", client_per_second),
                    "--json"};
  if (laboratory.stays_awake) launch.command.emplace_back("--awake");
  Metronome metronome;
  const cost::Result<cost::Child> client = cost::Child::start(launch);
  if (!client) return ValidationError::out_of_system("process", client.error().what());
  (void)client->wait(seconds(duration_s) / 2, laboratory.stop);
  const Seconds lasted = stop_for(client->group(), pause);
  (void)client->wait(seconds(duration_s + 10), laboratory.stop);
  if (laboratory.stop.requested()) return ValidationError::interrupted();
  Observation seen;
  seen.wakes = metronome.end();
  const Result<LoadReport> report = load_report(client->said());
  if (!report) return report.error();
  return labelled(
      judge_stopped_client(*report, lasted, Seconds(duration_s), seen, laboratory.floor),
      fmt::format("the client is stopped for {} ms", pause.count()));
}

}  // namespace assay::validation
