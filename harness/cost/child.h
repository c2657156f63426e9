// A program that we started: in a process group of its own, what it says kept, ended for good.
//
// Belongs to one thread. The destructor ends the whole group, so no server outlives its
// measurement; when we are killed ourselves the system ends it (Linux).
#pragma once

#include <sys/types.h>

#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/cost/cost_error.h"
#include "harness/load/clock.h"
#include "harness/load/stop.h"

namespace assay::cost {

struct Launch {
  std::vector<std::string> command;  // looked for on PATH when it has no slash
  std::vector<std::pair<std::string, std::string>> variables;  // besides our own
  std::vector<int> cores;                                      // none: wherever we may run
};

class Child {
 public:
  static Result<Child> start(const Launch& launch);
  Child(Child&& other) noexcept;
  Child& operator=(Child&& other) = delete;
  ~Child();

  pid_t group() const { return pid_; }
  std::optional<int> ended() const;  // its exit status, 128 and more for a signal
  std::string said() const;          // on standard output and standard error, so far
  std::string last_words() const;    // the last line of it that is not indented, for a terminal
  // Waits for its end: its exit status, or nothing when time was up or a stop was asked for.
  std::optional<int> wait(load::nanoseconds limit, const load::Stop& stop) const;

 private:
  using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;
  Child(pid_t pid, File log) : pid_(pid), log_(std::move(log)) {}

  pid_t pid_ = -1;
  File log_;
};

}  // namespace assay::cost
