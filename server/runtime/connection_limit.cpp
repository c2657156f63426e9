#include "server/runtime/connection_limit.h"

#include <sys/resource.h>

#include <algorithm>

namespace assay::runtime {
namespace {

constexpr std::size_t kept_files = 64;      // standard files, listeners, loops, a database
constexpr rlim_t enough_files = 1'048'576;  // macOS answers "unlimited", and then refuses it

}  // namespace

void raise_file_limit() {
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) != 0) return;
  files.rlim_cur = std::min(files.rlim_max, enough_files);
  if (setrlimit(RLIMIT_NOFILE, &files) == 0) return;
  files.rlim_cur = std::min<rlim_t>(files.rlim_max, 10'240);  // macOS: OPEN_MAX
  setrlimit(RLIMIT_NOFILE, &files);
}

std::size_t connection_limit(const Settings& settings) {
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  const auto most = static_cast<std::size_t>(std::min(files.rlim_cur, enough_files));
  const std::size_t possible = most > 2 * kept_files ? most - kept_files : most / 2;
  return settings.connections == 0 ? possible : std::min(settings.connections, possible);
}

}  // namespace assay::runtime
