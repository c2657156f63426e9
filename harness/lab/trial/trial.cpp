#include "harness/lab/trial/trial.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/lab/host/host.h"
#include "harness/lab/host/program_hash.h"
#include "harness/lab/host/server_sampler.h"
#include "harness/lab/plan/drawn_request.h"
#include "harness/lab/time_text.h"
#include "harness/lab/trial/capacity_search.h"
#include "harness/lab/trial/document_client.h"
#include "harness/lab/trial/load_job.h"
#include "harness/lab/trial/readiness.h"
#include "harness/lab/trial/reply_match.h"
#include "harness/lab/trial/server_process.h"
#include "harness/lab/trial/trial_gates.h"
#include "harness/load/loop/fetch.h"
#include "harness/load/loop/run.h"

namespace assay::lab {
namespace {

// The server says which port it got: nobody can be there before it.
constexpr std::uint16_t any_port = 0;

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
  if (tally.closed > 0) trial.closed = tally.closed;
  trial.latency_us = latency_of(tally.latency);
  trial.client_cpu = summary.client_cpu();
  if (summary.cut) trial.reasons.emplace_back("cut short");
  trial.warm_up_s = load::in_seconds(summary.warm_up);
  trial.steady = summary.is_steady;
  trial.client_wait = summary.client_wait();
  if (summary.longest_gap) {
    trial.longest_gap_ms = load::in_microseconds(*summary.longest_gap) / 1000;
  }
  // Of the lag only what passed while a connection was free: the rest is the server's doing.
  if (summary.asked) trial.lag_p99_us = load::in_microseconds(tally.pacing.percentile(0.99));
}

// Why the figures of this trial must not be used.
void judge(Trial& trial, ServerProcess& server) {
  const auto errors = static_cast<double>(trial.failed());
  const double all = errors + static_cast<double>(trial.requests);
  if (all == 0 && trial.reasons.empty()) {
    trial.reasons.emplace_back("no reply while it was measured");
  }
  if (errors > tolerated_error_share * all) {
    std::vector<std::string> kinds;  // without counts, so that equal reasons of trials are one
    for (const auto& [kind, count] : trial.errors) kinds.push_back(kind);
    trial.reasons.push_back(
        fmt::format("errors above 0.1 % of requests: {}", fmt::join(kinds, ", ")));
  }
  if (const auto end = server.ended()) {
    trial.reasons.push_back("the server " + *end);
    trial.fault = text(Fault::server);
  }
  trial.valid = trial.reasons.empty();
  if (!trial.valid && trial.fault.empty()) trial.fault = text(Fault::server);
}

// By the figures themselves and by what the host did meanwhile.
void judge_by_gates(const Cell& cell, const Measuring& how, Trial& trial) {
  Asked asked;
  asked.connections = cell.load->connections;
  asked.keep_alive = cell.load->keep_alive;
  asked.is_our_client = !is_script(cell.load->client);
  asked.is_by_chance = cell.load->arrivals == load::Arrivals::poisson;
  if (!cell.load->requests) asked.seconds = cell.load->measure_s.value_or(how.measure_s);
  asked.cores = std::max(std::thread::hardware_concurrency(), 1U);
  Verdicts found = judged(trial, asked);
  if (auto swapped = swapped_program(how.program_sha256, trial.program_sha256)) {
    found.reasons.push_back(*std::move(swapped));
  }
  for (Flaw& flaw : found.warnings) trial.warnings.push_back(std::move(flaw.text));
  std::optional<Fault> worst;
  if (!trial.valid) worst = trial.fault == text(Fault::client) ? Fault::client : Fault::server;
  for (Flaw& flaw : found.reasons) {
    worst = std::max(worst, std::optional(flaw.of));
    trial.reasons.push_back(std::move(flaw.text));
  }
  trial.valid = trial.reasons.empty();
  if (worst) trial.fault = text(*worst);
}

// What the server's group used. None at all for many requests means that a process outside it did
// the work, or that the group ended: then nobody knows what was measured. Few requests may cost
// less than a tick of the system's clock, 10 ms.
void keep_use(Trial& trial, const ServerUse& use, bool is_counted) {
  constexpr std::uint64_t worth_several_ticks = 10'000;
  if (use.cpu_share <= 0 && trial.requests >= worth_several_ticks) {
    trial.reasons.emplace_back("the server's processes used no processor time: others answered");
    return;
  }
  trial.memory_bytes = use.memory_bytes;
  trial.conditions = use.conditions;
  trial.server = use.state;
  // A window of known length lies within the load; one around so many requests is longer than they.
  const double asked =
      is_counted ? static_cast<double>(trial.requests + trial.failed()) : trial.rate;
  const double used = is_counted ? use.cpu_s : use.cpu_share;
  if (asked > 0) trial.server_cpu_us_per_request = std::max(used, 0.0) * 1e6 / asked;
}

// Without a text, or with one in which a number may be any, replies may differ.
bool is_always_the_same(const ReplyRule& reply) {
  return reply.texts.size() == 1 && reply.texts.front().find("{digits}") == std::string::npos;
}

// The first reply to each part of the workload: a wrong one is a reason not to measure.
std::vector<FirstReply> first_replies(const Workload& workload, std::uint16_t port, Trial& trial) {
  statistics::RandomStream random(1);
  std::vector<FirstReply> replies;
  for (const WorkloadPart& part : workload.parts) {
    const DrawnRequest drawn = drawn_request(part, random);
    const auto reply = load::fetch(server_host, port, drawn.request);
    const ReplyMatch found =
        reply ? match(drawn.reply, *reply) : ReplyMatch{"no reply: " + reply.error().what()};
    if (!found.is_right()) trial.reasons.push_back(found.difference);
    FirstReply& first = replies.emplace_back();
    first.is_exact = found.is_exact;
    first.target = drawn.request.target;
    if (reply && is_always_the_same(drawn.reply)) first.body = reply->body;
  }
  return replies;
}

// A server that has shown that it is the right one, and what asks it.
struct Ready {
  ServerProcess& process;
  std::uint16_t port = 0;
  std::vector<FirstReply> replies;
};

// The server works only while it is asked, so that all its time is of the client's.
ClientRoom room_of(const DocumentCall& call, const Measuring& how, double server_cores) {
  std::size_t cores = 0;
  bool is_shared = how.cores.empty();
  for (const auto& threads : physical_cores()) {
    cores += threads.size();
    is_shared |= std::find_first_of(threads.begin(), threads.end(), how.cores.begin(),
                                    how.cores.end()) != threads.end();
  }
  return {call.connections, static_cast<double>(cores), is_shared ? server_cores : 0};
}

Result<void> ask_by_script(const Cell& cell, const Measuring& how, const Ready& server,
                           const load::Stop& stop, Trial& trial) {
  const FirstReply& first = server.replies.front();
  DocumentCall call;
  call.checkout = cell.baseline->folder.parent_path().parent_path();
  call.client = cell.load->client;
  call.url = fmt::format("http://{}:{}{}", server_host, server.port, first.target);
  call.requests = cell.load->requests.value_or(1);
  call.connections = cell.load->connections;
  call.body = first.body;
  call.folder = how.log.parent_path();
  ServerSampler sampler(server.process.group(), std::chrono::nanoseconds(0), std::nullopt);
  const auto client = run_document_client(call, stop, trial);
  if (!client) return client.error();
  const ServerUse use = sampler.end();
  keep_use(trial, use, true);
  if (trial.duration_s > 0) {
    trial.client_cpu = share_of_room(*client, room_of(call, how, use.cpu_s / trial.duration_s));
  }
  return {};
}

// What a load came to; nothing where it could not be put on, with the reason in the trial.
std::optional<load::Summary> tried(const load::Job& job, const load::Stop& stop, Trial& trial,
                                   const load::Watch& watch = {}) {
  auto summary = load::run(job, stop, watch);
  if (summary) return *std::move(summary);
  trial.reasons.push_back(summary.error().what());
  return std::nullopt;
}

// The highest rate that keeps its p99 under the limit, by short loads one after the other: first as
// fast as the server can, then at rates between.
std::optional<double> capacity(load::Job job, double p99_limit_ms, load::Arrivals arrivals,
                               const load::Stop& stop, Trial& trial) {
  const auto closed = tried(job, stop, trial);
  if (!closed || stop.requested()) return std::nullopt;
  job.warm_up = std::min<std::chrono::nanoseconds>(job.warm_up, std::chrono::milliseconds(200));
  job.warm_up_most.reset();
  const auto found = highest_rate(closed->rate(), {}, [&](double rate) -> std::optional<bool> {
    job.rate = load::Rate{rate, rate, arrivals};
    const auto probe = tried(job, stop, trial);
    if (!probe || stop.requested()) return std::nullopt;
    return is_kept(*probe, p99_limit_ms);
  });
  if (!found && trial.reasons.empty() && !stop.requested()) {
    trial.reasons.push_back(
        fmt::format("no rate that was tried keeps its p99 under {} ms", p99_limit_ms));
  }
  return found;
}

std::optional<load::Summary> measure_load(const load::Job& job, const Ready& server,
                                          const load::Stop& stop, Trial& trial) {
  const bool is_counted = job.requests.has_value();
  const pid_t group = server.process.group();
  // So many requests may be over before a window could begin with them: it begins before them.
  ServerSampler sampler = is_counted ? ServerSampler(group, job.warm_up, std::nullopt)
                                     : ServerSampler(group, job.duration);
  load::Watch watch;
  if (!is_counted) watch.measuring = [&](load::TimePoint begin) { sampler.begin_at(begin); };
  auto summary = tried(job, stop, trial, watch);
  if (!summary) return std::nullopt;
  if (job.rate) trial.asked_rate = job.rate->per_second;
  fill(trial, *summary);
  if (!summary->cut) keep_use(trial, is_counted ? sampler.end() : sampler.wait(), is_counted);
  return summary;
}

// The trial is the one that confirms the rate; the blocks of the plan are the repetitions.
void measure_capacity(const Cell& cell, load::Job job, const Ready& server, const load::Stop& stop,
                      Trial& trial) {
  const double limit = *cell.load->p99_limit_ms;
  const auto found = capacity(job, limit, cell.load->arrivals, stop, trial);
  if (!found) return;
  const Trial untried = trial;
  const auto kept = confirmed_rate(*found, [&](double rate) -> std::optional<bool> {
    trial = untried;
    job.rate = load::Rate{rate, rate, cell.load->arrivals};
    const auto summary = measure_load(job, server, stop, trial);
    if (!summary || stop.requested()) return std::nullopt;
    return is_kept(*summary, limit);
  });
  if (!kept && trial.reasons.empty() && !stop.requested()) {
    trial.reasons.emplace_back("the rate that was found did not last when it was measured again");
  }
}

void ask(const Cell& cell, const Measuring& how, const Ready& server, const load::Stop& stop,
         Trial& trial) {
  load::Job job = job_of(cell, how, server.port, server.replies);
  if (cell.load->p99_limit_ms) {
    measure_capacity(cell, job, server, stop, trial);
  } else {
    measure_load(job, server, stop, trial);
  }
}

// Once more at the end: whoever came to the port in between has answered some of the requests.
void judge_port(Trial& trial, std::uint16_t port, pid_t group) {
  if (!owners_of_port(port, group).others) return;
  trial.reasons.emplace_back("another process listened on the server's port too");
  trial.valid = false;
}

// Of a server that is not ready, why; nothing is asked of it then.
Ready made_ready(const Cell& cell, const Measuring& how, ServerProcess& process,
                 const load::Stop& stop, Measured& measured) {
  Ready server{process, 0, {}};
  const Readiness ready = await_ready(process, how.log, stop);
  if (!ready.reason.empty()) {
    measured.trial.reasons.push_back(ready.reason);
    return server;
  }
  server.port = ready.port;
  measured.facts = facts_of(server_host, ready.port);
  std::string fault = identity_fault(measured.facts, how.facts, *cell.baseline);
  if (!fault.empty()) measured.trial.reasons.push_back(std::move(fault));
  server.replies = first_replies(*cell.workload, ready.port, measured.trial);
  return server;
}

}  // namespace

