#include "harness/load/socket/socket.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace assay::load {

const int send_flags = 0;  // SO_NOSIGPIPE below does what MSG_NOSIGNAL does elsewhere

Descriptor open_stream_socket(int family) {
  Descriptor socket(::socket(family, SOCK_STREAM, 0));
  if (!socket.is_open()) return socket;
  const int on = 1;
  setsockopt(socket.number(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  setsockopt(socket.number(), SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
  fcntl(socket.number(), F_SETFD, FD_CLOEXEC);
  fcntl(socket.number(), F_SETFL, O_NONBLOCK);
  return socket;
}

}  // namespace assay::load
