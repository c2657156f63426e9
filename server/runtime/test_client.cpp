#include "server/runtime/test_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>

#include <array>
#include <cerrno>
#include <csignal>

namespace assay::runtime {

TestClient::TestClient(std::uint16_t port) : file_(socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  connect_to(&address, sizeof address);
}

TestClient::TestClient(const std::string& unix_path) : file_(socket(AF_UNIX, SOCK_STREAM, 0)) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  unix_path.copy(address.sun_path, sizeof address.sun_path - 1);
  connect_to(&address, sizeof address);
}

void TestClient::connect_to(const void* address, std::size_t size) {
  std::signal(SIGPIPE, SIG_IGN);  // a connection that was closed is a failure, not the end
  const timeval patience{5, 0};
  setsockopt(file_.number(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  setsockopt(file_.number(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  const auto* const place = static_cast<const sockaddr*>(address);
  connected_ = connect(file_.number(), place, static_cast<socklen_t>(size)) == 0;
}

bool TestClient::sends(std::string_view text) const {
  while (!text.empty()) {
    const ssize_t count = send(file_.number(), text.data(), text.size(), 0);
    if (count <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

void TestClient::sends_no_more() const { shutdown(file_.number(), SHUT_WR); }

void TestClient::read_some() const {
  char byte = 0;
  recv(file_.number(), &byte, 1, 0);
}

std::string TestClient::read_piece() const {
  std::array<char, 16 * 1024> buffer;
  const ssize_t count = recv(file_.number(), buffer.data(), buffer.size(), 0);
  return count <= 0 ? std::string() : std::string(buffer.data(), static_cast<std::size_t>(count));
}

std::string TestClient::read_to(std::string_view end) const {
  std::string text;
  while (end.empty() || !text.ends_with(end)) {
    const std::string piece = read_piece();
    if (piece.empty()) break;
    text += piece;
  }
  return text;
}

bool TestClient::ended() const {
  char byte = 0;
  const ssize_t count = recv(file_.number(), &byte, 1, 0);
  return count == 0 || (count < 0 && errno != EAGAIN && errno != EWOULDBLOCK);
}

void TestClient::reset() {
  const linger at_once{1, 0};
  setsockopt(file_.number(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  file_.close();
}

}  // namespace assay::runtime
