#include "harness/agents/agent_error.h"

#include <algorithm>

#include <fmt/format.h>

#include "server/model/utf8.h"

namespace assay::agents {
namespace {

using load::LoadError;

constexpr std::size_t longest_shown = 300;

std::string last_words(std::string_view said) {
  if (said.empty()) return "";
  return fmt::format("; it said last: {}", shown(said));
}

// An agent says hello and ends when its input does, so that is what a try shows.
std::string try_it(const AgentName& agent) {
  return fmt::format("try it by itself, it should say hello: {} < /dev/null", agent.command);
}

}  // namespace

std::string AgentName::text() const {
  return fmt::format("agent {} of {} ({})", index + 1, of, shown(command));
}

std::string shown(std::string_view said) {
  std::string text(said.substr(0, model::utf8_cut(said, longest_shown)));
  const auto moves_the_cursor = [](char c) {
    return static_cast<unsigned char>(c) < ' ' || c == '\x7f';
  };
  std::replace_if(text.begin(), text.end(), moves_the_cursor, '?');
  return text.size() < said.size() ? text + "..." : text;
}

LoadError no_agents() {
  return LoadError::relayed("there is no agent to share the load",
                            "name them: assay load URL --agent 'ssh mac1 assay agent'");
}

LoadError more_agents_than(std::string_view things, std::size_t count, std::size_t agents) {
  std::string_view noun = things;
  if (count == 1) noun.remove_suffix(1);
  return LoadError::relayed(fmt::format("{} agents cannot share {} {}", agents, count, noun),
                            "give each agent one at least, or use fewer agents");
}

LoadError not_started(std::string_view command, std::string_view reason) {
  return LoadError::relayed(
      fmt::format("the agent ({}) could not be started: {}", shown(command), reason),
      "allow more processes and open files (ulimit -u, ulimit -n), or use fewer agents");
}

LoadError other_protocol(const AgentName& agent, std::uint64_t theirs, std::string_view program) {
  return LoadError::relayed(fmt::format("{} is {}, which speaks version {} of the agents' protocol",
                                        agent.text(), shown(program), theirs),
                            "build the same version of assay on both machines");
}

LoadError clocks_apart(const AgentName& agent, load::nanoseconds uncertainty) {
  return LoadError::relayed(
      fmt::format(
          "the clock of {} is known to {:.1f} ms only, and 1 ms is needed to start together",
          agent.text(), load::in_microseconds(uncertainty) / 1e3),
      "use agents that are nearer, in the same local network, and keep other traffic off the line");
}

LoadError silent(const AgentName& agent, std::string_view awaited, std::string_view said) {
  return LoadError::relayed(fmt::format("{} gave {}{}", agent.text(), awaited, last_words(said)),
                            try_it(agent));
}

LoadError ended(const AgentName& agent, std::string_view how, std::string_view said) {
  return LoadError::relayed(fmt::format("{} ended before its part was done, with {}{}",
                                        agent.text(), how, last_words(said)),
                            try_it(agent));
}

LoadError nonsense(const AgentName& agent, std::string_view problem, std::string_view said) {
  return LoadError::relayed(fmt::format("{} said what is no message of its protocol ({}){}",
                                        agent.text(), shown(problem), last_words(said)),
                            try_it(agent));
}

LoadError in_trouble(const AgentName& agent, std::string_view what, std::string_view remedy) {
  return LoadError::relayed(fmt::format("{} says: {}", agent.text(), shown(what)), shown(remedy));
}

LoadError cut_elsewhere(const AgentName& agent) {
  return LoadError::relayed(
      fmt::format("{} was stopped on its own machine, so part of the load is missing",
                  agent.text()),
      "measure again, and stop it here: Ctrl-C");
}

LoadError not_understood(std::string_view problem) {
  return LoadError::relayed(fmt::format("the message is not understood: {}", shown(problem)),
                            "build the same version of assay on both machines");
}

LoadError unexpected(std::string_view message) {
  return LoadError::relayed(fmt::format("a {} was not expected now", message),
                            "an agent is started by: assay load URL --agent 'assay agent'");
}

LoadError late_start(load::nanoseconds late) {
  return LoadError::relayed(
      fmt::format("the common start came {:.1f} ms too late", load::in_microseconds(late) / 1e3),
      "keep other load off the machines and the line between them, and measure again");
}

LoadError broke_down(std::string_view reason) {
  return LoadError::relayed(fmt::format("the load could not be put on: {}", reason),
                            "give the agent's machine more memory and threads, or less to do");
}

}  // namespace assay::agents
