// The load of one job in a thread of its own, so that its agent can listen meanwhile.
//
// Belongs to the agent's thread; the destructor stops the load and waits for its end. What the load
// has reached is asked for, not told, so that only one thread speaks to the controller.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "harness/load/loop/run.h"
#include "harness/load/pace/job.h"
#include "harness/load/stop.h"
#include "harness/load/summary/summary.h"

namespace assay::agents {

// load::run, or what a test has instead.
using Load = std::function<load::Result<load::Summary>(const load::Job&, const load::Stop&,
                                                       const load::Watch&)>;

class JobRun {
 public:
  struct Reached {
    std::uint64_t requests = 0;
    std::uint64_t errors = 0;
    double client_cpu = 0;
    load::Seconds seconds;  // finished ones, from the number on that was asked for
  };

  JobRun(load::Job job, Load load);
  ~JobRun();
  JobRun(const JobRun&) = delete;
  JobRun& operator=(const JobRun&) = delete;

  void start(load::TimePoint at);
  void stop();

  bool is_ready() const;  // waits for its start, or has had it
  bool is_over() const;   // there is a result
  Reached reached(std::size_t first_second) const;
  load::Result<load::Summary> take_result();  // REQUIRES: is_over(), and only once

 private:
  void run();
  load::Result<load::Summary> put_load();
  load::TimePoint await_start();
  void look_at(const load::Progress& progress);

  const load::Job job_;
  const Load load_;
  load::Stop stop_;
  mutable std::mutex mutex_;  // guards all below but the thread
  std::condition_variable started_;
  bool is_ready_ = false;
  std::optional<load::TimePoint> start_;
  Reached reached_;
  std::optional<load::Result<load::Summary>> result_;
  std::thread thread_;  // last: it uses all the others
};

}  // namespace assay::agents
