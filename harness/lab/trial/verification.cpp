#include "harness/lab/trial/verification.h"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <mutex>
#include <optional>
#include <thread>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/lab/plan/drawn_request.h"
#include "harness/lab/trial/readiness.h"
#include "harness/lab/trial/reply_match.h"
#include "harness/lab/trial/server_process.h"
#include "harness/load/loop/fetch.h"

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
  asked.match.difference =
      fmt::format("{} {}: {}", drawn.request.method, drawn.request.target, asked.match.difference);
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
  const auto& asked = workload.checks.empty() ? workload.parts : workload.checks;
  return asked[static_cast<std::size_t>(number) % asked.size()];
}

// Many requests that are under way together, and the first that was answered wrong.
class Crowd {
 public:
  Crowd(const Workload& workload, std::uint16_t port, const VerificationSettings& settings)
      : workload_(workload), port_(port), settings_(settings) {
    std::vector<std::thread> threads;
    for (int i = 0; i < at_a_time; ++i) threads.emplace_back([this] { work(); });
    for (std::thread& thread : threads) thread.join();
  }
  const std::optional<Asked>& wrong() const { return wrong_; }

 private:
  void work() {
    for (int number = next_++; number < settings_.requests; number = next_++) {
      RandomStream random(settings_.seed + static_cast<std::uint64_t>(number) * 0x9E3779B9U);
      Asked asked = ask(port_, drawn_request(nth_part(workload_, number), random));
      const std::lock_guard lock(mutex_);
      if (!wrong_ && !asked.match.is_right()) wrong_ = std::move(asked);
      if (wrong_) return;
    }
  }

  const Workload& workload_;
  std::uint16_t port_;
  const VerificationSettings& settings_;
  std::atomic<int> next_{0};
  std::mutex mutex_;  // guards wrong_
  std::optional<Asked> wrong_;
};

std::string in_a_crowd(const Asked& asked, const VerificationSettings& settings) {
  return fmt::format("one of {} requests, {} at a time: {}", settings.requests, at_a_time,
                     asked.match.difference);
}

bool is_as_known(const Finding& finding, const Asked& asked) {
  return asked.status == finding.status && asked.body.find(finding.says) != std::string::npos;
}

// The number in the reply that is to grow with each request; nothing where there is none.
std::optional<std::uint64_t> count_of(const Workload& workload, std::uint16_t port) {
  if (!workload.counted) return std::nullopt;
  RandomStream random(0);
  const Asked asked = ask(port, drawn_request(*workload.counted, random));
  if (!asked.match.is_right()) return std::nullopt;
  const std::string& text = workload.counted->reply.texts.front();
  const char* digits = asked.body.data() + std::min(text.find("{digits}"), asked.body.size());
  std::uint64_t count = 0;
  const auto parsed = std::from_chars(digits, asked.body.data() + asked.body.size(), count);
  return parsed.ec == std::errc() ? std::optional(count) : std::nullopt;
}

Verified judged_finding(const Workload& workload, const Finding& finding, std::uint16_t port,
                        const VerificationSettings& settings) {
  const Asked first = ask_each_part(workload, port, settings.seed).front();
  if (!first.match.is_right()) {
    return {workload.name, is_as_known(finding, first) ? Answer::known_wrong : Answer::wrong,
            first.match.difference};
  }
  const Crowd crowd(workload, port, settings);
  if (!crowd.wrong()) {
    return {workload.name, Answer::not_wrong,
            fmt::format("answers right, where status {} is known of it", finding.status)};
  }
  return {workload.name,
          is_as_known(finding, *crowd.wrong()) ? Answer::sometimes_wrong : Answer::wrong,
          in_a_crowd(*crowd.wrong(), settings)};
}

