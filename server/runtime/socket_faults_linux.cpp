#include "server/runtime/socket_faults.h"

#include <dlfcn.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <cerrno>

using assay::runtime::fails;

extern "C" {

int accept4(int file, sockaddr* address, socklen_t* size, int flags) {
  static auto* const real = reinterpret_cast<decltype(accept4)*>(dlsym(RTLD_NEXT, "accept4"));
  return fails(EMFILE, ECONNABORTED) ? -1 : real(file, address, size, flags);
}

// Has no transient failure, so that one counts for the next operation.
int epoll_ctl(int poller, int operation, int file, epoll_event* event) noexcept {
  static auto* const real = reinterpret_cast<decltype(epoll_ctl)*>(dlsym(RTLD_NEXT, "epoll_ctl"));
  return operation == EPOLL_CTL_ADD && fails(ENOSPC, ENOMEM) ? -1
                                                             : real(poller, operation, file, event);
}
}
