#include "harness/load/reply/body_rule.h"

#include <benchmark/benchmark.h>

#include "harness/load/reply/expectation.h"

namespace assay::load {
namespace {

// The documents' JSON workload: 20 items, 526 bytes.
std::string document(int first = 0) {
  std::string text = "{\"items\":[";
  for (int i = first; i < first + 20; ++i) {
    text += (i == first ? "{\"id\":" : ",{\"id\":") + std::to_string(i) +
            ",\"value\":" + std::to_string(i * 10) + "}";
  }
  return text + "]}";
}

constexpr std::string_view schema = R"({
  "type": "object", "required": ["items"], "additionalProperties": false,
  "properties": {"items": {"type": "array", "minItems": 20, "items": {"$ref": "#/$defs/Item"}}},
  "$defs": {"Item": {"type": "object", "required": ["id", "value"], "properties": {
    "id": {"type": "integer", "minimum": 0}, "value": {"type": "integer"}}}}})";

void judge(benchmark::State& state, const BodyRule& rule) {
  const std::string body = document();
  for (auto _ : state) benchmark::DoNotOptimize(rule.accepts(body));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(body.size()));
}

void same_json(benchmark::State& state) { judge(state, *BodyRule::json(document())); }
BENCHMARK(same_json);

void contains(benchmark::State& state) { judge(state, *BodyRule::contains("190}]}")); }
BENCHMARK(contains);

void follows_schema(benchmark::State& state) { judge(state, *BodyRule::schema(schema)); }
BENCHMARK(follows_schema);

// As a connection does it; `is_repeated`: each body is that of the reply before.
void check_replies(benchmark::State& state, bool is_repeated) {
  const Expectation expectation{
      200, {}, {}, std::make_shared<const BodyRule>(*BodyRule::schema(schema))};
  const std::string bodies[] = {document(), document(is_repeated ? 0 : 1)};
  ReplyCheck check(expectation);
  std::size_t turn = 0;
  for (auto _ : state) {
    check.begin(200, "application/json");
    check.body(bodies[++turn % 2]);
    benchmark::DoNotOptimize(check.end());
  }
}
void another_reply_each_time(benchmark::State& state) { check_replies(state, false); }
BENCHMARK(another_reply_each_time);
void same_reply_again(benchmark::State& state) { check_replies(state, true); }
BENCHMARK(same_reply_again);

}  // namespace
}  // namespace assay::load
