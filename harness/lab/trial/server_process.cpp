#include "harness/lab/trial/server_process.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fstream>
#include <string_view>
#include <thread>

#include <fmt/format.h>

#include "harness/lab/host/host.h"

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX has it in no header

namespace assay::lab {
namespace {

using std::chrono::milliseconds;

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> made;
  for (std::string& word : words) made.push_back(word.data());
  made.push_back(nullptr);
  return made;
}

// Variables of the user's own that would change what is measured: PYTHON_GIL=1 turns the lock on.
bool changes_a_server(std::string_view variable) {
  for (const std::string_view prefix : {"PYTHON", "UVICORN_", "WEB_CONCURRENCY", "LD_PRELOAD"}) {
    if (variable.starts_with(prefix)) return true;
  }
  return false;
}

std::vector<std::string> environment_with(
    const std::vector<std::pair<std::string, std::string>>& variables) {
  std::vector<std::string> all;
  for (char** each = environ; *each != nullptr; ++each) {
    if (!changes_a_server(*each)) all.emplace_back(*each);
  }
  for (const auto& [name, value] : variables) {
    std::erase_if(all, [&](const std::string& each) { return each.starts_with(name + "="); });
    all.emplace_back(name).append("=").append(value);
  }
  return all;
}

// Of one start: what the server starts inherits it, in whichever group it is then.
std::string new_mark() {
  static std::atomic<unsigned> count{0};
  return fmt::format("ASSAY_SERVER={}-{}", getpid(), ++count);
}

// Between fork and exec: only calls that are safe there.
[[noreturn]] void become(pid_t parent, const Launch& launch, int log, char* const* command,
                         char* const* variables) {
  setpgid(0, 0);
  end_with_parent(parent);
  keep_to_cores(launch.cores);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  signal(SIGPIPE, SIG_DFL);
  const int nothing = open("/dev/null", O_RDWR);
  dup2(nothing, STDIN_FILENO);
  dup2(nothing, STDOUT_FILENO);
  dup2(log, STDERR_FILENO);
  close(nothing);
  if (chdir(launch.folder.c_str()) == 0) execve(command[0], command, variables);
  const char* reason = strerror(errno);
  [[maybe_unused]] ssize_t written = write(STDERR_FILENO, reason, strlen(reason));
  _exit(127);
}

}  // namespace

Result<ServerProcess> ServerProcess::start(const Launch& launch) {
  const int log = open(launch.log.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0644);
  if (log < 0) return LabError::unwritable(launch.log.string(), strerror(errno));
  std::vector<std::string> command = launch.command;
  const std::string mark = new_mark();
  std::vector<std::string> variables = environment_with(launch.variables);
  variables.push_back(mark);
  const std::vector<char*> command_pointers = pointers(command);
  const std::vector<char*> variable_pointers = pointers(variables);
  const pid_t parent = getpid();
  const pid_t pid = fork();
  if (pid == 0) become(parent, launch, log, command_pointers.data(), variable_pointers.data());
  close(log);
  if (pid < 0) return LabError::no_process(strerror(errno));
  setpgid(pid, pid);  // the child does it too: whoever is first, it is done when we go on
  auto keeper = GroupKeeper::keep(pid, mark);
  if (!keeper) {
    kill(-pid, SIGKILL);
    waitpid(pid, nullptr, 0);
    return keeper.error();
  }
  return ServerProcess(pid, mark, *std::move(keeper));
}

ServerProcess::ServerProcess(ServerProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      mark_(std::move(other.mark_)),
      keeper_(std::move(other.keeper_)) {}

ServerProcess::~ServerProcess() {
  if (pid_ > 0) stop();
}

// Looks without reaping: until `stop` has ended the group, its number must not be given away.
std::optional<std::string> ServerProcess::ended() {
  siginfo_t info{};
  const int looked = waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT);
  if (looked != 0 || info.si_pid != pid_) return std::nullopt;
  const bool by_itself = info.si_code == CLD_EXITED;
  return fmt::format("{} {}", by_itself ? "ended with status" : "was ended by signal",
                     info.si_status);
}

void ServerProcess::stop() {
  kill(-pid_, SIGTERM);
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  while (!ended() && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(milliseconds(10));
  }
  kill(-pid_, SIGKILL);  // what is left: children that did not follow, or a leader that did not end
  end_processes_with(mark_);
  waitpid(pid_, nullptr, 0);
  pid_ = -1;
}

std::string printable(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '?';
  }
  return text;
}

std::string last_line(const std::filesystem::path& log) {
  std::ifstream file(log);
  std::string last;
  for (std::string line; std::getline(file, line);) {
    if (line.find_first_not_of(" \t\r") != line.npos) last = line;
  }
  return printable(last.substr(0, 300));
}

}  // namespace assay::lab
