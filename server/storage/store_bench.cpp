// What the key-value store costs beside bare SQLite on the same table.
//
//   build/release/benches/assay_storage_bench --benchmark_filter='entry|table'
//       --benchmark_enable_random_interleaving=true --benchmark_repetitions=9
// `of_bare` is the cost of a get as many times that of the bare statement, in turn with it on one
// connection: at most 1.3, with and without a snapshot.
#include "server/storage/store.h"

#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

namespace assay::storage {
namespace {

constexpr int most_entries = 50'000;
constexpr int most_bytes = 20'000'000;

class Filled {
 public:
  explicit Filled(std::size_t value_bytes) : value(value_bytes, 'v') {
    const int entry_count = std::min(most_entries, most_bytes / static_cast<int>(value_bytes));
    database_.open();
    database_.start();
    auto filling = store_.transaction([this, entry_count](Transaction& t) {
      for (int i = 0; i < entry_count; ++i) t.table(table).add(key(i), value);
    });
    filling.get();
    for (int i = 0; i < entry_count; i += 7) keys_.push_back(key(i));
  }
  ~Filled() { database_.stop(); }
  Filled(const Filled&) = delete;
  Filled& operator=(const Filled&) = delete;

  static std::string key(int number) { return "user:" + std::to_string(number); }
  const std::string& next_key() { return keys_[(at_ += 3'571) % keys_.size()]; }
  Entries entries(Connection& connection) const { return {connection, 1, settings_.now}; }
  template <class Act>
  void use(Act act) {
    database_.use(act);
  }

  std::string value;

 private:
  Settings settings_;
  Database database_{settings_};
  Store store_{database_};
  std::vector<std::string> keys_;
  std::size_t at_ = 0;

 public:
  const Table table = store_.table("users");
};

sqlite3_stmt* prepared_get(Connection& connection) {
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v3(connection.handle(),
                     "SELECT value, counter, expires FROM entries WHERE space = ? AND key = ?", -1,
                     SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  return statement;
}

Entry bare_get(sqlite3_stmt* statement, const std::string& key) {
  sqlite3_bind_int64(statement, 1, 1);
  sqlite3_bind_text(statement, 2, key.data(), static_cast<int>(key.size()), SQLITE_STATIC);
  Entry entry;
  if (sqlite3_step(statement) == SQLITE_ROW) {
    entry.value.assign(static_cast<const char*>(sqlite3_column_blob(statement, 0)),
                       static_cast<std::size_t>(sqlite3_column_bytes(statement, 0)));
    entry.counter = sqlite3_column_int64(statement, 1);
  }
  sqlite3_reset(statement);
  return entry;
}

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

// In turn with the bare statement on the same connection.
void get_entry(benchmark::State& state) {
  constexpr int turn = 64;  // so that looking at the clock does not matter
  Filled filled(static_cast<std::size_t>(state.range(0)));
  Seconds by_store{};
  Seconds by_bare{};
  filled.use([&](Connection& connection) {
    Entries entries = filled.entries(connection);
    sqlite3_stmt* const statement = prepared_get(connection);
    if (state.range(1) != 0) connection.hold_snapshot();
    for (auto _ : state) {
      const auto begun = Clock::now();
      for (int i = 0; i < turn; ++i) benchmark::DoNotOptimize(entries.get(filled.next_key()));
      const auto between = Clock::now();
      for (int i = 0; i < turn; ++i) {
        benchmark::DoNotOptimize(bare_get(statement, filled.next_key()));
      }
      by_store += between - begun;
      by_bare += Clock::now() - between;
      state.SetIterationTime(Seconds(between - begun).count());
    }
    connection.end_snapshot();
    sqlite3_finalize(statement);
  });
  state.counters["get_us"] =
      by_store.count() * 1e6 / (turn * static_cast<double>(state.iterations()));
  state.counters["of_bare"] = by_store / by_bare;
}

// By the database, which finds the thread's connection.
void get_from_table(benchmark::State& state) {
  Filled filled(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(filled.table.get(filled.next_key()));
}

BENCHMARK(get_entry)
    ->ArgNames({"bytes", "snapshot"})
    ->ArgsProduct({{20, 10'000}, {0, 1}})
    ->UseManualTime();
BENCHMARK(get_from_table)->ArgName("bytes")->Arg(20)->Arg(10'000);

// In one transaction, which is undone: what the writes themselves cost.
template <class Act>
void write_entries(benchmark::State& state, Act act) {
  Filled filled(static_cast<std::size_t>(state.range(0)));
  filled.use([&](Connection& connection) {
    Entries entries = filled.entries(connection);
    connection.begin_to_write();
    int number = 0;
    for (auto _ : state) act(entries, filled, ++number);
    connection.roll_back();
  });
}

void add_entry(benchmark::State& state) {
  write_entries(state, [](Entries& entries, Filled& filled, int number) {
    entries.add("new:" + std::to_string(number), filled.value);
  });
}
void put_entry(benchmark::State& state) {
  write_entries(state, [](Entries& entries, Filled& filled, int) {
    entries.put(filled.next_key(), filled.value);
  });
}
void update_entry(benchmark::State& state) {
  write_entries(state, [](Entries& entries, Filled& filled, int) {
    entries.update(Filled::key(5), filled.value, entries.get(Filled::key(5))->counter);
  });
}
void add_and_remove_entry(benchmark::State& state) {
  write_entries(state, [](Entries& entries, Filled& filled, int number) {
    const std::string key = "new:" + std::to_string(number);
    entries.add(key, filled.value);
    entries.remove(key);
  });
}
BENCHMARK(add_entry)->ArgName("bytes")->Arg(20)->Arg(1'000);
BENCHMARK(put_entry)->ArgName("bytes")->Arg(20)->Arg(1'000);
BENCHMARK(update_entry)->ArgName("bytes")->Arg(20)->Arg(1'000);
BENCHMARK(add_and_remove_entry)->ArgName("bytes")->Arg(20)->Arg(1'000);

}  // namespace
}  // namespace assay::storage
