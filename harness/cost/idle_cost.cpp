#include "harness/cost/idle_cost.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "harness/cost/cost_host.h"
#include "harness/cost/running_server.h"

namespace assay::cost {
namespace {

constexpr Row active{Shape::keep_alive, active_connections};
// So few at a time that no server's queue of new connections runs over.
constexpr std::size_t opened_at_once = 500;

Result<std::vector<Blast>> opened(const RunningServer& server, const CostPlan& plan,
                                  std::size_t connections, const load::Stop& stop) {
  std::vector<Blast> blasts;
  while (connections > 0) {
    const Row row{Shape::keep_alive, std::min(connections, opened_at_once)};
    Result<Blast> blast = server.blast(row, plan.path);
    if (!blast) return blast.error();
    blasts.push_back(std::move(*blast));
    const Blast::Outcome outcome = blasts.back().run(load::nanoseconds(0), stop);
    if (!outcome) return server.wrong(row, outcome.error());
    connections -= row.connections;
  }
  return blasts;
}

Result<void> add_alone(const CostPlan& plan, const Contender& contender, const load::Stop& stop,
                       IdleCost& all) {
  const auto server = RunningServer::start(contender, false, plan.server_cores, stop);
  if (!server) return server.error();
  const Result<Cost> cost = measured_cost(*server, active, plan.path, plan.duration, stop);
  if (!cost) return cost.error();
  all.alone.push_back(*cost);
  return {};
}

Result<void> add_beside(const CostPlan& plan, const Contender& contender, const load::Stop& stop,
                        IdleCost& all) {
  const auto server = RunningServer::start(contender, false, plan.server_cores, stop);
  if (!server) return server.error();
  if (const auto sample = server->sample(active, plan.path); !sample) return sample.error();
  all.empty_bytes.push_back(memory_of_group(server->group()));
  Result<std::vector<Blast>> idle = opened(*server, plan, all.idle, stop);
  if (!idle) return idle.error();
  all.filled_bytes.push_back(memory_of_group(server->group()));
  const Result<Cost> cost = measured_cost(*server, active, plan.path, plan.duration, stop);
  if (!cost) return cost.error();
  all.beside.push_back(*cost);
  std::size_t open = 0;
  for (Blast& blast : *idle) open += blast.still_open();
  all.closed += all.idle - open;
  return {};
}

}  // namespace

Result<IdleCost> measured_idle(const CostPlan& plan, const Contender& contender, std::size_t idle,
                               const load::Stop& stop, const Say& say) {
  IdleCost all;
  all.idle = idle;
  for (std::size_t round = 1; round <= plan.rounds; ++round) {
    // In turn first and second, so that neither always finds what the other left.
    const auto first = round % 2 == 0 ? &add_alone : &add_beside;
    const auto second = round % 2 == 0 ? &add_beside : &add_alone;
    if (const auto done = first(plan, contender, stop, all); !done) return done.error();
    if (const auto done = second(plan, contender, stop, all); !done) return done.error();
    say(fmt::format("idle: round {} of {} done", round, plan.rounds));
  }
  return all;
}

}  // namespace assay::cost
