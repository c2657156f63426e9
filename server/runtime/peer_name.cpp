#include "server/runtime/peer_name.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>

namespace assay::runtime {
namespace {

const void* host_of(const sockaddr_storage& address) {
  if (address.ss_family == AF_INET) return &reinterpret_cast<const sockaddr_in&>(address).sin_addr;
  return &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr;
}

}  // namespace

std::string name_of_peer(int socket) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (getpeername(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0) return "-";
  if (address.ss_family == AF_UNIX) return "unix:";
  inet_ntop(address.ss_family, host_of(address), text.data(), text.size());
  return text.data();
}

}  // namespace assay::runtime
