#include "server/runtime/accepting.h"

#include <cerrno>

namespace assay::runtime {

bool is_shortage(int error) {
  return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM;
}

}  // namespace assay::runtime
