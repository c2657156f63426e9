#include "server/runtime/accepting.h"

#include <poll.h>
#include <sys/socket.h>

#include <cerrno>

namespace assay::runtime {

bool is_shortage(int error) {
  return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM;
}

bool is_gone_already(int error) {
  return error == ECONNABORTED || error == EINTR || error == EPROTO;
}

bool somebody_waits(int listener) {
  pollfd file{listener, POLLIN, 0};
  const bool is_ready = poll(&file, 1, 0) > 0;
  return is_ready && (file.revents & POLLHUP) == 0;  // one that is shut is ready, too
}

void refuse_more(int listener) { shutdown(listener, SHUT_RD); }

}  // namespace assay::runtime
