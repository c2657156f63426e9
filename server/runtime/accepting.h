// One connection off a listening socket, ready to be driven: non-blocking, closed on exec, and with
// the listener's TCP_NODELAY. By system: Linux does it in one call. Any thread.
#pragma once
#include "server/runtime/descriptor.h"

namespace assay::runtime {

// -1 as `errno` says: nobody is waiting, or the system is out of something.
Descriptor accept_connection(int listener);

// Whether `error` means that files or memory are short: it would come back at once, again and
// again.
bool is_shortage(int error);

}  // namespace assay::runtime
