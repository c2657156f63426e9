#include "server/runtime/port_sharing.h"

namespace assay::runtime {

// macOS has SO_REUSEPORT too, but gives all connections to one of the listeners.
const bool listeners_share_a_port = false;

}  // namespace assay::runtime
