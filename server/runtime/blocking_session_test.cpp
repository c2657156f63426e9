#include "server/runtime/blocking_session.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <array>
#include <csignal>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include <gtest/gtest.h>

namespace assay::runtime {
namespace {

// Letters in an order in which a lost or doubled piece shows.
std::string letters(std::size_t count) {
  std::string text(count, ' ');
  for (std::size_t i = 0; i < count; ++i)
    text[i] = static_cast<char>('a' + i % 23 + i / 65'536 % 3);
  return text;
}

class Pieces final : public wire::BodySource {
 public:
  explicit Pieces(bool breaks) : breaks_(breaks) {}
  bool more(std::string& out) override {
    if (++given_ == 3 && breaks_) throw std::runtime_error("the rest is lost");
    out += "piece";
    return given_ < 3;
  }

 private:
  bool breaks_;
  int given_ = 0;
};

constexpr std::size_t large_bytes = 5'000'000;

class Answers final : public wire::Handler {
 public:
  void answer(const wire::Request& request, wire::ReplyWriter& reply) override {
    if (request.path == "/bug") throw std::logic_error("a bug");
    if (request.path == "/pieces" || request.path == "/broken") {
      return reply.stream(200, "text/plain", std::make_unique<Pieces>(request.path == "/broken"));
    }
    if (request.path == "/large") {
      reply.body() = letters(large_bytes);
      return reply.send_body(200, "text/plain");
    }
    reply.send(200, "text/plain", request.body.empty() ? request.path : request.body);
  }
};

Settings hasty() {
  Settings settings;
  settings.sweep_period = std::chrono::milliseconds(20);
  return settings;
}

// A session in a thread of its own, and its peer's end of the connection.
class Driven {
 public:
  explicit Driven(const Settings& settings = hasty()) : settings_(settings) {
    std::signal(SIGPIPE, SIG_IGN);
  }
  ~Driven() { end(); }
  Driven(const Driven&) = delete;
  Driven& operator=(const Driven&) = delete;

  // Another session, with the same workbench.
  void connect() {
    end();
    Descriptor ours = pair();
    thread_ = std::thread([this, number = ours.release()] {
      auto place = connections_.add(number, std::chrono::steady_clock::now());
      BlockingSession::run(Descriptor(number), std::move(place), service_, *bench_);
    });
  }
  void be_turned_away() {
    end();
    BlockingSession::turn_away(pair(), service_, *bench_);
  }
  void send(std::string_view text) const {
    EXPECT_EQ(::send(peer_.number(), text.data(), text.size(), 0),
              static_cast<ssize_t>(text.size()));
  }
  void get(const std::string& path) const {
    send("GET " + path + " HTTP/1.1\r\nHost: assay\r\n\r\n");
  }
  void send_no_more() const { shutdown(peer_.number(), SHUT_WR); }
  std::string read_to(std::string_view end) const {
    std::string text;
    std::array<char, 3000> buffer;
    while (end.empty() || !text.ends_with(end)) {
      const ssize_t count = recv(peer_.number(), buffer.data(), buffer.size(), 0);
      if (count <= 0) break;
      text.append(buffer.data(), static_cast<std::size_t>(count));
    }
    return text;
  }
  std::string read_all() const { return read_to({}); }
  void take_some() const {
    std::array<char, 100> room;
    EXPECT_GT(recv(peer_.number(), room.data(), room.size(), 0), 0);
  }
  // The peer is gone.
  void end() {
    peer_.close();
    if (thread_.joinable()) thread_.join();
  }

 private:
  Descriptor pair() {
    std::array<int, 2> ends{};
    EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0);
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    const timeval patience{5, 0};
    setsockopt(ends[1], SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    peer_ = Descriptor(ends[1]);
    return Descriptor(ends[0]);
  }

  Settings settings_;
  Answers handler_;
  Service service_{settings_, settings_.limits, handler_};
  ConnectionRegister connections_{10};
  std::unique_ptr<Workbench> bench_ = std::make_unique<Workbench>();
  Descriptor peer_;
  std::thread thread_;
};

std::string body_of(const std::string& reply) { return reply.substr(reply.find("\r\n\r\n") + 4); }

TEST(BlockingSession, AnswersOneRequestAfterAnother) {
  Driven session;
  session.connect();
  for (const char* path : {"/a", "/b", "/c"}) {
    session.get(path);
    const std::string reply = session.read_to(path);
    EXPECT_EQ(body_of(reply), path);
    EXPECT_NE(reply.find("\r\nDate: "), std::string::npos) << reply;
  }
}

TEST(BlockingSession, AnswersAPeerThatSendsNoMore) {
  Driven session;
  session.connect();
  session.get("/a");
  session.get("/b");
  session.send_no_more();
  EXPECT_TRUE(session.read_all().ends_with("\r\n\r\n/b"));
}

TEST(BlockingSession, SendsALargeReplyWhole) {
  Driven session;
  session.connect();
  session.send(
      "GET /a HTTP/1.1\r\nHost: assay\r\n\r\n"
      "GET /large HTTP/1.1\r\nHost: assay\r\nConnection: close\r\n\r\n");
  const std::string all = session.read_all();
  EXPECT_TRUE(all.ends_with("\r\n\r\n" + letters(large_bytes))) << all.size();
}

TEST(BlockingSession, SendsHeadAndBodyApart) {
  Settings split = hasty();
  split.limits.split_write = true;
  Driven session(split);
  session.connect();
  session.get("/a");
  EXPECT_TRUE(session.read_to("/a").ends_with("\r\n\r\n/a"));
  session.get("/large");
  EXPECT_TRUE(session.read_to(letters(large_bytes)).ends_with("\r\n\r\n" + letters(large_bytes)));
}

TEST(BlockingSession, StreamsABodyPieceByPiece) {
  Driven session;
  session.connect();
  session.get("/pieces");
  session.get("/after");
  EXPECT_TRUE(body_of(session.read_to("/after"))
                  .starts_with("5\r\npiece\r\n5\r\npiece\r\n5\r\npiece\r\n0\r\n\r\nHTTP/1.1 200"));
}

TEST(BlockingSession, EndsABodyThatBreaksWithoutItsEnd) {
  Driven session;
  session.connect();
  const std::string host = " HTTP/1.1\r\nHost: assay\r\n\r\n";
  session.send("GET /broken" + host + "GET /after" + host);
  EXPECT_EQ(body_of(session.read_all()), "5\r\npiece\r\n5\r\npiece\r\n");
}

TEST(BlockingSession, SaysThatThereIsNoRoom) {
  Driven session;
  session.be_turned_away();
  EXPECT_TRUE(session.read_all().starts_with("HTTP/1.1 503 "));
}

TEST(BlockingSession, LeavesNothingToTheNextOfItsThread) {
  Driven session;
  session.connect();
  session.get("/large");
  session.take_some();
  session.connect();
  session.get("/bug");
  EXPECT_TRUE(session.read_all().starts_with("HTTP/1.1 500 "));
  session.be_turned_away();
  session.connect();
  session.get("/a");
  const std::string reply = session.read_to("/a");
  EXPECT_TRUE(reply.starts_with("HTTP/1.1 200 ")) << reply;
  EXPECT_EQ(body_of(reply), "/a");
}

}  // namespace
}  // namespace assay::runtime
