// Ends a process group when the laboratory ends, however that happens, SIGKILL included; and what
// has left the group but carries its mark (see end_processes_with).
//
// A small shell waits at a pipe whose other end only the laboratory holds: the system closes it
// with the laboratory, and the shell then kills the group. It is no child of the group and hears no
// Ctrl-C. Belongs to one server; going out of scope lets the group go on, and ends the shell.
#pragma once
#include <sys/types.h>

#include <string>

#include "harness/lab/lab_error.h"
#include "harness/load/socket/descriptor.h"

namespace assay::lab {

class GroupKeeper {
 public:
  // REQUIRES: the group exists
  static Result<GroupKeeper> keep(pid_t group, const std::string& mark);
  GroupKeeper(GroupKeeper&& other) noexcept;
  GroupKeeper& operator=(GroupKeeper&& other) = delete;
  ~GroupKeeper();

 private:
  GroupKeeper(pid_t shell, load::Descriptor pipe) : shell_(shell), pipe_(std::move(pipe)) {}

  pid_t shell_;
  load::Descriptor pipe_;  // the end that is written to
};

}  // namespace assay::lab
