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
#include <optional>
#include <thread>

namespace assay::lab {

struct ServerUse {
  double cpu_s = 0;
  double cpu_share = 0;  // of one core: 1.5 is a core and a half
  std::uint64_t memory_bytes = 0;
};

class ServerSampler {
 public:
  using Clock = std::chrono::steady_clock;

  // The window begins `warm_up` from now and is `measure` long; nothing: it ends with `end`.
  ServerSampler(pid_t group, std::chrono::nanoseconds warm_up,
                std::optional<std::chrono::nanoseconds> measure);
  ~ServerSampler();
  ServerSampler(const ServerSampler&) = delete;
  ServerSampler& operator=(const ServerSampler&) = delete;

  ServerUse wait();  // until the window has ended
  ServerUse end();   // now; none is known of a window that had not begun

 private:
  enum class State { sampling, ended, called_off };

  struct Reading {
    Clock::time_point time;
    double cpu_s = 0;
  };
  static Reading reading_of(pid_t group);

  void sample(pid_t group, Clock::time_point begin, std::optional<Clock::time_point> end);
  State state_at(std::optional<Clock::time_point> time);  // as it is then, or once it changes
  void become(State state);

  std::mutex mutex_;  // guards state_
  std::condition_variable wakes_;
  State state_ = State::sampling;
  Reading first_;
  ServerUse use_;
  std::thread thread_;  // last: it uses the others
};

}  // namespace assay::lab
