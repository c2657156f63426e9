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

bool may_ask_yet(std::chrono::steady_clock::time_point came,
                 std::chrono::steady_clock::time_point now) {
  return now - came < std::chrono::seconds(1);
}

}  // namespace assay::runtime
