// A load that several agents put on a server together, each its share of one schedule, and what
// they measured as one Summary: seconds merged by their number, histograms by their counts.
//
// Called from one thread; blocks until all are done or one of them has failed: then there is no
// Summary, because part of the load was missing. Every step has a deadline. Whichever way it
// returns, no agent that it started is left; should it be killed, they see the end of their input.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/load/loop/run.h"

namespace assay::agents {

struct Patience {
  load::nanoseconds greeting = std::chrono::seconds(30);  // until its hello: ssh has to log in
  load::nanoseconds ready = std::chrono::seconds(30);     // beyond what one request may take
  load::nanoseconds answer = std::chrono::seconds(5);     // to a ping
  load::nanoseconds margin = std::chrono::seconds(1);     // until the common start
  load::nanoseconds heartbeat = std::chrono::seconds(3);
  load::nanoseconds ending = std::chrono::seconds(10);  // beyond what the job itself may take
};

// Each of `commands` is a shell's command that becomes an agent: "ssh mac1 assay agent". Of
// `watch`, `progress` is called, four times a second, with what the heartbeats have told. A stop
// cuts all agents, and the Summary says so.
load::Result<load::Summary> run(const std::vector<std::string>& commands, const load::Job& job,
                                const load::Stop& stop, const load::Watch& watch = {},
                                const Patience& patience = {});

// The command of an agent on this machine; `program` as it was called itself (argv[0]).
std::string local_command(std::string_view program);

}  // namespace assay::agents
