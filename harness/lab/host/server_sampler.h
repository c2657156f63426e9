// CPU, memory and state of a server's process group over a measured window, and what else the host
// did in it; taken beside the load by a thread that sleeps but for a reading at each end, and one
// of the memory each half second.
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

#include "harness/lab/host/group_state.h"
#include "harness/lab/host/host_counters.h"
#include "harness/lab/record/trial_record.h"

namespace assay::lab {

struct ServerUse {
  double cpu_s = 0;
  double cpu_share = 0;            // of one core: 1.5 is a core and a half
  std::uint64_t memory_bytes = 0;  // at the end
  std::optional<Conditions> conditions;
  std::optional<ServerState> state;
};

class ServerSampler {
 public:
  using Clock = std::chrono::steady_clock;
  using Length = std::optional<std::chrono::nanoseconds>;  // nothing: the window ends with `end`

  // The window begins `warm_up` from now.
  ServerSampler(pid_t group, std::chrono::nanoseconds warm_up, Length measure);
  // The window begins when `begin_at` says.
  ServerSampler(pid_t group, Length measure);
  ~ServerSampler();
  ServerSampler(const ServerSampler&) = delete;
  ServerSampler& operator=(const ServerSampler&) = delete;

  // Any thread, once. It ends `measure` after that time; one that is past begins now.
  void begin_at(Clock::time_point time);

  // Both once, and not both. None is known of a window that had not begun.
  ServerUse wait();  // until the window has ended; REQUIRES: its length was told
  ServerUse end();   // now

 private:
  enum class State { sampling, ended, called_off };

  struct Reading {
    HostCounters host;
    GroupState group;
  };

  void sample();
  void read_first();
  void read_last();
  std::optional<Clock::time_point> beginning();           // waits until it is known and there
  State state_at(std::optional<Clock::time_point> time);  // as it is then, or once it changes
  State await_end(std::optional<Clock::time_point> end);
  void read_memory();
  void become(State state);

  const pid_t group_;
  const Length measure_;
  std::mutex mutex_;  // guards state_, begin_
  std::condition_variable wakes_;
  State state_ = State::sampling;
  std::optional<Clock::time_point> begin_;
  std::optional<Reading> first_;
  ServerState seen_;
  ServerUse use_;
  std::thread thread_;  // last: it uses the others
};

}  // namespace assay::lab
