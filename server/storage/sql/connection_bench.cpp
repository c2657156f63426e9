// What typed statements cost beside SQLite's own calls on the same connection.
//
//   build/release/benches/assay_sql_bench --benchmark_enable_random_interleaving=true
//       --benchmark_repetitions=9 --benchmark_report_aggregates_only=true
// Read them in pairs: `typed` over `bare` is at most 1.3.
#include "server/storage/sql/connection.h"

#include <sqlite3.h>

#include <string>
#include <tuple>
#include <vector>

#include <benchmark/benchmark.h>

#include "server/storage/sql/scratch_file.h"

namespace assay::storage {
namespace {

using model::field;

constexpr int entry_count = 50'000;

struct Item {
  std::int64_t id = 0;
  std::string name;
  double price = 0;
  static constexpr auto model() {
    return std::tuple{field<"id">(&Item::id), field<"name">(&Item::name),
                      field<"price">(&Item::price)};
  }
};

constexpr Query<"SELECT value FROM entries WHERE key = ?1", std::string> value_of;
constexpr Query<"SELECT value FROM entries WHERE key = ?1", std::string_view> view_of;
constexpr Query<"SELECT id, name, price FROM items WHERE id > ?1 ORDER BY id LIMIT 10", Item>
    page_after;

constexpr std::string_view content = R"(
CREATE TABLE entries(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 49999)
  INSERT INTO entries SELECT 'key' || i, 'a value of some length ' || i FROM n;
CREATE TABLE items(id INTEGER PRIMARY KEY, name TEXT NOT NULL, price REAL NOT NULL) STRICT;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)
  INSERT INTO items SELECT i, 'item ' || i, i * 1.25 FROM n;
)";

class Reading {
 public:
  Reading() {
    connection.execute(content);
    for (int i = 0; i < entry_count; i += 7) keys_.push_back("key" + std::to_string(i));
  }
  ~Reading() {
    for (sqlite3_stmt* statement : statements_) sqlite3_finalize(statement);
  }
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;

  // Far from the last: each walks the tree as a request's does.
  const std::string& next_key() { return keys_[(at_ += 3'571) % keys_.size()]; }
  sqlite3_stmt* prepare(std::string_view sql) {
    sqlite3_stmt*& statement = statements_.emplace_back();
    sqlite3_prepare_v3(connection.handle(), sql.data(), static_cast<int>(sql.size()),
                       SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    return statement;
  }

 private:
  ScratchFile file_;

 public:
  Connection connection{file_.path(), {}};

 private:
  std::vector<std::string> keys_;
  std::size_t at_ = 0;
  std::vector<sqlite3_stmt*> statements_;
};

std::string text_at(sqlite3_stmt* statement, int column) {
  const unsigned char* start = sqlite3_column_text(statement, column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
  return {reinterpret_cast<const char*>(start), size};
}

std::string bare_get(sqlite3_stmt* statement, const std::string& key) {
  sqlite3_bind_text(statement, 1, key.data(), static_cast<int>(key.size()), SQLITE_STATIC);
  std::string value;
  if (sqlite3_step(statement) == SQLITE_ROW) value = text_at(statement, 0);
  sqlite3_reset(statement);
  return value;
}

void get_bare(benchmark::State& state) {
  Reading reading;
  sqlite3_stmt* statement = reading.prepare(value_of.sql);
  if (state.range(0) != 0) reading.connection.hold_snapshot();
  for (auto _ : state) benchmark::DoNotOptimize(bare_get(statement, reading.next_key()));
}
BENCHMARK(get_bare)->ArgName("snapshot")->Arg(0)->Arg(1);

void get_typed(benchmark::State& state) {
  Reading reading;
  if (state.range(0) != 0) reading.connection.hold_snapshot();
  for (auto _ : state) {
    benchmark::DoNotOptimize(reading.connection.one(value_of, reading.next_key()));
  }
}
BENCHMARK(get_typed)->ArgName("snapshot")->Arg(0)->Arg(1);

void get_typed_as_view(benchmark::State& state) {
  Reading reading;
  if (state.range(0) != 0) reading.connection.hold_snapshot();
  const auto take = [](std::string_view value) { benchmark::DoNotOptimize(value.size()); };
  for (auto _ : state) reading.connection.each(view_of, take, reading.next_key());
}
BENCHMARK(get_typed_as_view)->ArgName("snapshot")->Arg(0)->Arg(1);

// One state for each batch of gets: how it is held.
void batch_by_hold_snapshot(benchmark::State& state) {
  Reading reading;
  sqlite3_stmt* statement = reading.prepare(value_of.sql);
  for (auto _ : state) {
    reading.connection.hold_snapshot();
    for (int i = 0; i < state.range(0); ++i) bare_get(statement, reading.next_key());
    reading.connection.end_snapshot();
  }
}
BENCHMARK(batch_by_hold_snapshot)->ArgName("gets")->Arg(1)->Arg(4)->Arg(16);

// A statement that gives at least one row, which holds the state until it is reset.
void batch_by_row_of(benchmark::State& state, std::string_view sql) {
  Reading reading;
  sqlite3_stmt* statement = reading.prepare(value_of.sql);
  sqlite3_stmt* holding = reading.prepare(sql);
  for (auto _ : state) {
    sqlite3_step(holding);
    for (int i = 0; i < state.range(0); ++i) bare_get(statement, reading.next_key());
    sqlite3_reset(holding);
  }
}
BENCHMARK_CAPTURE(batch_by_row_of, version, "PRAGMA schema_version")->Arg(1)->Arg(4)->Arg(16);
BENCHMARK_CAPTURE(batch_by_row_of, exists, "SELECT EXISTS (SELECT 1 FROM sqlite_schema)")
    ->Arg(1)
    ->Arg(4)
    ->Arg(16);

void batch_by_begin(benchmark::State& state) {
  Reading reading;
  sqlite3_stmt* statement = reading.prepare(value_of.sql);
  sqlite3_stmt* begin = reading.prepare("BEGIN");
  sqlite3_stmt* commit = reading.prepare("COMMIT");
  for (auto _ : state) {
    sqlite3_step(begin);
    sqlite3_reset(begin);
    for (int i = 0; i < state.range(0); ++i) bare_get(statement, reading.next_key());
    sqlite3_step(commit);
    sqlite3_reset(commit);
  }
}
BENCHMARK(batch_by_begin)->ArgName("gets")->Arg(1)->Arg(4)->Arg(16);

void ten_rows_bare(benchmark::State& state) {
  Reading reading;
  sqlite3_stmt* statement = reading.prepare(page_after.sql);
  if (state.range(0) != 0) reading.connection.hold_snapshot();
  for (auto _ : state) {
    std::vector<Item> items;
    sqlite3_bind_int64(statement, 1, 40);
    while (sqlite3_step(statement) == SQLITE_ROW) {
      Item& item = items.emplace_back();
      item.id = sqlite3_column_int64(statement, 0);
      item.name = text_at(statement, 1);
      item.price = sqlite3_column_double(statement, 2);
    }
    sqlite3_reset(statement);
    benchmark::DoNotOptimize(items);
  }
}
BENCHMARK(ten_rows_bare)->ArgName("snapshot")->Arg(0)->Arg(1);

void ten_rows_typed(benchmark::State& state) {
  Reading reading;
  if (state.range(0) != 0) reading.connection.hold_snapshot();
  for (auto _ : state) benchmark::DoNotOptimize(reading.connection.all(page_after, 40));
}
BENCHMARK(ten_rows_typed)->ArgName("snapshot")->Arg(0)->Arg(1);

}  // namespace
}  // namespace assay::storage
