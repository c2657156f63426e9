// Durable writes by 64 clients, each of which waits for its outcome before it writes again: by the
// writer's transactions of many, and with a transaction for each.
//
//   build/release/benches/assay_writing_bench --benchmark_filter=durable
// `times_one_by_one` is the ratio to the same clients' rate one by one, in turn with it: at least
// 10. The file is in the temporary folder, which should not be one in memory.
#include "server/storage/writing/writer.h"

#include <unistd.h>

#include <atomic>
#include <barrier>
#include <chrono>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include <benchmark/benchmark.h>

#include "server/storage/sql/connection.h"
#include "server/storage/writing/test_coroutine.h"

namespace assay::storage {
namespace {

constexpr int clients = 64;
constexpr int writes_by_group = 50;   // of each client, in one turn
constexpr int writes_one_by_one = 5;  // which take as long

constexpr Query<
    "INSERT INTO notes(id, text) VALUES (?1, ?2) ON CONFLICT(id) DO UPDATE SET text = "
    "excluded.text">
    put_note;

class Notes {
 public:
  explicit Notes(bool group_commit)
      : path_(path(group_commit)), settings_{.group_commit = group_commit} {
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
  static std::string path(bool group_commit) {
    const std::string name = "assay_writer_bench." + std::to_string(getpid());
    return std::filesystem::temp_directory_path() / (name + (group_commit ? ".group" : ".single"));
  }

  std::string path_;
  Settings settings_;
  std::atomic<std::int64_t> texts_ = 0;
  CommitCount commits_;
  WriterCounts counts_;
  Writer writer_{path_, settings_, commits_, counts_};
};

using Seconds = std::chrono::duration<double>;

// How long `act` takes.
template <class Act>
Seconds time_of(Act act) {
  const auto begun = std::chrono::steady_clock::now();
  act();
  return std::chrono::steady_clock::now() - begun;
}

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

TestCoroutine write_some(TestExecutor&, Notes& notes, int client, int writes, Round& round) {
  for (int i = 0; i < writes; ++i) co_await notes.put(client + i * clients);
  round.end_one();
}

// Coroutines on one thread.
class AsynchronousClients {
 public:
  Seconds write(Notes& notes, int writes_of_each) {
    Round round(clients);
    std::vector<TestCoroutine> running;
    const Seconds took = time_of([&] {
      for (int i = 0; i < clients; ++i) {
        running.push_back(write_some(executor_, notes, i, writes_of_each, round));
      }
      round.wait();
    });
    wait_until_idle();
    return took;
  }

 private:
  // The last coroutine may be about to reach its end.
  void wait_until_idle() {
    std::atomic<bool> idle = false;
    executor_.post([&idle] {
      idle = true;
      idle.notify_one();
    });
    idle.wait(false);
  }

  TestExecutor executor_;
};

// A thread for each.
class BlockingClients {
 public:
  BlockingClients() {
    for (int client = 0; client < clients; ++client) {
      threads_.emplace_back([this, client] { work(client); });
    }
  }
  ~BlockingClients() {
    notes_ = nullptr;
    begin_.arrive_and_wait();
    for (std::thread& thread : threads_) thread.join();
  }
  BlockingClients(const BlockingClients&) = delete;
  BlockingClients& operator=(const BlockingClients&) = delete;

  Seconds write(Notes& notes, int writes_of_each) {
    notes_ = &notes;
    writes_of_each_ = writes_of_each;
    return time_of([this] {
      begin_.arrive_and_wait();
      end_.arrive_and_wait();
    });
  }

 private:
  void work(int client) {
    while (begin_.arrive_and_wait(), notes_ != nullptr) {
      for (int i = 0; i < writes_of_each_; ++i) notes_->put(client + i * clients).get();
      end_.arrive_and_wait();
    }
  }

  std::barrier<> begin_{clients + 1};
  std::barrier<> end_{clients + 1};
  Notes* notes_ = nullptr;  // set between two rounds; none: it is over
  int writes_of_each_ = 0;
  std::vector<std::thread> threads_;
};

// Both in each iteration, so that what else the disk has to do meets both.
template <class Clients>
void durable_writes(benchmark::State& state) {
  Notes grouped(true);
  Notes single(false);
  Clients writers;
  Seconds by_group{};
  Seconds one_by_one{};
  for (auto _ : state) {
    const Seconds took = writers.write(grouped, writes_by_group);
    one_by_one += writers.write(single, writes_one_by_one);
    by_group += took;
    state.SetIterationTime(took.count());
  }
  const auto rounds = static_cast<double>(state.iterations()) * clients;
  const double group_rate = rounds * writes_by_group / by_group.count();
  const double single_rate = rounds * writes_one_by_one / one_by_one.count();
  state.SetItemsProcessed(static_cast<std::int64_t>(rounds * writes_by_group));
  state.counters["batch"] = static_cast<double>(grouped.counts().operations) /
                            static_cast<double>(grouped.counts().batches);
  state.counters["largest"] = static_cast<double>(grouped.counts().largest_batch);
  state.counters["one_by_one_per_s"] = single_rate;
  state.counters["times_one_by_one"] = group_rate / single_rate;
}
BENCHMARK(durable_writes<AsynchronousClients>)->Name("durable_asynchronous")->UseManualTime();
BENCHMARK(durable_writes<BlockingClients>)->Name("durable_blocking")->UseManualTime();

}  // namespace
}  // namespace assay::storage
