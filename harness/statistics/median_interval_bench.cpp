#include "harness/statistics/median_interval.h"

#include <vector>

#include <benchmark/benchmark.h>

#include "harness/statistics/random_stream.h"

namespace assay::statistics {
namespace {

void interval_of_a_median(benchmark::State& state) {
  RandomStream random(1);
  std::vector<double> sample(static_cast<std::size_t>(state.range(0)));
  for (double& value : sample) value = random.below(1000);
  for (auto _ : state) benchmark::DoNotOptimize(median_interval(sample));
}
BENCHMARK(interval_of_a_median)->Arg(7)->Arg(20);

}  // namespace
}  // namespace assay::statistics
