#include "harness/truth/listener.h"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

namespace assay::truth {
namespace {

using AddressList = std::unique_ptr<addrinfo, decltype(&freeaddrinfo)>;

// Accepted sockets inherit TCP_NODELAY, so that it costs no call per connection.
bool set_up(int socket, bool shares_port) {
  const int on = 1;
  fcntl(socket, F_SETFD, FD_CLOEXEC);
  fcntl(socket, F_SETFL, O_NONBLOCK);
  setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  return !shares_port || setsockopt(socket, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) == 0;
}

std::uint16_t port_of(int socket) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
  const bool is_ipv6 = address.ss_family == AF_INET6;
  return ntohs(is_ipv6 ? reinterpret_cast<const sockaddr_in6&>(address).sin6_port
                       : reinterpret_cast<const sockaddr_in&>(address).sin_port);
}

}  // namespace

Result<Listener> listen_at(const std::string& host, std::uint16_t port, bool shares_port) {
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_STREAM;
  wanted.ai_flags = AI_PASSIVE;
  addrinfo* found = nullptr;
  const int error = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &wanted, &found);
  if (error != 0) return TruthError::cannot_listen(host, port, gai_strerror(error));
  const AddressList address(found, &freeaddrinfo);
  load::Descriptor socket(::socket(address->ai_family, SOCK_STREAM, 0));
  const bool listens = socket.is_open() && set_up(socket.number(), shares_port) &&
                       bind(socket.number(), address->ai_addr, address->ai_addrlen) == 0 &&
                       listen(socket.number(), SOMAXCONN) == 0;
  if (!listens) return TruthError::cannot_listen(host, port, std::strerror(errno));
  const std::uint16_t real_port = port_of(socket.number());
  return Listener{std::move(socket), real_port};
}

Result<Listener> same_listener(const Listener& first) {
  load::Descriptor copy(fcntl(first.socket.number(), F_DUPFD_CLOEXEC, 0));
  if (!copy.is_open()) return TruthError::out_of_system("file", std::strerror(errno));
  return Listener{std::move(copy), first.port};
}

Result<std::uint16_t> free_port() {
  const Result<Listener> listener = listen_at("127.0.0.1", 0, false);
  if (!listener) return listener.error();
  return listener->port;
}

}  // namespace assay::truth
