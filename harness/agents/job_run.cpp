#include "harness/agents/job_run.h"

#include <exception>
#include <utility>

#include "harness/agents/agent_error.h"

namespace assay::agents {

using load::Result;
using load::Summary;
using load::TimePoint;
using Lock = std::unique_lock<std::mutex>;

JobRun::JobRun(load::Job job, Load load) : job_(std::move(job)), load_(std::move(load)) {
  thread_ = std::thread([this] { run(); });
}

JobRun::~JobRun() {
  stop();
  thread_.join();
}

void JobRun::start(TimePoint at) {
  const Lock lock(mutex_);
  start_ = at;
  started_.notify_all();
}

void JobRun::stop() {
  stop_.request();
  const Lock lock(mutex_);
  if (!start_) start_ = load::Clock::now();
  started_.notify_all();
}

bool JobRun::is_ready() const {
  const Lock lock(mutex_);
  return is_ready_;
}

bool JobRun::is_over() const {
  const Lock lock(mutex_);
  return result_.has_value();
}

JobRun::Reached JobRun::reached(std::size_t first_second) const {
  const Lock lock(mutex_);
  Reached reached{reached_.requests, reached_.errors, reached_.client_cpu, {}};
  for (std::size_t number = first_second; number < reached_.seconds.size(); ++number) {
    reached.seconds.push_back(reached_.seconds[number]);
  }
  return reached;
}

Result<Summary> JobRun::take_result() {
  const Lock lock(mutex_);
  return std::move(*result_);
}

void JobRun::run() {
  Result<Summary> result = put_load();
  const Lock lock(mutex_);
  result_.emplace(std::move(result));
}

Result<Summary> JobRun::put_load() {
  load::Watch watch;
  watch.start = [this] { return await_start(); };
  watch.progress = [this](const load::Progress& progress) { look_at(progress); };
  try {
    return load_(job_, stop_, watch);
  } catch (const std::exception& error) {  // no memory, no thread: the controller must hear of it
    return broke_down(error.what());
  }
}

TimePoint JobRun::await_start() {
  Lock lock(mutex_);
  is_ready_ = true;
  started_.wait(lock, [this] { return start_.has_value(); });
  return *start_;
}

// Finished seconds do not change, so that each is copied once.
void JobRun::look_at(const load::Progress& progress) {
  const Lock lock(mutex_);
  reached_.requests = progress.requests;
  reached_.errors = progress.errors;
  reached_.client_cpu = progress.client_cpu;
  for (std::size_t number = reached_.seconds.size(); number < progress.seconds.size(); ++number) {
    reached_.seconds.push_back(progress.seconds[number]);
  }
}

}  // namespace assay::agents
