#include "harness/lab/port.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "harness/load/descriptor.h"

namespace assay::lab {

bool is_free(const std::string& address, std::uint16_t port) {
  const load::Descriptor socket(::socket(AF_INET, SOCK_STREAM, 0));
  // As servers do: what is left of closed connections does not hold a port, a listener does.
  const int yes = 1;
  setsockopt(socket.number(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in where{};
  where.sin_family = AF_INET;
  where.sin_port = htons(port);
  if (inet_pton(AF_INET, address.c_str(), &where.sin_addr) != 1) return false;
  return bind(socket.number(), reinterpret_cast<const sockaddr*>(&where), sizeof where) == 0;
}

std::uint16_t free_port_from(const std::string& address, std::uint16_t base) {
  for (std::uint16_t i = 0; i < ports_tried; ++i) {
    const auto port = static_cast<std::uint16_t>(base + i);
    if (is_free(address, port)) return port;
  }
  return 0;
}

}  // namespace assay::lab
