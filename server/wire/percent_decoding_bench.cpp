#include "server/wire/percent_decoding.h"

#include <string>

#include <benchmark/benchmark.h>

namespace assay::wire {
namespace {

const std::string plain = "/articles/2026/november/the-case-of-the-missing-baseline";
const std::string encoded = "/articles/2026/der%20Fall%20der%20fehlenden%20Gr%C3%B6%C3%9Fe";

void percent_decode(benchmark::State& state, const std::string& text) {
  std::string scratch;
  for (auto _ : state) benchmark::DoNotOptimize(percent_decoded(text, scratch));
}
void form_decode(benchmark::State& state, const std::string& text) {
  std::string scratch;
  for (auto _ : state) benchmark::DoNotOptimize(form_decoded(text, scratch));
}
void percent_encode(benchmark::State& state, const std::string& text) {
  for (auto _ : state) benchmark::DoNotOptimize(percent_encoded(text));
}
BENCHMARK_CAPTURE(percent_decode, plain, plain);
BENCHMARK_CAPTURE(percent_decode, encoded, encoded);
BENCHMARK_CAPTURE(form_decode, plain, plain);
BENCHMARK_CAPTURE(form_decode, encoded, encoded);
BENCHMARK_CAPTURE(percent_encode, plain, plain);

}  // namespace
}  // namespace assay::wire
