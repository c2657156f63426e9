#include "harness/load/closed_loop.h"

#include <algorithm>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <vector>

#include "harness/load/address.h"
#include "harness/load/file_limit.h"
#include "harness/load/loop.h"
#include "harness/load/url.h"

namespace assay::load {
namespace {

using Loops = std::vector<std::unique_ptr<Loop>>;

constexpr nanoseconds watch_interval = std::chrono::milliseconds(250);

std::optional<LoadError> refusal(const Job& job) {
  if (job.connections == 0) return LoadError::nothing_to_do("the number of connections (-c)");
  if (job.threads == 0) return LoadError::nothing_to_do("the number of threads (-t)");
  if (job.timeout <= nanoseconds(0)) return LoadError::nothing_to_do("the timeout");
  if (job.requests == 0U) return LoadError::nothing_to_do("the number of requests (-n)");
  if (!job.requests && job.duration <= nanoseconds(0)) {
    return LoadError::nothing_to_do("the duration (-d)");
  }
  if (job.threads > job.connections) {
    return LoadError::more_threads_than_connections(job.threads, job.connections);
  }
  return std::nullopt;
}

Result<Loops> loops_of(const Job& job, const Exchange& exchange, Schedule& schedule,
                       const Stop& stop) {
  Loops loops;
  for (std::size_t thread = 0; thread < job.threads; ++thread) {
    // As even as it goes: the first ones take what is left over.
    const std::size_t share =
        job.connections / job.threads + (thread < job.connections % job.threads ? 1 : 0);
    Result<Poller> poller = Poller::open();
    if (!poller) return poller.error();
    loops.push_back(
        std::make_unique<Loop>(std::move(*poller), exchange, schedule, stop, share, job.timeout));
  }
  return loops;
}

Progress progress_of(const Loops& loops, TimePoint began) {
  Progress progress{Clock::now() - began};
  for (const auto& loop : loops) {
    progress.requests += loop->live().requests;
    progress.errors += loop->live().errors;
  }
  return progress;
}

// The one act: runs every loop in a thread of its own until all are done. When the system gives no
// thread for one of them, none runs.
std::optional<LoadError> run_all(const Loops& loops, const Watch& watch) {
  std::mutex mutex;  // guards running, refused; held here until every thread stands
  std::condition_variable done;
  std::size_t running = loops.size();
  std::vector<std::thread> threads;
  threads.reserve(loops.size());
  std::optional<LoadError> refused;
  const auto run_one = [&](Loop& loop) {
    if (const std::lock_guard lock(mutex); refused) return;
    loop.run();
    const std::lock_guard lock(mutex);
    --running;
    done.notify_one();
  };
  std::unique_lock lock(mutex);
  try {
    for (const auto& loop : loops) threads.emplace_back(run_one, std::ref(*loop));
  } catch (const std::system_error& error) {
    refused = LoadError::out_of_threads(loops.size(), error.code().message());
  }
  const TimePoint began = Clock::now();
  while (!refused && !done.wait_for(lock, watch_interval, [&] { return running == 0; })) {
    lock.unlock();
    if (watch) watch(progress_of(loops, began));
    lock.lock();
  }
  lock.unlock();
  for (std::thread& thread : threads) thread.join();
  return refused;
}

nanoseconds measured(const Job& job, const Schedule& schedule, const Loops& loops, bool cut) {
  if (!job.requests && !cut) return job.duration;
  TimePoint until = schedule.measure();
  for (const auto& loop : loops) until = std::max(until, loop->last());
  if (cut) until = std::max(until, std::min(Clock::now(), schedule.end()));
  return until - schedule.measure();
}

Summary summary_of(const Job& job, const Schedule& schedule, const Loops& loops, bool cut) {
  Summary summary;
  summary.duration = measured(job, schedule, loops, cut);
  summary.connections = job.connections;
  summary.threads = job.threads;
  summary.by_duration = !job.requests;
  summary.cut = cut;
  for (const auto& loop : loops) {
    summary.tally.merge(loop->tally());
    const Loop::Usage& usage = loop->usage();
    summary.client_cpu_time += usage.cpu;
    if (usage.wall > nanoseconds(0)) {
      summary.client_cpu =
          std::max(summary.client_cpu, in_seconds(usage.cpu) / in_seconds(usage.wall));
    }
  }
  return summary;
}

bool has_come_to_its_end(const Job& job, const Schedule& schedule, const Tally& tally) {
  if (!job.requests) return Clock::now() >= schedule.end();
  return tally.requests + tally.errors.total() >= *job.requests;
}

bool was_never_reached(const Tally& tally) {
  return tally.requests == 0 && tally.errors.total() > 0 &&
         tally.errors[ErrorKind::connect] == tally.errors.total();
}

}  // namespace

Result<Summary> run(const Job& job, const Stop& stop, const Watch& watch) {
  if (const auto error = refusal(job)) return *error;
  if (const auto error = allow_open_files(job.connections)) return *error;
  const Result<Address> address = reachable_address(job.host, job.port, job.timeout);
  if (!address) return address.error();
  const Exchange exchange{*address,
                          wire_bytes(job.request, authority(job.host, job.port), job.keep_alive),
                          job.request.method == "HEAD", job.keep_alive, job.expectation};
  Schedule schedule(Clock::now() + job.warm_up, job.duration, job.requests);
  const Result<Loops> loops = loops_of(job, exchange, schedule, stop);
  if (!loops) return loops.error();
  if (const auto error = run_all(*loops, watch)) return *error;
  Summary summary = summary_of(job, schedule, *loops, false);
  if (stop.requested() && !has_come_to_its_end(job, schedule, summary.tally)) {
    summary = summary_of(job, schedule, *loops, true);
  }
  if (was_never_reached(summary.tally)) {
    return LoadError::unreachable(job.host, job.port, "it took no further connection");
  }
  return summary;
}

}  // namespace assay::load
