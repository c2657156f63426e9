#include "harness/lab/trial.h"

#include <chrono>

#include <fmt/format.h>

#include "harness/lab/port.h"
#include "harness/lab/server_process.h"
#include "harness/lab/server_sampler.h"
#include "harness/lab/time_text.h"
#include "harness/lab/verify.h"
#include "harness/load/closed_loop.h"

namespace assay::lab {
namespace {

constexpr auto host = "127.0.0.1";
constexpr double tolerated_errors = 0.001;  // of all requests

std::chrono::nanoseconds seconds(double count) {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::duration<double>(count));
}

load::Job job_of(const Cell& cell, const Measuring& how, std::uint16_t port) {
  load::Job job;
  job.host = host;
  job.port = port;
  job.request.method = cell.workload->method;
  job.request.target = cell.workload->path;
  job.expectation = {cell.workload->status, cell.workload->media_type, cell.workload->body};
  job.connections = cell.load->connections;
  job.keep_alive = cell.load->keep_alive;
  job.warm_up = seconds(how.warm_up_s);
  job.duration = seconds(how.measure_s);
  return job;
}

Latency latency_of(const load::Histogram& histogram) {
  const auto at = [&](double q) { return load::in_microseconds(histogram.percentile(q)); };
  return {histogram.mean_ns() / 1000,
          at(0.5),
          at(0.9),
          at(0.99),
          at(0.999),
          at(0.9999),
          load::in_microseconds(histogram.max())};
}

void fill(Trial& trial, const load::Summary& summary) {
  const load::Tally& tally = summary.tally;
  trial.requests = tally.requests;
  trial.duration_s = load::in_seconds(summary.duration);
  trial.rate = summary.rate();
  for (std::size_t i = 0; i < load::error_kinds; ++i) {
    const auto kind = static_cast<load::ErrorKind>(i);
    if (tally.errors[kind] > 0) trial.errors[std::string(load::text(kind))] = tally.errors[kind];
  }
  for (std::size_t status = 0; status < tally.statuses.size(); ++status) {
    if (tally.statuses[status] > 0) trial.status[std::to_string(status)] = tally.statuses[status];
  }
  trial.bytes = tally.bytes;
  trial.latency_us = latency_of(tally.latency);
  trial.client_cpu = summary.client_cpu;
}

// Why the figures of this trial must not be used.
void judge(Trial& trial, const load::Summary& summary, ServerProcess& server) {
  const double errors = static_cast<double>(summary.tally.errors.total());
  const double all = errors + static_cast<double>(summary.tally.requests);
  if (all == 0) trial.reasons.emplace_back("no reply while it was measured");
  if (errors > tolerated_errors * all) {
    std::string kinds;
    for (const auto& [kind, count] : trial.errors) kinds += fmt::format(" {} {}", count, kind);
    trial.reasons.push_back(fmt::format("errors above 0.1 % of requests:{}", kinds));
  }
  if (const auto end = server.ended()) trial.reasons.push_back("the server " + *end);
  if (summary.cut) trial.reasons.emplace_back("cut short");
  trial.valid = trial.reasons.empty();
}

// A server under test and the port that was found for it.
struct Started {
  ServerProcess process;
  std::uint16_t port;
};

Result<Started> start(const Baseline& baseline, const Measuring& how) {
  const std::uint16_t port = free_port_from(host, how.port_base);
  if (port == 0) return LabError::no_free_port(how.port_base);
  auto process = ServerProcess::start(
      {baseline.command_for(how.server, host, port), baseline.variables, baseline.folder, how.log});
  if (!process) return process.error();
  return Started{*std::move(process), port};
}

}  // namespace

Result<Measured> measure(const Cell& cell, const Measuring& how, const load::Stop& stop) {
  Measured measured;
  Trial& trial = measured.trial;
  trial.workload = cell.workload->name;
  trial.baseline = cell.baseline->label();
  trial.load = cell.load->name;
  trial.started = utc_text(std::chrono::system_clock::now());

  auto started = start(*cell.baseline, how);
  if (!started) return started.error();
  auto& [server, port] = *started;
  const std::string reason = await_reply(server, *cell.workload, host, port, how.log);
  if (!reason.empty()) {
    trial.reasons.push_back(reason);
    return measured;
  }
  measured.facts = facts_of(host, port);

  ServerSampler sampler(server.group(), how.warm_up_s, how.measure_s);
  const auto summary = load::run(job_of(cell, how, port), stop);
  if (!summary) {
    trial.reasons.push_back(summary.error().what());
    return measured;
  }
  fill(trial, *summary);
  judge(trial, *summary, server);
  if (summary->cut) return measured;
  const ServerUse use = sampler.wait();
  trial.memory_bytes = use.memory_bytes;
  if (trial.rate > 0) trial.server_cpu_us_per_request = use.cpu_share * 1e6 / trial.rate;
  return measured;
}

Result<std::string> check(const Workload& workload, const Baseline& baseline,
                          const Measuring& how) {
  auto started = start(baseline, how);
  if (!started) return started.error();
  return await_reply(started->process, workload, host, started->port, how.log);
}

}  // namespace assay::lab
