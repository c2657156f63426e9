#include "harness/load/socket/socket_server.h"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <csignal>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace assay::load {
namespace {

Descriptor listening(const sockaddr* address, socklen_t size) {
  Descriptor listener(::socket(address->sa_family, SOCK_STREAM, 0));
  if (bind(listener.number(), address, size) != 0 || listen(listener.number(), 128) != 0) {
    throw std::runtime_error(std::strerror(errno));
  }
  return listener;
}

Descriptor listening_at(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  return listening(reinterpret_cast<const sockaddr*>(&address), sizeof address);
}

Descriptor listening_at_any_port() {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return listening(reinterpret_cast<const sockaddr*>(&address), sizeof address);
}

std::uint16_t port_of(int socket) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

void block_sigpipe() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

}  // namespace

void close_with_reset(int socket) {
  const linger now{1, 0};
  setsockopt(socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

SocketServer::SocketServer(Conduct conduct, const std::string& unix_path)
    : conduct_(std::move(conduct)),
      unix_path_(unix_path),
      listener_(unix_path.empty() ? listening_at_any_port() : listening_at(unix_path)) {
  if (unix_path.empty()) port_ = port_of(listener_.number());
  acceptor_ = std::thread([this] { accept_all(); });
}

SocketServer::~SocketServer() {
  over_ = true;
  acceptor_.join();
  {
    const std::lock_guard lock(mutex_);
    for (const int socket : sockets_) ::shutdown(socket, SHUT_RDWR);
  }
  for (std::thread& thread : threads_) thread.join();
}

Target SocketServer::target() const {
  Target target;
  target.port = port_;
  target.unix_path = unix_path_;
  return target;
}

Address SocketServer::address() const {
  Address address;
  address.length = sizeof address.storage;
  getsockname(listener_.number(), reinterpret_cast<sockaddr*>(&address.storage), &address.length);
  return address;
}

void SocketServer::accept_all() {
  while (!over_) {
    pollfd ready{listener_.number(), POLLIN, 0};
    if (poll(&ready, 1, 10) <= 0) continue;
    Descriptor socket(::accept(listener_.number(), nullptr, nullptr));
    if (!socket.is_open()) continue;
    const std::lock_guard lock(mutex_);
    sockets_.insert(socket.number());
    threads_.emplace_back([this, held = std::move(socket)]() mutable { serve(std::move(held)); });
  }
}

void SocketServer::serve(Descriptor socket) {
  block_sigpipe();
  conduct_(socket.number());
  const std::lock_guard lock(mutex_);
  sockets_.erase(socket.number());
  socket.close();
}

}  // namespace assay::load
