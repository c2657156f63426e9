#include "harness/load/reply/reply_parser.h"

#include <benchmark/benchmark.h>

#include "harness/load/reply/expectation.h"

namespace assay::load {
namespace {

// One reply of the documents' JSON workload, read and compared in full.
void read_and_check(benchmark::State& state) {
  const std::string body(static_cast<std::size_t>(state.range(0)), 'x');
  const std::string bytes =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nServer: assay\r\nContent-Length: " +
      std::to_string(body.size()) + "\r\n\r\n" + body;
  const Expectation expectation{200, "application/json", body};
  ReplyParser parser;
  ReplyCheck check(expectation);
  for (auto _ : state) {
    parser.start(false);
    std::string_view rest = bytes;
    rest.remove_prefix(parser.feed(rest).used);
    check.begin(parser.head().status, parser.head().content_type);
    check.body(parser.feed(rest).body);
    benchmark::DoNotOptimize(check.end());
  }
}
BENCHMARK(read_and_check)->Arg(526)->Arg(16384);

}  // namespace
}  // namespace assay::load
