#include "server/runtime/pipe.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

#include <fmt/format.h>

#include "server/runtime/start_error.h"

namespace assay::runtime {

Pipe::Pipe() {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) {
    throw StartError(fmt::format("cannot open a pipe: {}; raise the limit on files (ulimit -n)",
                                 std::generic_category().message(errno)));
  }
  reading = Descriptor(ends[0]);
  writing = Descriptor(ends[1]);
  for (const int end : ends) fcntl(end, F_SETFD, FD_CLOEXEC);
}

}  // namespace assay::runtime
