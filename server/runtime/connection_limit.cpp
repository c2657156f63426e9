#include "server/runtime/connection_limit.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include <fmt/format.h>

#include "server/runtime/descriptor.h"
#include "server/runtime/start_error.h"

namespace assay::runtime {
namespace {

// Standard files, and for each worker a listener, where it waits, and of a database three.
constexpr std::size_t few_files = 64;
constexpr std::size_t files_of_worker = 6;
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

void require_a_file() {
  if (Descriptor(dup(STDERR_FILENO)).number() >= 0) return;
  throw StartError(
      fmt::format("no file is left for a connection: {}; raise the limit on files (ulimit -n)",
                  std::generic_category().message(errno)));
}

std::size_t connection_limit(const Settings& settings) {
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  const auto most = static_cast<std::size_t>(std::min(files.rlim_cur, enough_files));
  const std::size_t kept = few_files + files_of_worker * settings.workers;
  const std::size_t possible = most > 2 * kept ? most - kept : most / 2;
  return settings.connections == 0 ? possible : std::min(settings.connections, possible);
}

}  // namespace assay::runtime
