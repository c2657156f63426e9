#include "harness/load/socket/scripted_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <csignal>
#include <utility>

#include "harness/load/socket/socket.h"

namespace assay::load {
namespace {

std::size_t content_length(const std::string& head) {
  const std::size_t field = head.find("Content-Length: ");
  return field == std::string::npos ? 0 : std::stoul(head.substr(field + 16));
}

bool is_whole(const std::string& request) {
  const std::size_t end = request.find("\r\n\r\n");
  return end != std::string::npos && request.size() >= end + 4 + content_length(request);
}

// A close without lingering sends a reset instead of an orderly end.
void make_close_a_reset(int socket) {
  const linger now{1, 0};
  setsockopt(socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

}  // namespace

std::string right_reply(const std::string& body, const std::string& extra_fields) {
  return "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n" + extra_fields +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

ScriptedServer::ScriptedServer(Script script, Reads reads)
    : script_(std::move(script)), reads_(reads), listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
  std::signal(SIGPIPE, SIG_IGN);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (bind(listener_.number(), generic, size) != 0) std::abort();  // port 0 is always to be had
  listen(listener_.number(), 128);
  getsockname(listener_.number(), generic, &size);
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { accept_all(); });
}

ScriptedServer::~ScriptedServer() {
  over_ = true;
  acceptor_.join();
  for (std::thread& thread : threads_) thread.join();
}

std::string ScriptedServer::last_request() const {
  const std::lock_guard lock(mutex_);
  return last_request_;
}

bool ScriptedServer::is_readable(int socket) const {
  while (!over_) {
    pollfd ready{socket, POLLIN, 0};
    if (poll(&ready, 1, 10) > 0) return true;
  }
  return false;
}

void ScriptedServer::accept_all() {
  while (is_readable(listener_.number())) {
    Descriptor socket(::accept(listener_.number(), nullptr, nullptr));
    if (!socket.is_open()) continue;
    ++connections_;
    threads_.emplace_back([this, held = std::move(socket)]() mutable { serve(std::move(held)); });
  }
}

void ScriptedServer::serve(Descriptor socket) {
  for (std::string request = read_request(socket.number()); !request.empty();
       request = read_request(socket.number())) {
    if (!answer(socket, request)) return;
  }
}

bool ScriptedServer::is_enough(const std::string& request) const {
  if (reads_ == Reads::requests) return is_whole(request);
  return request.find("\r\n\r\n") != std::string::npos;
}

std::string ScriptedServer::read_request(int socket) const {
  std::string request;
  std::array<char, 4096> buffer;
  while (!is_enough(request)) {
    if (!is_readable(socket)) return {};
    const ssize_t count = recv(socket, buffer.data(), buffer.size(), 0);
    if (count <= 0) return {};
    request.append(buffer.data(), static_cast<std::size_t>(count));
  }
  return request;
}

bool ScriptedServer::answer(const Descriptor& socket, const std::string& request) {
  const Answer answer = script_(requests_++);
  {
    const std::lock_guard lock(mutex_);
    last_request_ = request;
  }
  const auto until = std::chrono::steady_clock::now() + answer.delay;
  while (!over_ && std::chrono::steady_clock::now() < until) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  if (!answer.bytes.empty())
    send(socket.number(), answer.bytes.data(), answer.bytes.size(), send_flags);
  while (!over_ && answer.then == Answer::Then::hold) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  const bool is_late = answer.then == Answer::Then::late_reset;
  if (is_late) std::this_thread::sleep_for(std::chrono::milliseconds(50));
  if (is_late || answer.then == Answer::Then::reset) make_close_a_reset(socket.number());
  return answer.then == Answer::Then::keep;
}

}  // namespace assay::load
