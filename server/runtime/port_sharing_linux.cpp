#include "server/runtime/port_sharing.h"

namespace assay::runtime {

const bool listeners_share_a_port = true;

}  // namespace assay::runtime
