#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include <benchmark/benchmark.h>

#include "server/model/json_read.h"
#include "server/model/json_write.h"

namespace assay::model {
namespace {

struct Row {
  std::int64_t id = 0;
  std::string name;
  static constexpr auto model() {
    return std::tuple{field<"id">(&Row::id), field<"name">(&Row::name)};
  }
};

std::vector<Row> rows(std::int64_t count) {
  std::vector<Row> made;
  for (std::int64_t i = 0; i < count; ++i) made.push_back({i, "User " + std::to_string(i)});
  return made;
}

void json_write(benchmark::State& state) {
  const std::vector<Row> values = rows(state.range(0));
  std::string out;
  for (auto _ : state) {
    out.clear();
    append_json(out, values);
    benchmark::DoNotOptimize(out.data());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(out.size()));
}
BENCHMARK(json_write)->Arg(1)->Arg(10)->Arg(1000);

void json_read(benchmark::State& state) {
  const std::string text = to_json(rows(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(from_json<std::vector<Row>>(text).value.size());
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(json_read)->Arg(1)->Arg(10)->Arg(1000);

}  // namespace
}  // namespace assay::model
