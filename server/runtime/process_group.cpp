#include "server/runtime/process_group.h"

#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <system_error>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "server/runtime/start_error.h"

namespace assay::runtime {
namespace {

using std::chrono::steady_clock;

constexpr auto shortest_life = std::chrono::seconds(1);  // below it, a new start waits for as long

std::string cause(int error) { return std::generic_category().message(error); }

std::string manner(int status) {
  return WIFSIGNALED(status) ? fmt::format("was ended by signal {}", WTERMSIG(status))
                             : fmt::format("ended with status {}", WEXITSTATUS(status));
}

bool ended_well(int status) { return WIFEXITED(status) && WEXITSTATUS(status) == 0; }

// Nothing is written there, so it can be read only when the parent has gone. Nobody is left to lose
// patience then.
void end_with(int life_of_parent, std::chrono::milliseconds patience) {
  char byte = 0;
  while (read(life_of_parent, &byte, 1) < 0 && errno == EINTR) continue;
  kill(getpid(), SIGTERM);
  std::this_thread::sleep_for(patience);
  std::_Exit(1);
}

// On a thread that takes no signal from the work's own.
void watch_parent(int life_of_parent, std::chrono::milliseconds patience) {
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  std::thread(end_with, life_of_parent, patience).detach();
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

}  // namespace

// SIGCHLD has a handler, though it is never called: a signal that is ignored, as this one is
// otherwise, cannot be waited for on macOS.
AwaitedSignals::AwaitedSignals() {
  sigemptyset(&awaited_);
  for (const int signal : {SIGTERM, SIGINT, SIGCHLD, SIGALRM, SIGUSR1}) {
    sigaddset(&awaited_, signal);
  }
  pthread_sigmask(SIG_BLOCK, &awaited_, &mask_before_);
  struct sigaction action{};
  action.sa_handler = [](int) {};
  action.sa_flags = SA_NOCLDSTOP;
  sigaction(SIGCHLD, &action, &child_action_before_);
}

int AwaitedSignals::wait() const {
  int signal = 0;
  sigwait(&awaited_, &signal);
  return signal;
}

// One that still comes would end the process; ignoring it drops one that has come.
void AwaitedSignals::restore() const {
  const itimerval none{};
  setitimer(ITIMER_REAL, &none, nullptr);
  for (const int signal : {SIGALRM, SIGUSR1}) std::signal(signal, std::signal(signal, SIG_IGN));
  sigaction(SIGCHLD, &child_action_before_, nullptr);
  pthread_sigmask(SIG_SETMASK, &mask_before_, nullptr);
}

ProcessGroup::ProcessGroup(std::size_t processes, Work work, Report report,
                           std::chrono::milliseconds patience, Ending ending)
    : work_(std::move(work)),
      report_(std::move(report)),
      patience_(patience),
      told_to_end_(std::move(ending)),
      children_(processes) {}

int ProcessGroup::run(const std::function<void()>& started) {
  const AwaitedSignals signals;
  signals_ = &signals;
  started_ = started;
  start_all();
  while (any_runs() || !ending_) {
    const int signal = signals.wait();
    if (signal == SIGTERM || signal == SIGINT) {
      if (ending_) {
        kill_all();
        return 1;
      }
      ask_to_end();
    }
    hear_news();
    reap();
    if (ending_ && any_runs() && steady_clock::now() >= killed_at_) {
      report_("a process that does not end is killed");
      kill_all();
      return 1;
    }
    ending_ ? set_alarm() : start_due();
  }
  return all_ended_well_ ? 0 : 1;
}

void ProcessGroup::start_all() {
  for (std::size_t i = 0; i < children_.size(); ++i) {
    if (start(i)) continue;
    fail(
        fmt::format("cannot start {} processes: {}; ask for fewer with --workers, or "
                    "raise the limit (ulimit -u)",
                    children_.size(), cause(errno)));
  }
}

void ProcessGroup::start_due() {
  const Time now = steady_clock::now();
  for (std::size_t i = 0; i < children_.size(); ++i) {
    Child& child = children_[i];
    if (!child.due || *child.due > now) continue;
    child.due.reset();
    if (start(i)) continue;
    report_(fmt::format("process {} of {} cannot be started: {}; it is tried again in a second",
                        i + 1, children_.size(), cause(errno)));
    child.due = now + shortest_life;
  }
  set_alarm();
}

// What stands in a buffer of the standard library would be written by both processes.
bool ProcessGroup::start(std::size_t index) {
  std::fflush(nullptr);
  const pid_t id = fork();
  if (id == 0) be_child(index);
  if (id < 0) return false;
  children_[index] = {.id = id, .is_ready = false, .started = steady_clock::now(), .due = {}};
  return true;
}

// Ends without what the parent wants done at its own end.
void ProcessGroup::be_child(std::size_t index) {
  int status = 1;
  try {
    life_.writing.close();
    news_.be_child();
    signals_->restore();
    watch_parent(life_.reading.number(), patience_);
    status = work_(index, [&] { news_.tell_ready(index); });
  } catch (const std::exception& error) {
    news_.tell_fault(index, error.what());
  }
  std::fflush(nullptr);
  std::_Exit(status);
}

void ProcessGroup::ask_to_end() {
  ending_ = true;
  killed_at_ = steady_clock::now() + patience_;
  std::vector<std::size_t> absent;
  for (std::size_t i = 0; i < children_.size(); ++i) {
    children_[i].due.reset();
    if (children_[i].id == 0) absent.push_back(i);
  }
  told_to_end_(absent);
  send(SIGTERM);
}

void ProcessGroup::kill_all() {
  send(SIGKILL);
  for (Child& child : children_) {
    while (child.id > 0 && waitpid(child.id, nullptr, 0) < 0 && errno == EINTR) continue;
    child.id = 0;
  }
}

void ProcessGroup::fail(const std::string& sentence) {
  kill_all();
  throw StartError(sentence);
}

void ProcessGroup::hear_news() {
  while (const auto piece = news_.next()) {
    piece->is_ready ? hear_ready(piece->index) : hear_fault(piece->index, piece->fault);
  }
}

void ProcessGroup::hear_ready(std::size_t index) {
  children_[index].is_ready = true;
  if (has_started_ || ending_ || !all_are_ready()) return;
  has_started_ = true;
  started_();
}

void ProcessGroup::hear_fault(std::size_t index, const std::string& fault) {
  if (!has_started_ && !ending_) fail(fault);
  report_(fmt::format("process {} of {}: {}", index + 1, children_.size(), fault));
}

bool ProcessGroup::all_are_ready() const {
  return std::all_of(children_.begin(), children_.end(),
                     [](const Child& child) { return child.is_ready; });
}

// One signal may stand for many children.
void ProcessGroup::reap() {
  for (std::size_t i = 0; i < children_.size(); ++i) {
    int status = 0;
    const pid_t id = children_[i].id;
    if (id <= 0 || waitpid(id, &status, WNOHANG) != id) continue;
    children_[i].id = 0;  // the number may be another's from now on
    hear_news();          // its last is there
    note_end(i, id, status);
  }
}

void ProcessGroup::note_end(std::size_t index, pid_t id, int status) {
  Child& child = children_[index];
  if (ending_) {
    all_ended_well_ = all_ended_well_ && ended_well(status);
    return;
  }
  if (!has_started_) {
    fail(fmt::format("process {} of {} (pid {}) {} before all were ready", index + 1,
                     children_.size(), id, manner(status)));
  }
  const Time now = steady_clock::now();
  const bool too_soon = now - child.started < shortest_life;
  child.due = too_soon ? now + shortest_life : now;
  report_(fmt::format("process {} of {} (pid {}) {}: it is started again {}", index + 1,
                      children_.size(), id, manner(status), too_soon ? "in a second" : "now"));
}

bool ProcessGroup::any_runs() const {
  return std::any_of(children_.begin(), children_.end(),
                     [](const Child& child) { return child.id > 0; });
}

void ProcessGroup::send(int signal) const {
  for (const Child& child : children_) {
    if (child.id > 0) kill(child.id, signal);
  }
}

// SIGALRM when the next child is due, or patience is at its end; now and then before, too.
void ProcessGroup::set_alarm() const {
  std::optional<Time> next;
  if (ending_) next = killed_at_;
  for (const Child& child : children_) {
    if (child.due && (!next || *child.due < *next)) next = child.due;
  }
  if (!next) return;
  const auto left = std::chrono::ceil<std::chrono::microseconds>(*next - steady_clock::now());
  const auto wait = std::clamp(left, std::chrono::microseconds(1'000),
                               std::chrono::microseconds(999'999));  // more is no tv_usec
  itimerval timer{};
  timer.it_value.tv_usec = static_cast<suseconds_t>(wait.count());
  setitimer(ITIMER_REAL, &timer, nullptr);
}

}  // namespace assay::runtime
