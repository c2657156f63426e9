#include "harness/truth/truth_connection.h"

#include <sys/socket.h>

#include <cerrno>

#include "harness/load/socket/socket.h"

namespace assay::truth {

TruthConnection::Sent TruthConnection::send() {
  while (sent < unsent.size()) {
    const ssize_t count =
        ::send(socket.number(), unsent.data() + sent, unsent.size() - sent, load::send_flags);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno == EAGAIN || errno == EWOULDBLOCK ? Sent::some : Sent::broken;
    sent += static_cast<std::size_t>(count);
  }
  unsent.clear();
  sent = 0;
  return Sent::all;
}

void TruthConnection::finish() { shutdown(socket.number(), SHUT_WR); }

void TruthConnection::reset() {
  const linger now{1, 0};
  setsockopt(socket.number(), SOL_SOCKET, SO_LINGER, &now, sizeof now);
  socket.close();
}

}  // namespace assay::truth
