#include "harness/load/histogram/histogram_encoding.h"

#include <benchmark/benchmark.h>

#include "harness/load/histogram/histogram.h"

namespace assay::load {
namespace {

// A second of a busy server: 40,000 replies around 400 us, one in a hundred up to ten times slower.
CompactHistogram busy_second() {
  Histogram histogram;
  std::int64_t number = 1;
  for (int reply = 0; reply < 40'000; ++reply) {
    number = (number * 48271) % 2147483647;
    const std::int64_t spread = number % 60'000 + (number >> 8) % 60'000;
    const std::int64_t slow = reply % 100 == 0 ? number % 4'000'000 : 0;
    histogram.record(nanoseconds(340'000 + spread + slow));
  }
  return histogram.compact();
}

void encode_second(benchmark::State& state) {
  const CompactHistogram histogram = busy_second();
  for (auto _ : state) benchmark::DoNotOptimize(encode(histogram));
  state.counters["places"] = static_cast<double>(histogram.places.size());
  state.counters["letters"] = static_cast<double>(encode(histogram).size());
}
BENCHMARK(encode_second)->Unit(benchmark::kMicrosecond);

void decode_second(benchmark::State& state) {
  const std::string text = encode(busy_second());
  for (auto _ : state) benchmark::DoNotOptimize(decode(text));
}
BENCHMARK(decode_second)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace assay::load
