#include "harness/cost/scaling_cost.h"

#include <algorithm>

#include <fmt/format.h>

#include "harness/cost/core_share.h"
#include "harness/cost/cost_host.h"
#include "harness/cost/running_server.h"

namespace assay::cost {
namespace {

constexpr Row row{Shape::keep_alive, 64};  // of each client thread
constexpr std::size_t client_threads = 2;  // one cannot keep two workers busy

struct Bench {
  const CostPlan& plan;
  const Contender& reference;
  const load::Stop& stop;
  std::vector<int> cores;  // of two workers; one gets the last
};

Result<Cost> cost_of(std::size_t workers, const Bench& bench) {
  Contender contender = bench.reference;
  if (!replace_in(contender.command, "workers", std::to_string(workers))) {
    return CostError::no_worker_option(joined(contender.command));
  }
  std::vector<int> cores = bench.cores;
  const std::size_t others = cores.size() - std::min(cores.size(), workers);
  cores.erase(cores.begin(), cores.begin() + static_cast<std::ptrdiff_t>(others));
  const auto server = RunningServer::start(contender, false, cores, bench.stop);
  if (!server) return server.error();
  return measured_cost(*server, row, bench.plan.path, bench.plan.duration, bench.stop,
                       client_threads);
}

}  // namespace

Result<ScalingCost> measured_scaling(const CostPlan& plan, const Contender& reference,
                                     const std::vector<int>& usable, const load::Stop& stop,
                                     const Say& say) {
  // Two clients of which one has no core would measure the scheduler.
  const bool is_enough = usable.size() >= client_threads + 2;
  const CoreShare share = is_enough ? core_share(usable, 2) : CoreShare{};
  ScalingCost all;
  all.is_apart = pin_to(share.is_apart() ? share.client : usable) && share.is_apart();
  const Bench bench{plan, reference, stop, share.is_apart() ? share.server : usable};
  for (std::size_t round = 1; round <= plan.rounds; ++round) {
    const Result<Cost> one = cost_of(1, bench);
    if (!one) return one.error();
    const Result<Cost> two = cost_of(2, bench);
    if (!two) return two.error();
    all.one.push_back(*one);
    all.two.push_back(*two);
    say(fmt::format("scaling: round {} of {} done", round, plan.rounds));
  }
  return all;
}

}  // namespace assay::cost
