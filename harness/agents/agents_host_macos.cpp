// macOS: each start of the kernel has a random name; nothing tells a child of its parent's end.
#include "harness/agents/agents_host.h"

#include <sys/sysctl.h>

#include <array>

namespace assay::agents {

std::string machine_identity() {
  std::array<char, 128> text{};
  std::size_t size = text.size() - 1;
  if (sysctlbyname("kern.bootsessionuuid", text.data(), &size, nullptr, 0) != 0) return "";
  return text.data();
}

void end_with_parent(pid_t) {}

}  // namespace assay::agents
