#include "server/runtime/deadlines.h"

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "server/runtime/channel.h"
#include "server/runtime/tls_serving.h"

namespace assay::runtime {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Verdict = Deadlines::Verdict;

class Late final : public wire::LateReply {
 public:
  void when_ready(std::function<void()>) override {}
  void finish(wire::ReplyWriter& reply) override { reply.send(200, "text/plain", "late"); }
};

// Answers "/late" later.
class Large final : public wire::Handler {
 public:
  void answer(const wire::Request& request, wire::ReplyWriter& reply) override {
    if (request.path == "/late") return reply.later(std::make_unique<Late>());
    reply.body().append(1000, 'x');
    reply.send_body(200, "text/plain");
  }
};

Settings limits() {
  Settings settings;
  settings.header_limit = seconds(10);
  settings.body_limit = seconds(20);
  settings.idle_limit = seconds(60);
  settings.write_limit = seconds(30);
  settings.request_limit = seconds(100);
  return settings;
}

// A connection that is looked at when a test says so, at a time that it says.
class Watched {
 public:
  explicit Watched(const Settings& settings = limits()) : settings_(settings) {}

  void receive(std::string_view bytes) { channel_.receive(bytes, buffers_); }
  // As a peer that takes `bytes` of what there is for it.
  void take(std::size_t bytes) {
    channel_.wrote(bytes);
    moved_ += bytes;
  }
  void take_all() { take(channel_.output().size()); }
  // As a peer that has TLS answer it, again and again.
  void take_of_tls() { moved_ += 50; }
  void go_on() { channel_.proceed(buffers_); }
  Verdict look(seconds at) {
    return deadlines_.look(channel_, moved_, settings_, Deadlines::Time() + at);
  }

