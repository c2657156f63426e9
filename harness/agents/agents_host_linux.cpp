// Linux: each start of the kernel has a random name.
#include "harness/agents/agents_host.h"

#include <sys/prctl.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

namespace assay::agents {

std::string machine_identity() {
  std::ifstream file("/proc/sys/kernel/random/boot_id");
  std::string identity;
  std::getline(file, identity);
  return identity;
}

void end_with_parent(pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) _exit(1);  // it ended before the system was asked
}

}  // namespace assay::agents
