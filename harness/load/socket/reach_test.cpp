#include "harness/load/socket/reach.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include "harness/load/socket/socket_server.h"
#include "harness/load/socket/test_authority.h"
#include "harness/load/socket/tls_peer.h"

namespace assay::load {
namespace {

using std::chrono::milliseconds;

const TestAuthority& authority_of_tests() {
  static const TestAuthority made;
  return made;
}

SocketServer::Conduct tls_conduct(const CertificateFiles& files, const TlsPeerWish& wish = {}) {
  return [files, wish](int socket) {
    TlsPeer peer(files, socket, wish);
    if (peer.shake_hands()) peer.read();
  };
}

// "reached", or what is said of the target.
std::string said_of(Target target, const TlsChoice& choice,
                    nanoseconds timeout = std::chrono::minutes(1)) {
  target.tls = choice;
  const auto tls = Tls::of(choice, target.host);
  if (!tls) return tls.error().what();
  const Result<Address> address = reach(target, tls->get(), timeout);
  return address ? "reached" : address.error().what();
}

TlsChoice trusting() { return {true, authority_of_tests().certificate()}; }

std::string said_with(const CertificateWish& wish, const TlsChoice& choice,
                      const std::string& host = "127.0.0.1") {
  const SocketServer server(tls_conduct(authority_of_tests().issue(wish)));
  Target target = server.target();
  target.host = host;
  const std::string said = said_of(target, choice);
  const std::string before = "the certificate of " + place(target) + " is not trusted: ";
  return said.starts_with(before) ? said.substr(before.size()) : said;
}

TEST(Reach, AcceptsACertificateThatBearsTheNameOrTheAddress) {
  EXPECT_EQ(said_with({}, trusting()), "reached");
  EXPECT_EQ(said_with({}, trusting(), "localhost"), "reached");
  EXPECT_EQ(said_with({.names = "DNS:*.test.localhost"}, trusting(), "127.0.0.1"),
            "IP address mismatch");
}

TEST(Reach, SaysWhatIsWrongWithACertificate) {
  EXPECT_EQ(said_with({.is_self_signed = true}, trusting()), "self-signed certificate");
  EXPECT_EQ(said_with({.valid_until_s = -1}, trusting()), "certificate has expired");
  EXPECT_EQ(said_with({.valid_from_s = 3600}, trusting()), "certificate is not yet valid");
  EXPECT_EQ(said_with({.names = "DNS:other.test"}, trusting(), "localhost"), "hostname mismatch");
  EXPECT_EQ(said_with({.names = "IP:127.0.0.2"}, trusting()), "IP address mismatch");
  EXPECT_EQ(said_with({.names = "DNS:127.0.0.1"}, trusting()), "IP address mismatch");
  EXPECT_EQ(said_with({}, {true, TestAuthority().certificate()}),
            "unable to get local issuer certificate");
  EXPECT_EQ(said_with({}, {}), "unable to get local issuer certificate") << "the system's";
}

TEST(Reach, AcceptsAnyCertificateWhereNoneIsVerified) {
  for (const CertificateWish& wish :
       {CertificateWish{.is_self_signed = true}, CertificateWish{.valid_until_s = -1},
        CertificateWish{.names = "DNS:other.test"}}) {
    EXPECT_EQ(said_with(wish, {false, {}}), "reached") << wish.names;
  }
}

TEST(Reach, SaysHowToGoOnAfterACertificateThatIsNotTrusted) {
  const SocketServer server(tls_conduct(authority_of_tests().issue({.is_self_signed = true})));
  Target target = server.target();
  target.tls = trusting();
  const auto tls = Tls::of(*target.tls, target.host);
  const Result<Address> address = reach(target, tls->get(), std::chrono::minutes(1));
  ASSERT_FALSE(address.has_value());
  EXPECT_EQ(address.error().remedy(),
            "say whom to trust: --ca FILE; or measure without looking at it: --insecure");
}

TEST(Reach, KnowsAPlainServerBehindHttps) {
  const SocketServer server([](int socket) {
    const std::string_view reply = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
    char byte = 0;
    ::recv(socket, &byte, 1, 0);
    ::send(socket, reply.data(), reply.size(), 0);
    while (::recv(socket, &byte, 1, 0) > 0) continue;
  });
  EXPECT_EQ(said_of(server.target(), {}), place(server.target()) + " answers, but not in TLS");
}

std::string handshake_said(const SocketServer& server,
                           nanoseconds timeout = std::chrono::minutes(1)) {
  const std::string said = said_of(server.target(), {false, {}}, timeout);
  const std::string before = place(server.target()) + " did not shake hands in TLS: ";
  return said.starts_with(before) ? said.substr(before.size()) : said;
}

void hear_the_hello(int socket) {
  std::array<char, 4096> room;  // all of it: what is closed upon unread ends with a reset
  ::recv(socket, room.data(), room.size(), 0);
}

TEST(Reach, SaysWhyNoHandsWereShaken) {
  const CertificateFiles files = authority_of_tests().issue();
  EXPECT_EQ(handshake_said(SocketServer(tls_conduct(files, {.only_version = TLS1_1_VERSION}))),
            "tlsv1 alert protocol version");
  EXPECT_EQ(handshake_said(SocketServer(tls_conduct(files, {.refuses_protocols = true}))),
            "tlsv1 alert no application protocol");
  EXPECT_EQ(handshake_said(SocketServer([](int socket) {
              hear_the_hello(socket);
              close_with_reset(socket);
            })),
            "Connection reset by peer");
  EXPECT_EQ(handshake_said(SocketServer(&hear_the_hello)), "the connection ended");
}

TEST(Reach, DoesNotWaitForeverForAServerThatOnlyListens) {
  const SocketServer server([](int socket) {
    std::array<char, 4096> room;
    while (::recv(socket, room.data(), room.size(), 0) > 0) continue;
  });
  EXPECT_EQ(handshake_said(server, milliseconds(300)), "it took too long");
}

TEST(Reach, SaysWhereNobodyListens) {
  std::uint16_t port = 0;
  {
    const SocketServer gone([](int) {});
    port = gone.target().port;
  }
  Target target;
  target.port = port;
  const Result<Address> address = reach(target, nullptr, std::chrono::minutes(1));
  ASSERT_FALSE(address.has_value());
  EXPECT_EQ(address.error().what(),
            "nothing answers at 127.0.0.1 port " + std::to_string(port) + ": Connection refused");
}

TEST(Reach, FindsAUnixSocketPlainAndUnderTls) {
  const CertificateFiles files = authority_of_tests().issue();
  const std::string path = authority_of_tests().file("tls.sock", "");
  ::unlink(path.c_str());
  const SocketServer server(tls_conduct(files), path);
  EXPECT_TRUE(reach(server.target(), nullptr, std::chrono::minutes(1)).has_value());
  Target target = server.target();
  target.host = "localhost";
  EXPECT_EQ(said_of(target, trusting()), "reached");
}

TEST(Reach, SaysWhatIsWrongWithAUnixSocket) {
  const auto said = [](const std::string& path) {
    Target target;
    target.unix_path = path;
    return reach(target, nullptr, std::chrono::minutes(1)).error().what();
  };
  EXPECT_EQ(said("/nowhere/assay.sock"),
            "nothing answers at the Unix socket /nowhere/assay.sock: No such file or directory");
  const std::string file = authority_of_tests().file("no-socket", "text");
  EXPECT_TRUE(said(file).starts_with("nothing answers at the Unix socket " + file + ": "));
  const std::string limit = std::to_string(sizeof(sockaddr_un{}.sun_path) - 1);
  const std::string longest(std::stoul(limit), 'p');
  EXPECT_EQ(said(longest),
            "nothing answers at the Unix socket " + longest + ": No such file or directory");
  EXPECT_EQ(said(longest + "p"), "the path of the Unix socket has " +
                                     std::to_string(longest.size() + 1) +
                                     " bytes; this system takes " + limit + ": " + longest + "p");
}

TEST(Tls, RefusesAuthoritiesThatCannotBeRead) {
  const auto said = [](const std::string& path) {
    const auto tls = Tls::of({.verifies = true, .authorities = path}, "localhost");
    return tls ? "" : tls.error().what();
  };
  EXPECT_EQ(said("no.pem"),
            "the authorities in \"no.pem\" cannot be read: No such file or directory");
  EXPECT_EQ(said("/"), "the authorities in \"/\" cannot be read: a directory");
  const std::string noise = authority_of_tests().file("noise.pem", "not a certificate\n");
  EXPECT_EQ(said(noise),
            "the authorities in \"" + noise + "\" cannot be read: it holds no certificate in PEM");
}

TEST(Reach, EndsWhenItIsStoppedWhileANameIsLookedUp) {
  Stop stop;
  stop.request();
  const auto address = reachable_address("no such host", 80, std::chrono::hours(1), &stop);
  ASSERT_FALSE(address.has_value());
  EXPECT_EQ(address.error().what(), LoadError::stopped().what());
}

// Takes connections into its queue and never shakes hands.
TEST(Reach, EndsWhenItIsStopped) {
  const SocketServer server([](int socket) {
    char byte = 0;
    while (recv(socket, &byte, 1, 0) > 0) continue;
  });
  Target target = server.target();
  target.tls = TlsChoice{};
  Stop stop;
  stop.request();
  const auto tls = Tls::of(*target.tls, target.host);
  ASSERT_TRUE(tls.has_value());
  const TimePoint began = Clock::now();
  const auto address = reach(target, tls->get(), std::chrono::hours(1), &stop);
  ASSERT_FALSE(address.has_value());
  EXPECT_EQ(address.error().what(), LoadError::stopped().what());
  EXPECT_LT(Clock::now() - began, std::chrono::minutes(1));
}

}  // namespace
}  // namespace assay::load
