// What each policy costs beside SQLite's own calls on a connection that is there: ten rows, as the
// documents' /db reads them, and one row by its key.
//
//   build/release/benches/assay_storage_bench --benchmark_filter=read_by
//
// `of_bare` is the cost of a read as many times that of the bare statement, measured in turn with
// it by the same thread; `turn` says how many reads a thread does before it waits. Where it is more
// than one, the bare reads are in a transaction of as many.
#include "server/storage/database.h"

#include <sqlite3.h>

#include <chrono>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include <benchmark/benchmark.h>

#include "server/storage/sql/scratch_file.h"

namespace assay::storage {
namespace {

using model::field;

struct User {
  std::int64_t id = 0;
  std::string name;
  std::string email;
  static constexpr auto model() {
    return std::tuple{field<"id">(&User::id), field<"name">(&User::name),
                      field<"email">(&User::email)};
  }
};

constexpr Query<"SELECT id, name, email FROM users LIMIT 10", User> first_users;
constexpr Query<"SELECT id, name, email FROM users WHERE id = ?1", User> user_by_id;

constexpr auto* users =
    "CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL) STRICT;"
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)"
    "  INSERT INTO users SELECT i, 'User ' || i, 'user' || i || '@example.com' FROM n;";

class Served {
 public:
  explicit Served(Policy policy) : database(settings(policy)) {
    database.add_migrations("users", {users});
    database.open();
    database.start();
  }
  const std::string path() const { return file_.path(); }

 private:
  Settings settings(Policy policy) {
    Settings settings;
    settings.path = file_.path();
    settings.policy = policy;
    return settings;
  }
  ScratchFile file_;

 public:
  Database database;
};

// By SQLite's own calls, on a connection of its own that stays open.
class Bare {
 public:
  Bare(const std::string& path, std::string_view sql)
      : connection_(path, {}),
        statement_(prepared(sql)),
        begin_(prepared("BEGIN")),
        commit_(prepared("COMMIT")) {}
  ~Bare() {
    for (sqlite3_stmt* statement : {statement_, begin_, commit_}) sqlite3_finalize(statement);
  }
  Bare(const Bare&) = delete;
  Bare& operator=(const Bare&) = delete;

  void begin() { run(begin_); }
  void commit() { run(commit_); }
  std::vector<User> read(std::int64_t id) {
    std::vector<User> rows;
    if (sqlite3_bind_parameter_count(statement_) > 0) sqlite3_bind_int64(statement_, 1, id);
    while (sqlite3_step(statement_) == SQLITE_ROW) {
      rows.push_back({sqlite3_column_int64(statement_, 0), text_at(1), text_at(2)});
    }
    sqlite3_reset(statement_);
    return rows;
  }

 private:
  std::string text_at(int column) {
    const unsigned char* start = sqlite3_column_text(statement_, column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    return {reinterpret_cast<const char*>(start), size};
  }

  sqlite3_stmt* prepared(std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v3(connection_.handle(), sql.data(), static_cast<int>(sql.size()),
                       SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    return statement;
  }
  static void run(sqlite3_stmt* statement) {
    sqlite3_step(statement);
    sqlite3_reset(statement);
  }

  Connection connection_;
  sqlite3_stmt* statement_;
  sqlite3_stmt* begin_;
  sqlite3_stmt* commit_;
};

struct TenRows {
  static constexpr std::string_view sql = first_users.sql;
  static void read(Database& database, std::int64_t) {
    benchmark::DoNotOptimize(database.all(first_users));
  }
};

struct OneRow {
  static constexpr std::string_view sql = user_by_id.sql;
  static void read(Database& database, std::int64_t id) {
    benchmark::DoNotOptimize(database.one(user_by_id, id));
  }
};

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

std::unique_ptr<Served> served;  // by all threads of the benchmark that runs

void start(const benchmark::State& state) {
  served = std::make_unique<Served>(static_cast<Policy>(state.range(0)));
}
void stop(const benchmark::State&) { served.reset(); }

template <class Reads>
void read_by(benchmark::State& state) {
  constexpr int turns = 8;  // so that looking at the clock does not matter
  const auto turn = static_cast<int>(state.range(1));
  Database& database = served->database;
  Bare bare(served->path(), Reads::sql);
  database.before_wait();
  Seconds by_policy{};
  Seconds by_bare{};
  std::int64_t id = 0;
  const auto next_id = [&id] { return id = id % 100 + 1; };
  for (auto _ : state) {
    const auto begun = Clock::now();
    for (int i = 0; i < turns; ++i) {
      for (int n = 0; n < turn; ++n) Reads::read(database, next_id());
      database.before_wait();
    }
    const auto between = Clock::now();
    for (int i = 0; i < turns; ++i) {
      if (turn > 1) bare.begin();
      for (int n = 0; n < turn; ++n) benchmark::DoNotOptimize(bare.read(next_id()));
      if (turn > 1) bare.commit();
    }
    const auto ended = Clock::now();
    by_policy += between - begun;
    by_bare += ended - between;
    state.SetIterationTime(Seconds(between - begun).count());
  }
  const auto reads = static_cast<double>(state.iterations()) * turns * turn;
  using benchmark::Counter;
  state.counters["read_us"] = Counter(by_policy.count() * 1e6 / reads, Counter::kAvgThreads);
  state.counters["of_bare"] = Counter(by_policy / by_bare, Counter::kAvgThreads);
}

void each_policy(benchmark::internal::Benchmark* bench) {
  bench->ArgNames({"policy", "turn"})->Setup(start)->Teardown(stop)->UseManualTime();
  for (const int threads : {1, 4}) bench->Threads(threads);
  for (const std::int64_t turn : {1, 4, 16}) {
    bench->Args({static_cast<std::int64_t>(Policy::per_thread), turn});
  }
  for (const Policy policy : {Policy::per_request, Policy::pool, Policy::single}) {
    bench->Args({static_cast<std::int64_t>(policy), 1});
  }
}
BENCHMARK(read_by<TenRows>)->Apply(each_policy);
BENCHMARK(read_by<OneRow>)->Apply(each_policy);

}  // namespace
}  // namespace assay::storage
