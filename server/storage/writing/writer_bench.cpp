// Durable writes by 64 clients, each of which waits for its outcome before it writes again: by the
// writer's transactions of many, and with a transaction for each.
//
//   build/release/benches/assay_writing_bench --benchmark_filter=durable
// `times_one_by_one` is the ratio to the same clients' rate one by one, in the same run: at least
// 10. The file is in the temporary folder, which should not be one in memory.
#include "server/storage/writing/writer.h"

#include <unistd.h>

#include <atomic>
#include <barrier>
#include <filesystem>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include <benchmark/benchmark.h>

#include "server/storage/sql/connection.h"
#include "server/storage/writing/test_coroutine.h"

namespace assay::storage {
namespace {

constexpr int clients = 64;
constexpr int writes_at_once = 50;  // of each client, between two looks at the clock

constexpr Query<
    "INSERT INTO notes(id, text) VALUES (?1, ?2) ON CONFLICT(id) DO UPDATE SET text = "
    "excluded.text">
    put_note;

class Notes {
 public:
  explicit Notes(bool group_commit) : settings_{.group_commit = group_commit} {
    Connection(path_, settings_)
        .execute("CREATE TABLE notes(id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT");
    writer_.start();
  }
  ~Notes() {
    writer_.stop();
    std::filesystem::remove(path_);
  }
  Notes(const Notes&) = delete;
  Notes& operator=(const Notes&) = delete;

  // Each time another text: what is the same already SQLite does not write.
  auto put(int client) {
    return writer_.submit(
        [id = client * 997 % 50'000, text = 1'000'000'000'000 + ++texts_](Connection& connection) {
          return connection.run(put_note, id, std::to_string(text));
        },
        Writer::Steps::one);
  }

  const WriterCounts& counts() const { return counts_; }

 private:
  std::string path_ =
      std::filesystem::temp_directory_path() / ("assay_writer_bench." + std::to_string(getpid()));
  Settings settings_;
  std::atomic<std::int64_t> texts_ = 0;
  CommitCount commits_;
  WriterCounts counts_;
  Writer writer_{path_, settings_, commits_, counts_};
};

struct Round {
  std::atomic<int> running;
  explicit Round(int running_) : running(running_) {}

  void end_one() {
    if (--running == 0) running.notify_one();
  }
  void wait() {
    for (int left = running; left != 0; left = running) running.wait(left);
  }
};

TestCoroutine write_some(TestExecutor&, Notes& notes, int client, Round& round) {
  for (int i = 0; i < writes_at_once; ++i) co_await notes.put(client + i * clients);
  round.end_one();
}

void write_asynchronously(benchmark::State& state, Notes& notes) {
  TestExecutor executor;
  for (auto _ : state) {
    Round round(clients);
    std::vector<TestCoroutine> running;
    for (int i = 0; i < clients; ++i) running.push_back(write_some(executor, notes, i, round));
    round.wait();
    state.PauseTiming();  // the last one may be about to reach its end
    TestExecutor* const ended = &executor;
    std::atomic<bool> idle = false;
    ended->post([&idle] {
      idle = true;
      idle.notify_one();
    });
    idle.wait(false);
    running.clear();
    state.ResumeTiming();
  }
}

void write_by_threads(benchmark::State& state, Notes& notes) {
  std::barrier begin(clients + 1);
  std::barrier end(clients + 1);
  bool is_over = false;
  std::vector<std::thread> threads;
  for (int client = 0; client < clients; ++client) {
    threads.emplace_back([&, client] {
      while (begin.arrive_and_wait(), !is_over) {
        for (int i = 0; i < writes_at_once; ++i) notes.put(client + i * clients).get();
        end.arrive_and_wait();
      }
    });
  }
  for (auto _ : state) {
    begin.arrive_and_wait();
    end.arrive_and_wait();
  }
  is_over = true;
  begin.arrive_and_wait();
  for (std::thread& thread : threads) thread.join();
}

using Clients = void (*)(benchmark::State&, Notes&);

void durable_writes(benchmark::State& state, Clients write, bool group_commit) {
  static std::map<Clients, double> one_by_one;  // writes in a second
  Notes notes(group_commit);
  const auto began = std::chrono::steady_clock::now();
  write(state, notes);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  const auto writes = static_cast<double>(state.iterations()) * clients * writes_at_once;
  if (!group_commit) one_by_one[write] = writes / took.count();
  state.SetItemsProcessed(static_cast<std::int64_t>(writes));
  state.counters["batch"] =
      static_cast<double>(notes.counts().operations) / static_cast<double>(notes.counts().batches);
  state.counters["largest"] = static_cast<double>(notes.counts().largest_batch);
  if (group_commit && one_by_one.contains(write))
    state.counters["times_one_by_one"] = writes / took.count() / one_by_one[write];
}

void asynchronous(benchmark::State& state) {
  durable_writes(state, write_asynchronously, state.range(0) != 0);
}
void blocking(benchmark::State& state) {
  durable_writes(state, write_by_threads, state.range(0) != 0);
}
BENCHMARK(asynchronous)
    ->Name("durable_asynchronous")
    ->ArgName("group")
    ->Arg(0)
    ->Arg(1)
    ->UseRealTime();
BENCHMARK(blocking)->Name("durable_blocking")->ArgName("group")->Arg(0)->Arg(1)->UseRealTime();

}  // namespace
}  // namespace assay::storage
