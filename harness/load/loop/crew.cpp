#include "harness/load/loop/crew.h"

#include <algorithm>
#include <cstdint>
#include <new>
#include <system_error>

#include "harness/load/pace/warm_up.h"

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
    pulse_.emplace();
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
  is_steady_ = schedule_->is_decided();
  const bool is_decided = schedule_->is_decided() || decide_warm_up();
  changed_.notify_all();
  lock.unlock();
  if (is_decided) tell_window(watch);
}

void Crew::look_on(const Watch& watch) {
  const auto are_done = [&] { return done_ == loops_.size(); };
  TimePoint next_progress = Clock::now() + watch_interval;
  std::unique_lock lock(mutex_);
  while (true) {
    const TimePoint glance = Clock::now() + warm_up_glance;
    const bool is_decided = schedule_->is_decided();
    const TimePoint next = is_decided ? next_progress : std::min(next_progress, glance);
    if (changed_.wait_until(lock, next, are_done)) return;
    lock.unlock();
    if (!is_decided && decide_warm_up()) tell_window(watch);
    if (Clock::now() >= next_progress) {
      next_progress = Clock::now() + watch_interval;
      tell_progress(watch);
    }
    lock.lock();
  }
}

// Should this thread not get a core before the window that it has decided on begins, then replies
// at its begin are missing: for them the client stood still.
bool Crew::decide_warm_up() {
  take(slices_, &Loop::slices, false);
  const auto warm_up = decided(job_, Clock::now() - began_, slices_);
  if (!warm_up) return false;
  is_steady_ = warm_up->is_steady;
  const TimePoint begin = began_ + warm_up->length;
  schedule_->measure_from(begin);
  longest_gap_ =
      std::max(longest_gap_, late_within(begin, Clock::now(), {begin, TimePoint::max()}));
  return true;
}

void Crew::tell_progress(const Watch& watch) {
  if (!watch.progress) return;
  take(seconds_, &Loop::seconds, false);
  watch.progress(progress());
}

void Crew::tell_window(const Watch& watch) {
  pulse_->watch({schedule_->measure(), schedule_->end()});
  if (watch.measuring) watch.measuring(schedule_->measure());
}

// What was cut off at its longest may have become steady in its last slices.
void Crew::judge_warm_up() {
  if (is_steady_ || !schedule_->is_decided()) return;
  take(slices_, &Loop::slices, false);
  is_steady_ = was_steady(slices_, *schedule_->slice(), schedule_->measure() - began_);
}

std::optional<LoadError> Crew::run(const Watch& watch) {
  hire();
  if (!refused_) {
    begin(watch);
    look_on(watch);
  }
  for (std::thread& thread : threads_) thread.join();
  if (refused_) return refused_;
  longest_gap_ = std::max(longest_gap_, pulse_->end());
  take(seconds_, &Loop::seconds, true);
  judge_warm_up();
  return std::nullopt;
}

// Those that every loop has left behind; at the end also what only some of them came to.
void Crew::take(Seconds& merged, SecondLog& (Loop::*log)(), bool all_are_done) const {
  std::size_t closed = SIZE_MAX;
  std::size_t longest = 0;
  for (const auto& loop : loops_) {
    closed = std::min(closed, (*loop.*log)().closed());
    longest = std::max(longest, (*loop.*log)().closed());
  }
  if (all_are_done) closed = longest;
  for (std::size_t number = merged.size(); number < closed; ++number) {
    Second& second = merged.emplace_back();
    for (const auto& loop : loops_) {
      if (number < (*loop.*log)().closed()) second.merge((*loop.*log)().take(number));
    }
    if (number >= seconds_in_full) second.latency = thinned(second.latency);
  }
}

Progress Crew::progress() const {
  Progress progress{.elapsed = Clock::now() - began_, .seconds = seconds_};
  if (schedule_->is_decided()) progress.warm_up = schedule_->measure() - began_;
  for (const auto& loop : loops_) {
    const Loop::Live live = loop->live();
    progress.requests += live.requests;
    progress.errors += live.errors;
    progress.client_cpu = std::max(progress.client_cpu, live.cpu);
  }
  return progress;
}

}  // namespace assay::load
