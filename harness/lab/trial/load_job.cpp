#include "harness/lab/trial/load_job.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <thread>

#include <fmt/format.h>

#include "harness/lab/plan/drawn_request.h"
#include "harness/lab/trial/attempts.h"
#include "harness/lab/trial/readiness.h"
#include "harness/lab/trial/reply_match.h"
#include "harness/load/command/preset.h"
#include "harness/statistics/median.h"

namespace assay::lab {
namespace {

std::chrono::nanoseconds seconds(double count) {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::duration<double>(count));
}

load::MixPart mix_part(const WorkloadPart& part, bool is_exact) {
  return {part.weight, templated_request(part), expectation_of(part, is_exact)};
}

// Beside a server of many cores one thread would be the limit, and measure itself. Where the two
// share cores, more threads would take them from the server.
std::size_t threads_for(const Cell& cell, const Measuring& how) {
  return std::max<std::size_t>(1, std::min<std::size_t>(how.client_cores, cell.load->connections));
}

// Replies are judged as ever: oha would take any for a success.
void set_as_oha(load::Job& job) {
  load::Options options;
  options.connections = static_cast<double>(job.connections);
  const auto is_typed = [](std::string_view name) { return name != "--timeout" && name != "-t"; };
  const std::size_t cores = std::max(std::thread::hardware_concurrency(), 1U);
  const auto as_oha = load::with_preset("oha", options, is_typed, cores);
  if (!as_oha) return;  // there is such a preset
  job.timeout = seconds(as_oha->timeout_s);
  job.threads = static_cast<std::size_t>(as_oha->threads);
  for (const std::string& header : as_oha->headers) {
    const std::size_t colon = header.find(": ");
    job.request.headers.emplace_back(header.substr(0, colon), header.substr(colon + 2));
  }
}

}  // namespace

std::optional<double> rate_for(const Cell& cell, const std::vector<Trial>& trials) {
  if (!cell.load->share) return cell.load->rate;
  const auto whole =
      trials_of(trials, cell.workload->name, cell.baseline->label(), cell.load->share->load, false);
  const auto rates = values(whole, [](const Trial& each) { return each.rate; });
  if (rates.empty()) return std::nullopt;
  return cell.load->share->share * statistics::median(rates);
}

std::string open_files_reason(const Load& load, std::uint64_t allowed) {
  constexpr std::uint64_t besides = 128;  // listeners, pollers, a database
  const std::uint64_t needed = load.connections + besides;
  if (needed <= allowed) return {};
  return fmt::format("it needs {} open files, and this host allows {}", needed, allowed);
}

load::Job job_of(const Cell& cell, const Measuring& how, std::uint16_t port,
                 const std::vector<FirstReply>& replies) {
  const std::vector<WorkloadPart>& parts = cell.workload->parts;
  load::Job job;
  job.target.host = server_host;
  job.target.port = port;
  job.request = templated_request(parts.front());
  job.expectation = expectation_of(parts.front(), replies.front().is_exact);
  for (std::size_t i = 0; parts.size() > 1 && i < parts.size(); ++i) {
    job.mix.push_back(mix_part(parts[i], replies[i].is_exact));
  }
  job.connections = cell.load->connections;
  job.threads = threads_for(cell, how);
  job.keep_alive = cell.load->keep_alive;
  job.warm_up = seconds(cell.load->warm_up_s.value_or(how.warm_up_s));
  // A load with a warm-up of its own, as a document has it, keeps to that.
  if (!cell.load->warm_up_s && how.warm_up_most_s > how.warm_up_s) {
    job.warm_up_most = seconds(how.warm_up_most_s);
  }
  job.duration = seconds(cell.load->measure_s.value_or(how.measure_s));
  job.requests = cell.load->requests;
  if (how.rate) job.rate = load::Rate{*how.rate, *how.rate, cell.load->arrivals};
  if (cell.load->client == Client::oha) set_as_oha(job);
  return job;
}

}  // namespace assay::lab
