#include "server/runtime/connection_end.h"

#include "server/runtime/socket_output.h"

namespace assay::runtime {

bool may_close_at_once(const Channel& channel, int socket, bool input_full) {
  if (!channel.connection().asked_to_close() || channel.refused()) return false;
  return !input_full || !has_unread(socket);
}

bool may_close_by_now(const Channel& channel, int socket) {
  return !channel.refused() && is_all_taken(socket) && !has_unread(socket);
}

}  // namespace assay::runtime
