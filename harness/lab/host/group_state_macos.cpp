// macOS: libproc counts threads and files; of a thread's switches it does not say which kind.
#include "harness/lab/host/group_state.h"

#include <libproc.h>

#include <vector>

namespace assay::lab {

GroupState group_state(pid_t group) {
  std::vector<pid_t> members(1024);
  const int bytes = proc_listpids(PROC_PGRP_ONLY, static_cast<std::uint32_t>(group), members.data(),
                                  static_cast<int>(members.size() * sizeof(pid_t)));
  members.resize(bytes <= 0 ? 0 : static_cast<std::size_t>(bytes) / sizeof(pid_t));
  GroupState state;
  for (const pid_t member : members) {
    proc_taskinfo task{};
    const auto size = static_cast<int>(sizeof task);
    if (proc_pidinfo(member, PROC_PIDTASKINFO, 0, &task, size) < size) continue;
    ++state.processes;
    state.threads += static_cast<std::uint64_t>(task.pti_threadnum);
    std::vector<proc_fdinfo> files(16'384);
    const int read = proc_pidinfo(member, PROC_PIDLISTFDS, 0, files.data(),
                                  static_cast<int>(files.size() * sizeof(proc_fdinfo)));
    if (read <= 0) continue;
    state.open_files =
        state.open_files.value_or(0) + static_cast<std::uint64_t>(read) / sizeof(proc_fdinfo);
  }
  return state;
}

}  // namespace assay::lab
