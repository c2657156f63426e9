// CPU and memory of a server's process group over a measured window, taken beside the load by a
// thread that sleeps but for two readings.
//
// Belongs to one trial. The destructor does not wait for the end of the window.
#pragma once
#include <sys/types.h>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

namespace assay::lab {

struct ServerUse {
  double cpu_share = 0;  // of one core: 1.5 is a core and a half
  std::uint64_t memory_bytes = 0;
};

class ServerSampler {
 public:
  using Clock = std::chrono::steady_clock;

  // The window begins `warm_up` from now and is `measure` long.
  ServerSampler(pid_t group, std::chrono::nanoseconds warm_up, std::chrono::nanoseconds measure);
  ~ServerSampler();
  ServerSampler(const ServerSampler&) = delete;
  ServerSampler& operator=(const ServerSampler&) = delete;

  ServerUse wait();  // until the window has ended

 private:
  void sample(pid_t group, Clock::time_point begin, Clock::time_point end);
  bool sleep_until(Clock::time_point time);  // false: called off

  std::mutex mutex_;  // guards called_off_
  std::condition_variable wakes_;
  bool called_off_ = false;
  ServerUse use_;
  std::thread thread_;  // last: it uses the others
};

}  // namespace assay::lab
