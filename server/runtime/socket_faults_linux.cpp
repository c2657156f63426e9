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

int epoll_wait(int poller, epoll_event* events, int most, int limit_ms) {
  static auto* const real = reinterpret_cast<decltype(epoll_wait)*>(dlsym(RTLD_NEXT, "epoll_wait"));
  return fails(EINTR, EINTR) ? -1 : real(poller, events, most, limit_ms);
}

// To add may fail, for want of room; to change what is there never does. Has no transient failure.
int epoll_ctl(int poller, int operation, int file, epoll_event* event) noexcept {
  static auto* const real = reinterpret_cast<decltype(epoll_ctl)*>(dlsym(RTLD_NEXT, "epoll_ctl"));
  return operation == EPOLL_CTL_ADD && fails(ENOSPC, ENOMEM) ? -1
                                                             : real(poller, operation, file, event);
}
}
