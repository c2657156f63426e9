// When a connection may be closed after its last reply without taking anything from its peer.
// Closing while the peer still sends, or with its bytes unread, resets the connection, and takes
// away of the reply what the peer does not have yet (RFC 9112, 9.6). Any thread; the socket is the
// caller's.
#pragma once
#include <chrono>

#include "server/runtime/channel.h"

namespace assay::runtime {

// At once, without a word: the peer has said that nothing follows. `input_full`: the last read
// filled its buffer. Asks the system nothing in the usual case.
bool may_close_at_once(const Channel& channel, int socket, bool input_full);

// When the end was said: of a peer that was not refused in the middle of a request no more is
// waited for than that it has all.
bool may_close_by_now(const Channel& channel, int socket);

// Of a connection on which nothing was asked yet, where the server is told to end: whoever has come
// just now has most likely asked, and it is on its way. Who keeps silent for longer does not ask.
bool may_ask_yet(std::chrono::steady_clock::time_point came,
                 std::chrono::steady_clock::time_point now);

}  // namespace assay::runtime
