#include "server/runtime/socket_output.h"

#include <sys/socket.h>

namespace assay::runtime {

bool is_all_taken(int socket) {
  int left = 0;
  socklen_t size = sizeof left;
  return getsockopt(socket, SOL_SOCKET, SO_NWRITE, &left, &size) == 0 && left == 0;
}

}  // namespace assay::runtime
