#include "harness/validation/laboratory.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "harness/load/loop/run.h"
#include "harness/validation/metronome.h"
#include "harness/validation/requests_log_reader.h"

namespace assay::validation {
namespace {

// Now, or when a period of the server's stalls is so far on.
load::TimePoint start_of(const Experiment& experiment, const truth::TruthRecord& record) {
  const load::TimePoint now = load::Clock::now();
  if (!experiment.starts_in_period) return now;
  const load::TimePoint began{load::nanoseconds(record.began_ns)};
  const load::nanoseconds every = experiment.service.stall_every;
  load::TimePoint start = now - (now - began) % every + *experiment.starts_in_period;
  if (start < now) start += every;
  return start;
}

load::Job aimed(load::Job job, std::uint16_t port) {
  job.target = {};
  job.target.port = port;
  job.request.target = "/";
  job.expectation.body = std::string(526, 'x');  // the truth server's own
  return job;
}

// Early enough for what follows to be over before the end.
void meddle(const Experiment& experiment, const TruthProcess& server, const Observation& seen) {
  std::this_thread::sleep_until(seen.started + experiment.job.warm_up +
                                experiment.job.duration / 4);
  experiment.in_the_middle(server.pid());
}

Result<void> put_load(const Experiment& experiment, const TruthProcess& server,
                      const Laboratory& laboratory, Observation& seen) {
  Metronome metronome;
  std::thread meddler;
  load::Watch watch;
  watch.start = [&] {
    seen.started = start_of(experiment, seen.before);
    if (experiment.in_the_middle) meddler = std::thread([&] { meddle(experiment, server, seen); });
    return seen.started;
  };
  load::Job job = aimed(experiment.job, server.port());
  job.stays_awake = laboratory.stays_awake && !experiment.sleeps;
  load::Result<load::Summary> summary = load::run(job, laboratory.stop, watch);
  if (meddler.joinable()) meddler.join();
  if (!summary) return ValidationError::no_load(summary.error().what(), summary.error().remedy());
  seen.summary = std::move(*summary);
  seen.wakes = metronome.end();
  if (laboratory.stop.requested()) return ValidationError::interrupted();
  return {};
}

}  // namespace

Result<TruthProcess> serve(const truth::ServiceSettings& service, const Laboratory& laboratory,
                           const std::vector<std::string>& more_options) {
  std::vector<std::string> options = arguments_of(service);
  if (laboratory.stays_awake) options.emplace_back("--awake");
  options.insert(options.end(), more_options.begin(), more_options.end());
  return TruthProcess::start(laboratory.programs.truth, std::move(options), laboratory.stop);
}

Result<Observation> observe(const Experiment& experiment, const Laboratory& laboratory) {
  const std::string log = (laboratory.scratch / "requests.csv").string();
  std::vector<std::string> logging;
  if (experiment.is_logged) logging = {"--requests-log", log};
  auto server = serve(experiment.service, laboratory, logging);
  if (!server) return server.error();
  Observation seen;
  Result<truth::TruthRecord> before = server->record();
  if (!before) return before.error();
  seen.before = std::move(*before);
  if (auto done = put_load(experiment, *server, laboratory, seen); !done) return done.error();
  Result<truth::TruthRecord> after = server->record();
  if (!after) return after.error();
  seen.after = std::move(*after);
  server->end();
  if (!experiment.is_logged) return seen;
  auto served = read_requests_log(log);
  if (!served) return served.error();
  seen.served = std::move(*served);
  return seen;
}

Floor floor_of(const Observation& observation) {
  return {observation.summary.tally.latency, observation.after.lateness_us, observation.wakes};
}

Result<PlainFloor> plain_floor(const PlainRounds& rounds, const Laboratory& laboratory) {
  auto server = serve(truth::ServiceSettings(), laboratory);
  if (!server) return server.error();
  Metronome metronome;
  PlainRounds wanted = rounds;
  wanted.stays_awake = laboratory.stays_awake;
  auto took = plain_rounds(server->port(), wanted, laboratory.stop);
  PlainFloor floor;
  floor.wakes = metronome.end();
  if (!took) return took.error();
  floor.latencies = std::move(*took);
  std::sort(floor.latencies.begin(), floor.latencies.end());
  const Result<truth::TruthRecord> record = server->record();
  if (!record) return record.error();
  floor.server_late_us = record->lateness_us;
  server->end();
  return floor;
}

Result<Checks> proved(const Experiment& experiment, const Laboratory& laboratory) {
  const Result<Observation> seen = observe(experiment, laboratory);
  if (!seen) return seen.error();
  Checks checks = experiment.judge(*seen, laboratory.floor);
  for (Check& check : checks) {
    check.test = experiment.test;
    check.on = experiment.on;
  }
  return checks;
}

}  // namespace assay::validation
