// A TCP socket as a client wants it: non-blocking, TCP_NODELAY, closed in children, and no SIGPIPE
// when the peer has gone. How to ask for that differs from system to system.
#pragma once

#include "harness/load/socket/descriptor.h"

namespace assay::load {

// Not open when the system refused; errno says why.
Descriptor open_stream_socket(int family);

extern const int send_flags;  // for every ::send on such a socket

}  // namespace assay::load
