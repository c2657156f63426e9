// What is asked of a listening socket. Any thread.
#pragma once
#include "server/runtime/descriptor.h"

namespace assay::runtime {

// One that waits, ready to be driven: non-blocking, closed on exec, and with the listener's
// TCP_NODELAY; by system, as Linux does it in one call. -1 as `errno` says: nobody is waiting, or
// the system is out of something.
Descriptor accept_connection(int listener);

// Whether `error` means that files or memory are short: it would come back at once, again and
// again.
bool is_shortage(int error);

// Whether `error` speaks of a peer that is gone already, or of an interruption: no failure of ours.
bool is_gone_already(int error);

// Asked where files are short: Linux wants one before it looks whether anybody waits.
bool somebody_waits(int listener);

// From now on nobody can connect there, not even to wait; whoever has the listener, too. Linux
// alone can do that: elsewhere it comes with the listener's end. Who waits by now is refused as
// well.
void refuse_more(int listener);

}  // namespace assay::runtime
