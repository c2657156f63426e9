#include "harness/lab/trial/group_keeper.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include "harness/load/socket/descriptor.h"

namespace assay::lab {
namespace {

// Reads until somebody writes, all is well, or the pipe's other end is gone. The second `kill` is
// for what the group started in between. Where there is no /proc the mark finds nobody.
constexpr auto script =
    "trap '' INT TERM HUP QUIT\n"
    "read -r word && exit\n"
    "{ kill -s KILL -- \"-$1\"; kill -s KILL -- \"-$1\"; } 2>/dev/null\n"
    "for file in $(grep -las \"$2\" /proc/[0-9]*/environ); do\n"
    "  file=${file#/proc/}; kill -s KILL \"${file%/environ}\" 2>/dev/null\n"
    "done\n";

// Between fork and exec: only calls that are safe there.
[[noreturn]] void become_shell(int pipe, char* const* command) {
  setsid();
  dup2(pipe, STDIN_FILENO);
  execv(command[0], command);
  _exit(127);
}

}  // namespace

Result<GroupKeeper> GroupKeeper::keep(pid_t group, const std::string& mark) {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) return LabError::no_process(strerror(errno));
  load::Descriptor reading(ends[0]);
  load::Descriptor writing(ends[1]);
  // Neither end may live on in a server: then nobody would see the laboratory go.
  for (const int end : ends) fcntl(end, F_SETFD, FD_CLOEXEC);
  std::string program = "/bin/sh";
  std::string option = "-c";
  std::string text = script;
  std::string name = "assay-keeper";
  std::string number = std::to_string(group);
  std::string pattern = mark;
  const std::array<char*, 7> command = {program.data(), option.data(),  text.data(), name.data(),
                                        number.data(),  pattern.data(), nullptr};
  const pid_t shell = fork();
  if (shell == 0) become_shell(reading.number(), command.data());
  if (shell < 0) return LabError::no_process(strerror(errno));
  return GroupKeeper(shell, std::move(writing));
}

GroupKeeper::GroupKeeper(GroupKeeper&& other) noexcept
    : shell_(std::exchange(other.shell_, -1)), pipe_(std::move(other.pipe_)) {}

GroupKeeper::~GroupKeeper() {
  if (shell_ < 0) return;
  // The shell cannot be gone before this: writing to it raises no SIGPIPE.
  [[maybe_unused]] const ssize_t written = write(pipe_.number(), "\n", 1);
  pipe_.close();
  while (waitpid(shell_, nullptr, 0) < 0 && errno == EINTR) continue;
}

}  // namespace assay::lab
