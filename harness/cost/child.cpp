#include "harness/cost/child.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <sstream>
#include <thread>

#include "harness/cost/cost_host.h"

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX has it in no header

namespace assay::cost {
namespace {

using std::chrono::milliseconds;

constexpr auto patience = std::chrono::seconds(5);
constexpr auto glance = milliseconds(5);
constexpr std::size_t longest_words = 300;
constexpr int signal_status = 128;  // as shells count

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
[[noreturn]] void become(pid_t parent, int log, const std::vector<int>& cores, char* const* command,
                         char** variables) {
  setpgid(0, 0);
  end_with_parent(parent);
  if (!cores.empty()) pin_to(cores);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  signal(SIGPIPE, SIG_DFL);
  dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
  dup2(log, STDOUT_FILENO);
  dup2(log, STDERR_FILENO);
  environ = variables;
  execvp(command[0], command);
  const char* reason = strerror(errno);
  [[maybe_unused]] const ssize_t written = write(STDERR_FILENO, reason, strlen(reason));
  _exit(127);  // NOLINT(readability-magic-numbers): what shells say of a missing program
}

}  // namespace

Result<Child> Child::start(const Launch& launch) {
  File log(std::tmpfile(), &std::fclose);
  if (!log) return CostError::unwritable("a temporary file", std::strerror(errno));
  fcntl(fileno(log.get()), F_SETFD, FD_CLOEXEC);
  // Several processes of a server write to one place: each where the others have ended.
  fcntl(fileno(log.get()), F_SETFL, O_APPEND);
  std::vector<std::string> command = launch.command;
  std::vector<std::string> variables = environment_with(launch.variables);
  const std::vector<char*> words = pointers(command);
  std::vector<char*> settings = pointers(variables);
  const pid_t parent = getpid();
  const pid_t pid = fork();
  if (pid == 0) become(parent, fileno(log.get()), launch.cores, words.data(), settings.data());
  if (pid < 0) return CostError::out_of_system("process", std::strerror(errno));
  setpgid(pid, pid);  // the child does it too: whoever is first, it is done when we go on
  return Child(pid, std::move(log));
}

Child::Child(Child&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)), log_(std::move(other.log_)) {}

Child::~Child() {
  if (pid_ <= 0) return;
  kill(-pid_, SIGTERM);
  wait(patience, load::Stop());
  kill(-pid_, SIGKILL);  // what is left: children that did not follow, or a leader that did not end
  waitpid(pid_, nullptr, 0);
}

// Looks without reaping: until the group is ended, its number must not be given away.
std::optional<int> Child::ended() const {
  siginfo_t info{};
  const int looked = waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT);
  if (looked != 0 || info.si_pid != pid_) return std::nullopt;
  return info.si_code == CLD_EXITED ? info.si_status : signal_status + info.si_status;
}

std::optional<int> Child::wait(load::nanoseconds limit, const load::Stop& stop) const {
  const load::TimePoint deadline = load::Clock::now() + limit;
  std::optional<int> status = ended();
  while (!status && !stop.requested() && load::Clock::now() < deadline) {
    std::this_thread::sleep_for(glance);
    status = ended();
  }
  return status;
}

std::string Child::said() const {
  std::string text;
  std::array<char, 4096> buffer;
  for (;;) {
    const ssize_t count =
        pread(fileno(log_.get()), buffer.data(), buffer.size(), static_cast<off_t>(text.size()));
    if (count <= 0) return text;
    text.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

std::string Child::last_words() const {
  std::istringstream text(said());
  std::string last;
  for (std::string line; std::getline(text, line);) {
    // What is indented explains the line above it, as our own remedies do.
    if (!line.empty() && line.front() != ' ' && line.front() != '\t') last = line;
  }
  last.resize(std::min(last.size(), longest_words));
  const auto moves_the_cursor = [](char c) { return static_cast<unsigned char>(c) < ' '; };
  std::replace_if(last.begin(), last.end(), moves_the_cursor, '?');
  return last;
}

}  // namespace assay::cost
