// An agent as its controller sees it: what it was told, what it has said, and what is wrong with
// it.
//
// One thread at a time. Never waits but to write a line and to learn why an agent ended. Whatever
// an agent says at a wrong time is a fault of it, as is an end before it is done; the first fault
// stays.
#pragma once

#include <poll.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/agents/agent_error.h"
#include "harness/agents/agent_process.h"
#include "harness/agents/clock_offset.h"
#include "harness/agents/line_channel.h"
#include "harness/agents/message.h"
#include "harness/load/histogram/second.h"
#include "harness/load/summary/summary.h"

namespace assay::agents {

class RemoteAgent {
 public:
  enum class Stage { started, greeted, preparing, ready, running, done };

  static load::Result<RemoteAgent> start(AgentName name);

  // What `poll` is to look at, and what to do when it has seen something.
  pollfd output_poll() const { return {has_ended_ ? -1 : process_.output(), POLLIN, 0}; }
  pollfd errors_poll() const { return {is_quiet_ ? -1 : process_.errors(), POLLIN, 0}; }
  void read_output();
  void read_errors();

  // Who does not take a line until the deadline will not answer it: that is seen then.
  void ask_clock(load::TimePoint deadline);
  void hand_out(const load::Job& job, load::TimePoint deadline);
  void begin(load::TimePoint at, load::TimePoint deadline);  // by our clock
  void cut(load::TimePoint deadline);
  void close_input() { process_.close_input(); }
  // The readings of the clock are enough, or too bad: then there is a fault.
  void settle_clock();

  const AgentName& name() const { return name_; }
  const std::optional<load::LoadError>& fault() const { return fault_; }
  Stage stage() const { return stage_; }
  std::size_t clock_readings() const { return readings_.size(); }
  load::TimePoint last_heard() const { return last_heard_; }  // of its messages
  const Heartbeat& last_beat() const { return last_beat_; }   // without its seconds
  const load::Seconds& seconds() const { return seconds_; }   // finished so far
  std::string_view last_words() const;
  load::Summary take_summary();  // REQUIRES: done

 private:
  RemoteAgent(AgentName name, AgentProcess process);

  void hear(const std::string& line);
  void hear(const Hello& hello);
  void hear(const Pong& pong);
  void hear(const Ready& ready);
  void hear(const Heartbeat& beat);
  void hear(const Done& done);
  void hear(const Trouble& trouble);
  bool take_seconds(std::uint64_t first, const std::vector<SecondRecord>& records);
  void expect(bool is_expected, std::string_view problem);
  void learn_why_it_ended();
  void tell(const ToAgent& message, load::TimePoint deadline);
  void fail(const load::LoadError& error);

  AgentName name_;
  AgentProcess process_;
  LineReader output_;
  Stage stage_ = Stage::started;
  bool has_ended_ = false;  // its output
  bool is_quiet_ = false;   // its standard error has ended
  std::string last_line_;
  std::string errors_;  // the last of what it said there
  std::optional<load::LoadError> fault_;
  load::TimePoint last_heard_;
  bool is_same_machine_ = false;
  load::TimePoint asked_;  // for its clock; each answer has the number of those before
  std::vector<ClockReading> readings_;
  ClockOffset clock_;
  Heartbeat last_beat_;
  load::Seconds seconds_;
  load::Summary summary_;
};

}  // namespace assay::agents
