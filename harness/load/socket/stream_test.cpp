#include "harness/load/socket/stream.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include "harness/load/socket/address.h"
#include "harness/load/socket/readiness.h"
#include "harness/load/socket/socket_server.h"
#include "harness/load/socket/test_authority.h"
#include "harness/load/socket/tls_peer.h"

namespace assay::load {
namespace {

using std::chrono::minutes;

const TestAuthority& authority_of_tests() {
  static const TestAuthority made;
  return made;
}

const CertificateFiles& certificate() {
  static const CertificateFiles made =
      authority_of_tests().issue({.names = "DNS:localhost,IP:127.0.0.1,IP:::1"});
  return made;
}

std::string fresh_path() {
  static int count = 0;
  std::string path = authority_of_tests().file("s" + std::to_string(++count), "");
  ::unlink(path.c_str());
  return path;
}

const Tls& trusting(const std::string& host = "127.0.0.1") {
  static std::vector<std::unique_ptr<Tls>> made;
  made.push_back(*Tls::of({true, authority_of_tests().certificate()}, host));
  return *made.back();
}

Stream stream_to(const SocketServer& server, const Tls* tls) {
  Stream stream;
  EXPECT_TRUE(stream.open(server.address(), tls)) << std::strerror(errno);
  return stream;
}

// What a call came to once it no longer asks to be repeated; nothing: the end.
struct Answer {
  std::string text{};
  int error = 0;
  bool is_end = false;
};

bool waits_for(const Stream& stream, short what) {
  return (errno == EAGAIN || errno == ENOTCONN) &&
         is_ready(stream.number(), what, Clock::now() + minutes(1));
}

Answer received(Stream& stream, std::size_t most = 16'384) {
  std::string room(most, '\0');
  while (true) {
    const ssize_t count = stream.receive(room);
    if (count == 0) return {.is_end = true};
    if (count > 0) return {.text = room.substr(0, static_cast<std::size_t>(count))};
    if (!waits_for(stream, POLLIN)) return {.error = errno};
  }
}

// 0, or errno. Waits in both directions, since a handshake needs both.
int send_all(Stream& stream, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = stream.send(bytes);
    if (count > 0) bytes.remove_prefix(static_cast<std::size_t>(count));
    if (count == 0) return -1;
    if (count < 0 && !waits_for(stream, POLLIN | POLLOUT)) return errno;
  }
  return 0;
}

// How a stream gets to its server, and how the server speaks.
struct Way {
  const char* name;
  int tls_version;  // 0: plain
  bool is_unix;
};

class Peer {  // the server's end, plain or not
 public:
  Peer(int socket, const Way& way) : socket_(socket) {
    if (way.tls_version == 0) return;
    tls_.emplace(certificate(), socket, TlsPeerWish{.only_version = way.tls_version});
    tls_->shake_hands();
  }
  std::string read() {
    if (tls_) return tls_->read();
    std::string room(16'384, '\0');
    const ssize_t count = ::recv(socket_, room.data(), room.size(), 0);
    room.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    return room;
  }
  void write(std::string_view text) {
    if (tls_) return tls_->write(text);
    while (!text.empty()) {
      const ssize_t count = ::send(socket_, text.data(), text.size(), 0);
      if (count < 0) return;
      text.remove_prefix(static_cast<std::size_t>(count));
    }
  }
  void say_the_end() {
    if (tls_) tls_->say_the_end();
  }
  void read_to_the_end() {
    while (!read().empty()) continue;
  }

 private:
  int socket_;
  std::optional<TlsPeer> tls_;
};

class EachStream : public testing::TestWithParam<Way> {
 protected:
  Stream open(const std::function<void(Peer&)>& conduct) {
    const Way way = GetParam();
    server_.emplace(
        [=](int socket) {
          Peer peer(socket, way);
          conduct(peer);
        },
        way.is_unix ? fresh_path() : "");
    return stream_to(*server_, way.tls_version == 0 ? nullptr : &trusting());
  }
  std::optional<SocketServer> server_;
};

INSTANTIATE_TEST_SUITE_P(, EachStream,
                         testing::Values(Way{"PlainTcp", 0, false}, Way{"PlainUnix", 0, true},
                                         Way{"Tls13", TLS1_3_VERSION, false},
                                         Way{"Tls12", TLS1_2_VERSION, false},
                                         Way{"TlsUnix", TLS1_3_VERSION, true}),
                         [](const auto& way) { return std::string(way.param.name); });

TEST_P(EachStream, CarriesLargeBodiesBothWaysAtOnce) {
  Stream stream = open([](Peer& peer) {
    for (std::string text = peer.read(); !text.empty(); text = peer.read()) peer.write(text);
  });
  std::string body;
  for (int line = 0; body.size() < 3'000'000; ++line) body += std::to_string(line) + "\n";
  std::string_view unsent = body;
  std::string echoed;
  std::array<char, 50'000> room;
  while (echoed.size() < body.size()) {
    const ssize_t sent = unsent.empty() ? 0 : stream.send(unsent.substr(0, 100'000));
    if (sent > 0) unsent.remove_prefix(static_cast<std::size_t>(sent));
    const ssize_t count = stream.receive(room);
    ASSERT_NE(count, 0);
    if (count > 0) echoed.append(room.data(), static_cast<std::size_t>(count));
    if (count > 0 || sent > 0) continue;
    const short wanted = unsent.empty() ? POLLIN : POLLIN | POLLOUT;
    ASSERT_TRUE(waits_for(stream, wanted)) << std::strerror(errno);
  }
  EXPECT_TRUE(echoed == body);
}

TEST_P(EachStream, HearsTheEndAfterWhatCameBeforeIt) {
  Stream stream = open([](Peer& peer) {
    peer.write("bye");
    peer.say_the_end();
  });
  EXPECT_EQ(received(stream).text, "bye");
  EXPECT_TRUE(received(stream).is_end);
}

TEST_P(EachStream, SaysOfASmallBufferThatThereIsMoreToRead) {
  Stream stream = open([](Peer& peer) {
    peer.write("0123456789");
    peer.read_to_the_end();
  });
  // Asked before it is there, so that all of it is in the first that is read.
  EXPECT_TRUE(is_ready(stream.number(), POLLOUT, Clock::now() + minutes(1)));
  stream.shake_hands(Clock::now() + minutes(1));
  const Answer first = received(stream, 4);
  EXPECT_EQ(first.text, "0123");
  EXPECT_FALSE(stream.is_drained(4, 4));
  EXPECT_EQ(received(stream, 4).text, "4567");
  EXPECT_FALSE(stream.is_drained(4, 4));
  EXPECT_EQ(received(stream, 4).text, "89");
  EXPECT_TRUE(stream.is_drained(2, 4));
}

TEST_P(EachStream, TellsTheServerWhenItIsClosed) {
  std::promise<void> heard;
  Stream stream = open([&](Peer& peer) {
    peer.write("here");
    peer.read_to_the_end();
    heard.set_value();
  });
  EXPECT_EQ(received(stream).text, "here");
  stream.close();
  EXPECT_FALSE(stream.is_open());
  heard.get_future().wait();
}

TEST_P(EachStream, GivesItsSocketAwayOpen) {
  Stream stream = open([](Peer& peer) {
    peer.write("here");
    peer.read_to_the_end();
  });
  EXPECT_EQ(received(stream).text, "here");
  const int number = stream.number();
  const Descriptor socket = stream.release();
  EXPECT_EQ(socket.number(), number);
  EXPECT_FALSE(stream.is_open());
}

class EachTcpStream : public EachStream {};  // a Unix socket knows no reset

INSTANTIATE_TEST_SUITE_P(, EachTcpStream,
                         testing::Values(Way{"Plain", 0, false},
                                         Way{"Tls13", TLS1_3_VERSION, false},
                                         Way{"Tls12", TLS1_2_VERSION, false}),
                         [](const auto& way) { return std::string(way.param.name); });

TEST_P(EachTcpStream, SaysThatTheServerResetTheConnection) {
  server_.emplace([way = GetParam()](int socket) {
    Peer peer(socket, way);
    peer.read();
    close_with_reset(socket);
  });
  Stream stream = stream_to(*server_, GetParam().tls_version == 0 ? nullptr : &trusting());
  EXPECT_EQ(send_all(stream, "ask"), 0);
  EXPECT_EQ(received(stream).error, ECONNRESET);
}

TEST_P(EachStream, AnswersAnErrorAndRaisesNoSignalOnceTheServerHasGone) {
  Stream stream = open([](Peer& peer) { peer.write("bye"); });
  EXPECT_EQ(received(stream).text, "bye");
  received(stream);  // the end
  const auto handler = std::signal(SIGPIPE, SIG_DFL);
  const std::string much(100'000, 'm');
  int error = 0;
  while (error == 0) error = send_all(stream, much);
  std::signal(SIGPIPE, handler);
  EXPECT_TRUE(error == EPIPE || error == ECONNRESET || error == EPROTO) << std::strerror(error);
}

// Between a client and a server: what the server says goes on byte by byte.
void pass_on_in_single_bytes(int client, const Address& server) {
  const Descriptor socket(::socket(server.family(), SOCK_STREAM, 0));
  if (::connect(socket.number(), server.get(), server.length) != 0) return;
  const int on = 1;
  setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  std::array<pollfd, 2> both{{{client, POLLIN, 0}, {socket.number(), POLLIN, 0}}};
  std::array<char, 16'384> room;
  while (poll(both.data(), both.size(), -1) > 0) {
    const bool is_client = both[0].revents != 0;
    const int from = is_client ? client : socket.number();
    const ssize_t count = ::recv(from, room.data(), is_client ? room.size() : 1, 0);
    if (count <= 0) return;
    ::send(is_client ? socket.number() : client, room.data(), static_cast<std::size_t>(count), 0);
  }
}

TEST(Stream, UnderstandsRecordsThatArriveInSingleBytes) {
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    const SocketServer server([&](int socket) {
      TlsPeer peer(certificate(), socket, {.only_version = version});
      if (peer.shake_hands()) peer.write(peer.read() + " " + std::string(3000, 'b'));
      peer.say_the_end();
    });
    const Address address = server.address();
    const SocketServer proxy([&](int socket) { pass_on_in_single_bytes(socket, address); });
    Stream stream = stream_to(proxy, &trusting());
    EXPECT_EQ(send_all(stream, "asked"), 0);
    std::string all;
    Answer answer = received(stream, 1000);
    for (; !answer.text.empty(); answer = received(stream, 1000)) all += answer.text;
    EXPECT_EQ(all, "asked " + std::string(3000, 'b'));
    EXPECT_TRUE(answer.is_end) << std::strerror(answer.error);
  }
}

TEST(Stream, AnswersLaterWhileHandsAreShaken) {
  std::promise<void> go_on;
  const SocketServer server([&](int socket) {
    go_on.get_future().wait();
    TlsPeer peer(certificate(), socket);
    peer.shake_hands();
    peer.write(peer.read());
  });
  Stream stream = stream_to(server, &trusting());
  std::array<char, 16> room;
  for (int times = 0; times < 3; ++times) {
    EXPECT_EQ(stream.send("asked early"), -1);
    EXPECT_EQ(errno, EAGAIN);
    EXPECT_EQ(stream.receive(room), -1);
    EXPECT_EQ(errno, EAGAIN);
  }
  go_on.set_value();
  EXPECT_EQ(send_all(stream, "asked early"), 0);
  EXPECT_EQ(received(stream).text, "asked early");
}

TEST(Stream, SaysGoodbyeUnderTlsWhenItIsClosedAndWhenItsSocketIsGivenAway) {
  for (const bool is_given_away : {false, true}) {
    std::promise<bool> heard;
    const SocketServer server([&](int socket) {
      TlsPeer peer(certificate(), socket);
      peer.shake_hands();
      peer.write("here");
      peer.read();
      heard.set_value(peer.has_heard_the_end());
    });
    Stream stream = stream_to(server, &trusting());
    EXPECT_EQ(received(stream).text, "here");
    Descriptor socket;
    if (is_given_away) {
      socket = stream.release();
    } else {
      stream.close();
    }
    EXPECT_TRUE(heard.get_future().get()) << is_given_away;
  }
}

TEST(Stream, TakesAnEndWithoutItsAnnouncementForABreak) {
  const SocketServer server([](int socket) {
    TlsPeer peer(certificate(), socket);
    peer.shake_hands();
    peer.write("cut he");
  });
  Stream stream = stream_to(server, &trusting());
  EXPECT_EQ(received(stream).text, "cut he");
  EXPECT_EQ(received(stream).error, ECONNRESET);
}

TEST(Stream, TakesNoiseWithinTlsForABreak) {
  const SocketServer server([](int socket) {
    TlsPeer peer(certificate(), socket);
    peer.shake_hands();
    peer.read();
    ::send(socket, "HTTP/1.1 200 OK\r\n", 17, 0);
    peer.read();
  });
  Stream stream = stream_to(server, &trusting());
  EXPECT_EQ(send_all(stream, "ask"), 0);
  EXPECT_EQ(received(stream).error, EPROTO);
}

TEST(Stream, HasSentNothingWhenTheServerEndsTheHandshake) {
  const SocketServer server([](int socket) {
    std::array<char, 4096> room;
    ::recv(socket, room.data(), room.size(), 0);
    ::send(socket, "\x15\x03\x03\x00\x02\x01\x00", 7, 0);  // close_notify
    while (::recv(socket, room.data(), room.size(), 0) > 0) continue;
  });
  Stream stream = stream_to(server, &trusting());
  EXPECT_EQ(send_all(stream, "ask"), EPIPE);
}

TEST(Stream, SendsNothingToAServerThatItDoesNotTrust) {
  const CertificateFiles other = authority_of_tests().issue({.names = "DNS:other.test"});
  std::promise<std::string> heard;
  const SocketServer server([&](int socket) {
    TlsPeer peer(other, socket);
    peer.shake_hands();
    heard.set_value(peer.read());
  });
  Stream stream = stream_to(server, &trusting());
  EXPECT_EQ(send_all(stream, "secret"), EPROTO);
  stream.close();
  EXPECT_EQ(heard.get_future().get(), "");
}

struct Greeting {
  std::string server_name, protocol, version;
  bool is_resumed = false;
};

// What a server hears of a client that shakes hands twice, in two connections.
std::array<Greeting, 2> greetings(const Tls& tls, int version) {
  std::array<Greeting, 2> all;
  for (Greeting& greeting : all) {
    std::promise<Greeting> heard;
    const SocketServer server([&](int socket) {
      TlsPeer peer(certificate(), socket, {.only_version = version});
      peer.shake_hands();
      peer.write("seen");
      heard.set_value({peer.server_name(), peer.protocol(), peer.version(), peer.is_resumed()});
      peer.read();
    });
    Stream stream = stream_to(server, &tls);
    EXPECT_EQ(received(stream).text, "seen");
    greeting = heard.get_future().get();
  }
  return all;
}

TEST(Tls, NamesTheHostAndHttpAndShakesHandsInFullEachTime) {
  for (const auto& [version, name] :
       {std::pair{TLS1_2_VERSION, "TLSv1.2"}, std::pair{TLS1_3_VERSION, "TLSv1.3"}}) {
    for (const Greeting& greeting : greetings(trusting("localhost."), version)) {
      EXPECT_EQ(greeting.server_name, "localhost");
      EXPECT_EQ(greeting.protocol, "http/1.1");
      EXPECT_EQ(greeting.version, name);
      EXPECT_FALSE(greeting.is_resumed);
    }
  }
}

TEST(Tls, NamesNoAddress) {
  for (const std::string host : {"127.0.0.1", "::1", "::1%lo"}) {
    EXPECT_EQ(greetings(trusting(host), TLS1_3_VERSION)[0].server_name, "") << host;
  }
}

}  // namespace
}  // namespace assay::load
