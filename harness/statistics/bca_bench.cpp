#include "harness/statistics/bca.h"

#include <vector>

#include <benchmark/benchmark.h>

#include "harness/statistics/median.h"
#include "harness/statistics/random_stream.h"

namespace assay::statistics {
namespace {

// A median with the usual 10,000 resamples.
void bootstrap_of_a_median(benchmark::State& state) {
  RandomStream random(1);
  std::vector<double> sample(static_cast<std::size_t>(state.range(0)));
  for (double& value : sample) value = random.below(1000);
  const auto statistic = [](std::span<const double> values) { return median(values); };
  for (auto _ : state) benchmark::DoNotOptimize(bca_interval(sample, statistic, 1));
}
BENCHMARK(bootstrap_of_a_median)->Arg(10)->Arg(30)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace assay::statistics
