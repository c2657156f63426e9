// The execution model `fork`: processes that do the same work, and their parent, which does nothing
// but look after them.
//
// The group has started when each of its children has said that it is ready; one that ends before
// ends the group. Later, a child that ends unasked is started again: at once, or a second later if
// it lived for less than one. SIGTERM and SIGINT are passed on to all as SIGTERM, and the group has
// ended when they have; a second one kills them. Children end with their parent, however that ends:
// they hold the reading end of a pipe that nobody else can write to, and get SIGTERM when it
// closes. REQUIRES: the process has one thread; the work ends at SIGTERM, and takes a second one
// with patience: what is sent to the whole process group, as Ctrl-C is, reaches a child twice.
#pragma once
#include <signal.h>
#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "server/runtime/pipe.h"
#include "server/runtime/process_news.h"

namespace assay::runtime {

// The signals that the parent waits for, blocked from construction on.
class AwaitedSignals {
 public:
  AwaitedSignals();
  ~AwaitedSignals() { restore(); }
  AwaitedSignals(const AwaitedSignals&) = delete;
  AwaitedSignals& operator=(const AwaitedSignals&) = delete;

  int wait() const;
  void restore() const;  // the mask and the handlers as they were

 private:
  sigset_t awaited_;
  sigset_t mask_before_;
  struct sigaction child_action_before_;
};

class ProcessGroup {
 public:
  // In a process of its own, which calls `ready` when it can do what it is there for; its result is
  // the process's exit status. The mask of signals is that of the process which calls `run`.
  using Work = std::function<int(std::size_t index, const std::function<void()>& ready)>;
  using Report = std::function<void(const std::string& sentence)>;

  // `patience` is how long a child may take to end that is told to, or whose parent has gone; then
  // it is killed. Throws StartError.
  // `ending` is called in the parent when it is told to end, before its children are; with those
  // that do not run.
  using Ending = std::function<void(const std::vector<std::size_t>& absent)>;
  ProcessGroup(
      std::size_t processes, Work work, Report report,
      std::chrono::milliseconds patience = std::chrono::seconds(30),
      Ending ending = [](const auto&) {});

  // Calls `started` once all children are ready. 0: it was told to end, and every child that was
  // there then ended with status 0. Throws StartError, with what the child has thrown, if one of
  // them does not come to be ready; then none is left.
  int run(const std::function<void()>& started = [] {});

 private:
  using Time = std::chrono::steady_clock::time_point;
  struct Child {
    pid_t id = 0;  // 0: does not run
    bool is_ready = false;
    Time started;
    std::optional<Time> due;  // when it is to be started again
  };

  void start_all();
  void start_due();
  bool start(std::size_t index);
  [[noreturn]] void be_child(std::size_t index);
  [[noreturn]] void fail(const std::string& sentence);
  void ask_to_end();
  void kill_all();
  void hear_news();
  void hear_ready(std::size_t index);
  void hear_fault(std::size_t index, const std::string& fault);
  bool all_are_ready() const;
  void reap();
  void note_end(std::size_t index, pid_t id, int status);
  bool any_runs() const;
  void send(int signal) const;
  void set_alarm() const;

  Work work_;
  Report report_;
  std::chrono::milliseconds patience_;
  Ending told_to_end_;
  std::function<void()> started_;
  std::vector<Child> children_;
  Pipe life_;  // of the parent, who has the writing end alone
  ProcessNews news_;
  const AwaitedSignals* signals_ = nullptr;  // while it runs
  bool has_started_ = false;
  bool ending_ = false;
  Time killed_at_;  // while it ends
  bool all_ended_well_ = true;
};

}  // namespace assay::runtime
