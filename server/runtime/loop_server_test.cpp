#include "server/runtime/loop_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace assay::runtime {
namespace {

class Hello final : public wire::Handler {
 public:
  void answer(const wire::Request& request, wire::ReplyWriter& reply) override {
    reply.send(200, "text/plain", request.path);
  }
};

// A server on a free port, from construction to destruction.
class Serving {
 public:
  explicit Serving(std::size_t workers) {
    settings_.port = 0;
    settings_.workers = workers;
    server_ = std::make_unique<LoopServer>(settings_, handler_);
    port_ = server_->listen();
    thread_ = std::thread([this] { server_->serve(); });
  }
  ~Serving() { stop(); }
  void stop() {
    if (!thread_.joinable()) return;
    server_->stop();
    thread_.join();
  }
  std::uint16_t port() const { return port_; }

 private:
  Hello handler_;
  Settings settings_;
  std::unique_ptr<LoopServer> server_;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

class Client {
 public:
  explicit Client(std::uint16_t port) : file_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = connect(file_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }
  ~Client() { close(file_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  bool connected() const { return connected_; }
  void send(std::string_view text) const {
    EXPECT_EQ(::send(file_, text.data(), text.size(), 0), static_cast<ssize_t>(text.size()));
  }
  // Reads until `end` arrives or the server closes.
  std::string read_to(std::string_view end) const {
    std::string text;
    std::array<char, 4096> buffer;
    while (!text.ends_with(end)) {
      const ssize_t count = recv(file_, buffer.data(), buffer.size(), 0);
      if (count <= 0) break;
      text.append(buffer.data(), static_cast<std::size_t>(count));
    }
    return text;
  }
  bool ended() const { return read_to("\xFF").empty(); }

 private:
  int file_;
  bool connected_ = false;
};

TEST(LoopServer, AnswersOnEveryWorker) {
  const Serving server(2);
  for (int i = 0; i < 20; ++i) {
    const Client client(server.port());
    client.send("GET /a HTTP/1.1\r\nHost: assay\r\n\r\nGET /b HTTP/1.1\r\nHost: assay\r\n\r\n");
    const std::string replies = client.read_to("/b");
    EXPECT_NE(replies.find("\r\n\r\n/a"), std::string::npos) << replies;
    EXPECT_NE(replies.find("\r\nDate: "), std::string::npos) << replies;
  }
}

TEST(LoopServer, ClosesAfterARefusal) {
  const Serving server(1);
  const Client client(server.port());
  client.send("nonsense\r\n\r\n");
  EXPECT_EQ(client.read_to("\xFF").substr(0, 12), "HTTP/1.1 400");
  EXPECT_TRUE(client.ended());
}

TEST(LoopServer, LetsAPeerThatStillSendsReadWhyItWasRefused) {
  const Serving server(1);
  const Client client(server.port());
  client.send("POST / HTTP/1.1\r\nHost: assay\r\nContent-Length: 99999999\r\n\r\n");
  for (int i = 0; i < 50; ++i) client.send(std::string(10'000, 'x'));
  EXPECT_EQ(client.read_to("\xFF").substr(0, 12), "HTTP/1.1 413");
}

TEST(LoopServer, EndsIdleConnectionsWhenItStops) {
  Serving server(2);
  const Client idle(server.port());
  idle.send("GET /a HTTP/1.1\r\nHost: assay\r\n\r\n");
  idle.read_to("/a");
  server.stop();
  EXPECT_TRUE(idle.ended());
  EXPECT_FALSE(Client(server.port()).connected());
}

TEST(LoopServer, SaysThatAPortIsInUse) {
  const Serving first(1);
  Settings settings;
  settings.port = first.port();
  Hello handler;
  for (const std::size_t workers : {1U, 2U}) {
    settings.workers = workers;
    LoopServer second(settings, handler);
    try {
      second.listen();
      FAIL() << "listened beside another server";
    } catch (const StartError& error) {
      EXPECT_NE(std::string(error.what()).find("is in use: stop its owner"), std::string::npos)
          << error.what();
    }
  }
}

TEST(LoopServer, SaysThatAHostIsNoAddress) {
  Settings settings;
  settings.host = "nowhere";
  Hello handler;
  EXPECT_THROW(LoopServer(settings, handler).listen(), StartError);
}

}  // namespace
}  // namespace assay::runtime
