// The side of the protocol that puts the load on: hears one job and does it.
//
// Called from one thread, which alone reads and writes; the load runs in others. Ends after one
// job, when the input ends (the controller has gone), when a stop is asked for, or after trouble
// that it has told of; never later than it takes to stop the load.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "harness/agents/job_run.h"
#include "harness/agents/line_channel.h"
#include "harness/agents/message.h"
#include "harness/load/clock.h"
#include "harness/load/stop.h"

namespace assay::agents {

class Agent {
 public:
  // The files stay open, and the caller's. REQUIRES: SIGPIPE is ignored.
  Agent(int input, int output, Load load);

  bool serve(const load::Stop& stop);  // whether its job was done

 private:
  enum class State { greeting, waiting, preparing, starting, running, over };

  void listen();
  void hear(const std::string& line);
  void hear(const Hello& hello);
  void hear(const Ping& ping);
  void hear(const JobMessage& message);
  void hear(const Start& start);
  void hear(const Cut& cut);
  void look_at_run();
  void beat();
  void finish();
  void say(const FromAgent& message);
  void fail(const load::LoadError& error);

  LineReader input_;
  int output_;
  Load load_;
  State state_ = State::greeting;
  bool is_done_ = false;
  load::TimePoint next_beat_;
  std::size_t seconds_told_ = 0;
  std::unique_ptr<JobRun> run_;  // from the job on
};

}  // namespace assay::agents
