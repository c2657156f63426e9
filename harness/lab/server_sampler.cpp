#include "harness/lab/server_sampler.h"

#include <chrono>

#include "harness/lab/host.h"

namespace assay::lab {

using Clock = std::chrono::steady_clock;

ServerSampler::ServerSampler(pid_t group, double warm_up_s, double measure_s)
    : thread_([=, this] { sample(group, warm_up_s, measure_s); }) {}

ServerSampler::~ServerSampler() {
  {
    const std::lock_guard lock(mutex_);
    called_off_ = true;
  }
  wakes_.notify_all();
  if (thread_.joinable()) thread_.join();
}

ServerUse ServerSampler::wait() {
  thread_.join();
  return use_;
}

bool ServerSampler::sleep(double seconds) {
  std::unique_lock lock(mutex_);
  return !wakes_.wait_for(lock, std::chrono::duration<double>(seconds),
                          [this] { return called_off_; });
}

// The share is over the time between the two readings, so that a late wake-up does not distort it.
void ServerSampler::sample(pid_t group, double warm_up_s, double measure_s) {
  if (!sleep(warm_up_s)) return;
  const GroupUsage before = usage_of_group(group);
  const auto from = Clock::now();
  if (!sleep(measure_s)) return;
  const GroupUsage after = usage_of_group(group);
  const double seconds = std::chrono::duration<double>(Clock::now() - from).count();
  use_ = {(after.cpu_s - before.cpu_s) / seconds, after.memory_bytes};
}

}  // namespace assay::lab
