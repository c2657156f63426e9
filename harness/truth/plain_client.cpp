#include "harness/truth/plain_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>

#include <gtest/gtest.h>

#include "harness/load/socket/readiness.h"
#include "harness/load/socket/socket.h"

namespace assay::truth {

PlainClient::PlainClient(std::uint16_t port) : socket_(load::open_stream_socket(AF_INET)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  const int asked =
      connect(socket_.number(), reinterpret_cast<sockaddr*>(&address), sizeof address);
  EXPECT_TRUE(asked == 0 || errno == EINPROGRESS);
  EXPECT_TRUE(is_ready(POLLOUT));
}

void PlainClient::send(std::string_view bytes) {
  while (!bytes.empty() && is_ready(POLLOUT)) {
    const ssize_t sent = ::send(socket_.number(), bytes.data(), bytes.size(), load::send_flags);
    if (sent < 0 && errno != EAGAIN) return;
    if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

std::string PlainClient::receive(std::size_t bytes) {
  std::string received;
  std::array<char, 65536> buffer;
  while (received.size() < bytes && is_ready(POLLIN)) {
    const ssize_t count = recv(socket_.number(), buffer.data(), buffer.size(), 0);
    if (count <= 0) break;
    received.append(buffer.data(), static_cast<std::size_t>(count));
  }
  return received;
}

bool PlainClient::is_closed() {
  char byte = 0;
  return is_ready(POLLIN) && recv(socket_.number(), &byte, 1, 0) == 0;
}

bool PlainClient::is_reset() {
  char byte = 0;
  return is_ready(POLLIN) && recv(socket_.number(), &byte, 1, 0) < 0 && errno == ECONNRESET;
}

bool PlainClient::has_bytes() {
  char byte = 0;
  return recv(socket_.number(), &byte, 1, MSG_PEEK) > 0;
}

bool PlainClient::is_ready(short what) const {
  return load::is_ready(socket_.number(), what, load::Clock::now() + std::chrono::seconds(10));
}

}  // namespace assay::truth
