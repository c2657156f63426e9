#include "harness/agents/agent_process.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <optional>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "harness/agents/agent_error.h"
#include "harness/agents/agents_host.h"

namespace assay::agents {
namespace {

using load::Descriptor;
using std::chrono::milliseconds;

constexpr auto glance = milliseconds(2);
constexpr auto patience = milliseconds(1000);  // with each way to end a group

struct Pipe {
  Descriptor reads;
  Descriptor writes;
};

// Closed in whatever else is started: an agent that held another's pipe would keep it from seeing
// the end of its input. Not 0 to 2, which a child's own standard streams are made of.
Descriptor apart(int number) {
  const Descriptor given(number);
  return Descriptor(fcntl(number, F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
}

std::optional<Pipe> new_pipe() {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) return std::nullopt;
  Pipe made{apart(ends[0]), apart(ends[1])};
  if (!made.reads.is_open() || !made.writes.is_open()) return std::nullopt;
  return made;
}

// Between fork and exec: only calls that are safe there.
[[noreturn]] void become(pid_t parent, int input, int output, int errors, const char* command) {
  setsid();
  end_with_parent(parent);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  for (const int number : {SIGPIPE, SIGINT, SIGTERM, SIGHUP}) signal(number, SIG_DFL);
  dup2(input, STDIN_FILENO);
  dup2(output, STDOUT_FILENO);
  dup2(errors, STDERR_FILENO);
  execl("/bin/sh", "sh", "-c", command, static_cast<char*>(nullptr));
  _exit(127);  // NOLINT(readability-magic-numbers): what shells say of a missing program
}

// Looks without reaping: until the group is ended, its number must not be given away.
std::optional<std::string> ending_now(pid_t process) {
  siginfo_t info{};
  const int looked = waitid(P_PID, static_cast<id_t>(process), &info, WEXITED | WNOHANG | WNOWAIT);
  if (looked != 0 || info.si_pid != process) return std::nullopt;
  const char* const how = info.si_code == CLD_EXITED ? "exit status" : "signal";
  return fmt::format("{} {}", how, info.si_status);
}

}  // namespace

load::Result<AgentProcess> AgentProcess::start(const std::string& command) {
  auto input = new_pipe();
  auto output = new_pipe();
  auto errors = new_pipe();
  if (!input || !output || !errors) return not_started(command, std::strerror(errno));
  const pid_t parent = getpid();
  const pid_t leader = fork();
  if (leader == 0) {
    become(parent, input->reads.number(), output->writes.number(), errors->writes.number(),
           command.c_str());
  }
  if (leader < 0) return not_started(command, std::strerror(errno));
  return AgentProcess(leader, std::move(input->writes), std::move(output->reads),
                      std::move(errors->reads));
}

AgentProcess::AgentProcess(pid_t leader, Descriptor input, Descriptor output, Descriptor errors)
    : group_(leader),
      input_(std::move(input)),
      output_(std::move(output)),
      errors_(std::move(errors)) {}

AgentProcess::~AgentProcess() { close_input(); }

std::string AgentProcess::ending(load::TimePoint deadline) const {
  group_.await_end(deadline);
  return ending_now(group_.leader()).value_or("still running");
}

AgentProcess::Group::Group(Group&& other) noexcept : leader_(std::exchange(other.leader_, -1)) {}

AgentProcess::Group::~Group() {
  if (leader_ <= 0) return;
  if (!await_end(load::Clock::now() + patience)) {
    kill(-leader_, SIGTERM);
    await_end(load::Clock::now() + patience);
  }
  kill(-leader_, SIGKILL);  // what is left: children that did not follow, or a leader that did not
  kill(leader_, SIGKILL);   // which may not have come to make its group
  waitpid(leader_, nullptr, 0);
}

bool AgentProcess::Group::await_end(load::TimePoint deadline) const {
  while (!ending_now(leader_)) {
    if (load::Clock::now() >= deadline) return false;
    std::this_thread::sleep_for(glance);
  }
  return true;
}

}  // namespace assay::agents
