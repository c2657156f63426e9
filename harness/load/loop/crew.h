// The threads of a run: every loop in one of its own until all are done. They begin to send
// together, when all stand ready. When the system gives no thread for one of them, none runs.
//
// `run` is called once, and blocks; the rest is for the same thread, after it.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "harness/load/histogram/second.h"
#include "harness/load/load_error.h"
#include "harness/load/loop/loop.h"
#include "harness/load/loop/run.h"
#include "harness/load/pace/job.h"
#include "harness/load/pace/schedule.h"
#include "harness/load/watch/pulse.h"

namespace assay::load {

using Loops = std::vector<std::unique_ptr<Loop>>;

class Crew {
 public:
  Crew(const Job& job, const Loops& loops) : job_(job), loops_(loops) {}

  std::optional<LoadError> run(const Watch& watch);
  Schedule& schedule() { return *schedule_; }  // once it has run
  const Seconds& seconds() const { return seconds_; }
  bool is_steady() const { return is_steady_; }             // as Summary has it
  nanoseconds longest_gap() const { return longest_gap_; }  // likewise

 private:
  void run_one(Loop& loop);
  void hire();
  void begin(const Watch& watch);
  void look_on(const Watch& watch);
  bool decide_warm_up();
  void tell_progress(const Watch& watch);
  void tell_window(const Watch& watch);
  void judge_warm_up();
  void take(Seconds& merged, SecondLog& (Loop::*log)(), bool all_are_done) const;
  Progress progress() const;

  const Job& job_;
  const Loops& loops_;
  std::vector<std::thread> threads_;
  TimePoint began_;
  Seconds seconds_;  // that are over in every loop
  Seconds slices_;   // likewise, of a warm-up that goes on until the load is steady
  bool is_steady_ = true;
  std::optional<Pulse> pulse_;
  nanoseconds longest_gap_{0};
  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::size_t ready_ = 0;
  std::size_t done_ = 0;
  bool is_off_ = false;
  std::optional<Schedule> schedule_;  // once all are ready
  std::optional<LoadError> refused_;
};

}  // namespace assay::load
