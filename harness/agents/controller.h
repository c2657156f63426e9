// The side of the protocol that hands out the shares of a job and follows them until all are done.
//
// One thread, for one run. Listens to all agents at once, whatever it waits for, so that a fault of
// one ends the run at that moment.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/agents/agents.h"
#include "harness/agents/remote_agent.h"
#include "harness/load/loop/run.h"

namespace assay::agents {

class Controller {
 public:
  // All outlive it.
  Controller(const load::Job& job, const load::Stop& stop, const load::Watch& watch,
             const Patience& patience);
  ~Controller();
  Controller(const Controller&) = delete;
  Controller& operator=(const Controller&) = delete;

  load::Result<load::Summary> run(const std::vector<std::string>& commands);

 private:
  using Trouble = std::optional<load::LoadError>;
  using Asked = std::function<bool(const RemoteAgent&)>;

  // In this order. Each ends at once when a stop is asked for; what comes next sees it.
  Trouble start(const std::vector<std::string>& commands);
  Trouble greet();
  Trouble compare_clocks();
  Trouble hand_out();
  void begin();
  Trouble follow();
  load::Result<load::Summary> merged();
  load::Summary nothing_measured() const;

  Trouble await(const Asked& has_it, load::nanoseconds patience, std::string_view awaited);
  Trouble await_of(const RemoteAgent& agent, const Asked& has_it, load::nanoseconds patience,
                   std::string_view awaited);
  void listen(load::TimePoint until);
  Trouble first_fault() const;
  Trouble first_missing(load::TimePoint now) const;
  void cut_if_asked();
  void look_at_progress(load::TimePoint now);
  bool are_done() const;

  const load::Job& job_;
  const load::Stop& stop_;
  const load::Watch& watch_;
  const Patience& patience_;
  std::vector<RemoteAgent> agents_;
  load::TimePoint start_;
  load::TimePoint deadline_;  // of all agents to be done
  bool is_cut_ = false;       // they were told
  load::TimePoint next_look_;
  std::uint64_t ended_ = 0;  // requests, by the heartbeats
  load::Seconds seconds_;    // of all, as far as all have told theirs
};

}  // namespace assay::agents
