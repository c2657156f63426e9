// A file of 1 MiB in a form, beside memcpy of the same bytes: what the search for its end costs.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <random>
#include <string>
#include <string_view>
#include <variant>

#include <benchmark/benchmark.h>

#include "server/forms/form_reader.h"
#include "server/forms/form_writer.h"
#include "server/forms/multipart_reader.h"

namespace assay::forms {
namespace {

constexpr std::size_t file_bytes = 1024 * 1024;
constexpr std::size_t piece_bytes = 64 * 1024;  // as a driver reads them
constexpr std::string_view boundary = "----WebKitFormBoundary7MA4YWxkTrZu0gW";

std::string random_bytes() {
  std::mt19937 random(1);
  std::string bytes(file_bytes, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random());
  return bytes;
}

std::string repeated(std::string_view text) {
  std::string bytes;
  while (bytes.size() + text.size() <= file_bytes) bytes += text;
  return bytes;
}

std::string body_of(const std::string& content) {
  const std::string dashes = "--" + std::string(boundary);
  return dashes +
         "\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n"
         "Content-Type: application/octet-stream\r\n\r\n" +
         content + "\r\n" + dashes + "--\r\n";
}

void copy(benchmark::State& state) {
  const std::string from = random_bytes();
  std::string to(from.size(), '\0');
  for (auto _ : state) {
    std::memcpy(to.data(), from.data(), from.size());
    benchmark::ClobberMemory();
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(from.size()));
}

// Finds the parts, and copies their contents to where there is room.
void parts(benchmark::State& state, const std::string& content) {
  const std::string body = body_of(content);
  const FormLimits limits;
  std::string to(body.size(), '\0');
  for (auto _ : state) {
    MultipartReader reader(boundary);
    std::size_t size = 0;
    for (std::size_t at = 0; at < body.size(); at += piece_bytes) {
      std::string_view piece = std::string_view(body).substr(at, piece_bytes);
      for (auto step = reader.next(piece, limits); step.event != MultipartReader::Event::more;
           step = reader.next(piece, limits)) {
        std::memcpy(to.data() + size, step.content.data(), step.content.size());
        size += step.content.size();
      }
    }
    if (size != content.size() || !reader.is_whole()) state.SkipWithError("not what was sent");
    benchmark::ClobberMemory();
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(content.size()));
}

void form(benchmark::State& state, const std::string& content, std::size_t memory_bytes) {
  const std::string body = body_of(content);
  const std::string type = "multipart/form-data; boundary=" + std::string(boundary);
  FormLimits limits;
  limits.memory_bytes = memory_bytes;
  for (auto _ : state) {
    auto reader = FormReader::of(type, limits);
    for (std::size_t at = 0; at < body.size(); at += piece_bytes) {
      const auto piece = std::string_view(body).substr(at, piece_bytes);
      benchmark::DoNotOptimize(std::get<FormReader>(reader).take(piece));
    }
    auto read = std::get<FormReader>(reader).finish();
    if (!std::holds_alternative<FormData>(read)) state.SkipWithError("refused");
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(content.size()));
}

void parts_random(benchmark::State& state) { parts(state, random_bytes()); }
void parts_lines(benchmark::State& state) {
  parts(state, repeated("a line of text as it stands in a log, of some sixty bytes\r\n"));
}
void parts_returns(benchmark::State& state) { parts(state, repeated("\r")); }
void parts_almost_boundaries(benchmark::State& state) {
  parts(state, repeated("\r\n------WebKitFormBoundary7MA4YWxkTrZu0g"));
}
void form_in_memory(benchmark::State& state) { form(state, random_bytes(), 2 * file_bytes); }
void form_spooled(benchmark::State& state) { form(state, random_bytes(), 0); }
BENCHMARK(copy);
BENCHMARK(parts_random);
BENCHMARK(parts_lines);
BENCHMARK(parts_returns);
BENCHMARK(parts_almost_boundaries);
BENCHMARK(form_in_memory);
BENCHMARK(form_spooled);

}  // namespace
}  // namespace assay::forms