 private:
  Settings settings_;
  std::string date_;
  Large handler_;
  wire::ReplyBuffers buffers_;
  Channel channel_{settings_.limits, date_, handler_};
  Deadlines deadlines_{Deadlines::Time()};
  std::uint64_t moved_ = 0;
};

const std::string request = "GET / HTTP/1.1\r\nHost: assay\r\n\r\n";
const std::string upload = "POST / HTTP/1.1\r\nHost: assay\r\nContent-Length: 9\r\n\r\n";

TEST(Deadlines, CloseWhatIsIdleForTooLong) {
  Watched connection;
  EXPECT_EQ(connection.look(seconds(59)), Verdict::keep);
  EXPECT_EQ(connection.look(seconds(60)), Verdict::close);
}

TEST(Deadlines, CountIdleTimeFromTheLastReply) {
  Watched connection;
  EXPECT_EQ(connection.look(seconds(59)), Verdict::keep);
  connection.receive(request);
  connection.take_all();
  EXPECT_EQ(connection.look(seconds(61)), Verdict::keep);
  EXPECT_EQ(connection.look(seconds(120)), Verdict::keep);
  EXPECT_EQ(connection.look(seconds(121)), Verdict::close);
}

TEST(Deadlines, RefuseAHeadThatIsLateHoweverOftenAByteComes) {
  Watched connection;
  connection.receive("GET / HTTP/1.1\r\nX: ");
  for (int second = 1; second < 11; ++second) {
    EXPECT_EQ(connection.look(seconds(second)), Verdict::keep) << second;
    connection.receive("x");
  }
  EXPECT_EQ(connection.look(seconds(11)), Verdict::refuse);
}

// A change of keys is answered with some bytes, which the peer takes.
TEST(Deadlines, AreNotMovedByWhatTlsSaysOfItsOwn) {
  Watched idle;
  Watched head;
  head.receive("GET / HT");
  Watched body;
  body.receive(upload);
  const auto end_of = [](Watched& connection) {
    int second = 0;
    while (second < 200 && connection.look(seconds(second)) == Verdict::keep) {
      connection.take_of_tls();
      ++second;
    }
    return second;
  };
  EXPECT_EQ(end_of(idle), 60);
  EXPECT_EQ(end_of(head), 10);
  EXPECT_EQ(end_of(body), 20);
}

// A record that says a new key, in two parts, again and again.
TEST(Deadlines, AreNotMovedByRecordsThatHoldNothingOfARequest) {
  Served peer;
  peer.drive();
  Deadlines deadlines{Deadlines::Time()};
  const Settings settings = limits();
  const auto look = [&](int second) {
    return deadlines.look(peer.channel(), 0, settings, Deadlines::Time() + seconds(second));
  };
  int second = 0;
  while (second < 200 && look(second) == Verdict::keep) {
    peer.client().renew_key();
    const std::string record = peer.client().outgoing();
    peer.deliver(record.substr(0, 3));
    EXPECT_EQ(peer.channel().phase(), Channel::Phase::head);
    if (look(++second) != Verdict::keep) break;
    peer.deliver(record.substr(3));
    EXPECT_EQ(peer.channel().phase(), Channel::Phase::idle);
    ++second;
  }
  EXPECT_EQ(second, 60);
}

TEST(Deadlines, GiveABodyTimeOfItsOwn) {
  Watched connection;
  connection.receive(upload.substr(0, 9));
  EXPECT_EQ(connection.look(seconds(9)), Verdict::keep);
  connection.receive(upload.substr(9) + "abc");
  EXPECT_EQ(connection.look(seconds(10)), Verdict::keep);
  connection.receive("d");
  EXPECT_EQ(connection.look(seconds(29)), Verdict::keep);
  EXPECT_EQ(connection.look(seconds(30)), Verdict::refuse);
}

// The second at which a body that comes in as fast as that is refused.
int end_of_a_body(std::size_t bytes_a_second) {
  Settings settings = limits();
  settings.body_pace = 100;
  Watched connection(settings);
  connection.receive("POST / HTTP/1.1\r\nHost: assay\r\nContent-Length: 100000\r\n\r\n");
  int second = 0;
  while (second < 1000 && connection.look(seconds(second)) == Verdict::keep) {
    connection.receive(std::string(bytes_a_second, 'b'));
    ++second;
  }
  return second;
}

TEST(Deadlines, GiveALongBodyMoreTimeAsFarAsItKeepsThePace) {
  EXPECT_EQ(end_of_a_body(1), 21);
  EXPECT_EQ(end_of_a_body(50), 40);  // 20 s, and half a second for each
  EXPECT_EQ(end_of_a_body(100), 100) << "only the limit on the whole request ends it";
}

TEST(Deadlines, GiveEachRequestTimeOfItsOwn) {
  Watched connection;
  connection.receive(request.substr(0, 9));
  EXPECT_EQ(connection.look(seconds(1)), Verdict::keep);
  connection.receive(request.substr(9) + request.substr(0, 9));
  connection.take_all();
  EXPECT_EQ(connection.look(seconds(10)), Verdict::keep);
  EXPECT_EQ(connection.look(seconds(19)), Verdict::keep);
  EXPECT_EQ(connection.look(seconds(20)), Verdict::refuse);
}

TEST(Deadlines, CloseWhereThePeerTakesNoByteOfAReply) {
  Watched connection;
  connection.receive(request);
  EXPECT_EQ(connection.look(seconds(1)), Verdict::keep);
  connection.take(1);
  EXPECT_EQ(connection.look(seconds(30)), Verdict::keep);
  EXPECT_EQ(connection.look(seconds(59)), Verdict::keep);
  EXPECT_EQ(connection.look(seconds(60)), Verdict::close);
}

TEST(Deadlines, CloseWhereAReplyTakesTooLongThoughItMoves) {
  Watched connection;
  connection.receive(request);
  for (int second = 1; second < 101; second += 10) {
    EXPECT_EQ(connection.look(seconds(second)), Verdict::keep) << second;
    connection.take(1);
  }
  EXPECT_EQ(connection.look(seconds(101)), Verdict::close);
}

TEST(Deadlines, RefuseWhereAReplyIsMadeForTooLong) {
  Watched connection;
  connection.receive("GET /late HTTP/1.1\r\nHost: assay\r\n\r\n");
  EXPECT_EQ(connection.look(seconds(0)), Verdict::keep);
  EXPECT_EQ(connection.look(seconds(99)), Verdict::keep);
  EXPECT_EQ(connection.look(seconds(100)), Verdict::refuse);
}

TEST(Deadlines, CountTheTimeToTakeALateReplyFromItsBegin) {
  Watched connection;
  connection.receive("GET /late HTTP/1.1\r\nHost: assay\r\n\r\n");
  EXPECT_EQ(connection.look(seconds(0)), Verdict::keep);
  EXPECT_EQ(connection.look(seconds(50)), Verdict::keep);
  connection.go_on();
  EXPECT_EQ(connection.look(seconds(51)), Verdict::keep);
  EXPECT_EQ(connection.look(seconds(80)), Verdict::keep);
  EXPECT_EQ(connection.look(seconds(81)), Verdict::close);
}

TEST(Deadlines, CountARequestFromItsFirstByteToItsReplysLast) {
  Watched connection;
  connection.receive(upload);
  EXPECT_EQ(connection.look(seconds(1)), Verdict::keep);
  connection.receive("abcdefghi");
  for (int second = 11; second < 101; second += 10) {
    EXPECT_EQ(connection.look(seconds(second)), Verdict::keep) << second;
    connection.take(1);
  }
  EXPECT_EQ(connection.look(seconds(101)), Verdict::close);
}

// A busy peer, and a sweep that happens to find a reply under way each time.
TEST(Deadlines, KeepAConnectionWhoseRequestsAreEachInTime) {
  Watched connection;
  for (int second = 1; second < 1000; second += 10) {
    connection.receive(request);
    ASSERT_EQ(connection.look(seconds(second)), Verdict::keep) << second;
    connection.take_all();
  }
}

TEST(Deadlines, OfNothingAreNone) {
  Settings none;
  none.header_limit = none.body_limit = none.idle_limit = milliseconds(0);
  none.write_limit = none.request_limit = milliseconds(0);
  Watched connection(none);
  EXPECT_EQ(connection.look(seconds(1'000'000)), Verdict::keep);
  connection.receive("G");
  EXPECT_EQ(connection.look(seconds(2'000'000)), Verdict::keep);
  EXPECT_EQ(connection.look(seconds(3'000'000)), Verdict::keep);
}

}  // namespace
}  // namespace assay::runtime
