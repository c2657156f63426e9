// An agent that we started: a shell's command in a session of its own, with pipes to it and from
// it.
//
// One thread at a time. A session of its own, so that Ctrl-C reaches it as a message and ssh, which
// finds no terminal, refuses rather than asks for a password. The destructor ends all of its group:
// first by the end of its input, then by force. When we are killed its input ends too.
#pragma once

#include <sys/types.h>

#include <string>

#include "harness/load/clock.h"
#include "harness/load/load_error.h"
#include "harness/load/socket/descriptor.h"

namespace assay::agents {

class AgentProcess {
 public:
  static load::Result<AgentProcess> start(const std::string& command);
  AgentProcess(AgentProcess&& other) noexcept = default;
  AgentProcess& operator=(AgentProcess&& other) = delete;
  ~AgentProcess();

  int input() const { return input_.number(); }
  int output() const { return output_.number(); }
  int errors() const { return errors_.number(); }  // its standard error
  void close_input() { input_.close(); }
  // Waits for the end of the command itself: "exit status 3", "signal 9", "still running".
  std::string ending(load::TimePoint deadline) const;

 private:
  // Of whom we have started and must end; moved along with the rest.
  class Group {
   public:
    explicit Group(pid_t leader) : leader_(leader) {}
    Group(Group&& other) noexcept;
    Group& operator=(Group&& other) = delete;
    ~Group();
    pid_t leader() const { return leader_; }
    bool await_end(load::TimePoint deadline) const;

   private:
    pid_t leader_;
  };
  AgentProcess(pid_t leader, load::Descriptor input, load::Descriptor output,
               load::Descriptor errors);

  Group group_;
  load::Descriptor input_;
  load::Descriptor output_;
  load::Descriptor errors_;
};

}  // namespace assay::agents
