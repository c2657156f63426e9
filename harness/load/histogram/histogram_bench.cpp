#include "harness/load/histogram/histogram.h"

#include <benchmark/benchmark.h>

namespace assay::load {
namespace {

// Latencies around 100 us that spread over a thousand places, as those of a busy server do.
void record(benchmark::State& state) {
  Histogram histogram;
  std::int64_t latency = 1;
  for (auto _ : state) {
    latency = (latency * 48271) % 2147483647;
    histogram.record(std::chrono::nanoseconds(100'000 + (latency & 0xffff)));
  }
  benchmark::DoNotOptimize(histogram.count());
}
BENCHMARK(record);

void percentile(benchmark::State& state) {
  Histogram histogram;
  for (int latency = 0; latency < 100'000; ++latency) {
    histogram.record(std::chrono::nanoseconds(latency * 10));
  }
  for (auto _ : state) benchmark::DoNotOptimize(histogram.percentile(0.99));
}
BENCHMARK(percentile);

}  // namespace
}  // namespace assay::load
