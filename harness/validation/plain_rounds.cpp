#include "harness/validation/plain_rounds.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <span>
#include <string_view>
#include <thread>

namespace assay::validation {
namespace {

using Steady = std::chrono::steady_clock;

constexpr std::string_view request = "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
// Later than a sleeping thread wakes up, so that each round begins awake.
constexpr auto awake_before = std::chrono::microseconds(300);
constexpr time_t patience_s = 5;

class Socket {
 public:
  Socket() : number_(socket(AF_INET, SOCK_STREAM, 0)) {}
  ~Socket() {
    if (number_ >= 0) close(number_);
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  int number() const { return number_; }

  bool connect_to(std::uint16_t port) const {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int on = 1;
    setsockopt(number_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const timeval limit{patience_s, 0};
    setsockopt(number_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    return connect(number_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }

 private:
  int number_;
};

// 0: what has come is no whole head yet, or names no length.
std::size_t reply_bytes(std::string_view come) {
  constexpr std::string_view name = "Content-Length: ";
  const std::size_t end = come.find("\r\n\r\n");
  const std::size_t field = come.substr(0, end).find(name);
  if (end == come.npos || field == come.npos) return 0;
  std::size_t length = 0;
  for (std::size_t at = field + name.size(); come[at] >= '0' && come[at] <= '9'; ++at) {
    length = length * 10 + static_cast<std::size_t>(come[at] - '0');
  }
  return end + 4 + length;
}

// As read(2), but perhaps without ever sleeping.
ssize_t receive(int socket, std::span<char> into, bool stays_awake) {
  if (!stays_awake) return read(socket, into.data(), into.size());
  const Steady::time_point until = Steady::now() + std::chrono::seconds(patience_s);
  for (;;) {
    const ssize_t count = recv(socket, into.data(), into.size(), MSG_DONTWAIT);
    const bool is_early = count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
    if (!is_early || Steady::now() > until) return count;
  }
}

// Empty, or why there was no reply.
std::string_view round_trip(int socket, bool stays_awake) {
  if (write(socket, request.data(), request.size()) != static_cast<ssize_t>(request.size())) {
    return "the request was not sent";
  }
  std::array<char, 16384> buffer;
  std::size_t come = 0;
  while (come < buffer.size()) {
    const ssize_t count = receive(socket, std::span(buffer).subspan(come), stays_awake);
    if (count <= 0) return "the reply did not come";
    come += static_cast<std::size_t>(count);
    const std::size_t whole = reply_bytes({buffer.data(), come});
    if (whole == come) {
      const std::string_view start(buffer.data(), 12);
      return start == "HTTP/1.1 200" ? "" : "the reply was another one";
    }
  }
  return "the reply was too long";
}

void await(Steady::time_point due) {
  std::this_thread::sleep_until(due - awake_before);
  while (Steady::now() < due) continue;
}

}  // namespace

Result<std::vector<std::chrono::nanoseconds>> plain_rounds(std::uint16_t port,
                                                           const PlainRounds& wanted,
                                                           const load::Stop& stop) {
  std::signal(SIGPIPE, SIG_IGN);
  const Socket socket;
  if (!socket.connect_to(port)) return ValidationError::out_of_system("socket", strerror(errno));
  std::vector<std::chrono::nanoseconds> took;
  took.reserve(wanted.rounds);
  Steady::time_point due = Steady::now();
  while (took.size() < wanted.rounds) {
    if (stop.requested()) return ValidationError::interrupted();
    due = std::max(due + wanted.every, Steady::now());
    await(due);
    const Steady::time_point sent = Steady::now();
    const std::string_view wrong = round_trip(socket.number(), wanted.stays_awake);
    const Steady::time_point came = Steady::now();
    if (!wrong.empty()) return ValidationError::no_round(wrong);
    took.push_back(came - sent);
  }
  return took;
}

}  // namespace assay::validation
