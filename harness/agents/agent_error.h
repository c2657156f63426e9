// Why agents could not put a load on a server, in one place: which of them, what happened, what it
// said last, and what to type. Pure; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "harness/load/clock.h"
#include "harness/load/load_error.h"

namespace assay::agents {

// Of whom a sentence speaks: "agent 2 of 3 (ssh mac1 assay agent)".
struct AgentName {
  std::size_t index = 0;
  std::size_t of = 1;
  std::string command;

  std::string text() const;
};

// Of the controller.
load::LoadError no_agents();
load::LoadError more_agents_than(std::string_view things, std::size_t count, std::size_t agents);
load::LoadError not_started(std::string_view command, std::string_view reason);
load::LoadError other_protocol(const AgentName& agent, std::uint64_t theirs,
                               std::string_view program);
load::LoadError clocks_apart(const AgentName& agent, load::nanoseconds uncertainty);
// `awaited` is what did not come: "no heartbeat within 3 s". `said`: the last, or empty.
load::LoadError silent(const AgentName& agent, std::string_view awaited, std::string_view said);
load::LoadError ended(const AgentName& agent, std::string_view how, std::string_view said);
load::LoadError nonsense(const AgentName& agent, std::string_view problem, std::string_view said);
load::LoadError in_trouble(const AgentName& agent, std::string_view what, std::string_view remedy);
load::LoadError cut_elsewhere(const AgentName& agent);

// Of an agent, which its controller hears and passes on.
load::LoadError not_understood(std::string_view problem);
load::LoadError unexpected(std::string_view message);
load::LoadError late_start(load::nanoseconds late);
load::LoadError broke_down(std::string_view reason);

// What another program said, fit for a sentence on a terminal: its beginning, without what moves
// the cursor.
std::string shown(std::string_view said);

}  // namespace assay::agents
