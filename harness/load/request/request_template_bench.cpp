#include "harness/load/request/request_template.h"

#include <benchmark/benchmark.h>

namespace assay::load {
namespace {

RequestTemplate made(const Request& request) {
  return *RequestTemplate::of(request, "127.0.0.1:8080", true, 1);
}

void append(benchmark::State& state, const RequestTemplate& request) {
  std::string out;
  std::uint64_t number = 100000;
  for (auto _ : state) {
    out.clear();
    request.append(out, number++);
    benchmark::DoNotOptimize(out.data());
  }
}

void fixed_request(benchmark::State& state) {
  append(state, made({"GET", "/items/7", {{"Accept", "*/*"}}, ""}));
}
BENCHMARK(fixed_request);

void number_in_the_target(benchmark::State& state) {
  append(state, made({"GET", "/items/{seq}", {{"Accept", "*/*"}}, ""}));
}
BENCHMARK(number_in_the_target);

void random_number_in_the_target(benchmark::State& state) {
  append(state, made({"GET", "/items/{random:1:100000}", {{"Accept", "*/*"}}, ""}));
}
BENCHMARK(random_number_in_the_target);

void body_with_three_places(benchmark::State& state) {
  append(state, made({"POST",
                      "/items",
                      {{"Content-Type", "application/json"}},
                      R"({"id":{seq},"price":{random:1:9999},"colour":"{pick:red|green|blue}"})"}));
}
BENCHMARK(body_with_three_places);

}  // namespace
}  // namespace assay::load
