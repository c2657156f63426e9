#include "harness/load/loop/fetch.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <string>

#include <gtest/gtest.h>

#include "harness/load/socket/scripted_server.h"
#include "harness/load/socket/socket_server.h"
#include "harness/load/socket/test_authority.h"
#include "harness/load/socket/tls_peer.h"

namespace assay::load {
namespace {

using std::chrono::milliseconds;
using Answer = ScriptedServer::Answer;
using Then = Answer::Then;

Result<Reply> fetched(const Answer& answer, nanoseconds timeout = std::chrono::minutes(1)) {
  const ScriptedServer server([&](std::size_t) { return answer; });
  return fetch("127.0.0.1", server.port(), {}, timeout);
}

TEST(Fetch, GivesTheWholeReply) {
  const std::string body(100'000, 'b');
  const Result<Reply> reply = fetched({right_reply(body)});
  ASSERT_TRUE(reply.has_value()) << reply.error().what();
  EXPECT_EQ(reply->status, 200);
  EXPECT_EQ(reply->content_type, "text/plain");
  EXPECT_EQ(reply->body, body);
}

TEST(Fetch, GivesAReplyThatEndsWithTheConnection) {
  const Result<Reply> reply = fetched({"HTTP/1.0 404 No\r\n\r\ngone", Then::close});
  ASSERT_TRUE(reply.has_value()) << reply.error().what();
  EXPECT_EQ(reply->status, 404);
  EXPECT_EQ(reply->body, "gone");
}

SocketServer::Conduct answering(const std::string& reply, const CertificateFiles* files) {
  return [=](int socket) {
    if (files == nullptr) {
      std::array<char, 4096> room;
      if (::recv(socket, room.data(), room.size(), 0) > 0) {
        ::send(socket, reply.data(), reply.size(), 0);
      }
      return;
    }
    TlsPeer peer(*files, socket);
    if (!peer.shake_hands() || peer.read().empty()) return;
    peer.write(reply);
    peer.say_the_end();
  };
}

TEST(Fetch, AsksUnderTlsAndAtAUnixSocket) {
  const TestAuthority authority;
  const CertificateFiles files = authority.issue();
  const std::string body(100'000, 'b');
  for (const bool is_tls : {false, true}) {
    const std::string path = authority.file(is_tls ? "tls.sock" : "plain.sock", "");
    ::unlink(path.c_str());
    const SocketServer server(answering(right_reply(body), is_tls ? &files : nullptr), path);
    Target target = server.target();
    target.host = "localhost";
    if (is_tls) target.tls = TlsChoice{true, authority.certificate()};
    const Result<Reply> reply = fetch(target, {}, std::chrono::minutes(1));
    ASSERT_TRUE(reply.has_value()) << reply.error().what();
    EXPECT_TRUE(reply->body == body);
  }
}

TEST(Fetch, SaysHowToLookAtAServerThatGivesNoReply) {
  const TestAuthority authority;
  const std::string path = authority.file("assay.sock", "");
  ::unlink(path.c_str());
  const SocketServer server(answering("220 mail\r\n", nullptr), path);
  const Result<Reply> reply = fetch(server.target(), {}, std::chrono::minutes(1));
  ASSERT_FALSE(reply.has_value());
  EXPECT_EQ(reply.error().remedy(),
            "look at what it sends: curl -v http://127.0.0.1:0/ --unix-socket " + path);
}

TEST(Fetch, SaysWhyThereIsNoReply) {
  for (const auto& [answer, reason] :
       {std::pair{Answer{"220 mail\r\n"}, "status line"},
        {Answer{"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx", Then::close}, "ended before"}}) {
    const Result<Reply> reply = fetched(answer);
    ASSERT_FALSE(reply.has_value()) << reason;
    EXPECT_NE(reply.error().what().find(reason), std::string::npos) << reply.error().what();
  }
}

TEST(Fetch, WaitsNoLongerThanItIsTold) {
  const Answer late{right_reply("late"), Then::keep, std::chrono::minutes(1)};
  const Result<Reply> reply = fetched(late, milliseconds(300));
  ASSERT_FALSE(reply.has_value());
  EXPECT_NE(reply.error().what().find("too long"), std::string::npos) << reply.error().what();
}

}  // namespace
}  // namespace assay::load
