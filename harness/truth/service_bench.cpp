// What it costs to draw a request's time and to settle when it is due: the server's own part of the
// floor that is measured with a constant law of 0.
#include "harness/truth/service.h"

#include <algorithm>
#include <string>

#include <benchmark/benchmark.h>

#include "harness/truth/draw.h"

namespace {

using namespace assay::truth;  // NOLINT(google-build-using-namespace): the subject of this file

const Law laws[] = {Constant{Seconds(1e-3)}, TwoValued{Seconds(1e-3), Seconds(1e-2), 0.01},
                    Exponential{Seconds(1e-3)}, LogNormal{Seconds(1e-3), 0.5}};

void drawn_time(benchmark::State& state) {
  const Law& law = laws[state.range(0)];
  state.SetLabel(std::string(name(law)));
  std::uint64_t request = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(drawn(law, draw(1, Purpose::service_time, ++request)));
  }
}
BENCHMARK(drawn_time)->DenseRange(0, 3);

// Utilised to the full, so that there is a queue; with many servers the heap is what costs.
void admitted(benchmark::State& state) {
  ServiceSettings settings;
  settings.law = Exponential{Seconds(1e-3)};
  settings.servers = static_cast<std::size_t>(state.range(0));
  settings.waiting_limit = 1000;
  TimePoint now{std::chrono::seconds(1)};
  Service service(settings, now);
  for (auto _ : state) {
    now += std::chrono::microseconds(1000) / std::max<long>(1, state.range(0));
    benchmark::DoNotOptimize(service.admit(now));
  }
}
BENCHMARK(admitted)->Arg(0)->Arg(1)->Arg(100);

}  // namespace