Result<Measured> measure(const Cell& cell, const Measuring& how, const load::Stop& stop) {
  Measured measured;
  Trial& trial = measured.trial;
  trial.workload = cell.workload->name;
  trial.baseline = cell.baseline->label();
  trial.load = cell.load->name;
  trial.started = utc_text(std::chrono::system_clock::now());
  std::string refusal = how.refusal;
  if (refusal.empty()) refusal = unfit_reason(cell.load->client, *cell.workload);
  if (!refusal.empty()) {
    trial.reasons.push_back(std::move(refusal));
    return measured;
  }
  const auto command = cell.baseline->command_for(how.server, server_host, any_port);
  trial.program_sha256 = program_sha256(command, cell.baseline->folder);
  auto process = ServerProcess::start(
      {command, cell.baseline->variables, cell.baseline->folder, how.log, how.cores});
  if (!process) return process.error();
  const Ready server = made_ready(cell, how, *process, stop, measured);
  if (!trial.reasons.empty()) {
    trial.fault = text(Fault::server);
    return measured;
  }
  if (!is_script(cell.load->client)) {
    ask(cell, how, server, stop, trial);
  } else if (auto asked = ask_by_script(cell, how, server, stop, trial); !asked) {
    return asked.error();
  }
  judge(trial, *process);
  judge_port(trial, server.port, process->group());
  if (how.has_gates) judge_by_gates(cell, how, trial);
  return measured;
}

}  // namespace assay::lab
