#include "server/wire/connection.h"

#include <cstdint>
#include <string>

#include <benchmark/benchmark.h>

namespace assay::wire {
namespace {

class Fixed final : public Handler {
 public:
  void answer(const Request&, ReplyWriter& reply) override {
    reply.send(200, "application/json", body_);
  }

 private:
  std::string body_ = std::string(526, 'x');
};

// Parse, answer and write `range` requests that arrived together; a browser's worth of fields.
void connection_receive(benchmark::State& state) {
  std::string requests;
  for (std::int64_t i = 0; i < state.range(0); ++i) {
    requests +=
        "GET /json HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nAccept: */*\r\nUser-Agent: assay\r\n\r\n";
  }
  const Limits limits;
  const std::string date = "Date: Sat, 21 Nov 2026 12:00:00 GMT\r\n";
  Fixed handler;
  ReplyBuffers buffers;
  Connection connection(limits, date, handler);
  for (auto _ : state) {
    connection.receive(requests, buffers);
    connection.wrote(connection.output().size());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(connection_receive)->Arg(1)->Arg(16);

}  // namespace
}  // namespace assay::wire
