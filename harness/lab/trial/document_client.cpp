#include "harness/lab/trial/document_client.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <string_view>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "harness/lab/file_text.h"
#include "harness/lab/trial/server_process.h"
#include "harness/lab/trial/trial_gates.h"
#include "server/model/json_read.h"

namespace assay::lab {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

// What a client prints with --json, as far as it is kept.
struct Figures {
  std::uint64_t requests = 0;
  double duration_s = 0;
  double rate = 0;
  std::map<std::string, std::uint64_t> errors;
  std::map<std::string, std::uint64_t> status;
  std::uint64_t body_bytes = 0;
  Latency latency_us;
  double client_cpu_us_per_request = 0;
  std::string interpreter;
  std::vector<std::string> warnings;
  static constexpr auto model() {
    return std::tuple{field<"requests">(&Figures::requests),
                      field<"duration_s">(&Figures::duration_s),
                      field<"rate">(&Figures::rate),
                      field<"errors">(&Figures::errors),
                      field<"status">(&Figures::status),
                      field<"body_bytes">(&Figures::body_bytes),
                      field<"latency_us">(&Figures::latency_us),
                      field<"client_cpu_us_per_request">(&Figures::client_cpu_us_per_request),
                      field<"interpreter">(&Figures::interpreter),
                      field<"warnings">(&Figures::warnings)};
  }
};

struct Interpreter {
  std::optional<std::string> python;
  static constexpr auto model() { return std::tuple{field<"python">(&Interpreter::python)}; }
};

// scripts/setup leaves the path of the one that it found or built; else any that is in PATH.
std::string interpreter_of(const fs::path& checkout) {
  const auto text = text_of(checkout / ".venv" / "free-threaded.json");
  const auto reading = model::from_json<Interpreter>(text.value_or("{}"));
  const std::string python = reading.ok() ? reading.value.python.value_or("") : "";
  return !python.empty() && access(python.c_str(), X_OK) == 0 ? python : "python3";
}

std::string script_of(Client client) {
  return client == Client::urllib_pool ? "urllib_pool.py" : "keep_alive_threads.py";
}

// What a client is given and what it says, in files that end with it.
struct Papers {
  fs::path figures;
  fs::path log;
  fs::path body;

