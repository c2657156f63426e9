#include "server/wire/chunked_decoder.h"

#include <cstddef>
#include <cstdint>
#include <string>

#include <benchmark/benchmark.h>

namespace assay::wire {
namespace {

// A body of `count` chunks whose size is `hex_size`, which is `size` bytes.
std::string chunks(std::int64_t count, const std::string& hex_size, std::size_t size) {
  const std::string chunk = hex_size + "\r\n" + std::string(size, 'x') + "\r\n";
  std::string text;
  for (std::int64_t i = 0; i < count; ++i) text += chunk;
  return text + "0\r\n\r\n";
}

void decode(benchmark::State& state, const std::string& text) {
  const ChunkLimits limits{.body_bytes = 1024 * 1024};
  std::string body;
  for (auto _ : state) {
    body.clear();
    ChunkedDecoder decoder;
    benchmark::DoNotOptimize(decoder.decode(text, body, limits));
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(body.size()));
}

void one_chunk_of_64_kib(benchmark::State& state) { decode(state, chunks(1, "10000", 65536)); }
void thousand_chunks_of_16_bytes(benchmark::State& state) { decode(state, chunks(1000, "10", 16)); }
BENCHMARK(one_chunk_of_64_kib);
BENCHMARK(thousand_chunks_of_16_bytes);

}  // namespace
}  // namespace assay::wire
