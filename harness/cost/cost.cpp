#include "harness/cost/cost.h"

#include <algorithm>
#include <optional>
#include <thread>

#include "harness/cost/cost_host.h"

namespace assay::cost {
namespace {

using load::nanoseconds;

// The last reply has come, but the server has yet to go back to sleep.
constexpr auto settling = std::chrono::milliseconds(5);

nanoseconds settled_cpu(const RunningServer& server) {
  std::this_thread::sleep_for(settling);
  return cpu_of_group(server.group());
}

Blast::Outcome together(const std::vector<Blast::Outcome>& outcomes) {
  BlastTally all;
  for (const Blast::Outcome& each : outcomes) {
    if (!each) return each.error();
    all.requests += each->requests;
    all.wall = std::max(all.wall, each->wall);
    all.client_cpu += each->client_cpu;
  }
  return all;
}

// The first in this thread, so that one client needs no other.
Blast::Outcome run_all(std::vector<Blast>& blasts, nanoseconds duration, const load::Stop& stop) {
  std::vector<Blast::Outcome> outcomes(blasts.size(), BlastFault::interrupted);
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < blasts.size(); ++i) {
    threads.emplace_back([&, i] { outcomes[i] = blasts[i].run(duration, stop); });
  }
  outcomes[0] = blasts[0].run(duration, stop);
  for (std::thread& thread : threads) thread.join();
  return together(outcomes);
}

}  // namespace

Result<Cost> measured_cost(const RunningServer& server, const Row& row, std::string_view path,
                           nanoseconds duration, const load::Stop& stop, std::size_t clients,
                           nanoseconds lead_in) {
  std::vector<Blast> blasts;
  for (std::size_t client = 0; client < clients; ++client) {
    Result<Blast> blast = server.blast(row, path);
    if (!blast) return blast.error();
    blasts.push_back(std::move(*blast));
  }
  const Blast::Outcome warm = run_all(blasts, lead_in, stop);
  if (!warm) return server.wrong(row, warm.error());
  const nanoseconds cpu_began = settled_cpu(server);
  const Blast::Outcome tally = run_all(blasts, duration, stop);
  if (!tally) return server.wrong(row, tally.error());
  const nanoseconds cpu = settled_cpu(server) - cpu_began;
  const auto requests = static_cast<double>(tally->requests);
  const double wall = load::in_seconds(tally->wall);
  return Cost{load::in_microseconds(cpu) / requests, requests / wall, load::in_seconds(cpu) / wall,
              load::in_seconds(tally->client_cpu) / wall / static_cast<double>(clients)};
}

}  // namespace assay::cost
