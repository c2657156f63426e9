#include "server/runtime/socket_output.h"

#include <sys/socket.h>
#include <sys/uio.h>

#include <array>
#include <cerrno>

namespace assay::runtime {

ssize_t send_now(int socket, const wire::Output& output) {
  if (output.second.empty()) {
    return send(socket, output.first.data(), output.first.size(), MSG_DONTWAIT);
  }
  std::array<iovec, 2> pieces = {{{const_cast<char*>(output.first.data()), output.first.size()},
                                  {const_cast<char*>(output.second.data()), output.second.size()}}};
  msghdr message{};
  message.msg_iov = pieces.data();
  message.msg_iovlen = pieces.size();
  return sendmsg(socket, &message, MSG_DONTWAIT);
}

bool is_only_later(int error) { return error == EAGAIN || error == EWOULDBLOCK || error == EINTR; }

bool has_unread(int socket) {
  char byte = 0;
  return recv(socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
}

bool is_broken(int socket) {
  int error = 0;
  socklen_t size = sizeof error;
  return getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error != 0;
}

void reset_at_close(int socket) {
  const linger at_once{1, 0};
  setsockopt(socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

}  // namespace assay::runtime
