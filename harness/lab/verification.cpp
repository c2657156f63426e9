#include "harness/lab/verification.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <thread>

#include <fmt/format.h>

#include "harness/lab/drawn_request.h"
#include "harness/lab/readiness.h"
#include "harness/lab/reply_match.h"
#include "harness/lab/server_process.h"
#include "harness/load/fetch.h"

namespace assay::lab {
namespace {

using statistics::RandomStream;

constexpr int at_a_time = 16;
constexpr std::chrono::seconds patience{20};  // sixteen computations may wait for one core

// One request and what came of it.
struct Asked {
  ReplyMatch match;
  std::string body;
  int status = 0;
};

Asked ask(std::uint16_t port, const DrawnRequest& drawn) {
  const auto reply = load::fetch(server_host, port, drawn.request, patience);
  if (!reply) return {{"no reply: " + reply.error().what()}, {}, 0};
  Asked asked{match(drawn.reply, *reply), reply->body, reply->status};
  if (asked.match.is_right()) return asked;
  asked.match.difference = fmt::format("{} {}: {}", drawn.request.method, drawn.request.target,
                                       asked.match.difference);
  return asked;
}

std::vector<Asked> ask_each_part(const Workload& workload, std::uint16_t port, std::uint64_t seed) {
  RandomStream random(seed);
  std::vector<Asked> replies;
  for (const WorkloadPart& part : workload.parts) {
    replies.push_back(ask(port, drawn_request(part, random)));
  }
  return replies;
}

const WorkloadPart& nth_part(const Workload& workload, int number) {
  if (workload.check) return *workload.check;
  return workload.parts[static_cast<std::size_t>(number) % workload.parts.size()];
}

// The first that is wrong of many requests that are under way together.
class Crowd {
 public:
  Crowd(const Workload& workload, std::uint16_t port, const VerificationSettings& settings)
      : workload_(workload), port_(port), settings_(settings) {
    std::vector<std::thread> threads;
    for (int i = 0; i < at_a_time; ++i) threads.emplace_back([this] { work(); });
    for (std::thread& thread : threads) thread.join();
  }
  const std::string& difference() const { return difference_; }

 private:
  void work() {
    for (int number = next_++; number < settings_.requests; number = next_++) {
      RandomStream random(settings_.seed + static_cast<std::uint64_t>(number) * 0x9E3779B9U);
      const Asked asked = ask(port_, drawn_request(nth_part(workload_, number), random));
      const std::lock_guard lock(mutex_);
      if (difference_.empty()) difference_ = asked.match.difference;
      if (!difference_.empty()) return;
    }
  }

  const Workload& workload_;
  std::uint16_t port_;
  const VerificationSettings& settings_;
  std::atomic<int> next_{0};
  std::mutex mutex_;  // guards difference_
  std::string difference_;
};

Verified judged_finding(const Workload& workload, const Finding& finding, const Asked& asked) {
  const bool is_as_known = !asked.match.is_right() && asked.status == finding.status &&
                           asked.body.find(finding.says) != std::string::npos;
  if (is_as_known) return {workload.name, Answer::known_wrong, asked.match.difference};
  if (asked.match.is_right()) {
    return {workload.name, Answer::not_wrong,
            fmt::format("answers right, where status {} is known of it", finding.status)};
  }
  return {workload.name, Answer::wrong, asked.match.difference};
}

Verified judged(const Workload& workload, const std::vector<Asked>& first, std::uint16_t port,
                const VerificationSettings& settings) {
  Verified verified{workload.name, Answer::right, {}};
  for (const Asked& asked : first) {
    if (!asked.match.is_right()) return {workload.name, Answer::wrong, asked.match.difference};
    if (verified.words.empty()) verified.words = asked.match.unequal_bytes();
  }
  const Crowd crowd(workload, port, settings);
  if (crowd.difference().empty()) return verified;
  return {workload.name, Answer::wrong,
          fmt::format("one of {} requests, {} at a time: {}", settings.requests, at_a_time,
                      crowd.difference())};
}

// A server that was started for its replies.
struct Started {
  std::optional<ServerProcess> process;
  std::uint16_t port = 0;
  std::string reason;
};

Started start(const Baseline& baseline, const VerificationSettings& settings,
              const load::Stop& stop) {
  auto process = ServerProcess::start({baseline.command_for(settings.server, server_host, 0),
                                       baseline.variables, baseline.folder, settings.log});
  if (!process) return {std::nullopt, 0, process.error().what()};
  Started started{*std::move(process), 0, {}};
  const Readiness ready = await_ready(*started.process, settings.log, stop);
  started.port = ready.port;
  started.reason = ready.reason;
  return started;
}

bool has_state(const Workload* workload) { return !workload->state.empty(); }

// Asked in the same order of each start, right after it: what is different has outlived a server.
void compare_beginnings(const std::vector<std::vector<Asked>>& first,
                        const std::vector<std::vector<Asked>>& second,
                        const std::vector<const Workload*>& workloads, Verification& all) {
  for (std::size_t i = 0; i < workloads.size(); ++i) {
    for (std::size_t part = 0; part < first[i].size(); ++part) {
      Verified& verified = all.workloads[i];
      if (verified.answer != Answer::right || first[i][part].body == second[i][part].body) continue;
      verified = {verified.workload, Answer::wrong,
                  fmt::format("its state outlives a restart: [{}] at first, then [{}]",
                              printable(first[i][part].body.substr(0, 60)),
                              printable(second[i][part].body.substr(0, 60)))};
    }
  }
}

std::vector<std::vector<Asked>> beginnings(const std::vector<const Workload*>& workloads,
                                           std::uint16_t port, std::uint64_t seed) {
  std::vector<std::vector<Asked>> replies;
  for (const Workload* workload : workloads) {
    replies.push_back(ask_each_part(*workload, port, seed));
  }
  return replies;
}

}  // namespace

std::string lacking_reason(const Baseline& baseline, const Workload& workload) {
  if (!workload.runs_on(baseline.implementation)) {
    return fmt::format("{} has no {} workload", baseline.name, workload.folder());
  }
  if (baseline.is_without(workload.name)) {
    return fmt::format("{} has no {} workload", baseline.label(), workload.name);
  }
  return {};
}

Verification verify(const Baseline& baseline, const std::vector<const Workload*>& workloads,
                    const VerificationSettings& settings, const load::Stop& stop) {
  Verification all;
  std::vector<const Workload*> asked;
  for (const Workload* workload : workloads) {
    if (lacking_reason(baseline, *workload).empty()) asked.push_back(workload);
  }
  if (asked.empty()) return all;
  Started started = start(baseline, settings, stop);
  if (!started.reason.empty()) return {started.reason, {}};
  const auto first = beginnings(asked, started.port, settings.seed);
  for (std::size_t i = 0; i < asked.size() && !stop.requested(); ++i) {
    const Finding* finding = baseline.finding(asked[i]->name);
    all.workloads.push_back(finding != nullptr
                                ? judged_finding(*asked[i], *finding, first[i].front())
                                : judged(*asked[i], first[i], started.port, settings));
  }
  if (stop.requested()) return {"cut short", {}};
  if (const auto end = started.process->ended()) return {"the server " + *end, {}};
  if (std::none_of(asked.begin(), asked.end(), has_state)) return all;
  started.process->stop();
  Started again = start(baseline, settings, stop);
  if (!again.reason.empty()) return {"started again, " + again.reason, {}};
  compare_beginnings(first, beginnings(asked, again.port, settings.seed), asked, all);
  return all;
}

}  // namespace assay::lab
