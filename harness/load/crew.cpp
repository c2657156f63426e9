#include "harness/load/crew.h"

#include <algorithm>
#include <cstdint>
#include <new>
#include <system_error>

namespace assay::load {
namespace {

constexpr nanoseconds watch_interval = std::chrono::milliseconds(250);
// A second's histogram may take 60 KiB. Beyond these each is thinned to 4 KiB at most, so that a
// run of a day keeps some hundred MiB and not five thousand.
constexpr std::size_t seconds_in_full = 600;

}  // namespace

void Crew::run_one(Loop& loop) {
  if (job_.rate) loop.connect();
  std::unique_lock lock(mutex_);
  ++ready_;
  changed_.notify_all();
  changed_.wait(lock, [&] { return schedule_ || is_off_; });
  if (is_off_) return;
  lock.unlock();
  std::optional<LoadError> failure;
  try {
    loop.run(*schedule_);
  } catch (const std::bad_alloc&) {
    failure = LoadError::out_of_memory("the replies that are compared");
  }
  lock.lock();
  if (failure) refused_ = failure;
  ++done_;
  changed_.notify_all();
}

void Crew::hire() {
  threads_.reserve(loops_.size());
  try {
    for (const auto& loop : loops_) {
      threads_.emplace_back([this, &loop = *loop] { run_one(loop); });
    }
  } catch (const std::system_error& error) {
    const std::lock_guard lock(mutex_);
    refused_ = LoadError::out_of_threads(loops_.size(), error.code().message());
    is_off_ = true;
    changed_.notify_all();
  }
}

void Crew::begin(const Watch& watch) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return ready_ == loops_.size(); });
  lock.unlock();
  const TimePoint start = watch.start ? watch.start() : Clock::now();
  lock.lock();
  began_ = std::max(start, Clock::now());
  schedule_.emplace(job_, began_);
  changed_.notify_all();
}

void Crew::look_on(const Watch& watch) {
  std::unique_lock lock(mutex_);
  while (!changed_.wait_for(lock, watch_interval, [&] { return done_ == loops_.size(); })) {
    if (!watch.progress) continue;
    lock.unlock();
    take_seconds(false);
    watch.progress(progress());
    lock.lock();
  }
}

std::optional<LoadError> Crew::run(const Watch& watch) {
  hire();
  if (!refused_) {
    begin(watch);
    look_on(watch);
  }
  for (std::thread& thread : threads_) thread.join();
  if (!refused_) take_seconds(true);
  return refused_;
}

// Those that every loop has left behind; at the end also what only some of them came to.
void Crew::take_seconds(bool all_are_done) {
  std::size_t closed = SIZE_MAX;
  std::size_t longest = 0;
  for (const auto& loop : loops_) {
    closed = std::min(closed, loop->seconds().closed());
    longest = std::max(longest, loop->seconds().closed());
  }
  if (all_are_done) closed = longest;
  for (std::size_t number = seconds_.size(); number < closed; ++number) {
    Second& second = seconds_.emplace_back();
    for (const auto& loop : loops_) {
      if (number < loop->seconds().closed()) second.merge(loop->seconds().take(number));
    }
    if (number >= seconds_in_full) second.latency = thinned(second.latency);
  }
}

Progress Crew::progress() const {
  Progress progress{.elapsed = Clock::now() - began_, .seconds = seconds_};
  for (const auto& loop : loops_) {
    const Loop::Live live = loop->live();
    progress.requests += live.requests;
    progress.errors += live.errors;
    progress.client_cpu = std::max(progress.client_cpu, live.cpu);
  }
  return progress;
}

}  // namespace assay::load
