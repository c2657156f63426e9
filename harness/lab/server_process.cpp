#include "harness/lab/server_process.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fstream>
#include <thread>

#include <fmt/format.h>

#include "harness/lab/host.h"

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

std::vector<std::string> environment_with(
    const std::vector<std::pair<std::string, std::string>>& variables) {
  std::vector<std::string> all;
  for (char** each = environ; *each != nullptr; ++each) all.emplace_back(*each);
  for (const auto& [name, value] : variables) {
    std::erase_if(all, [&](const std::string& each) { return each.starts_with(name + "="); });
    all.emplace_back(name).append("=").append(value);
  }
  return all;
}

// Between fork and exec: only calls that are safe there.
[[noreturn]] void become(const char* folder, int log, char* const* command,
                         char* const* variables) {
  setpgid(0, 0);
  end_with_parent();
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  signal(SIGPIPE, SIG_DFL);
  const int nothing = open("/dev/null", O_RDWR);
  dup2(nothing, STDIN_FILENO);
  dup2(nothing, STDOUT_FILENO);
  dup2(log, STDERR_FILENO);
  if (chdir(folder) == 0) execve(command[0], command, variables);
  const char* reason = strerror(errno);
  [[maybe_unused]] ssize_t written = write(STDERR_FILENO, reason, strlen(reason));
  _exit(127);
}

}  // namespace

Result<ServerProcess> ServerProcess::start(const Launch& launch) {
  const int log = open(launch.log.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0644);
  if (log < 0) return LabError::unwritable(launch.log.string(), strerror(errno));
  std::vector<std::string> command = launch.command;
  std::vector<std::string> variables = environment_with(launch.variables);
  const std::vector<char*> command_pointers = pointers(command);
  const std::vector<char*> variable_pointers = pointers(variables);
  const pid_t pid = fork();
  if (pid == 0) {
    become(launch.folder.c_str(), log, command_pointers.data(), variable_pointers.data());
  }
  close(log);
  if (pid < 0) return LabError::unreadable(launch.command.front(), strerror(errno));
  setpgid(pid, pid);  // the child does it too: whoever is first, it is done when we go on
  return ServerProcess(pid);
}

ServerProcess::ServerProcess(ServerProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)), status_(other.status_) {}

ServerProcess::~ServerProcess() {
  if (pid_ > 0) stop();
}

std::optional<std::string> ServerProcess::ended() {
  int status = 0;
  if (!status_ && waitpid(pid_, &status, WNOHANG) == pid_) status_ = status;
  if (!status_) return std::nullopt;
  if (WIFSIGNALED(*status_)) return fmt::format("was ended by signal {}", WTERMSIG(*status_));
  return fmt::format("ended with status {}", WEXITSTATUS(*status_));
}

void ServerProcess::stop() {
  kill(-pid_, SIGTERM);
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  while (!ended() && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(milliseconds(10));
  }
  kill(-pid_, SIGKILL);  // what is left: children that did not follow, or a leader that did not end
  if (!status_) {
    int status = 0;
    waitpid(pid_, &status, 0);
    status_ = status;
  }
  pid_ = -1;
}

std::string last_line(const std::filesystem::path& log) {
  std::ifstream file(log);
  std::string last;
  for (std::string line; std::getline(file, line);) {
    if (line.find_first_not_of(" \t\r") != line.npos) last = line;
  }
  return last.substr(0, 300);
}

}  // namespace assay::lab