Verified judged(const Workload& workload, std::uint16_t port,
                const VerificationSettings& settings) {
  Verified verified{workload.name, Answer::right, {}};
  for (const Asked& asked : ask_each_part(workload, port, settings.seed)) {
    if (!asked.match.is_right()) return {workload.name, Answer::wrong, asked.match.difference};
    if (verified.words.empty()) verified.words = asked.match.unequal_bytes();
  }
  const auto before = count_of(workload, port);
  const Crowd crowd(workload, port, settings);
  if (crowd.wrong()) return {workload.name, Answer::wrong, in_a_crowd(*crowd.wrong(), settings)};
  if (!workload.counted) return verified;
  const auto after = count_of(workload, port);
  const auto asked = static_cast<std::uint64_t>(settings.requests);
  if (before && after && *after - *before == asked) return verified;
  return {workload.name, Answer::wrong,
          fmt::format("after {} requests its count has gone from {} to {}", asked,
                      before ? std::to_string(*before) : "none",
                      after ? std::to_string(*after) : "none")};
}

// A server that was started for its replies.
struct Started {
  std::optional<ServerProcess> process;
  std::uint16_t port = 0;
  std::string reason;
  std::optional<Facts> facts = {};
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
  if (!started.reason.empty()) return started;
  started.facts = facts_of(server_host, ready.port);
  started.reason = identity_fault(started.facts, std::nullopt, baseline);
  return started;
}

bool has_state(const Workload* workload) { return !workload->state.empty(); }

// The first replies of a server that was just started, in the workloads' order.
struct Beginning {
  std::string reason;  // why there are none; empty when there are
  std::vector<std::vector<Asked>> replies;
};

Beginning beginning(const Baseline& baseline, const std::vector<const Workload*>& workloads,
                    const VerificationSettings& settings, const load::Stop& stop) {
  const Started started = start(baseline, settings, stop);
  if (!started.reason.empty()) return {"started again, " + started.reason, {}};
  Beginning begun;
  for (const Workload* workload : workloads) {
    begun.replies.push_back(ask_each_part(*workload, started.port, settings.seed));
  }
  return begun;
}

// What is different in a second start has outlived the first.
void compare(const Beginning& first, const Beginning& second, std::vector<Verified>& all) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t part = 0; part < first.replies[i].size(); ++part) {
      const std::string& before = first.replies[i][part].body;
      const std::string& after = second.replies[i][part].body;
      if (all[i].answer != Answer::right || before == after) continue;
      all[i].answer = Answer::wrong;
      all[i].words = fmt::format("its state outlives a restart: [{}] at first, then [{}]",
                                 printable(before.substr(0, 60)), printable(after.substr(0, 60)));
    }
  }
}

}  // namespace

std::string lacking_reason(const Baseline& baseline, const Workload& workload) {
  std::string reason = baseline.reason_without(workload.name);
  if (!reason.empty()) return reason;
  if (workload.runs_on(baseline.implementation)) return {};
  if (workload.is_for_others(baseline.implementation)) {
    return fmt::format("it is for {} alone", fmt::join(workload.only, ", "));
  }
  return fmt::format("{} has no {} workload", baseline.name, workload.folder());
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
  all.facts = started.facts;
  for (const Workload* workload : asked) {
    if (stop.requested()) return {"cut short", {}};
    const Finding* finding = baseline.finding(workload->name);
    all.workloads.push_back(finding != nullptr
                                ? judged_finding(*workload, *finding, started.port, settings)
                                : judged(*workload, started.port, settings));
  }
  if (const auto end = started.process->ended()) return {"the server " + *end, {}};
  if (std::none_of(asked.begin(), asked.end(), has_state)) return all;
  started.process->stop();
  const Beginning first = beginning(baseline, asked, settings, stop);
  const Beginning second = beginning(baseline, asked, settings, stop);
  for (const Beginning* begun : {&first, &second}) {
    if (!begun->reason.empty()) return {begun->reason, {}};
  }
  compare(first, second, all.workloads);
  return all;
}

}  // namespace assay::lab
