#include "server/runtime/accepting.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace assay::runtime {

Descriptor accept_connection(int listener) {
  Descriptor file(accept(listener, nullptr, nullptr));
  if (file.number() < 0) return file;
  fcntl(file.number(), F_SETFD, FD_CLOEXEC);
  fcntl(file.number(), F_SETFL, fcntl(file.number(), F_GETFL) | O_NONBLOCK);
  int no_delay = 0;
  socklen_t size = sizeof no_delay;
  // Fails on a Unix socket, which has nothing to delay.
  if (getsockopt(listener, IPPROTO_TCP, TCP_NODELAY, &no_delay, &size) == 0) {
    setsockopt(file.number(), IPPROTO_TCP, TCP_NODELAY, &no_delay, sizeof no_delay);
  }
  const int on = 1;
  setsockopt(file.number(), SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
  return file;
}

}  // namespace assay::runtime