  explicit Papers(const fs::path& folder)
      : figures(folder / "client.json"), log(folder / "client.log"), body(folder / "client-body") {}
  ~Papers() {
    std::error_code ignored;
    for (const fs::path& each : {figures, log, body}) fs::remove(each, ignored);
  }
  Papers(const Papers&) = delete;
  Papers& operator=(const Papers&) = delete;
};

Launch launch_of(const DocumentCall& call, const Papers& papers) {
  // The output of a process in its own group goes nowhere; the shell turns it into a file.
  std::vector<std::string> command{
      "/bin/sh",
      "-c",
      "exec \"$@\" >\"$0\"",
      papers.figures.string(),
      interpreter_of(call.checkout),
      (call.checkout / "harness" / "clients" / script_of(call.client)).string(),
      call.url,
      "-n",
      std::to_string(call.requests),
      "-c",
      std::to_string(call.connections),
      "--json"};
  // Of itself it warms up, as freetser's later client does; what the plans tell of does not.
  if (call.client == Client::keep_alive_threads) command.insert(command.end(), {"--warm-up", "0"});
  if (call.body) {
    std::ofstream(papers.body, std::ios::binary) << *call.body;
    command.insert(command.end(), {"--expect-body", "@" + papers.body.string()});
  }
  return {std::move(command), {}, call.folder, papers.log};
}

// Waits for the end of the client; what it died of, or why it was ended, if so.
std::string waited_for(ServerProcess& client, const DocumentCall& call, const load::Stop& stop) {
  const auto deadline = Clock::now() + call.limit;
  while (!stop.requested()) {
    if (const auto end = client.ended()) return *end;
    if (Clock::now() >= deadline) {
      const auto seconds = std::chrono::duration<double>(call.limit).count();
      return fmt::format("did not end within {:g} s", seconds);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return "was cut short";
}

// Of two lines, what is wrong and what to type, the first; of a trace the last.
std::string said_in(const fs::path& log) {
  constexpr std::string_view start = "error: ";
  const std::string text = text_of(log).value_or("");
  if (!text.starts_with(start)) return last_line(log);
  return printable(text.substr(start.size(), text.find('\n') - start.size()));
}

std::string fault_text(const DocumentCall& call, const std::string& end, const fs::path& log) {
  const std::string said = said_in(log);
  const std::string fault = fmt::format("the client {} {}", text(call.client), end);
  return said.empty() ? fault : fmt::format("{}; it said: {}", fault, said);
}

std::uint64_t total(const std::map<std::string, std::uint64_t>& counts) {
  std::uint64_t sum = 0;
  for (const auto& [name, count] : counts) sum += count;
  return sum;
}

// As in our own figures: no percentile that fewer than a hundred replies lie beyond.
void keep_what_is_known(Latency& latency, std::uint64_t replies) {
  constexpr std::uint64_t fewest = 100;
  const std::array<std::pair<std::uint64_t, std::optional<double>*>, 4> tails{
      {{10, &latency.p90}, {100, &latency.p99}, {1000, &latency.p99_9}, {10'000, &latency.p99_99}}};
  for (const auto& [one_in, value] : tails) {
    if (replies < fewest * one_in) value->reset();
  }
}

ClientUse use_of(const Figures& figures) {
  const std::uint64_t calls = figures.requests + total(figures.errors);
  const double busy_s = figures.client_cpu_us_per_request * static_cast<double>(calls) / 1e6;
  const bool is_locked = figures.interpreter.find("free-threaded") == std::string::npos;
  return {figures.duration_s > 0 ? busy_s / figures.duration_s : 0, is_locked};
}

void fill(Trial& trial, const Figures& figures, const DocumentCall& call) {
  trial.requests = figures.requests;
  trial.duration_s = figures.duration_s;
  trial.rate = figures.rate;
  for (const auto& [kind, count] : figures.errors) {
    if (count > 0) trial.errors[kind] = count;
  }
  trial.status = figures.status;
  trial.bytes = figures.body_bytes;
  trial.latency_us = figures.latency_us;
  keep_what_is_known(trial.latency_us, total(figures.status));
  trial.warnings.push_back(
      fmt::format("the client is {} on {}", text(call.client), figures.interpreter));
  trial.warnings.insert(trial.warnings.end(), figures.warnings.begin(), figures.warnings.end());
  if (!call.body) {
    trial.warnings.emplace_back("replies were not compared: no two of them need be the same");
  }
}

// Whether a text has a {random:a:b} that can draw more than one number.
bool is_drawn(std::string_view text) {
  constexpr std::string_view opening = "{random:";
  for (std::size_t at = text.find(opening); at != text.npos; at = text.find(opening, at)) {
    at += opening.size();
    const std::string_view range = text.substr(at, text.find('}', at) - at);
    const std::size_t colon = range.find(':');
    if (colon == range.npos || range.substr(0, colon) != range.substr(colon + 1)) return true;
  }
  return false;
}

}  // namespace

bool is_script(Client client) noexcept {
  return client == Client::urllib_pool || client == Client::keep_alive_threads;
}

std::string unfit_reason(Client client, const Workload& workload) {
  if (client == Client::native) return {};
  const WorkloadPart& part = workload.first();
  const auto reason = [&](std::string_view can, std::string_view is) {
    return fmt::format("{} {}, and {} {}", text(client), can, workload.name, is);
  };
  if (workload.parts.size() > 1) return reason("sends one request only", "mixes several");
  if (is_drawn(part.path) || is_drawn(part.body)) {
    return reason("sends the same request each time", "draws a number for each");
  }
  if (is_script(client) && part.method != "GET") {
    return reason("sends GET only", "is a " + part.method);
  }
  return {};
}

double share_of_room(const ClientUse& use, const ClientRoom& room) noexcept {
  const double threads = use.is_locked ? 1 : room.threads;
  const double most = std::min(threads, room.cores - room.server_cores);
  return use.cores >= most ? 1 : use.cores / most;
}

Result<ClientUse> run_document_client(const DocumentCall& call, const load::Stop& stop,
                                      Trial& trial) {
  const Papers papers(call.folder);
  auto client = ServerProcess::start(launch_of(call, papers));
  if (!client) return client.error();
  const std::string end = waited_for(*client, call, stop);
  const auto figures = model::from_json<Figures>(text_of(papers.figures).value_or(""));
  if (!client->ended() || !figures.ok()) {
    trial.reasons.push_back(fault_text(call, end, papers.log));
    trial.fault = text(Fault::client);
    return ClientUse{};
  }
  fill(trial, figures.value, call);
  return use_of(figures.value);
}

}  // namespace assay::lab
