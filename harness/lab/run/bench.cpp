#include "harness/lab/run/bench.h"

#include "harness/lab/host/core_shares.h"
#include "harness/lab/host/host.h"
#include "harness/lab/plan/all_cores.h"
#include "harness/lab/trial/attempts.h"
#include "harness/lab/trial/verification.h"

namespace assay::lab {
namespace {

constexpr double start_s = 1.0;     // what a server takes to start and to end, about
constexpr double usual_probes = 8;  // of a search for the highest rate

// The plan's own, once more in every block: how far the two are apart is the noise of the host.
void add_twins(Bench& bench) {
  std::vector<Cell> twins;
  for (const Cell& cell : bench.cells) {
    // At a given rate two are as fast as each other whatever the host does.
    const bool is_paced = cell.load->rate || cell.load->share;
    if (cell.baseline->label() == bench.plan.ours && !is_paced) twins.push_back(cell);
  }
  for (Cell& twin : twins) twin.is_twin = true;
  bench.cells.insert(bench.cells.end(), twins.begin(), twins.end());
}

// A run of so many requests takes as long as it takes: it is guessed as long as the others.
double expected_seconds(const Cell& cell, const Plan& plan) {
  const double warm_up = cell.load->warm_up_s.value_or(plan.warm_up_s);
  const double measure = cell.load->measure_s.value_or(plan.measure_s);
  const double probes = cell.load->p99_limit_ms ? usual_probes : 1;
  return start_s + warm_up + measure * probes;
}

}  // namespace

Result<void> prepare(const Checkout& checkout, const Wanted& wanted, Bench& bench) {
  auto plan = read_plan(checkout.folder, wanted.plan);
  if (!plan) return plan.error();
  auto catalogue = read_catalogue(checkout);
  if (!catalogue) return catalogue.error();
  bench.plan = *std::move(plan);
  const auto cores = physical_cores();
  give_all_cores(bench.plan, cores_of_servers(shares_of(cores), cores).size());
  bench.catalogue = *std::move(catalogue);
  if (wanted.workload) bench.plan.workloads = {*wanted.workload};
  if (wanted.blocks) {
    bench.plan.blocks = *wanted.blocks;
    bench.plan.most_blocks = *wanted.blocks;
    bench.plan.budget_s.reset();
  }
  auto cells = cells_of(bench.plan, bench.catalogue.workloads, bench.catalogue.baselines);
  if (!cells) return cells.error();
  bench.cells = *std::move(cells);
  if (bench.plan.twin) add_twins(bench);
  return {};
}

bool can_run(const Cell& cell) {
  return cell.baseline->unavailable().empty() &&
         lacking_reason(*cell.baseline, *cell.workload).empty();
}

Left left_of(const Bench& bench, const std::vector<Trial>& trials) {
  Left left;
  for (int block = 0; block < bench.plan.blocks; ++block) {
    for (const Cell& cell : bench.cells) {
      if (!can_run(cell) || !next_attempt(trials, cell, block)) continue;
      ++left.trials;
      left.seconds += expected_seconds(cell, bench.plan);
    }
  }
  return left;
}

}  // namespace assay::lab
