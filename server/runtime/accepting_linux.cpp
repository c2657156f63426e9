#include "server/runtime/accepting.h"

#include <sys/socket.h>

namespace assay::runtime {

// TCP_NODELAY of the listener is the new socket's too.
Descriptor accept_connection(int listener) {
  return Descriptor(accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
}

}  // namespace assay::runtime
