#include "server/runtime/socket_output.h"

#include <sys/ioctl.h>

namespace assay::runtime {

bool is_all_taken(int socket) {
  int left = 0;
  return ioctl(socket, TIOCOUTQ, &left) == 0 && left == 0;
}

}  // namespace assay::runtime
