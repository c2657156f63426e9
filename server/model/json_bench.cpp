// Reading and checking a struct, and writing it, beside four other libraries that do the same.
//
//   build/release/benches/assay_model_bench --benchmark_enable_random_interleaving=true
//       --benchmark_repetitions=9 --benchmark_report_aggregates_only=true
// A row is library/bytes. Each reads into a new struct, as a server does for each request.
#include <string>

#include <benchmark/benchmark.h>
#include <boost/json/src.hpp>

#include "server/model/rivals/boost_json.h"
#include "server/model/rivals/documents.h"
#include "server/model/rivals/nlohmann.h"
#include "server/model/rivals/ours.h"
#include "server/model/rivals/rapidjson.h"
#include "server/model/rivals/simdjson.h"

namespace assay::model::rivals {
namespace {

template <class Library, class T>
void read_document(benchmark::State& state, const T& document) {
  const std::string text = to_json(document);
  typename Library::template Reading<T> reading(text);
  for (auto _ : state) {
    T out;
    if (!reading.read(out)) state.SkipWithError("refused");
    benchmark::DoNotOptimize(out);
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}

template <class Library, class T>
void write_document(benchmark::State& state, const T& document) {
  typename Library::template Writing<T> writing(document);
  std::size_t bytes = 0;
  for (auto _ : state) {
    const std::string_view text = writing.write(document);
    benchmark::DoNotOptimize(text.data());
    bytes = text.size();
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
}

template <class Library, class T>
void add(const std::string& library, const T& document) {
  const std::string row = library + "/" + std::to_string(to_json(document).size());
  benchmark::RegisterBenchmark(("read/" + row).c_str(), [document](benchmark::State& state) {
    read_document<Library>(state, document);
  });
  benchmark::RegisterBenchmark(("write/" + row).c_str(), [document](benchmark::State& state) {
    write_document<Library>(state, document);
  });
}

template <class Library>
bool add_all(const std::string& library) {
  add<Library>(library, small());
  add<Library>(library, nested());
  for (const std::size_t bytes : {1'500U, 15'000U, 150'000U})
    add<Library>(library, catalogue(bytes));
  return true;
}

[[maybe_unused]] const bool added =
    add_all<Ours>("ours") && add_all<Simdjson>("simdjson") && add_all<Rapidjson>("rapidjson") &&
    add_all<BoostJson>("boost_json") && add_all<Nlohmann>("nlohmann");

}  // namespace
}  // namespace assay::model::rivals
