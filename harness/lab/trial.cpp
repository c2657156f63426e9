#include "harness/lab/trial.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/lab/drawn_request.h"
#include "harness/lab/readiness.h"
#include "harness/lab/reply_match.h"
#include "harness/lab/server_process.h"
#include "harness/lab/server_sampler.h"
#include "harness/lab/time_text.h"
#include "harness/load/fetch.h"
#include "harness/load/run.h"

namespace assay::lab {
namespace {

// The server says which port it got: nobody can be there before it.
constexpr std::uint16_t any_port = 0;
constexpr double tolerated_errors = 0.001;  // of all requests

std::chrono::nanoseconds seconds(double count) {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::duration<double>(count));
}

load::MixPart mix_part(const WorkloadPart& part, bool is_exact) {
  return {part.weight, templated_request(part), expectation_of(part, is_exact)};
}

// `is_exact`: whether the first reply to each part was right byte for byte.
load::Job job_of(const Cell& cell, const Measuring& how, std::uint16_t port,
                 const std::vector<bool>& is_exact) {
  const std::vector<WorkloadPart>& parts = cell.workload->parts;
  load::Job job;
  job.target.host = server_host;
  job.target.port = port;
  job.request = templated_request(parts.front());
  job.expectation = expectation_of(parts.front(), is_exact.front());
  for (std::size_t i = 0; parts.size() > 1 && i < parts.size(); ++i) {
    job.mix.push_back(mix_part(parts[i], is_exact[i]));
  }
  job.connections = cell.load->connections;
  job.keep_alive = cell.load->keep_alive;
  job.warm_up = seconds(how.warm_up_s);
  job.duration = seconds(how.measure_s);
  return job;
}

Latency latency_of(const load::Histogram& histogram) {
  const auto all_but_one_in = [&](std::uint64_t one_in) -> std::optional<double> {
    const auto latency = histogram.all_but_one_in(one_in);
    return latency ? std::optional(load::in_microseconds(*latency)) : std::nullopt;
  };
  return {histogram.mean_ns() / 1000,
          load::in_microseconds(histogram.percentile(0.5)),
          all_but_one_in(10),
          all_but_one_in(100),
          all_but_one_in(1000),
          all_but_one_in(10'000),
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
  trial.client_cpu = summary.client_cpu();
}

// Why the figures of this trial must not be used, and what a reader must know of those that may.
void judge(Trial& trial, const load::Summary& summary, ServerProcess& server) {
  const double errors = static_cast<double>(summary.tally.errors.total());
  const double all = errors + static_cast<double>(summary.tally.requests);
  if (all == 0) trial.reasons.emplace_back("no reply while it was measured");
  if (errors > tolerated_errors * all) {
    std::vector<std::string> kinds;  // without counts, so that equal reasons of trials are one
    for (const auto& [kind, count] : trial.errors) kinds.push_back(kind);
    trial.reasons.push_back(
        fmt::format("errors above 0.1 % of requests: {}", fmt::join(kinds, ", ")));
  }
  if (const auto end = server.ended()) trial.reasons.push_back("the server " + *end);
  if (summary.cut) trial.reasons.emplace_back("cut short");
  trial.valid = trial.reasons.empty();
  for (const load::Warning& warning : summary.warnings()) {
    if (std::holds_alternative<load::LittlesLawOff>(warning)) {
      trial.warnings.emplace_back("Little's law off: the latencies do not account for the rate");
    }
  }
}

// What the server's group used. None at all for many requests means that a process outside it did
// the work, or that the group ended: then nobody knows what was measured. Few requests may cost
// less than a tick of the system's clock, 10 ms.
void keep_use(Trial& trial, const ServerUse& use) {
  constexpr std::uint64_t worth_several_ticks = 10'000;
  if (use.cpu_share <= 0 && trial.requests >= worth_several_ticks) {
    trial.reasons.emplace_back("the server's processes used no processor time: others answered");
    trial.valid = false;
    return;
  }
  trial.memory_bytes = use.memory_bytes;
  if (trial.rate > 0) {
    trial.server_cpu_us_per_request = std::max(use.cpu_share, 0.0) * 1e6 / trial.rate;
  }
}

// Whether the process under test is the one that was meant, as it says itself.
void judge_facts(Trial& trial, const Facts& facts, const Baseline& baseline) {
  if (facts.baseline != baseline.name) {
    trial.reasons.push_back("the server says that it is " + facts.baseline);
  }
  if (baseline.runs_unlocked && facts.gil.value_or(false)) {
    trial.reasons.emplace_back("the interpreter lock is on, and this baseline runs without it");
  }
}

// The first reply to each part of the workload: a wrong one is a reason not to measure.
std::vector<bool> first_replies(const Workload& workload, std::uint16_t port, Trial& trial) {
  statistics::RandomStream random(static_cast<std::uint64_t>(trial.block) + 1);
  std::vector<bool> is_exact;
  for (const WorkloadPart& part : workload.parts) {
    const DrawnRequest drawn = drawn_request(part, random);
    const auto reply = load::fetch(server_host, port, drawn.request);
    const ReplyMatch found = reply ? match(drawn.reply, *reply)
                                   : ReplyMatch{"no reply: " + reply.error().what()};
    if (!found.is_right()) trial.reasons.push_back(found.difference);
    is_exact.push_back(found.is_exact);
  }
  return is_exact;
}

}  // namespace

Result<Measured> measure(const Cell& cell, const Measuring& how, const load::Stop& stop) {
  Measured measured;
  Trial& trial = measured.trial;
  trial.workload = cell.workload->name;
  trial.baseline = cell.baseline->label();
  trial.load = cell.load->name;
  trial.started = utc_text(std::chrono::system_clock::now());

  auto server = ServerProcess::start(
      {cell.baseline->command_for(how.server, server_host, any_port), cell.baseline->variables,
       cell.baseline->folder, how.log, how.cores});
  if (!server) return server.error();
  const Readiness ready = await_ready(*server, how.log, stop);
  if (!ready.reason.empty()) {
    trial.reasons.push_back(ready.reason);
    return measured;
  }
  measured.facts = facts_of(server_host, ready.port);
  if (measured.facts) judge_facts(trial, *measured.facts, *cell.baseline);
  const auto is_exact = first_replies(*cell.workload, ready.port, trial);
  if (!trial.reasons.empty()) return measured;

  const load::Job job = job_of(cell, how, ready.port, is_exact);
  ServerSampler sampler(server->group(), job.warm_up, job.duration);
  const auto summary = load::run(job, stop);
  if (!summary) {
    trial.reasons.push_back(summary.error().what());
    return measured;
  }
  fill(trial, *summary);
  judge(trial, *summary, *server);
  if (summary->cut) return measured;
  keep_use(trial, sampler.wait());
  return measured;
}

}  // namespace assay::lab
