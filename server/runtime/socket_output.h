// What every driver asks of a connected socket besides its bytes. Any thread; the socket is the
// caller's. REQUIRES: the process ignores SIGPIPE.
#pragma once
#include <sys/types.h>

#include "server/wire/unwritten.h"

namespace assay::runtime {

// As much as fits now, both pieces in one call; -1 as `errno` says.
ssize_t send_now(int socket, const wire::Output& output);

// Whether `error` says only that it was too early, or interrupted.
bool is_only_later(int error);

// Whether the peer has sent what nobody has read: closing then would reset the connection.
bool has_unread(int socket);

// Whether the peer's system has all that was sent, its end included: then nothing takes it away any
// more. Where ours does not know, it has not.
bool is_all_taken(int socket);

// Whether the connection was reset, as a peer's end alone does not. Asks once: the system forgets.
bool is_broken(int socket);

// Lets the end of the connection be a reset, at once.
void reset_at_close(int socket);

}  // namespace assay::runtime
