#include "harness/statistics/mann_whitney.h"

#include <vector>

#include <benchmark/benchmark.h>

#include "harness/statistics/random_stream.h"

namespace assay::statistics {
namespace {

void ranks_counted_out(benchmark::State& state) {
  RandomStream random(1);
  std::vector<double> ours(static_cast<std::size_t>(state.range(0)));
  std::vector<double> theirs(ours.size());
  for (double& value : ours) value = random.below(1000);
  for (double& value : theirs) value = random.below(1000);
  for (auto _ : state) benchmark::DoNotOptimize(mann_whitney(ours, theirs));
}
BENCHMARK(ranks_counted_out)->Arg(10)->Arg(20)->Arg(30)->Arg(40)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace assay::statistics
