#include "server/runtime/channel.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

#include "server/runtime/tls_serving.h"
#include "server/wire/reply_buffers.h"

namespace assay::runtime {
namespace {

using Needs = Channel::Needs;
using Phase = Channel::Phase;

const std::string hello = "GET /hello HTTP/1.1\r\nHost: assay\r\n\r\n";
const std::string last = "GET /last HTTP/1.1\r\nHost: assay\r\nConnection: close\r\n\r\n";

std::string upload(std::size_t bytes) {
  return "POST /echo HTTP/1.1\r\nHost: assay\r\nContent-Length: " + std::to_string(bytes) +
         "\r\n\r\n" + std::string(bytes, 'u');
}

TEST(Channel, IsTheConnectionItselfInTheClear) {
  Echo echo;
  wire::ReplyBuffers buffers;
  Channel channel(usual_limits, no_date, echo);
  EXPECT_EQ(channel.phase(), Phase::idle);
  channel.receive(hello, buffers);
  EXPECT_EQ(channel.needs(), Needs::write);
  EXPECT_EQ(channel.output().first.data(), channel.connection().output().first.data());
  channel.wrote(channel.output().size());
  EXPECT_EQ(channel.needs(), Needs::bytes);
  EXPECT_EQ(channel.answered(), 1U);
  EXPECT_NE(in_the_clear(last).find("/last"), std::string::npos);
}

TEST(Channel, AnswersInsideTls) {
  Served served;
  served.send(hello);
  EXPECT_EQ(served.replies(), in_the_clear(hello));
  EXPECT_EQ(served.channel().answered(), 1U);
  EXPECT_EQ(served.channel().phase(), Phase::idle);
}

TEST(Channel, ShakesHandsHoweverTheBytesAreCut) {
  for (const std::size_t received : {1, 2, 3, 5, 6, 100}) {
    for (const std::size_t written : {1, 7, 100'000}) {
      Served served({received, written});
      served.send(hello);
      EXPECT_EQ(served.replies(), in_the_clear(hello)) << received << ' ' << written;
    }
  }
}

TEST(Channel, ShakesHandsWithAHelloCutAtEachByte) {
  const std::size_t size = TlsClient().outgoing().size();
  for (std::size_t cut = 1; cut < size; ++cut) {
    Served served;
    const std::string flight = served.client().outgoing();
    served.deliver(flight.substr(0, cut));
    EXPECT_EQ(served.channel().needs(), Needs::bytes) << cut;
    EXPECT_EQ(served.channel().phase(), Phase::head) << cut;
    served.deliver(flight.substr(cut));
    served.send(hello);
    EXPECT_EQ(served.replies(), in_the_clear(hello)) << cut;
  }
}

TEST(Channel, AnswersARequestThatCameWithTheEndOfTheHandshake) {
  Served served;
  served.deliver(served.client().outgoing());
  served.write();
  EXPECT_EQ(served.channel().phase(), Phase::head);
  served.client().send(hello);
  served.deliver(served.client().outgoing());
  served.write();
  EXPECT_EQ(served.replies(), in_the_clear(hello));
  EXPECT_EQ(served.channel().needs(), Needs::bytes);
}

TEST(Channel, AnswersTheSameHoweverRecordsAndPiecesAreCut) {
  const std::string requests =
      hello + upload(3000) + hello + "GET /stream HTTP/1.1\r\nHost: a\r\n\r\n" + hello + last;
  const std::string expected = in_the_clear(requests);
  for (const std::size_t record : {1, 61, 16'384}) {
    for (const std::size_t received : {1, 97, 8192, 65'536}) {
      for (const std::size_t written : {1, 100'000}) {
        Served served({received, written});
        served.send(requests, record);
        EXPECT_EQ(served.replies(), expected) << record << ' ' << received << ' ' << written;
        EXPECT_TRUE(served.client().was_told_the_end());
        EXPECT_EQ(served.channel().needs(), Needs::close);
      }
    }
  }
}

TEST(Channel, TakesAndGivesAMegabyte) {
  const std::string request = upload(megabyte);
  const std::string expected = in_the_clear(request);
  for (const std::size_t received : {1460, 8192, 65'536, 2'000'000}) {
    Served served({received, 100'000});
    served.send(request);
    EXPECT_TRUE(served.replies() == expected) << received;
  }
}

TEST(Channel, AnswersRequestsThatCameTogetherInOneWrite) {
  Served served;
  served.drive();
  const int before = served.writes();
  served.send(hello + hello + hello + hello, hello.size());
  EXPECT_EQ(served.channel().answered(), 4U);
  EXPECT_EQ(served.writes(), before + 1);
}

TEST(Channel, WritesAHeadAndItsBodyApartWhereTheLimitsSaySo) {
  wire::Limits split = usual_limits;
  split.split_write = true;
  Served served({}, split);
  served.drive();
  const int before = served.writes();
  served.send(hello);
  EXPECT_EQ(served.writes(), before + 2);
  EXPECT_EQ(served.replies(), in_the_clear(hello));
}

TEST(Channel, HoldsLittleForAPeerThatAsksAndNeverReads) {
  Served served;
  served.drive();
  std::string requests;
  for (int i = 0; i < 10; ++i) requests += upload(100'000);
  served.client().send(requests.substr(0, 16'000));
  std::size_t rest = 16'000;
  while (served.channel().needs() == Needs::bytes) {
    served.deliver(served.client().outgoing());
    served.client().send(requests.substr(rest, 16'000));
    rest += 16'000;
  }
  EXPECT_EQ(served.channel().needs(), Needs::write);
  EXPECT_EQ(served.channel().phase(), Phase::reply);
  EXPECT_LT(served.channel().output().size(), 101'000U);  // one reply
  served.drive();
  served.send(requests.substr(rest));
  EXPECT_EQ(served.channel().answered(), 10U);
  EXPECT_TRUE(served.replies() == in_the_clear(requests));
}

TEST(Channel, HoldsALargeReplyAsRecordsOnlyInPart) {
  const std::string request = "GET /large HTTP/1.1\r\nHost: a\r\n\r\n";
  Served served;
  served.drive();
  served.client().send(request);
  served.deliver(served.client().outgoing());
  EXPECT_GT(served.channel().output().size(), megabyte);
  EXPECT_LT(served.channel().output().size(), 2 * megabyte);
  served.write();
  EXPECT_LT(served.channel().output().size(), 70'000U);
  served.drive();
  EXPECT_TRUE(served.replies() == in_the_clear(request));
}

TEST(Channel, KeepsWhatIsUnwrittenWhenTheBuffersGoToAnother) {
  for (const std::size_t written : {0, 1, 150, 200, 50'000, 99'000}) {
    wire::ReplyBuffers buffers;
    Served one({.written = written}, usual_limits, &buffers);
    Served other({}, usual_limits, &buffers);
    other.drive();
    one.drive_with(megabyte);
    const std::string request = written < 1000 ? hello : upload(100'000);
    one.client().send(request);
    do {
      one.deliver(one.client().outgoing());
    } while (one.channel().needs() == Needs::bytes);
    one.write();
    other.send(upload(100'000));
    other.send(hello);
    one.drive_with(megabyte);
    EXPECT_TRUE(one.replies() == in_the_clear(request)) << written;
    EXPECT_TRUE(other.replies() == in_the_clear(upload(100'000) + hello)) << written;
  }
}

TEST(Channel, SaysTheEndAfterARefusal) {
  Served served;
  served.send("nonsense\r\n\r\n" + hello);
  EXPECT_EQ(served.replies(), in_the_clear("nonsense\r\n\r\n"));
  EXPECT_TRUE(served.client().was_told_the_end());
  EXPECT_TRUE(served.channel().refused());
  served.deliver("what a peer goes on with is thrown away");
  EXPECT_EQ(served.channel().needs(), Needs::close);
}

TEST(Channel, EndsABrokenReplyWithoutANotice) {
  Served served;
  served.send("GET /broken HTTP/1.0\r\n\r\n");
  EXPECT_NE(served.replies().find("98765"), std::string::npos);
  EXPECT_EQ(served.channel().needs(), Needs::close);
  EXPECT_FALSE(served.client().was_told_the_end());
}

TEST(Channel, AnswersAPeerThatHasSaidItsEnd) {
  Served served;
  served.drive();
  served.client().send(hello);
  served.client().send("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n");
  served.client().close();
  served.drive();
  EXPECT_EQ(served.channel().answered(), 2U);
  EXPECT_TRUE(served.client().was_told_the_end());
  EXPECT_EQ(served.channel().needs(), Needs::close);
}

TEST(Channel, AnswersLateInTheOrderOfTheRequestsInsideTls) {
  const std::string late = "GET /late HTTP/1.1\r\nHost: assay\r\n\r\n";
  Served served;
  served.send(hello + late + hello + late, 40);
  EXPECT_EQ(served.replies(), in_the_clear(hello + late + hello + late));
}

TEST(Channel, EndsAConnectionThatAsksNothing) {
  Served served;
  served.drive();
  served.client().close();
  served.drive();
  EXPECT_TRUE(served.client().was_told_the_end());
  EXPECT_EQ(served.channel().needs(), Needs::close);
  EXPECT_FALSE(served.channel().refused());
}

TEST(Channel, RefusesABadHelloWithAnAlert) {
  Served served;
  served.deliver(std::string_view("\x16\x03\x01\x00\x05\x01\x00\x00\x01!", 10));
  EXPECT_EQ(served.channel().needs(), Needs::write);
  EXPECT_EQ(served.channel().output().first.substr(0, 1), "\x15");
  EXPECT_TRUE(served.channel().refused());
  served.channel().wrote(served.channel().output().size());
  EXPECT_EQ(served.channel().needs(), Needs::close);
}

TEST(Channel, TellsAPeerWithoutTlsWhatThisPortSpeaks) {
  for (const std::size_t cut : {std::size_t{1}, std::size_t{3}, hello.size()}) {
    Served served;
    served.deliver(hello.substr(0, cut));
    const std::string_view reply = served.channel().output().first;
    EXPECT_TRUE(reply.starts_with("HTTP/1.1 400 Bad Request\r\n"));
    EXPECT_TRUE(reply.ends_with("\r\n\r\nThis port speaks TLS: ask it by https://.\n"));
    EXPECT_EQ(reply.substr(reply.find("\r\n\r\n") + 4).size(), 42U);
    EXPECT_TRUE(served.channel().refused());
    served.channel().wrote(reply.size());
    EXPECT_EQ(served.channel().needs(), Needs::close);
    served.deliver(hello.substr(cut));
    EXPECT_EQ(served.channel().needs(), Needs::close);
  }
}

// RFC 9110, 6.6.1 and 9.3.2.
TEST(Channel, TellsItAsAWholeReply) {
  const std::string date = "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n";
  for (const std::string method : {"GET", "HEAD"}) {
    Echo echo;
    wire::ReplyBuffers buffers;
    Channel channel(usual_limits, date, echo, &test_context());
    channel.receive(method + " / HTTP/1.1\r\n", buffers);
    const std::string_view reply = channel.output().first;
    EXPECT_NE(reply.find(date), reply.npos);
    EXPECT_NE(reply.find("\r\nContent-Length: 42\r\n"), reply.npos);
    EXPECT_NE(reply.find("\r\nConnection: close\r\n"), reply.npos);
    EXPECT_EQ(reply.ends_with("\r\n\r\n"), method == "HEAD");
    EXPECT_TRUE(buffers.output.empty());
  }
}

TEST(Channel, TakesLettersForARequestOnlyAtTheVeryStart) {
  Served served;
  const std::string flight = served.client().outgoing();
  const std::size_t at =
      std::find_if(flight.begin(), flight.end(), [](char c) { return c >= 'A' && c <= 'Z'; }) -
      flight.begin();
  ASSERT_LT(at, flight.size());
  served.deliver(flight.substr(0, at));
  served.deliver(flight.substr(at));
  served.send(hello);
  EXPECT_EQ(served.replies(), in_the_clear(hello));
}

TEST(Channel, TellsALatePeerInsideTls) {
  Served served;
  served.send(hello.substr(0, 20));
  EXPECT_EQ(served.channel().phase(), Phase::head);
  served.refuse();
  served.drive();
  EXPECT_TRUE(served.replies().starts_with("HTTP/1.1 408 "));
  EXPECT_TRUE(served.client().was_told_the_end());
}

TEST(Channel, EndsALateHandshakeWithoutAWord) {
  Served served;
  EXPECT_EQ(served.channel().phase(), Phase::head);
  served.deliver(served.client().outgoing().substr(0, 50));
  EXPECT_EQ(served.channel().phase(), Phase::head);
  served.refuse();
  EXPECT_EQ(served.channel().needs(), Needs::close);
  EXPECT_EQ(served.channel().output().size(), 0U);
}

TEST(Channel, CountsARecordThatIsNotWholeAsAHead) {
  Served served;
  served.send(hello);
  EXPECT_EQ(served.channel().phase(), Phase::idle);
  served.client().send(hello);
  const std::string record = served.client().outgoing();
  served.deliver(record.substr(0, 7));
  EXPECT_EQ(served.channel().phase(), Phase::head);
  served.deliver(record.substr(7));
  EXPECT_EQ(served.channel().phase(), Phase::reply);
}

}  // namespace
}  // namespace assay::runtime
