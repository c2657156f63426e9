#include "harness/load/socket/file_limit.h"

#include <sys/resource.h>

#include "harness/load/socket/closing_sockets.h"

namespace assay::load {

std::optional<LoadError> allow_open_files(std::size_t sockets) {
  constexpr rlim_t besides = 64 + ClosingSockets::most;  // standard streams, pollers, files
  const rlim_t needed = static_cast<rlim_t>(sockets) + besides;
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= needed) return std::nullopt;
  const rlim_t allowed = limit.rlim_max;
  limit.rlim_cur = needed < allowed ? needed : allowed;
  const bool is_raised = setrlimit(RLIMIT_NOFILE, &limit) == 0;
  // What is only held until it closes can wait; the connections themselves cannot.
  const rlim_t reached = is_raised ? limit.rlim_cur : 0;
  if (reached >= static_cast<rlim_t>(sockets) + 64) return std::nullopt;
  return LoadError::too_few_open_files(sockets, static_cast<std::size_t>(allowed));
}

}  // namespace assay::load
