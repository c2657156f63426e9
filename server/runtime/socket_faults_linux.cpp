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

int shutdown(int file, int how) noexcept {
  static auto* const real = reinterpret_cast<decltype(shutdown)*>(dlsym(RTLD_NEXT, "shutdown"));
  return fails(ENOTCONN, ENOTCONN) ? -1 : real(file, how);
}

int setsockopt(int file, int level, int name, const void* value, socklen_t size) noexcept {
  static auto* const real = reinterpret_cast<decltype(setsockopt)*>(dlsym(RTLD_NEXT, "setsockopt"));
  return fails(ENOBUFS, EINVAL) ? -1 : real(file, level, name, value, size);
}

int getsockopt(int file, int level, int name, void* value, socklen_t* size) noexcept {
  static auto* const real = reinterpret_cast<decltype(getsockopt)*>(dlsym(RTLD_NEXT, "getsockopt"));
  return fails(ENOBUFS, ENOBUFS) ? -1 : real(file, level, name, value, size);
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
